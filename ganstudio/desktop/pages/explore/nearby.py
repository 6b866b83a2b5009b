"""Nearby: eight pictures or more around the place where one is; a click is to be there.

Not responsible for where they lie (`places`).
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ganstudio.desktop.pages.explore.places import NEARBY
from ganstudio.desktop.widgets.buttons import IconButton
from ganstudio.desktop.widgets.label import Label
from ganstudio.desktop.widgets.place_tiles import PlaceTiles
from ganstudio.desktop.widgets.slider_track import Slider

__all__ = ["COLUMNS", "HEAD", "NearbyPanel"]

COLUMNS, HEAD = 2, 36
_FIRST_REACH = 0.35
_ROOM_FOR_WORDS = 240


class NearbyPanel(QWidget):
    """Head with How far and dice, and the tiles.

    Signals:
        wanted: Other tiles are wanted: How far was changed, the dice thrown, or there are more.
    """

    wanted = Signal()

    def __init__(self, gap: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.roll = 1
        self.count = NEARBY
        self.how_far = Slider(
            0.05,
            1.0,
            _FIRST_REACH,
            _FIRST_REACH,
            name=self.tr("How far"),
            tip=self.tr("How different the pictures nearby may be. (Step size)"),
        )
        self.how_far.set_ground("stage")
        self.how_far.setFixedWidth(72)
        self.dice = IconButton(
            "dice", self.tr("Other pictures nearby"), self.tr("Throw again: other ways from here.")
        )
        tip = self.tr("Click to be there, drag it to use it.")
        self.grid = PlaceTiles(COLUMNS, gap, NEARBY, tip)
        self.grid.set_name(self.tr("Picture nearby"))
        self.words = Label(self.tr("How far"), "small", "text_quiet")
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(10)
        head.addWidget(Label(self.tr("Nearby"), "head"))
        head.addStretch(1)
        head.addWidget(self.words)
        head.addWidget(self.how_far, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self.dice)
        holder = QWidget()
        holder.setFixedHeight(HEAD)
        head.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        holder.setLayout(head)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(holder)
        column.addWidget(self.grid, 1)
        self.dice.clicked.connect(self._throw)
        self.how_far.released.connect(self.wanted)

    def set_columns(self, columns: int) -> None:
        """As many columns as there is room for beside the picture, of as many rows as always."""
        count = columns * (NEARBY // COLUMNS)
        if count != self.count:
            self.count = count
            self.grid.set_columns(columns, count)
            self.wanted.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The words give way first; the slider's tooltip has them."""
        super().resizeEvent(event)
        self.words.setVisible(self.width() >= _ROOM_FOR_WORDS)

    def _throw(self) -> None:
        self.roll += 1
        self.wanted.emit()
