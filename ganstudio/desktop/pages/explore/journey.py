"""The path that was walked: every place, and where on the path one is. Undo and redo move along it.

Plain values. Not responsible for pictures nor for Qt's undo stack, which follows it step by step.
"""

from __future__ import annotations

from dataclasses import dataclass

from ganstudio.project.point import LatentPoint

__all__ = ["Journey", "Way"]

_TOGETHER_S = 0.7


@dataclass(frozen=True, slots=True)
class Way:
    """How one came to a place, where that was no leap.

    Attributes:
        start: From where.
        offsets: Places on the way, from there, in seeds across and down (`places.walked`).
    """

    start: LatentPoint
    offsets: tuple[tuple[float, float], ...] = ()


class Journey:
    """Places in the order they were visited; never empty.

    Small steps of the same kind in quick succession, such as held arrow keys, count as one.

    Args:
        start: The first place.
    """

    def __init__(self, start: LatentPoint) -> None:
        self._places = [start]
        self._ways: dict[int, Way] = {}
        self._index = 0
        self._kind = ""
        self._at = float("-inf")

    @property
    def here(self) -> LatentPoint:
        """The place where one is."""
        return self._places[self._index]

    @property
    def index(self) -> int:
        """How many steps were taken and not taken back."""
        return self._index

    @property
    def way(self) -> Way:
        """How one came here; without offsets if it was a leap."""
        return self._ways.get(self._index, Way(self.here))

    @property
    def places(self) -> tuple[LatentPoint, ...]:
        """All places, those that were taken back included."""
        return tuple(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def visit(self, place: LatentPoint, kind: str = "", now: float = 0.0) -> bool:
        """Go to a new place; what had been taken back is forgotten.

        Args:
            place: Where to.
            kind: Steps of one kind flow together while they follow each other quickly.
            now: Time in seconds, of any clock.

        Returns:
            Whether the path is a step longer now (or branches off); False if one stayed, or if this
            step flowed into the one before.
        """
        if place == self.here:
            return False
        flows = bool(kind) and kind == self._kind and now - self._at < _TOGETHER_S
        at_end = self._index == len(self._places) - 1
        self._kind, self._at = kind, now
        if flows and at_end and self._index > 0:
            self._places[self._index] = place
            return False
        del self._places[self._index + 1 :]
        self._places.append(place)
        self._index += 1
        self._ways = {step: way for step, way in self._ways.items() if step < self._index}
        return True

    def amend(self, place: LatentPoint, way: Way) -> None:
        """The step that is being taken leads on to another place."""
        self._places[self._index] = place
        self._ways[self._index] = way

    def jump(self, index: int) -> LatentPoint:
        """Be at another place of the path; nothing is forgotten."""
        self._index = min(max(0, index), len(self._places) - 1)
        self._kind = ""
        return self.here

    def window(self, count: int) -> range:
        """Which places to show when only `count` fit: the one where one is, with what is around.

        As much as possible of the past shows, and a fifth of the room is for what was taken back.
        """
        ahead = min(len(self._places) - 1 - self._index, max(1, count // 5) if count > 1 else 0)
        last = self._index + ahead
        first = max(0, last - count + 1)
        return range(first, min(len(self._places), first + count))
