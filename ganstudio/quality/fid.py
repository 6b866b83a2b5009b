"""FID: the Frechet distance on the features of Inception, where a person supplied its weights.

Everything else is as for the score: the pictures of a run are looked at once, generated ones a
picture at a time, in slices of about a quarter of a second, and pictures are not kept.

Not responsible for the network (`inception`), nor for drawing pictures or when that is done.
"""

from __future__ import annotations

from collections.abc import Generator

import numpy as np
import numpy.typing as npt

from ganstudio.project.messages import Progress
from ganstudio.project.quality import Fid
from ganstudio.quality.features import in_colour
from ganstudio.quality.frechet import frechet_between
from ganstudio.quality.inception import Inception
from ganstudio.quality.score import Pile

__all__ = ["FidReference"]

Floats = npt.NDArray[np.float64]


class FidReference:
    """The real pictures of one run, as Inception sees them.

    Args:
        network: With the weights of the person.
        real: What generated pictures are compared with, at least two.
        ground: What lies behind transparent pictures: red, green, blue.
    """

    def __init__(self, network: Inception, real: Pile, ground: tuple[int, int, int]) -> None:
        self._network, self._pile, self._ground = network, real, ground
        self._real: list[Floats] = []

    @property
    def digest(self) -> str:
        """Of the weights."""
        return self._network.digest

    def measuring(self, drawn: Pile) -> Generator[Progress, None, Fid]:
        """Measure generated pictures, at least two, a picture at a time.

        Yields:
            How many pictures were looked at, real ones too if it was not known how they look.

        Returns:
            The distance.
        """
        found: list[Floats] = []
        total = self._pile.count - len(self._real) + drawn.count
        done = 0
        for pile, features in ((self._pile, self._real), (drawn, found)):
            while len(features) < pile.count:
                pictures = pile.take(len(features), len(features) + 1)
                features.append(self._network.features_of(in_colour(pictures, self._ground)))
                done += 1
                yield Progress(done, total)
        value = frechet_between(np.concatenate(found), np.concatenate(self._real))
        return Fid(value, self.digest, drawn.count, self._pile.count)
