"""Which places lie around a place: pure functions from a point to points.

Not responsible for drawing them.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

from ganstudio.project.point import LatentPoint

__all__ = ["MOST", "NEARBY", "PAD", "jump", "nearby", "pad", "surprise", "walked"]

#: How far a direction leads, in standard deviations.
MOST = 3.0

NEARBY = 8
PAD = (6, 3)

#: A surprise is one of a million; the numbers stay short enough to read and to tell.
_SEEDS = 1_000
#: Of less than this share of a blend nobody sees where it lies.
_SEEN = 0.2
#: How many directions, the strongest first, a small jump may change.
_STRONGEST = 6


def nearby(
    point: LatentPoint,
    how_far: float,
    roll: int,
    directions: Sequence[str],
    locked: Collection[str] = (),
    count: int = NEARBY,
) -> tuple[LatentPoint, ...]:
    """Some places around a point, each another way.

    Args:
        point: The middle.
        how_far: 0 to 1; at 1 the next whole seed is reached.
        roll: Another number gives other ways; the same number gives the same.
        directions: Keys of the directions there are, the strongest first.
        locked: Keys of those that stay as they are.
        count: How many; fewer are the first ones of more.
    """
    random = np.random.default_rng(roll)
    return tuple(_near(point, how_far, random, directions, locked) for _ in range(count))


def jump(
    point: LatentPoint,
    how_far: float,
    roll: int,
    directions: Sequence[str],
    locked: Collection[str] = (),
) -> LatentPoint:
    """One place nearby."""
    return _near(point, how_far, np.random.default_rng(roll), directions, locked)


def walked(point: LatentPoint, dx: float, dy: float, directions: Sequence[str]) -> LatentPoint:
    """So far across and down the pad.

    A vector lies on no pad, and of a blend the other places may be all that is seen: those go along
    the two strongest directions instead, to and fro.
    """
    if not point.vector and abs(point.own_share) >= _SEEN:
        moved = point.moved(dx, dy)
        x, y = round(moved.seed_x, 4), round(moved.seed_y, 4)
        return point.model_copy(update={"seed_x": x, "seed_y": y})
    for key, way in zip(directions, (dx, dy), strict=False):
        point = point.with_amount(key, round(_folded(point.amount(key) + way), 3))
    return point


def _folded(amount: float) -> float:
    """Within what a direction leads; who would go further turns back."""
    rest = (amount + MOST) % (4 * MOST)
    return min(rest, 4 * MOST - rest) - MOST


def surprise(point: LatentPoint, roll: int, locked: Collection[str] = ()) -> LatentPoint:
    """A place nobody has seen yet: another seed, free directions at rest, locked ones kept.

    It is a place of its own: of all changes bends alone stay, which are the network's rather.
    """
    random = np.random.default_rng(roll)
    return point.model_copy(
        update={
            "seed_x": float(random.integers(_SEEDS)),
            "seed_y": float(random.integers(_SEEDS)),
            "vector": (),
            "blend": (),
            "mixes": (),
            "mask": None,
            "moves": tuple(move for move in point.moves if move.direction in locked),
        }
    )


def pad(point: LatentPoint, left: int, top: int) -> tuple[LatentPoint, ...]:
    """The places of the seed pad's cells, row by row: what one would see there."""
    columns, rows = PAD
    return tuple(
        point.model_copy(
            update={"seed_x": float(left + column), "seed_y": float(top + row), "vector": ()}
        )
        for row in range(rows)
        for column in range(columns)
    )


def _near(
    point: LatentPoint,
    how_far: float,
    random: np.random.Generator,
    directions: Sequence[str],
    locked: Collection[str],
) -> LatentPoint:
    angle = random.uniform(0, 2 * np.pi)
    reach = 0.5 * how_far
    amounts = {}
    for key in directions[:_STRONGEST]:
        if key not in locked:
            here = point.amount(key)
            most = max(MOST, abs(here))
            amount = np.clip(here + random.normal(0, 0.9 * how_far), -most, most)
            amounts[key] = round(float(amount), 2)
    return point.with_amounts(amounts).model_copy(
        update={
            "seed_x": round(point.seed_x + reach * float(np.cos(angle)), 3),
            "seed_y": round(point.seed_y + reach * float(np.sin(angle)), 3),
        }
    )
