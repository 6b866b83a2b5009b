"""Which saved moments of a run to let go, so that what stays fits a budget and is spread evenly.

Not responsible for measuring or removing anything: `gan.room` does.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

__all__ = ["Shelf", "anchors", "surplus"]

_NEWEST = 2


@dataclass(frozen=True, slots=True)
class Shelf:
    """Saved moments of one kind.

    Attributes:
        sizes: Clock -> bytes on the disk.
        stay: Clocks that never go; the newest two never do either.
        fewest: So many stay in any case.
    """

    sizes: Mapping[int, int]
    stay: frozenset[int] = frozenset()
    fewest: int = _NEWEST


def anchors(moments: Iterable[int], saved: Sequence[int]) -> frozenset[int]:
    """What leads back to moments: for each of them, what was saved at it or last before it.

    Args:
        moments: Clocks that shall be reached again.
        saved: Clocks of what was saved, ascending.
    """
    places = (bisect_right(saved, moment) for moment in moments)
    return frozenset(saved[place - 1] for place in places if place)


def surplus(shelves: Sequence[Shelf], budget: int) -> list[list[int]]:
    """Which moments to let go until all shelves together fit a budget.

    One after the other goes: of the shelf that takes the most room, the moment whose neighbours lie
    closest together. So no kind crowds out another, and an even spread of each is left.

    Args:
        shelves: The kinds.
        budget: Bytes; what must stay stays even over it.

    Returns:
        For each shelf its clocks to let go, in the order in which they go.
    """
    kept = [sorted(shelf.sizes) for shelf in shelves]
    room = [sum(shelf.sizes.values()) for shelf in shelves]
    gone: list[list[int]] = [[] for _ in shelves]
    while sum(room) > budget:
        offered = {i: _least_missed(shelf, kept[i]) for i, shelf in enumerate(shelves)}
        found = [(room[i], clock, i) for i, clock in offered.items() if clock is not None]
        if not found:
            break
        _, clock, i = max(found)
        kept[i].remove(clock)
        gone[i].append(clock)
        room[i] -= shelves[i].sizes[clock]
    return gone


def _least_missed(shelf: Shelf, kept: list[int]) -> int | None:
    """The moment whose neighbours lie closest together; None if nothing more may go."""
    if len(kept) <= max(_NEWEST, shelf.fewest):
        return None
    before = [0, *kept]
    gaps = [
        (kept[i + 1] - before[i], clock)
        for i, clock in enumerate(kept[:-_NEWEST])
        if clock not in shelf.stay
    ]
    return min(gaps)[1] if gaps else None
