"""The grid of a person's pictures: scrolls through up to a million, loads what is seen.

Not responsible for what leaving out means; it reports what a person asked for.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ganstudio.desktop import icons, theme
from ganstudio.desktop.tokens import Size
from ganstudio.desktop.widgets.painting import (
    SHARP_LIMIT,
    draw_box,
    draw_picture,
    draw_ring,
    fit_side,
)
from ganstudio.desktop.widgets.picture_model import PictureItem, PictureModel
from ganstudio.desktop.widgets.writing import width_of, write

__all__ = ["PictureItem", "PictureList"]

_MARGIN = 4
_LEAST, _MOST = 48, 192
_CROSS = 20


class _TileDelegate(QStyledItemDelegate):
    """Draws one tile: picture, state, badge, rings."""

    def __init__(self, model: PictureModel, parent: PictureList) -> None:
        super().__init__(parent)
        self._model = model
        self._list = parent

    def sizeHint(self, option: QStyleOptionViewItem, index: object) -> QSize:
        return self._list.gridSize()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: object) -> None:
        row = index.row()
        item = self._model.item(row)
        box = self._list.tile_rect(option.rect)
        painter.save()
        state = option.state
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        self._draw_ground(painter, box, row, item)
        if item.state != "in" and item.reason:
            _draw_badge(painter, box, item.reason)
        if bool(state & QStyle.StateFlag.State_Selected):
            width = 3 if theme.current().surface_lines else 2
            draw_ring(painter, box, "accent_line", 1, width)
        elif hovered:
            draw_ring(painter, box, "text", 1, 1)
        if hovered and item.state != "unreadable":
            cross = self._list.cross_rect(option.rect)
            draw_box(painter, cross, Size.RADIUS_BADGE, theme.colour("stage", 0.85))
            name = "x" if item.state == "in" else "undo"
            icons.paint(painter, name, cross.adjusted(3, 3, -3, -3), "text")
        painter.restore()

    def _draw_ground(self, painter: QPainter, box: QRectF, row: int, item: PictureItem) -> None:
        image = None if item.state == "unreadable" else self._model.image(row)
        if image is None:
            painter.fillRect(box, theme.colour("raised"))
            side = min(24.0, box.width() / 3)
            mark = QRectF(0, 0, side, side)
            mark.moveCenter(box.center())
            broken = item.state == "unreadable"
            icons.paint(
                painter, "warning" if broken else "pictures", mark, "error" if broken else "edge"
            )
            return
        sharp = image.width() <= SHARP_LIMIT
        ratio = painter.device().devicePixelRatioF()
        wide = fit_side(image.width(), box.width(), ratio, sharp)
        high = wide * image.height() / max(1, image.width())
        if high > box.height():
            wide, high = wide * box.height() / high, box.height()
        place = QRectF(0, 0, wide, high)
        place.moveCenter(box.center())
        place.moveTopLeft(QPoint(round(place.left()), round(place.top())))
        draw_picture(painter, image, place, sharp)
        if item.state == "left-out":
            painter.fillRect(place, theme.colour("stage", 0.62))


def _draw_badge(painter: QPainter, box: QRectF, words: str) -> None:
    width = min(width_of(words, "axis") + 24, box.width() - 8)
    badge = QRectF(box.left() + 4, box.bottom() - 22, round(width), 18)
    draw_box(painter, badge, Size.RADIUS_BADGE, theme.colour("stage", 0.88))
    icons.paint(painter, "x", QRectF(badge.left() + 5, badge.top() + 4, 10, 10), "text")
    write(painter, badge.adjusted(18, 0, -4, 0), words, "axis", theme.colour("text"))


class PictureList(QListView):
    """Arrows move, Return opens, Del leaves out or brings back, the x on a tile does the same."""

    chosen = Signal(int)
    opened = Signal(int)
    left_out = Signal(list)
    brought_back = Signal(list)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictures = PictureModel(self)
        self._tile = 94
        self._empty = ""
        self.setModel(self._pictures)
        self.setItemDelegate(_TileDelegate(self._pictures, self))
        # List mode that wraps lays rows out by arithmetic; icon mode would keep a tree of them.
        self.setViewMode(QListView.ViewMode.ListMode)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setProperty("focusRing", False)
        self.setAccessibleName(self.tr("Pictures"))
        self.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        self.selectionModel().currentChanged.connect(self._current_changed)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))
        self._fit_grid()

    def set_source(
        self,
        count: int,
        item: Callable[[int], PictureItem],
        load: Callable[[int], None],
    ) -> None:
        """Show `count` pictures; `item(i)` describes, `load(i)` is asked once for what is seen."""
        self._pictures.set_source(count, item, load)
        self._fit_grid()

    def set_picture(self, index: int, picture: np.ndarray) -> None:
        """Answer a load: uint8 (H, W, 3|4)."""
        self._pictures.set_picture(index, picture)

    def refresh(self, index: int | None = None) -> None:
        """An item, or all of them, may have another state now."""
        self._pictures.refresh(index)

    def set_tile(self, side: int) -> None:
        """The wished side of a tile, 48 to 192 logical pixels."""
        self._tile = min(_MOST, max(_LEAST, side))
        self._fit_grid()
        self._pictures.forget_requests()

    def current(self) -> int:
        """The current picture, or -1."""
        return self.currentIndex().row()

    def set_current(self, index: int) -> None:
        """Choose a picture and scroll to it."""
        self.setCurrentIndex(self._pictures.index(index))

    def selected(self) -> list[int]:
        """All chosen pictures, rising."""
        return sorted(index.row() for index in self.selectedIndexes())

    def visible(self) -> tuple[int, int]:
        """First and last row that can be seen; (0, -1) when there is none."""
        count = self._pictures.rowCount()
        if not count:
            return 0, -1
        columns = self._columns()
        row_height = self.gridSize().height()
        top = self.verticalScrollBar().value()
        first = top // row_height * columns
        last = ((top + self.viewport().height()) // row_height + 1) * columns - 1
        return min(first, count - 1), min(last, count - 1)

    def set_empty_text(self, text: str) -> None:
        """What stands in an empty list."""
        self._empty = text
        self.viewport().update()

    def tile_rect(self, cell: QRect) -> QRectF:
        """The picture's room in a cell of the view."""
        side = self.gridSize().height() - 2 * _MARGIN
        left = cell.left() + (cell.width() - side) // 2
        return QRectF(left, cell.top() + _MARGIN, side, side)

    def cross_rect(self, cell: QRect) -> QRectF:
        """Where the x of a tile is drawn and hit."""
        box = self.tile_rect(cell)
        return QRectF(box.right() - _CROSS - 4, box.top() + 4, _CROSS, _CROSS)

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
        place = event.position().toPoint()
        index = self.indexAt(place)
        cross = self.cross_rect(self.visualRect(index)) if index.isValid() else QRectF()
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

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Spread the columns over the new width."""
        self._fit_grid()
        super().resizeEvent(event)

    def _columns(self) -> int:
        return max(1, self.viewport().width() // max(1, self.gridSize().width()))

    def _fit_grid(self) -> None:
        """Choose a cell so that whole columns fill the width."""
        width = max(1, self.viewport().width() - 1)
        columns = max(1, (width + 2 * _MARGIN) // (self._tile + 2 * _MARGIN))
        wide = max(_LEAST, width // columns)
        high = min(wide, self._tile + 2 * _MARGIN + (wide - self._tile - 2 * _MARGIN))
        self.setGridSize(QSize(wide, high))

    def _turn(self, rows: list[int]) -> None:
        """Ask to leave rows out, or to bring them back when the first one is out already."""
        states = {row: self._pictures.item(row).state for row in rows}
        bring = states[rows[0]] == "left-out"
        wanted = [row for row, state in states.items() if state == ("left-out" if bring else "in")]
        if wanted:
            (self.brought_back if bring else self.left_out).emit(wanted)

    def _current_changed(self, current: object, _before: object) -> None:
        if current.row() >= 0:
            self.chosen.emit(current.row())
