"""A smooth course across the seed pad, and the way that was gone on it.

Pure arithmetic, in seeds. Not responsible for time (`wander`) nor for what lies where.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

import numpy as np

__all__ = ["Course", "Offset", "along", "length_of", "remembered"]

Offset = tuple[float, float]

#: Seeds between two turns of the wheel, and how far it is turned, in radians a seed.
_STEADY, _TURN = 0.6, 2.0
#: Of a way at most so many places are remembered, no closer than this.
_PLACES, _CLOSE = 600, 0.03


class Course:
    """Never straight, never sharp: the wheel is turned a little every so often.

    Args:
        roll: The same number leads the same way, taken in the same steps.
    """

    def __init__(self, roll: int) -> None:
        self._random = np.random.default_rng(roll)
        self._heading = float(self._random.uniform(0.0, 2 * math.pi))
        self._wheel = self._wanted = 0.0
        self._steady = 0.0
        self._x = self._y = 0.0

    def step(self, length: float) -> Offset:
        """Where one is after so many seeds more, from where it began."""
        self._steady -= length
        if self._steady <= 0:
            self._steady = _STEADY
            self._wanted = float(self._random.uniform(-_TURN, _TURN))
        self._wheel += (self._wanted - self._wheel) * min(1.0, 2 * length / _STEADY)
        self._heading += self._wheel * length
        self._x += length * math.cos(self._heading)
        self._y += length * math.sin(self._heading)
        return self._x, self._y


def remembered(way: Sequence[Offset], place: Offset) -> tuple[Offset, ...]:
    """A way with one more place: not closer than needed, and thinned out when it grows long."""
    close = max(_CLOSE, math.dist(way[0], way[1])) if len(way) > 2 else _CLOSE
    if len(way) > 1 and math.dist(way[-2], place) < close:
        way = way[:-1]
    if len(way) >= _PLACES:
        way = [*way[:-1:2], way[-1]]
    return (*way, place)


def length_of(way: Sequence[Offset]) -> float:
    """How many seeds a way is long."""
    return sum(math.dist(a, b) for a, b in itertools.pairwise(way))


def along(way: Sequence[Offset], distance: float) -> Offset:
    """The place so many seeds from the beginning of a way, or its end."""
    for start, end in itertools.pairwise(way):
        part = math.dist(start, end)
        if distance < part:
            share = distance / part
            return (
                start[0] + share * (end[0] - start[0]),
                start[1] + share * (end[1] - start[1]),
            )
        distance -= part
    return way[-1]
