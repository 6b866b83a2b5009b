"""The path that was walked: every place, and where on the path one is. Undo and redo move along it.

Nothing on it is lost: who goes back and then another way can find the first way again.

Plain values. Not responsible for pictures nor for Qt's undo stack, which follows it step by step.
"""

from __future__ import annotations

from dataclasses import dataclass, field

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


@dataclass(slots=True)
class _Stop:
    """A step of the path.

    Attributes:
        place: Where it led.
        text: What it was, as a noun.
        way: How it led there.
        others: Ways on from here that are not part of the path, the one that is next first.
    """

    place: LatentPoint
    text: str = ""
    way: Way | None = None
    others: list[list[_Stop]] = field(default_factory=list)


class Journey:
    """Places in the order they were visited; never empty.

    Small steps of the same kind in quick succession, such as held arrow keys, count as one.

    Args:
        start: The first place.
    """

    def __init__(self, start: LatentPoint) -> None:
        self._stops = [_Stop(start)]
        self._index = 0
        self._kind = ""
        self._at = float("-inf")

    @property
    def here(self) -> LatentPoint:
        """The place where one is."""
        return self._stops[self._index].place

    @property
    def index(self) -> int:
        """How many steps were taken and not taken back."""
        return self._index

    @property
    def way(self) -> Way:
        """How one came here; without offsets if it was a leap."""
        return self._stops[self._index].way or Way(self.here)

    @property
    def places(self) -> tuple[LatentPoint, ...]:
        """All places, those that were taken back included."""
        return tuple(stop.place for stop in self._stops)

    @property
    def forks(self) -> frozenset[int]:
        """From which steps another way leads on too."""
        return frozenset(step for step, stop in enumerate(self._stops) if stop.others)

    def __len__(self) -> int:
        return len(self._stops)

    def visit(self, place: LatentPoint, kind: str = "", now: float = 0.0, text: str = "") -> bool:
        """Go to a new place; what had been taken back is another way from then on.

        Args:
            place: Where to.
            kind: Steps of one kind flow together while they follow each other quickly.
            now: Time in seconds, of any clock.
            text: What the step is, as a noun.

        Returns:
            Whether the path is a step longer now (or branches off); False if one stayed, or if this
            step flowed into the one before.
        """
        if place == self.here:
            return False
        flows = bool(kind) and kind == self._kind and now - self._at < _TOGETHER_S
        at_end = self._index == len(self._stops) - 1
        self._kind, self._at = kind, now
        if flows and at_end and self._index > 0:
            self._stops[self._index].place = place
            return False
        self._leave()
        self._stops.append(_Stop(place, text))
        self._index += 1
        return True

    def amend(self, place: LatentPoint, way: Way) -> None:
        """The step that is being taken leads on to another place."""
        stop = self._stops[self._index]
        stop.place, stop.way = place, way

    def jump(self, index: int) -> LatentPoint:
        """Be at another place of the path; nothing is forgotten."""
        self._index = min(max(0, index), len(self._stops) - 1)
        self._kind = ""
        return self.here

    def turn(self) -> tuple[str, ...]:
        """Let the next other way lead on from here instead, and each in its turn.

        Returns:
            What the steps of that way are; empty if there is no other.
        """
        others = self._stops[self._index].others
        if not others:
            return ()
        taken = others.pop(0)
        self._leave()
        self._stops += taken
        return tuple(stop.text for stop in taken)

    def _leave(self) -> None:
        """What leads on from here is another way now, the last one."""
        left = self._stops[self._index + 1 :]
        if left:
            self._stops[self._index].others.append(left)
            del self._stops[self._index + 1 :]

    def window(self, count: int, shifted: int = 0) -> range:
        """Which places to show when only `count` fit: the one where one is, with what is around.

        As much as possible of the past shows, and a fifth of the room is for what was taken back.

        Args:
            count: How many fit.
            shifted: Show so many steps later ones instead, as far as there are some.
        """
        ahead = min(len(self._stops) - 1 - self._index, max(1, count // 5) if count > 1 else 0)
        last = self._index + ahead
        first = max(0, last - count + 1)
        first = min(max(0, first + shifted), max(0, len(self._stops) - count)) if shifted else first
        return range(first, min(len(self._stops), first + count))
