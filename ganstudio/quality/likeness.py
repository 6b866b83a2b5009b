"""Which pictures that were learned from lie nearest to a generated one, and how near is too near.

Not responsible for features (`features`), nor for a verdict on a whole model (`score`).
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ganstudio.project.messages import Pictures
from ganstudio.quality.copying import suspicious_below
from ganstudio.quality.features import features_of
from ganstudio.quality.neighbours import nearest_distances, nearest_of
from ganstudio.quality.score import LEAST_REAL, MOST_LEARNED, Pile

__all__ = ["Alike", "Likeness"]

_HANDFUL = 8

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Alike:
    """Pictures that were learned from, by their numbers, the nearest first."""

    numbers: tuple[int, ...]
    distances: tuple[float, ...]


class Likeness:
    """Knows the pictures a run learned from by their features; looks at them once.

    Args:
        learned: That the run learned from; the first 5,000 of them are searched.
        held_out: That it did not; may be empty.

    Attributes:
        limit: New pictures lie nearer than this to one that was learned from 5 times in 100, as
            copies do; None until all are looked at, and with too few held-out pictures.
    """

    def __init__(self, learned: Pile, held_out: Pile) -> None:
        self._learned = Pile(min(learned.count, MOST_LEARNED), learned.take)
        self._held_out = held_out
        self._features: list[Floats] = []
        self.limit: float | None = None
        self.searched = 0

    def look(self) -> Iterator[None]:
        """Look at all pictures that were not looked at yet, a handful a slice."""
        while self.searched < self._learned.count:
            stop = min(self._learned.count, self.searched + _HANDFUL)
            self._features.append(features_of(self._learned.take(self.searched, stop)))
            self.searched = stop
            yield
        if self.limit is None and self._held_out.count >= LEAST_REAL:
            self.limit = yield from self._find_limit()

    def nearest(self, picture: Pictures, count: int) -> Alike:
        """The nearest of all that were looked at to a picture (H, W, C) uint8."""
        rows, distances = nearest_of(features_of(picture[None])[0], self._known(), count)
        return Alike(tuple(rows.tolist()), tuple(distances.tolist()))

    def _known(self) -> Floats:
        if len(self._features) > 1:
            self._features = [np.concatenate(self._features)]
        return self._features[0]

    def _find_limit(self) -> Generator[None, None, float]:
        held, known = self._held_out, self._known()
        distances: list[Floats] = []
        for start in range(0, held.count, _HANDFUL):
            some = features_of(held.take(start, min(held.count, start + _HANDFUL)))
            distances.append(nearest_distances(some, known))
            yield
        return suspicious_below(np.concatenate(distances))
