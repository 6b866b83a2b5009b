"""Everything that can be said of generated pictures without looking at them, and how sure it is.

They are compared with pictures that nobody learned from, or, where a run holds none out, with those
it learned from. The numbers say what a person asks: do they look real, is there variety, are they
copies; distances of whole sets stand beside them. All of it rests on the bundled feature network,
so none of it may be called FID.

Not responsible for drawing pictures nor for when that is done (`studio`).
"""

from __future__ import annotations

import functools
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ganstudio.project.messages import Pictures
from ganstudio.quality.copying import copy_check
from ganstudio.quality.estimate import Estimate, share
from ganstudio.quality.features import features_of
from ganstudio.quality.frechet import frechet_with_error
from ganstudio.quality.kernel import kernel_distance
from ganstudio.quality.neighbours import overlap
from ganstudio.quality.sliced import color_distance, sliced_wasserstein

__all__ = ["LEAST_REAL", "MOST_LEARNED", "QualityScore", "Reference"]

Floats = npt.NDArray[np.float64]

#: With fewer pictures, a neighbour says nothing about where the others are.
LEAST_REAL = 16
#: So many pictures that were learned from are searched for copies, at most.
MOST_LEARNED = 2_000
#: A generator can draw any number: fewer would make everything less sure for no reason.
_LEAST_DRAWN = 64
_PATCHES = 32
#: Features are divided by it, which makes them about as large as Inception's: so distances are too.
_KERNEL_UNIT = 3.0


@dataclass(frozen=True, slots=True)
class QualityScore:
    """What generated pictures come to.

    Attributes:
        realism: Share of them within reach of real ones (precision).
        coverage: Share of real ones within reach of them (recall): variety.
        copying: Share of them that lie suspiciously near a picture that was learned from; 5 % of
            new pictures do. None where nothing is held out.
        kernel: Kernel distance, times 1,000; 0 in expectation for equal laws, however few.
        frechet: Frechet distance; above 0 even for equal laws, the more so the fewer there are.
        sliced: Sliced Wasserstein distance, mean of all scales; needs no network.
        colors: How far colours are off, in levels of 255.
    """

    realism: Estimate
    coverage: Estimate
    copying: Estimate | None
    kernel: Estimate
    frechet: Estimate
    sliced: float
    colors: float


class Reference:
    """What the pictures of one run are compared with; its features are computed once.

    Args:
        held_out: (N, H, W, C) uint8 that nobody learned from; may be empty.
        learned: (M, H, W, C) uint8 that the run learned from, or some of them, mixed.

    Raises:
        ValueError: With fewer than `LEAST_REAL` pictures of the kind that is compared with.

    Attributes:
        honest: Whether the pictures compared with are held out.
    """

    def __init__(self, held_out: Pictures, learned: Pictures) -> None:
        self.honest = len(held_out) >= LEAST_REAL
        self._real = held_out if self.honest else learned
        if len(self._real) < LEAST_REAL:
            raise ValueError(f"{len(self._real)} pictures are too few to compare with")
        self._learned = learned[:MOST_LEARNED]

    @functools.cached_property
    def _real_features(self) -> Floats:
        return features_of(self._real)

    @functools.cached_property
    def _learned_features(self) -> Floats | None:
        return features_of(self._learned) if self.honest else None

    @property
    def count(self) -> int:
        """How many real pictures are compared with."""
        return len(self._real)

    @property
    def wanted(self) -> int:
        """How many generated pictures are worth comparing."""
        return max(_LEAST_DRAWN, self.count)

    def score(self, drawn: Pictures) -> QualityScore:
        """Compare generated pictures, (n, H, W, C) uint8 with n at least `LEAST_REAL`."""
        return self._score(drawn, features_of(drawn), self._learned_features)

    def own(self) -> QualityScore | None:
        """The score of as many pictures that were learned from: what a perfect generator reaches.

        None where nothing is held out, or too little is left to learn from.
        """
        count = min(self.wanted, len(self._learned))
        if self._learned_features is None or count < LEAST_REAL:
            return None
        return self._score(self._learned[:count], self._learned_features[:count], None)

    def _score(self, drawn: Pictures, features: Floats, learned: Floats | None) -> QualityScore:
        real = self._real_features
        found = overlap(real, features)
        kernel = kernel_distance(features / _KERNEL_UNIT, real / _KERNEL_UNIT)
        copying = None
        if learned is not None:
            copying = share(copy_check(features, learned, real).rate, len(features))
        even = min(len(drawn), self.count)
        scales = sliced_wasserstein(drawn[:even], self._real[:even], patches=_PATCHES, repeats=1)
        return QualityScore(
            realism=share(found.precision, len(features)),
            coverage=share(found.recall, self.count),
            copying=copying,
            kernel=Estimate(1000 * kernel.value, 1000 * kernel.error),
            frechet=frechet_with_error(features, real),
            sliced=float(np.mean(scales)),
            colors=color_distance(drawn, self._real),
        )
