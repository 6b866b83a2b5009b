"""An animated walk: it goes by itself, smoothly, until it is paused; and it can walk back.

It is one step of the path from its first moment on, so undo leads back to where it began and redo
to where it was left. The way it went is remembered with the step. It starts by hand only.

Not responsible for the course (`course`) nor for the buttons (`where`).
"""

from __future__ import annotations

import random
import time

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from ganstudio.desktop.pages.explore.course import Course, Offset, along, length_of, remembered
from ganstudio.desktop.pages.explore.journey import Way
from ganstudio.desktop.pages.explore.places import walked
from ganstudio.desktop.pages.explore.walk import Walk
from ganstudio.project.point import LatentPoint

__all__ = ["SPEEDS", "Wander"]

#: Seeds a second: the slowest, the usual one, the fastest.
SPEEDS = (0.03, 0.35, 2.0)

_FRAME_MS = 33
#: After the computer was busy the walk goes on from where it was, and does not leap.
_LONGEST_S = 0.1


class Wander(QObject):
    """Walks while somebody watches.

    Attributes:
        speed: Seeds a second.

    Signals:
        changed: It began, was paused, or the way back is open or closed now.
    """

    changed = Signal()

    def __init__(self, walk: Walk) -> None:
        super().__init__(walk)
        self._walk = walk
        self.speed = SPEEDS[1]
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_FRAME_MS)
        self._timer.timeout.connect(self._tick)
        self._course: Course | None = None
        self._back: Way | None = None
        self._start = walk.point
        self._way: tuple[Offset, ...] = ()
        self._gone = 0.0
        self._mine: LatentPoint | None = None
        self._at = 0.0
        walk.moved.connect(self._moved)
        walk.path_changed.connect(self.changed)

    @property
    def playing(self) -> bool:
        """Whether it walks right now."""
        return self._timer.isActive()

    @property
    def may_go_back(self) -> bool:
        """Whether a walk led here that can be walked back."""
        journey = self._walk.journey
        return bool(journey.way.offsets) and self._walk.point == journey.here

    @Slot()
    def toggle(self) -> None:
        """Walk on a new course, or pause."""
        if self.playing:
            self.pause()
        elif self._walk.model is not None:
            self._course, self._back = Course(random.randrange(1 << 30)), None
            self._begin(self._walk.point, (0.0, 0.0))

    @Slot()
    def go_back(self) -> None:
        """Walk the way back that led here."""
        if self.playing or not self.may_go_back or self._walk.model is None:
            return
        self._course, self._back = None, self._walk.journey.way
        self._begin(self._back.start, self._back.offsets[-1])

    @Slot()
    def pause(self) -> None:
        """Stay where it is; that is a place like any other."""
        if self.playing:
            self._timer.stop()
            self._walk.path_changed.emit()

    def _begin(self, start: LatentPoint, offset: Offset) -> None:
        self._start, self._way, self._gone, self._mine = start, (offset,), 0.0, None
        self._at = time.monotonic()
        self._timer.start()
        self.changed.emit()

    @Slot()
    def _tick(self) -> None:
        now = time.monotonic()
        self.advance(min(_LONGEST_S, now - self._at))
        self._at = now

    def advance(self, seconds: float) -> None:
        """So much further."""
        length = self.speed * seconds
        self._gone += length
        if self._course is not None:
            offset = self._course.step(length)
        else:
            assert self._back is not None
            offset = along(self._back.offsets[::-1], self._gone)
        self._way = remembered(self._way, offset)
        point = walked(self._start, *offset, self._walk.directions)
        first, self._mine = self._mine is None, point
        self._walk.preview(point)
        if first:
            self._walk.settle(self.tr("walk by itself"))
        self._walk.journey.amend(point, Way(self._start, self._way))
        if self._back is not None and self._gone >= length_of(self._back.offsets):
            self.pause()

    @Slot(object)
    def _moved(self, point: LatentPoint) -> None:
        """Somebody else leads: leave the walk where it was."""
        if self.playing and point != self._mine:
            self.pause()
