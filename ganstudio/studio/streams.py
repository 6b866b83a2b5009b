"""Sheets and streams of pictures that wait for the explorer's thread, taken a handful at a time.

A handful takes a third of the time in which a slider's picture is to be there, however large or
small the pictures are, and a picture that a person drags for never waits longer than one handful. A
newer wish of a name replaces the older one, and what was drawn for the older one is dropped.

Not responsible for drawing (`explorer`).
"""

from __future__ import annotations

import itertools
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from ganstudio.project.messages import Pictures, frozen_pictures
from ganstudio.project.point import LatentPoint
from ganstudio.studio.drawn import SHEETS, Sheet

__all__ = ["Handful", "Streams"]

_HANDFUL_S = 0.012
_MOST = 16
#: How much the newest handful counts for the time that one picture takes.
_NEWEST = 0.5


@dataclass(frozen=True, slots=True)
class Handful:
    """The next few points of a wish."""

    name: str
    points: tuple[LatentPoint, ...]
    stamp: int


@dataclass(slots=True)
class _Wish:
    """What was asked for under a name, and what is drawn of it and not taken yet."""

    stamp: int
    points: tuple[LatentPoint, ...]
    whole: bool
    begun: int = 0
    drawn: list[Sheet] = field(default_factory=list)

    @property
    def complete(self) -> bool:
        """Whether everything is drawn."""
        return sum(len(sheet.points) for sheet in self.drawn) == len(self.points)


class Streams:
    """Newest wins, name by name. Every method may be called from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._wishes: dict[str, _Wish] = {}
        self._stamps = itertools.count(1)
        self._seconds = _HANDFUL_S / 2  # of one picture; two are a careful beginning

    def ask(self, name: str, points: Sequence[LatentPoint], whole: bool) -> int:
        """Ask for points; what was asked for under this name before is forgotten.

        Args:
            name: Of `SHEETS`.
            points: The most wanted first.
            whole: Hand them out when all are drawn; otherwise as they come.

        Returns:
            The stamp that the answers will carry.
        """
        assert name in SHEETS
        with self._lock:
            stamp = next(self._stamps)
            self._wishes[name] = _Wish(stamp, tuple(points), whole)
            return stamp

    def begin_anew(self) -> None:
        """Another generator draws from now on: nothing that was drawn counts."""
        with self._lock:
            for wish in self._wishes.values():
                wish.begun = 0
                wish.drawn.clear()

    @property
    def waits(self) -> bool:
        """Whether anything is still to be drawn."""
        with self._lock:
            return any(wish.begun < len(wish.points) for wish in self._wishes.values())

    def take(self) -> Handful | None:
        """The next few points of the most urgent wish, which then wait no longer."""
        with self._lock:
            for name in SHEETS:
                wish = self._wishes.get(name)
                if wish is not None and wish.begun < len(wish.points):
                    first = wish.begun
                    wish.begun += max(1, min(_MOST, int(_HANDFUL_S / self._seconds)))
                    return Handful(name, wish.points[first : wish.begun], wish.stamp)
        return None

    def put(self, handful: Handful, pictures: Pictures, images: int, seconds: float) -> bool:
        """Hand out what was drawn, unless it was replaced meanwhile.

        Args:
            handful: What was taken.
            pictures: (N, H, W, C) uint8.
            images: The model's clock.
            seconds: How long drawing it took.

        Returns:
            Whether something can be collected now.
        """
        each = seconds / max(1, len(handful.points))
        with self._lock:
            self._seconds = max(1e-5, (1 - _NEWEST) * self._seconds + _NEWEST * each)
            wish = self._wishes.get(handful.name)
            if wish is None or wish.stamp != handful.stamp:
                return False
            wish.drawn.append(Sheet(handful.name, handful.points, pictures, images, handful.stamp))
            return not wish.whole or wish.complete

    def collect(self, name: str) -> list[Sheet]:
        """What is drawn of a name and was not collected yet; a whole sheet is one."""
        with self._lock:
            wish = self._wishes.get(name)
            if wish is None or (wish.whole and not wish.complete):
                return []
            drawn, wish.drawn = wish.drawn, []
        if not drawn or not wish.whole:
            return drawn
        pictures = frozen_pictures(np.concatenate([sheet.pictures for sheet in drawn]))
        return [Sheet(name, wish.points, pictures, drawn[0].images, wish.stamp)]
