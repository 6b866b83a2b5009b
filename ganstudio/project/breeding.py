"""Breeding: from one place to variations of it, from two places to their children. Pure functions.

What a place inherits, its genes: where it lies (a seed of the pad with its kind and diversity, or a
vector, and the shares of other places), how far it went along each direction, which bands other
places decide, and what is done inside the network.

- A variation keeps all of them and moves a little: across the pad, and along directions that are
  not locked. How far grows from a shade to another picture.
- A child of two lies between them: their places are blended, more of the first for the first
  children, more of the other for the last. Each direction, each band and everything inside the
  network comes from one of them, by chance, likelier from the one it is more of. Every third child
  has a band of its network wholly from the other parent. Two vectors of one space are crossed block
  by block instead.

The same throw gives the same sheet. Not responsible for drawing, nor for who descends from whom
(`family`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import numpy as np

from ganstudio.project.point import BANDS, LatentPoint, Mix, Move, Share

__all__ = ["SIZES", "Brood", "children", "variations"]

#: How many pictures a sheet has.
SIZES = (9, 25)

#: How far along a direction breeding may lead, in standard deviations.
_FARTHEST = 3.0
#: Seeds that "another picture" is away, and directions, the strongest first, that are changed.
_REACH, _STRONGEST = 6.0, 12
_STEP = 0.9
_BLOCKS = 8
_MOST_SHARES = 8
#: Places within places: one more is added when a share or a band is made of a parent.
_DEEPEST = 3


@dataclass(frozen=True, slots=True)
class Brood:
    """A sheet of relatives.

    Attributes:
        points: All of them, row by row.
        parents: Which of them the others come from: one in the middle, or the first and the last.
    """

    points: tuple[LatentPoint, ...]
    parents: tuple[int, ...]


def variations(
    point: LatentPoint,
    how_different: float,
    count: int,
    throw: int,
    directions: Sequence[str],
    locked: Collection[str] = (),
) -> Brood:
    """A place, and others like it around it.

    Args:
        point: Stands in the middle.
        how_different: 0 to 1: from a shade to another picture.
        count: Of `SIZES`.
        throw: Another number gives other variations; the same number gives the same.
        directions: Keys of the directions there are, the strongest first.
        locked: Keys of those that stay as they are.
    """
    random = _random(throw, point)
    free = [key for key in directions[:_STRONGEST] if key not in locked]
    varied = [_varied(point, how_different, random, free) for _ in range(count - 1)]
    middle = count // 2
    return Brood((*varied[:middle], point, *varied[middle:]), (middle,))


def children(
    mother: LatentPoint,
    father: LatentPoint,
    how_different: float,
    count: int,
    throw: int,
    directions: Sequence[str],
    locked: Collection[str] = (),
) -> Brood:
    """Two places, and what lies between them: from more of the first to more of the other.

    Args:
        mother: The first of the sheet.
        father: The last one.
        how_different: 0 to 1; how far children may stray from what lies between their parents.
        count: Of `SIZES`.
        throw: Another number gives other children; the same number gives the same.
        directions: Keys of the directions there are, the strongest first.
        locked: Keys of those that children have as their mother has them.
    """
    random = _random(throw, mother, father)
    free = [key for key in directions[:_STRONGEST] if key not in locked]
    inner = count - 2
    born = []
    for place in range(inner):
        share = (place + float(random.uniform(0.2, 0.8))) / inner
        child = _crossed(mother, father, share, random, locked)
        if place % 3 == 1:
            child = _with_band(child, mother if share > 0.5 else father, random)
        # Straying is a spice here: what lies between the parents is different by itself.
        born.append(_varied(child, how_different * how_different * 0.5, random, free))
    return Brood((mother, *born, father), (0, count - 1))


def _random(throw: int, *points: LatentPoint) -> np.random.Generator:
    """Chance of its own for these places, so that coming back finds the same sheet."""
    text = "\n".join([str(throw), *(point.model_dump_json() for point in points)])
    digest = hashlib.blake2b(text.encode(), digest_size=8).digest()
    return np.random.default_rng(int.from_bytes(digest, "little"))


# -- variations ----------------------------------------------------------------------------------


def _varied(
    point: LatentPoint, how_different: float, random: np.random.Generator, free: Sequence[str]
) -> LatentPoint:
    """Another place of the same kind, so far away."""
    angle = float(random.uniform(0.0, 2 * np.pi))
    reach = _REACH * how_different**4 * float(random.uniform(0.7, 1.0))
    near = _elsewhere(point, angle, reach, how_different, random)
    amounts = {}
    for key in free:
        amount = near.amount(key) + float(random.normal(0.0, _STEP * how_different))
        amounts[key] = round(min(_FARTHEST, max(-_FARTHEST, amount)), 2)
    return near.with_amounts(amounts)


def _elsewhere(
    point: LatentPoint,
    angle: float,
    reach: float,
    how_different: float,
    random: np.random.Generator,
) -> LatentPoint:
    """Another place on the pad; a vector, which lies on no pad, is turned as far towards chance."""
    if not point.vector:
        moved = point.moved(reach * float(np.cos(angle)), reach * float(np.sin(angle)))
        x, y = round(moved.seed_x, 3), round(moved.seed_y, 3)
        return point.model_copy(update={"seed_x": x, "seed_y": y})
    own = np.asarray(point.vector)
    chance = random.normal(0.0, float(own.std()) or 1.0, len(own))
    turn = how_different * np.pi / 2 * 0.8
    vector = np.cos(turn) * own + np.sin(turn) * chance
    return point.model_copy(update={"vector": tuple(round(float(v), 5) for v in vector)})


# -- children ------------------------------------------------------------------------------------


def _crossed(
    mother: LatentPoint,
    father: LatentPoint,
    share: float,
    random: np.random.Generator,
    locked: Collection[str],
) -> LatentPoint:
    """One child; `share` of it is of its father."""

    def one() -> LatentPoint:
        return father if random.uniform() < share else mother

    inside = one()
    placed = _place_between(mother, father, share, random)
    return placed.model_copy(
        update={
            "moves": _moves(mother, father, share, random, locked),
            "mixes": _mixes(one),
            "noise": one().noise,
            "mask": inside.mask,
            "bends": inside.bends,
        }
    )


def _place_between(
    mother: LatentPoint, father: LatentPoint, share: float, random: np.random.Generator
) -> LatentPoint:
    """Vectors of one space are crossed in blocks; all else is blended, by weight."""
    alike = mother.space == father.space and len(mother.vector) == len(father.vector) > 0
    if alike and not mother.blend and not father.blend:
        blocks = random.uniform(size=-(-len(mother.vector) // _BLOCKS)) < share
        ours = np.repeat(blocks, _BLOCKS)[: len(mother.vector)]
        vector = np.where(ours, father.vector, mother.vector)
        return mother.model_copy(update={"vector": tuple(float(v) for v in vector)})
    pool: dict[LatentPoint, float] = {}
    for parent, weight in ((mother, 1.0 - share), (father, share)):
        for place, part in _places(parent):
            pool[place] = pool.get(place, 0.0) + weight * part
    kept = sorted(pool.items(), key=lambda entry: -entry[1])[: _MOST_SHARES + 1]
    whole = sum(weight for _, weight in kept)
    (root, _), *others = kept
    shares = [Share(point=place, weight=round(weight / whole, 3)) for place, weight in others]
    return root.model_copy(update={"blend": tuple(share for share in shares if share.weight)})


def _places(point: LatentPoint) -> list[tuple[LatentPoint, float]]:
    """The plain places that a place is a blend of, and how much of each."""
    own = max(0.0, 1.0 - sum(share.weight for share in point.blend))
    rest = {"blend": (), "moves": (), "mixes": (), "mask": None, "bends": (), "noise": None}
    shares = [(share.point, share.weight) for share in point.blend]
    return [(point.model_copy(update=rest), own), *shares]


def _moves(
    mother: LatentPoint,
    father: LatentPoint,
    share: float,
    random: np.random.Generator,
    locked: Collection[str],
) -> tuple[Move, ...]:
    keys = sorted({move.direction for move in (*mother.moves, *father.moves)})
    moves = []
    for key in keys:
        parent = father if random.uniform() < share and key not in locked else mother
        if parent.amount(key):
            moves.append(Move(direction=key, amount=parent.amount(key)))
    return tuple(moves)


def _mixes(one: Callable[[], LatentPoint]) -> tuple[Mix, ...]:
    """Each band as one of the parents has it."""
    return tuple(mix for band in BANDS for mix in one().mixes if mix.band == band)


def _with_band(child: LatentPoint, other: LatentPoint, random: np.random.Generator) -> LatentPoint:
    """One band of the network wholly from a parent, unless that is too deep a place already."""
    plain = other.model_copy(update={"mixes": (), "mask": None, "bends": ()})
    if plain.depth > _DEEPEST or child.mask is not None:
        return child
    band = BANDS[int(random.integers(len(BANDS)))]
    others = tuple(mix for mix in child.mixes if mix.band != band)
    return child.model_copy(update={"mixes": (*others, Mix(band=band, point=plain))})
