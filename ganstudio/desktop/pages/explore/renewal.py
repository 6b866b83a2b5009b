"""Newer weights draw: when everything around the picture is drawn anew.

The picture itself follows the weights; small pictures do so calmly. What was drawn before stays
until the new one comes, so nothing flickers, and nothing is asked for again before it has come, so
the explorer is never flooded, however slowly it draws. Not responsible for asking: who shows small
pictures listens to `due`.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from ganstudio.studio.explorer import Frame

__all__ = ["Renewal"]

_AT_MOST_EVERY_S = 2.0
_LOOK_MS = 200


class Renewal(QObject):
    """Compares the clock of what is drawn with that of the last renewal.

    Args:
        busy: Whether the hand moves, or pictures that were asked for have not all come.
        parent: The walk.

    Signals:
        due: Ask for the pictures around anew, all that are seen.
    """

    due = Signal()

    def __init__(self, busy: Callable[[], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._busy = busy
        self._images: int | None = None
        self._newest = 0
        self._at = 0.0
        self._look = QTimer(self, interval=_LOOK_MS, singleShot=True)
        self._look.timeout.connect(self._try)

    def begin_anew(self) -> None:
        """Another generator draws, or none: whoever shows pictures asks for them anyway."""
        self._images = None
        self._look.stop()

    @Slot(object)
    def drawn(self, frame: Frame) -> None:
        """A picture of the present generator."""
        self._newest = frame.images
        if self._images is None:
            self._images, self._at = frame.images, time.monotonic()
        elif frame.images != self._images and not self._look.isActive():
            self._try()

    @Slot()
    def _try(self) -> None:
        if self._images is None or self._newest == self._images:
            return
        if self._busy() or time.monotonic() - self._at < _AT_MOST_EVERY_S:
            self._look.start()
            return
        self._images, self._at = self._newest, time.monotonic()
        self.due.emit()
