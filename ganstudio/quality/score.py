"""Everything that can be said of generated pictures without looking at them, and how sure it is.

They are compared with pictures that nobody learned from, or, where a run holds none out, with those
it learned from. The numbers say what a person asks: do they look real, is there variety, are they
copies; distances of whole sets stand beside them. All of it rests on the bundled feature network,
so none of it may be called FID.

Scoring goes in slices of about a tenth of a second, so that whoever owns the thread can do more
urgent things in between. Not responsible for drawing pictures nor for when that is done (`studio`).
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Generator, Iterator

import numpy as np
import numpy.typing as npt

from ganstudio.project.messages import Pictures
from ganstudio.project.quality import Estimate, QualityScore
from ganstudio.project.tasks import all_at_once
from ganstudio.quality.copying import copy_check
from ganstudio.quality.features import features_of
from ganstudio.quality.frechet import jackknife, with_error
from ganstudio.quality.kernel import kernel_distance
from ganstudio.quality.neighbours import overlap
from ganstudio.quality.sliced import color_distance, sliced_wasserstein

__all__ = ["LEAST_REAL", "MOST_LEARNED", "Reference", "share"]

Floats = npt.NDArray[np.float64]
Slices = Generator[None, None, QualityScore]

#: With fewer pictures, a neighbour says nothing about where the others are.
LEAST_REAL = 16
#: So many pictures that were learned from are searched for copies, at most.
MOST_LEARNED = 1_000
#: A generator can draw any number: fewer would make everything less sure for no reason.
_LEAST_DRAWN = 64
_HANDFUL = 8
_PATCHES = 16
#: Features are divided by it, which makes them about as large as Inception's: so distances are too.
_KERNEL_UNIT = 3.0


class Reference:
    """What the pictures of one run are compared with; its features are computed once.

    Args:
        held_out: (N, H, W, C) uint8 that nobody learned from; may be empty.
        learned: (M, H, W, C) uint8 that the run learned from, or some of them, mixed.

    Raises:
        ValueError: With fewer than `LEAST_REAL` pictures of the kind that is compared with.

    Attributes:
        honest: Whether the pictures compared with are held out.
        own: The score of as many pictures that were learned from, which is what a perfect generator
            reaches: known after the first score; None where nothing is held out.
    """

    def __init__(self, held_out: Pictures, learned: Pictures) -> None:
        self.honest = len(held_out) >= LEAST_REAL
        self.own: QualityScore | None = None
        self._real = _Looked(held_out if self.honest else learned)
        if self.count < LEAST_REAL:
            raise ValueError(f"{self.count} pictures are too few to compare with")
        self._learned = _Looked(learned[:MOST_LEARNED])

    @property
    def count(self) -> int:
        """How many real pictures are compared with."""
        return len(self._real.pictures)

    @property
    def wanted(self) -> int:
        """How many generated pictures are worth comparing."""
        return max(_LEAST_DRAWN, self.count)

    @property
    def tells_copies(self) -> bool:
        """Whether scores from now on say how much is copied."""
        return self.honest and self._learned.done

    def score(self, drawn: Pictures) -> QualityScore:
        """The whole score of generated pictures, (n, H, W, C) uint8, n at least `LEAST_REAL`."""
        for _ in self.look_for_copies():
            pass
        return all_at_once(self.scoring(len(drawn), lambda start, stop: drawn[start:stop]))

    def scoring(self, count: int, draw: Callable[[int, int], Pictures]) -> Slices:
        """Score generated pictures, slice by slice.

        Args:
            count: How many, at least `LEAST_REAL`.
            draw: Gives those from a number up to another, (n, H, W, C) uint8.

        Yields:
            Nothing, after each slice.

        Returns:
            The score; it tells of copies only if `tells_copies` by then.
        """
        yield from self._real.look()
        parts = []
        for start in range(0, count, _HANDFUL):
            parts.append(draw(start, min(count, start + _HANDFUL)))
            yield
        drawn = _Looked(np.concatenate(parts))
        yield from drawn.look()
        if self.honest and self.own is None:
            self.own = yield from self._own()
        return (yield from self._compared(drawn, with_copies=self.tells_copies))

    def look_for_copies(self) -> Iterator[None]:
        """Look at what was learned from, slice by slice, until scores can tell of copies."""
        if self.honest:
            yield from self._learned.look()

    def _own(self) -> Generator[None, None, QualityScore | None]:
        count = min(self.wanted, len(self._learned.pictures))
        if count < LEAST_REAL:
            return None
        mine = self._learned.first(count)
        yield from mine.look()
        return (yield from self._compared(mine, with_copies=False))

    def _compared(self, drawn: _Looked, with_copies: bool) -> Slices:
        """Everything that features and pixels say."""
        features, real = drawn.features, self._real.features
        found = overlap(real, features)
        yield
        kernel = kernel_distance(features / _KERNEL_UNIT, real / _KERNEL_UNIT)
        yield
        without = []
        for distance in jackknife(features, real):
            without.append(distance)
            yield
        copying = None
        if with_copies:
            rate = copy_check(features, self._learned.features, real).rate
            copying = share(rate, len(features))
            yield
        even = min(len(drawn.pictures), self.count)
        scales = sliced_wasserstein(
            drawn.pictures[:even], self._real.pictures[:even], patches=_PATCHES, repeats=1
        )
        return QualityScore(
            realism=share(found.precision, len(features)),
            coverage=share(found.recall, self.count),
            copying=copying,
            kernel=Estimate(1000 * kernel.value, 1000 * kernel.error),
            frechet=with_error(features, real, without),
            sliced=float(np.mean(scales)),
            colors=color_distance(drawn.pictures, self._real.pictures),
        )


class _Looked:
    """Pictures, and their features as far as anybody has looked."""

    def __init__(self, pictures: Pictures) -> None:
        self.pictures = pictures
        self._parts: list[Floats] = []

    @property
    def done(self) -> bool:
        return len(self._parts) * _HANDFUL >= len(self.pictures)

    @functools.cached_property
    def features(self) -> Floats:
        """(N, d), once all were looked at."""
        assert self.done
        return np.concatenate(self._parts)

    def look(self) -> Iterator[None]:
        """Look at the rest."""
        while not self.done:
            start = len(self._parts) * _HANDFUL
            self._parts.append(features_of(self.pictures[start : start + _HANDFUL]))
            yield

    def first(self, count: int) -> _Looked:
        """The first of them, with what is known of those."""
        some = _Looked(self.pictures[:count])
        some._parts = [part.copy() for part in self._parts[: count // _HANDFUL]]
        return some


def share(part: float, count: int) -> Estimate:
    """A share of so many pictures, with the error of Agresti and Coull 1998.

    They count two more pictures of each kind, so that 0 of 20 is not taken for a certain 0.

    Args:
        part: 0 to 1.
        count: Pictures that were looked at.
    """
    middle = (part * count + 2) / (count + 4)
    return Estimate(part, math.sqrt(middle * (1 - middle) / (count + 4)))
