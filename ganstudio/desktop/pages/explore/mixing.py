"""What a place is mixed from: pure functions from a point to points.

A place by itself is A; the others are B, C and D, in the order of its blend, where a place that was
only laid out to be used has a weight of 0. So what lies in the slots is part of the point.

Not responsible for the hand that mixes (`mix_view`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from ganstudio.project.point import BANDS, Band, LatentPoint, Mask, Mix, Share

__all__ = [
    "LETTERS",
    "SLOTS",
    "as_other",
    "band_place",
    "is_mixed",
    "kind_weights",
    "mask_place",
    "own",
    "places",
    "unmixed",
    "weights",
    "with_band",
    "with_kinds",
    "with_mask",
    "with_place",
    "with_weights",
    "without_place",
]

#: How many places can be laid out, the present one among them.
SLOTS = 4
LETTERS = "ABCDEFGHIJKLM"
#: A place among others may itself be so deep.
_DEEPEST_OTHER = 3
_ALL = 1.0

_Part = TypeVar("_Part", Share, Mix)


def own(point: LatentPoint) -> LatentPoint:
    """The place by itself, nothing of others in it."""
    return point.model_copy(update={"blend": (), "mixes": (), "mask": None})


def as_other(point: LatentPoint) -> LatentPoint:
    """A place as it can be part of another one: without mask and bends, and not too deep."""
    plain = point.model_copy(update={"mask": None, "bends": ()})
    return own(plain) if plain.depth > _DEEPEST_OTHER else plain


def places(point: LatentPoint) -> tuple[LatentPoint, ...]:
    """A, and all others in their order."""
    found = [share.point for share in point.blend]
    for other in point.others:
        if other not in found:
            found.append(other)
    return (own(point), *found)


def with_place(point: LatentPoint, slot: int, place: LatentPoint) -> LatentPoint:
    """Another place in a slot, which does all that the one before did; the next free slot is new.

    A place that lies in a slot already stays there.

    Args:
        point: What is mixed.
        slot: 0 is the present place.
        place: Its masks and bends are left out.
    """
    point, other = _laid_out(point), as_other(place)
    if slot == 0:
        mixed = {"blend": point.blend, "mixes": point.mixes, "mask": point.mask}
        return own(other).model_copy(update=mixed | {"bends": point.bends})
    now = places(point)
    if other in now[1:]:
        return point
    if slot >= len(now):  # behind all others, also those that a mask or a part alone has
        blend = (*point.blend, Share(point=other, weight=0.0))
        return point.model_copy(update={"blend": blend})
    before = now[slot]
    mixes = [_at(mix, other) if mix.point == before else mix for mix in point.mixes]
    mask = point.mask
    if mask is not None and mask.point == before:
        mask = mask.model_copy(update={"point": other})
    shares = [_at(share, other) if share.point == before else share for share in point.blend]
    return point.model_copy(update={"blend": tuple(shares), "mixes": tuple(mixes), "mask": mask})


def without_place(point: LatentPoint, slot: int) -> LatentPoint:
    """A slot empty again; what its place did, A does."""
    gone = places(point)[slot]
    mask = point.mask if point.mask is not None and point.mask.point != gone else None
    return point.model_copy(
        update={
            "blend": tuple(share for share in point.blend if share.point != gone),
            "mixes": tuple(mix for mix in point.mixes if mix.point != gone),
            "mask": mask,
        }
    )


def unmixed(point: LatentPoint) -> LatentPoint:
    """A alone, with the other places still laid out."""
    laid_out = tuple(Share(point=place, weight=0.0) for place in places(point)[1:])
    return own(point).model_copy(update={"blend": laid_out})


def is_mixed(point: LatentPoint) -> bool:
    """Whether any other place does something."""
    return bool(point.mixes or point.mask or any(share.weight for share in point.blend))


# -- how much of each -----------------------------------------------------------------------------


def weights(point: LatentPoint) -> tuple[float, ...]:
    """How much of each place there is; together 1."""
    others = [share.weight for share in point.blend]
    laid_out = [0.0] * (len(places(point)) - 1 - len(others))
    total = max(_ALL, sum(others))
    shares = [weight / total for weight in others]
    return (max(0.0, _ALL - sum(shares)), *shares, *laid_out)


def with_weights(point: LatentPoint, wanted: Sequence[float]) -> LatentPoint:
    """So much of each place; only how they compare counts, and nothing of all is all of A."""
    total = sum(wanted)
    others = places(point)[1:]
    shares = tuple(
        Share(point=place, weight=round(weight / total, 4) if total > 0 else 0.0)
        for place, weight in zip(others, wanted[1:], strict=True)
    )
    return point.model_copy(update={"blend": shares})


# -- which part is whose --------------------------------------------------------------------------


def band_place(point: LatentPoint, band: Band) -> int:
    """The slot that decides a part."""
    return next((_slot(point, mix.point) for mix in point.mixes if mix.band == band), 0)


def with_band(point: LatentPoint, band: Band, slot: int) -> LatentPoint:
    """A part decided by a slot."""
    mixes = [mix for mix in point.mixes if mix.band != band]
    if slot:
        mixes.append(Mix(band=band, point=places(point)[slot]))
    mixes.sort(key=lambda mix: BANDS.index(mix.band))
    return _laid_out(point).model_copy(update={"mixes": tuple(mixes)})


# -- where another shows through ------------------------------------------------------------------


def mask_place(point: LatentPoint) -> int:
    """The slot that shows through; 0 for none."""
    return _slot(point, point.mask.point) if point.mask is not None else 0


def with_mask(point: LatentPoint, slot: int, rows: Sequence[Sequence[float]]) -> LatentPoint:
    """A slot that shows through so much; where it shows nowhere, there is no mask."""
    shown = tuple(tuple(row) for row in rows)
    mask = None
    if slot and any(any(row) for row in shown):
        mask = Mask(point=places(point)[slot], rows=shown)
    return _laid_out(point).model_copy(update={"mask": mask})


# -- which kind -----------------------------------------------------------------------------------


def kind_weights(point: LatentPoint) -> dict[int, float]:
    """How much of each kind there is, those of which there is something."""
    shares = point.kinds or ((point.kind, _ALL),)
    total = sum(weight for _, weight in shares)
    return {kind: weight / total for kind, weight in shares}


def with_kinds(point: LatentPoint, wanted: dict[int, float]) -> LatentPoint:
    """So much of each kind; one alone is no blend."""
    total = sum(wanted.values())
    if total <= 0:
        return point
    shares = {kind: round(weight / total, 4) for kind, weight in sorted(wanted.items())}
    some = tuple((kind, weight) for kind, weight in shares.items() if weight > 0)
    strongest = max(some, key=lambda share: share[1])[0]
    return point.model_copy(
        update={"kind": strongest, "kinds": some if len(some) > 1 else ()},
    )


def _slot(point: LatentPoint, place: LatentPoint) -> int:
    return places(point).index(place, 1)


def _laid_out(point: LatentPoint) -> LatentPoint:
    """All others in the blend, so that none is lost when it does nothing else any more."""
    missing = places(point)[1 + len(point.blend) :]
    shares = tuple(Share(point=place, weight=0.0) for place in missing)
    return point.model_copy(update={"blend": point.blend + shares})


def _at(part: _Part, place: LatentPoint) -> _Part:
    return part.model_copy(update={"point": place})
