"""Planes through latent space: which place lies where on a map. Pure functions.

A plane has coordinates in units of its own: one leads to a picture that is clearly another one.

- `Ways`: through one place along two ways, each a direction or one of the seed pad's.
- `Triangle`: spanned by three places. It tiles the plane without end: the corners of a lattice of
  triangles are the three places in turn, and what lies between is blended, by how near each is.

Not responsible for drawing (`studio.explorer`) nor for what of a map is in sight.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from ganstudio.project.point import LatentPoint, Move, Share

__all__ = ["ACROSS", "DOWN", "Plane", "Triangle", "Ways", "blended"]

#: The ways of the seed pad.
ACROSS, DOWN = "across", "down"

_SEEDS = 0.5
#: As far as a `Move` may lead, in standard deviations.
_FARTHEST = 20.0
#: How wide and high a triangle is: all of its corners lie where tiles of a map may lie.
_WIDE, _HIGH = 3.0, 2.5


class Plane(Protocol):
    """Two dimensions of places."""

    def point_at(self, x: float, y: float) -> LatentPoint | None:
        """The place that lies there; None where there is nothing any more."""

    def reaches(self, x: float, y: float) -> bool:
        """Whether a place lies there; it costs less than the place."""

    def place_of(self, point: LatentPoint) -> tuple[float, float] | None:
        """Where a place lies; None if it is not on this plane."""


@dataclass(frozen=True, slots=True)
class Ways:
    """Through one place.

    Attributes:
        centre: What is not a matter of the two ways is as here, everywhere.
        across: To the right: `ACROSS`, `DOWN`, or the key of a direction.
        down: Downwards; another one.
    """

    centre: LatentPoint
    across: str
    down: str

    def point_at(self, x: float, y: float) -> LatentPoint | None:
        """One unit is half a seed, or a standard deviation."""
        point: LatentPoint | None = self.centre
        for way, amount in ((self.across, x), (self.down, y)):
            point = _gone(point, way, amount) if point is not None else None
        return point

    def reaches(self, x: float, y: float) -> bool:
        """The pad has no end; directions end where moves do."""
        ways = ((self.across, x), (self.down, y))
        return all(way in (ACROSS, DOWN) or abs(amount) <= _FARTHEST for way, amount in ways)

    def place_of(self, point: LatentPoint) -> tuple[float, float] | None:
        """Only places that differ along the two ways alone."""
        x, y = _amount(point, self.across), _amount(point, self.down)
        elsewhere = self.point_at(x, y)
        same = elsewhere is not None and _rest(elsewhere, self) == _rest(point, self)
        return (x, y) if same else None


@dataclass(frozen=True, slots=True)
class Triangle:
    """Spanned by three places.

    What happens inside the network (bands of other places, masks, bends) is as at the nearest one.

    Attributes:
        corners: The first lies at (0, 0), the others at its right and below between the two.
    """

    corners: tuple[LatentPoint, LatentPoint, LatentPoint]

    def point_at(self, x: float, y: float) -> LatentPoint:
        """Never None: the triangles go on for ever."""
        j = y / _HIGH
        i = x / _WIDE - j / 2
        left, top = math.floor(i), math.floor(j)
        f, g = i - left, j - top
        k = (left - top) % 3
        if f + g <= 1:
            weights = {k: 1 - f - g, (k + 1) % 3: f, (k + 2) % 3: g}
        else:
            weights = {k: f + g - 1, (k + 2) % 3: 1 - f, (k + 1) % 3: 1 - g}
        return blended(self.corners, [weights[n] for n in range(3)])

    def reaches(self, x: float, y: float) -> bool:
        """Everywhere."""
        return True

    def place_of(self, point: LatentPoint) -> tuple[float, float] | None:
        """Of the corners alone; what lies between them lies at many places."""
        places = ((0.0, 0.0), (_WIDE, 0.0), (_WIDE / 2, _HIGH))
        known = zip(self.corners, places, strict=True)
        return next((place for corner, place in known if corner == point), None)


def blended(points: Sequence[LatentPoint], weights: Sequence[float]) -> LatentPoint:
    """A place between others.

    Args:
        points: Between which.
        weights: How much of each, from 0 on; their sum is 1.

    Returns:
        Exactly one of them where its weight is 1. Otherwise the nearest one with shares of the
        others, moved along every direction by the weighted mean of what they are.
    """
    shares = [round(weight, 4) for weight in weights]
    nearest = max(range(len(points)), key=shares.__getitem__)
    if shares[nearest] >= 1.0:
        return points[nearest]
    others = [n for n in range(len(points)) if n != nearest and shares[n] > 0]
    blend = tuple(Share(point=_plain(points[n]), weight=shares[n]) for n in others)
    keys = sorted({move.direction for point in points for move in point.moves})
    moves = []
    for key in keys:
        amount = sum(w * point.amount(key) for w, point in zip(shares, points, strict=True))
        if amount:
            moves.append(Move(direction=key, amount=round(amount, 4)))
    return points[nearest].model_copy(update={"blend": blend, "moves": tuple(moves)})


def _plain(point: LatentPoint) -> LatentPoint:
    """Where it lies, without moves: those are summed up."""
    rest = {"moves": (), "mixes": (), "mask": None, "bends": (), "noise": None, "blend": ()}
    return point.model_copy(update=rest)


def _gone(point: LatentPoint, way: str, amount: float) -> LatentPoint | None:
    if way in (ACROSS, DOWN):
        name = "seed_x" if way == ACROSS else "seed_y"
        return point.model_copy(update={name: round(amount * _SEEDS, 4)})
    if abs(amount) > _FARTHEST:
        return None
    return point.with_amount(way, round(amount, 4))


def _amount(point: LatentPoint, way: str) -> float:
    if way == ACROSS:
        return point.seed_x / _SEEDS
    return point.seed_y / _SEEDS if way == DOWN else point.amount(way)


def _rest(point: LatentPoint, ways: Ways) -> LatentPoint:
    """A place without what is a matter of the two ways."""
    for way in (ways.across, ways.down):
        point = _gone(point, way, 0.0) or point
    return point
