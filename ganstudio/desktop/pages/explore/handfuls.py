"""Many pictures of one sheet, a handful at a time: a picture that is dragged never waits for all.

Not responsible for drawing (`studio.explorer`), nor for who shows them.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal, Slot

from ganstudio.desktop.pages.explore.walk import Walk
from ganstudio.project.point import LatentPoint
from ganstudio.studio.explorer import Sheet

__all__ = ["Handfuls"]


class Handfuls(QObject):
    """Asks for the next handful when the one before has come.

    Signals:
        came: The handful of this number is there (int, Pictures).

    Args:
        walk: Asks the explorer.
        name: Of the sheet.
        parent: Whose it is.
    """

    came = Signal(int, object)

    def __init__(self, walk: Walk, name: str, parent: QObject) -> None:
        super().__init__(parent)
        self._walk, self._name = walk, name
        self._waiting: list[tuple[int, tuple[LatentPoint, ...]]] = []
        walk.sheet_drawn.connect(self._drawn)

    def ask(self, handfuls: Sequence[tuple[int, Sequence[LatentPoint]]]) -> None:
        """Ask for other handfuls, each with its number; those that still wait are forgotten."""
        self._waiting = [(number, tuple(points)) for number, points in handfuls]
        self._next()

    def _next(self) -> None:
        if self._waiting:
            self._walk.ask_sheet(self._name, self._waiting[0][1])

    @Slot(object)
    def _drawn(self, sheet: Sheet) -> None:
        if sheet.name != self._name or not self._waiting:
            return
        number, points = self._waiting[0]
        if sheet.points == points:
            del self._waiting[0]
            self.came.emit(number, sheet.pictures)
            self._next()
