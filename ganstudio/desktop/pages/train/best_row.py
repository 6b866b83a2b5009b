"""The best moment in the panel: its picture, its clock, and a star to make it one's choice.

Not responsible for which moment it is (`honours`).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ganstudio.desktop.pages.train.later import Later
from ganstudio.desktop.widgets.buttons import IconButton
from ganstudio.desktop.widgets.list_row import ListRow
from ganstudio.project.messages import Pictures
from ganstudio.project.numbers import say_count
from ganstudio.project.runs import RunFolder
from ganstudio.project.titles import Best
from ganstudio.studio.run_history import read_samples

__all__ = ["BestRow"]

_ABOVE = 8
_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class BestRow(QWidget):
    """Picture, two lines and a star; a click goes to the moment.

    Signals:
        chosen: Go to the best moment.
        star_clicked: Star it, or take its star away.
    """

    chosen = Signal()
    star_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = ListRow("")
        self._star = IconButton("star", self.tr("Star the best moment"))
        self._star.clicked.connect(self.star_clicked)
        self._row.set_right(self._star)
        self._shown: tuple[RunFolder | None, int, int] = (None, -1, 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, _ABOVE, 0, 0)
        layout.addWidget(self._row)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty("ringRadius", 4)
        self.hide()

    def show_best(self, best: Best | None, stars: list[int], why_not: str) -> None:
        """Say which moment it is; None hides the row.

        Args:
            best: The best moment.
            stars: The clocks that carry a star.
            why_not: Why stars cannot be given here; empty if they can.
        """
        self.setVisible(best is not None)
        if best is None:
            return
        clock, starred = say_count(best.clock), best.clock in stars
        choice = best.reason == "choice"
        text = self.tr("Your choice: {clock}") if choice else self.tr("Best so far: {clock}")
        self._row.set_texts(text.format(clock=clock), self.tr("kept, whatever happens"))
        self._star.set_icon("star-full" if starred else "star")
        words = self.tr("Take the star away") if starred else self.tr("Make it your choice")
        self._star.setAccessibleName(words)
        self._star.setToolTip(why_not or words)
        self._star.setEnabled(not why_not)
        self._star.set_token("accent_line")
        tip = self.tr("The lowest kernel distance that is sure, with few copies. Click to see it.")
        if choice:
            tip = self.tr("The moment you starred last. Click to see it.")
        self.setToolTip(tip)
        self.setAccessibleName(text.format(clock=clock))

    def show_picture(self, run: RunFolder | None, clock: int, place: int, later: Later) -> None:
        """Have the picture of a moment and a place of the grid, read behind the window."""
        if run is None or (run, clock, place) == self._shown:
            return
        self._shown = (run, clock, place)
        read: Callable[[], Pictures] = partial(read_samples, run, clock)
        later.ask("best", read, partial(self._picture_read, self._shown))

    def _picture_read(self, wanted: tuple[RunFolder | None, int, int], sheet: Pictures) -> None:
        if wanted == self._shown:
            self._row.set_picture(sheet[min(wanted[2], len(sheet) - 1)].copy())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go there."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return and Space too."""
        if event.key() in _KEYS:
            self.chosen.emit()
        else:
            super().keyPressEvent(event)
