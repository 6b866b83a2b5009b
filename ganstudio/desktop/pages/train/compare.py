"""Comparing two moments: one is pinned as "before", a curtain lies between it and the one shown.

Not responsible for how the curtain looks, nor for which moment is shown.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QComboBox, QLineEdit, QTextEdit

from ganstudio.desktop.pages.train.watching import say_places
from ganstudio.desktop.widgets.curtain import Curtain
from ganstudio.desktop.widgets.tile_grid import TileGrid
from ganstudio.project.messages import Pictures
from ganstudio.project.numbers import say_count

__all__ = ["Compare"]

_WRITTEN_INTO = (QLineEdit, QTextEdit, QAbstractSpinBox, QComboBox)


class Compare(QObject):
    """The moment of before, its curtain, and the key that shows it whole.

    Signals:
        changed: Comparing began or ended.
    """

    changed = Signal()

    def __init__(self, grid: TileGrid) -> None:
        super().__init__(grid)
        self.curtain = Curtain(grid)
        self._grid = grid
        self._before: int | None = None
        self._first_seed = 0

    @property
    def before(self) -> int | None:
        """The clock of the moment that is pinned; None while nothing is compared."""
        return self._before

    def begin(self, clock: int, pictures: Pictures, first_seed: int = 0) -> None:
        """Pin a moment.

        Args:
            clock: Its pictures seen.
            pictures: Its sheet, (N, H, W, C) uint8, read-only.
            first_seed: Of its places.
        """
        self._before, self._first_seed = clock, first_seed
        self.curtain.show_before(pictures)
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self)
        self.changed.emit()

    def end(self) -> None:
        """Let go of it."""
        if self._before is None:
            return
        self._before = None
        self.curtain.put_away()
        app = QApplication.instance()
        if app is not None:
            app.removeEventFilter(self)
        self.changed.emit()

    def show_words(self, moment: int | None, now: int, first_seed: int = 0) -> None:
        """Say which two moments these are.

        Args:
            moment: The one that is shown, None for now.
            now: The clock of now.
            first_seed: Of the places that are shown; where those of before are others, it says so.
        """
        if self._before is None:
            return
        before = self.tr("Before, {clock}").format(clock=say_count(self._before))
        if moment is None:
            after = self.tr("Now, {clock}").format(clock=say_count(now))
        else:
            after = self.tr("Shown, {clock}").format(clock=say_count(moment))
        if first_seed != self._first_seed:
            before = f"{before}, {say_places(self._first_seed).lower()}"
            after = f"{after}, {say_places(first_seed).lower()}"
        self.curtain.set_words(before, after)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """While B is held down anywhere but in a text field, all of it is before."""
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_B:
            if event.type() == QEvent.Type.KeyRelease and not event.isAutoRepeat():
                self.curtain.hold(False)
            elif event.type() == QEvent.Type.KeyPress and self._may_hold(event):
                self.curtain.hold(True)
                return True
        return False

    def _may_hold(self, event: QKeyEvent) -> bool:
        focus = QApplication.focusWidget()
        here = focus is None or focus.window() is self._grid.window()
        free = not event.modifiers() and not isinstance(focus, _WRITTEN_INTO)
        return free and here and self._grid.isVisible()
