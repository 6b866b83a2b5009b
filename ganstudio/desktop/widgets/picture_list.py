"""The grid of a person's pictures: scrolls through up to a million, loads what is seen.

Not responsible for what leaving out means; it reports what a person asked for.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QItemSelectionModel, QModelIndex, QRect, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from ganstudio.desktop import theme
from ganstudio.desktop.tokens import Size
from ganstudio.desktop.widgets.picture_model import PictureItem, PictureModel
from ganstudio.desktop.widgets.picture_tile import TileDelegate, cross_of
from ganstudio.desktop.widgets.picture_view import PictureView

__all__ = ["PictureItem", "PictureList"]

_LEAST, _MOST, _USUAL = 48, 192, 92


class PictureList(PictureView):
    """Arrows move, Return opens, Del leaves out or brings back, the x on a tile does the same."""

    chosen = Signal(int)
    opened = Signal(int)
    left_out = Signal(list)
    brought_back = Signal(list)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_USUAL, Size.LIST_GAP, parent)
        self._pictures = PictureModel(self)
        self._empty = ""
        self.setModel(self._pictures)
        self.setItemDelegate(TileDelegate(self._pictures, self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setFrameShape(QAbstractItemView.Shape.NoFrame)
        self.setProperty("focusRing", False)
        self.setAccessibleName(self.tr("Pictures"))
        self.viewport().setAutoFillBackground(False)
        self.selectionModel().currentChanged.connect(self._current_changed)
        self.doubleClicked.connect(self._double_clicked)

    def set_source(
        self,
        count: int,
        item: Callable[[int], PictureItem],
        load: Callable[[int], None],
    ) -> None:
        """Show `count` pictures; `item(i)` describes, `load(i)` is asked once for what is seen."""
        self._pictures.set_source(count, item, load)
        self.updateGeometries()

    def set_picture(self, index: int, picture: np.ndarray) -> None:
        """Answer a load: uint8 (H, W, 3|4)."""
        self._pictures.set_picture(index, picture)

    def refresh(self, index: int | None = None) -> None:
        """An item, or all of them, may have another state now."""
        self._pictures.refresh(index)

    def set_tile(self, side: int) -> None:
        """The wished side of a tile, 48 to 192 logical pixels."""
        super().set_tile(min(_MOST, max(_LEAST, side)))

    def current(self) -> int:
        """The current picture, or -1."""
        return self.currentIndex().row()

    def set_current(self, index: int) -> None:
        """Choose a picture alone, whatever keys are held, and scroll to it."""
        chosen = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(self._pictures.index(index), chosen)

    def selected(self) -> list[int]:
        """All chosen pictures, rising."""
        return sorted(index.row() for index in self.selectionModel().selectedIndexes())

    def set_empty_text(self, text: str) -> None:
        """What stands in an empty list."""
        self._empty = text
        self.viewport().update()

    def tile_rect(self, cell: QRect) -> QRectF:
        """The picture's room in a cell of the view."""
        return QRectF(cell)

    def cross_rect(self, cell: QRect) -> QRectF:
        """Where the x of a tile is drawn and hit."""
        return cross_of(QRectF(cell))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Del leaves out or brings back, Return opens."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.selected():
            self._turn(self.selected())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current() >= 0:
            self.opened.emit(self.current())
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the x turns that one picture."""
        index = self.indexAt(event.position().toPoint())
        cross = cross_of(QRectF(self.visualRect(index))) if index.isValid() else QRectF()
        if event.button() == Qt.MouseButton.LeftButton and cross.contains(event.position()):
            self._turn([index.row()])
            return
        super().mousePressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the tiles, or what stands in an empty list."""
        super().paintEvent(event)
        if not self._pictures.rowCount() and self._empty:
            painter = QPainter(self.viewport())
            painter.setFont(theme.font("body"))
            painter.setPen(theme.colour("text_quiet"))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.viewport().rect(), int(flags), self._empty)

    def _turn(self, rows: list[int]) -> None:
        """Ask to leave rows out, or to bring them back when the first one is out already."""
        states = {row: self._pictures.item(row).state for row in rows}
        bring = states[rows[0]] == "left-out"
        wanted = [row for row, state in states.items() if state == ("left-out" if bring else "in")]
        if wanted:
            (self.brought_back if bring else self.left_out).emit(wanted)

    @Slot(QModelIndex, QModelIndex)
    def _current_changed(self, current: QModelIndex, _before: QModelIndex) -> None:
        if current.row() >= 0:
            self.chosen.emit(current.row())

    @Slot(QModelIndex)
    def _double_clicked(self, index: QModelIndex) -> None:
        self.opened.emit(index.row())
