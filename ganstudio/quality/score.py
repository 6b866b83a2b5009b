"""Everything that can be said of generated pictures without looking at them, and how sure it is.

They are compared with pictures that nobody learned from, or, where a run holds none out, with those
it learned from. The numbers say what a person asks: do they look real, is there variety, are they
copies; distances of whole sets stand beside them. All of it rests on the bundled feature network,
so none of it may be called FID.

Scoring goes in slices of about a tenth of a second, so that whoever owns the thread can do more
urgent things in between; pictures are looked at a handful at a time and not kept.

Not responsible for drawing pictures nor for when that is done (`studio`).
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch

from ganstudio.project.messages import Pictures
from ganstudio.project.quality import EXPECTED_COPIES, Estimate, QualityScore
from ganstudio.project.tasks import all_at_once
from ganstudio.quality.copying import compared
from ganstudio.quality.features import features_of
from ganstudio.quality.frechet import jackknife, with_error
from ganstudio.quality.kernel import kernel_distance
from ganstudio.quality.neighbours import mean_apart, nearest_distances, overlapping
from ganstudio.quality.sliced import color_distance, cut_patches, histograms, patch_distances

__all__ = ["LEAST_REAL", "MOST_LEARNED", "Pile", "Reference", "share"]

Floats = npt.NDArray[np.float64]
Slices = Generator[None, None, QualityScore]

#: With fewer pictures, a neighbour says nothing about where the others are.
LEAST_REAL = 16
#: So many pictures that were learned from are searched for copies, at most.
MOST_LEARNED = 5_000
#: A generator can draw any number: fewer would make everything less sure for no reason.
_LEAST_DRAWN = 64
_HANDFUL = 8
_SLICE_S = 0.15
#: Patches are cut from so many pictures, as many each.
_PATCHED, _PATCHES = 64, 16
#: Features are divided by it, which makes them about as large as Inception's: so distances are too.
_KERNEL_UNIT = 3.0
#: Real pictures that are all the same have no diversity to compare with.
_TINY = 1e-9


@dataclass(frozen=True, slots=True)
class Pile:
    """Pictures that are taken a handful at a time.

    Attributes:
        count: How many there are.
        take: Gives those from a number up to another, (n, H, W, C) uint8.
    """

    count: int
    take: Callable[[int, int], Pictures]

    @classmethod
    def of(cls, pictures: Pictures) -> Pile:
        """An array (N, H, W, C)."""
        return cls(len(pictures), lambda start, stop: pictures[start:stop])


class Reference:
    """What the pictures of one run are compared with; what is found of them is found once.

    Args:
        held_out: That nobody learned from; may be empty.
        learned: That the run learned from, in no order that means anything.

    Raises:
        ValueError: With fewer than `LEAST_REAL` pictures of the kind that is compared with.

    Attributes:
        honest: Whether the pictures compared with are held out.
        own: The score of as many pictures that were learned from, which is what a perfect generator
            reaches: known after the first score; None where nothing is held out.
    """

    def __init__(self, held_out: Pile, learned: Pile) -> None:
        self.honest = held_out.count >= LEAST_REAL
        self.own: QualityScore | None = None
        self._real = _Looked(held_out if self.honest else learned)
        if self.count < LEAST_REAL:
            raise ValueError(f"{self.count} pictures are too few to compare with")
        self._learned = _Looked(Pile(min(learned.count, MOST_LEARNED), learned.take))
        self._nearest = np.full(self.count, np.inf)  # of real ones, among those learned from

    @property
    def count(self) -> int:
        """How many real pictures are compared with."""
        return self._real.pile.count

    @property
    def wanted(self) -> int:
        """How many generated pictures are worth comparing."""
        return max(_LEAST_DRAWN, self.count)

    @property
    def can_tell_copies(self) -> bool:
        """Whether there is anything to tell copies by."""
        return self.honest and self._learned.pile.count > 0

    @property
    def tells_copies(self) -> bool:
        """Whether scores from now on say how much is copied."""
        return self.can_tell_copies and self._learned.done

    def score(self, drawn: Pile) -> QualityScore:
        """The whole score of generated pictures, at least `LEAST_REAL`, at once."""
        for _ in self.look_for_copies():
            pass
        return all_at_once(self.scoring(drawn))

    def scoring(self, drawn: Pile) -> Slices:
        """Score generated pictures, at least `LEAST_REAL`, slice by slice.

        Yields:
            Nothing, after each slice.

        Returns:
            The score; it tells of copies only if `tells_copies` by then.
        """
        found = _Looked(drawn)
        for looked in (self._real, found):
            for _ in looked.look():
                yield
        if self.honest and self.own is None:
            self.own = yield from self._own()
        return (yield from self._compared(found, with_copies=self.tells_copies))

    def look_for_copies(self) -> Iterator[None]:
        """Look at what was learned from, slice by slice, until scores can tell of copies."""
        if not self.can_tell_copies:
            return
        for _ in self._real.look():
            yield
        for part in self._learned.look():
            near = nearest_distances(self._real.features, part)
            self._nearest = np.minimum(self._nearest, near)
            yield

    def _own(self) -> Generator[None, None, QualityScore | None]:
        learned = self._learned.pile
        mine = _Looked(Pile(min(self.wanted, learned.count), learned.take))
        if mine.pile.count < LEAST_REAL:
            return None
        for _ in mine.look():
            yield
        return (yield from self._compared(mine, with_copies=False))

    def _compared(self, found: _Looked, with_copies: bool) -> Slices:
        """Everything that features, patches and levels say."""
        features, real = found.features, self._real.features
        near = yield from overlapping(real, features)
        kernel = kernel_distance(features / _KERNEL_UNIT, real / _KERNEL_UNIT)
        without = []
        for distance in jackknife(features, real):
            without.append(distance)
            yield
        copying, newness = None, None
        if with_copies:
            nearest = yield from self._distances(features)
            copying, newness = self._copying(nearest), compared(nearest, self._nearest).ratio
        elif not self.honest:  # what is compared with is what was learned from
            newness = compared(nearest_distances(features, real), self._apart()).ratio
        yield
        diversity = mean_apart(features) / max(mean_apart(real), _TINY)
        yield
        return QualityScore(
            precision=share(near.precision, len(features)),
            recall=share(near.recall, self.count),
            copying=copying,
            kernel=Estimate(1000 * kernel.value, 1000 * kernel.error),
            frechet=with_error(features, real, without),
            density=near.density,
            coverage=near.coverage,
            sliced=found.patch_distance(self._real),
            colors=color_distance(found.levels, self._real.levels),
            diversity=diversity,
            newness=None if newness is None or math.isnan(newness) else newness,
        )

    def _apart(self) -> Floats:
        """How far each real picture is from the nearest other one: (count,)."""
        return nearest_distances(self._real.features, self._real.features, 2)

    def _distances(self, features: Floats) -> Generator[None, None, Floats]:
        """How far each picture is from the nearest that was learned from."""
        nearest = np.full(len(features), np.inf)
        for part in self._learned.parts():
            nearest = np.minimum(nearest, nearest_distances(features, part))
            yield
        return nearest

    def _copying(self, nearest: Floats) -> Estimate:
        """The share that is suspiciously near, with the error of the limit beside its own."""
        rate = share(compared(nearest, self._nearest).rate, len(nearest))
        limit = EXPECTED_COPIES * (1 - EXPECTED_COPIES) / (self.count + 1)
        return Estimate(rate.value, math.sqrt(rate.error**2 + limit))


class _Looked:
    """What looking at a pile has found so far; the pictures themselves are not kept."""

    def __init__(self, pile: Pile) -> None:
        self.pile = pile
        self._seen = 0
        self._handful = _HANDFUL
        self._features: list[Floats] = []
        self._patches: list[list[torch.Tensor]] = []
        self._chance = torch.Generator().manual_seed(0)
        self.levels: Floats = np.zeros((0, 0))

    @property
    def done(self) -> bool:
        return self._seen >= self.pile.count

    @property
    def features(self) -> Floats:
        """(seen, d)."""
        if len(self._features) > 1:
            self._features = [np.concatenate(self._features)]
        return self._features[0]

    def parts(self) -> Iterator[Floats]:
        """Features in parts that are quickly compared."""
        for start in range(0, self._seen, 512):
            yield self.features[start : start + 512]

    def look(self) -> Iterator[Floats]:
        """Look at the rest; the features of each handful."""
        while not self.done:
            began = time.monotonic()
            stop = min(self.pile.count, self._seen + self._handful)
            pictures = self.pile.take(self._seen, stop)
            found = features_of(pictures)
            self._features.append(found)
            counted = histograms(pictures)
            self.levels = self.levels + counted if self._seen else counted
            if self._seen < _PATCHED:
                some = pictures[: _PATCHED - self._seen]
                self._patches += [
                    cut_patches(some[i : i + 1], _PATCHES, self._chance) for i in range(len(some))
                ]
            self._seen = stop
            if time.monotonic() - began > _SLICE_S:  # large pictures, or a large network
                self._handful = max(1, self._handful // 2)
            yield found

    def patch_distance(self, other: _Looked) -> float:
        """Sliced Wasserstein distance, mean of all scales, of as many pictures of each."""
        even = min(len(self._patches), len(other._patches))
        scales = patch_distances(self._patches[:even], other._patches[:even], repeats=1)
        return float(np.mean(scales))


def share(part: float, count: int) -> Estimate:
    """A share of so many pictures, with the error of Agresti and Coull 1998.

    They count two more pictures of each kind, so that 0 of 20 is not taken for a certain 0.

    Args:
        part: 0 to 1.
        count: Pictures that were looked at.
    """
    middle = (part * count + 2) / (count + 4)
    return Estimate(part, math.sqrt(middle * (1 - middle) / (count + 4)))
