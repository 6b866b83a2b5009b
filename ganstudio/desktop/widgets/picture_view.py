"""Where the tiles of a long list lie: rows and columns by arithmetic, however many there are.

`QListView` asks the model for every row when it lays out, which takes seconds for a million; here
only what is seen costs anything. Not responsible for what a tile looks like.
"""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    Qt,
    Slot,
)
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPixmap, QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyleOptionViewItem, QWidget

from ganstudio.desktop import theme

__all__ = ["PictureView"]

_Action = QAbstractItemView.CursorAction
_INSET = 3
_STEPS = {
    _Action.MoveLeft: (0, -1),
    _Action.MovePrevious: (0, -1),
    _Action.MoveRight: (0, 1),
    _Action.MoveNext: (0, 1),
    _Action.MoveUp: (-1, 0),
    _Action.MoveDown: (1, 0),
}

Index = QModelIndex | QPersistentModelIndex


class PictureView(QAbstractItemView):
    """Cells of one size in columns that fill the width; scrolls down by pixels."""

    def __init__(self, tile: int, gap: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wish = tile
        self._gap = gap
        self._proportion = 1.0
        self._hovered = -1
        self._changed = True
        self._drawn = QPixmap()
        self._look: object = None
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)

    def set_tile(self, side: int) -> None:
        """The wished width of a tile; it grows until whole columns fill the width."""
        top = self.visible()[0]
        self._wish = side
        self._lay_out_from(top)

    def set_proportion(self, proportion: float) -> None:
        """How many times as high as wide a tile is."""
        if proportion != self._proportion:
            top = self.visible()[0]
            self._proportion = proportion
            self._lay_out_from(top)

    def _lay_out_from(self, top: int) -> None:
        """Other tiles; what was seen first is still seen first."""
        self.updateGeometries()
        if self.count():
            self.scrollTo(self.model().index(top, 0), self.ScrollHint.PositionAtTop)
        self._draw_anew()

    def count(self) -> int:
        """How many tiles there are."""
        return self.model().rowCount() if self.model() is not None else 0

    def columns(self) -> int:
        """How many tiles stand in a row."""
        return max(1, (self._room() + self._gap) // (self._wish + self._gap))

    def tile_side(self) -> int:
        """The width of a tile in logical pixels."""
        return int((self._room() + self._gap) / self.columns()) - self._gap

    def tile_height(self) -> int:
        """The height of a tile in logical pixels."""
        return max(1, round(self.tile_side() * self._proportion))

    def visible(self) -> tuple[int, int]:
        """First and last row of the model that can be seen; (0, -1) when there is none."""
        last = self.count() - 1
        if last < 0:
            return 0, -1
        pitch = self.tile_height() + self._gap
        top = max(0, self.verticalOffset() - _INSET)
        bottom = self.verticalOffset() + self.viewport().height() - _INSET - 1
        columns = self.columns()
        first = top // pitch * columns
        return min(first, last), min((max(0, bottom) // pitch + 1) * columns - 1, last)

    def cell(self, row: int) -> QRect:
        """The tile of a row of the model, in the viewport."""
        line, column = divmod(row, self.columns())
        side, high = self.tile_side(), self.tile_height()
        spread = (self._room() - side) / max(1, self.columns() - 1)
        left = _INSET + round(column * spread)
        top = _INSET + line * (high + self._gap) - self.verticalOffset()
        return QRect(left, top, side, high)

    def visualRect(self, index: Index) -> QRect:
        """Where an index is drawn."""
        return self.cell(index.row()) if index.isValid() else QRect()

    def indexAt(self, place: QPoint) -> QModelIndex:
        """The index under a place."""
        row = self._row_at(place)
        return self.model().index(row, 0) if row >= 0 else QModelIndex()

    def scrollTo(
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Bring an index into sight."""
        box = self.visualRect(index).adjusted(-_INSET, -_INSET, _INSET, _INSET)
        bar = self.verticalScrollBar()
        beyond = box.bottom() + 1 - self.viewport().height()
        if hint == self.ScrollHint.PositionAtTop or box.top() < 0:
            bar.setValue(bar.value() + box.top())
        elif beyond > 0:
            bar.setValue(bar.value() + beyond)

    def horizontalOffset(self) -> int:
        """It never scrolls sideways."""
        return 0

    def verticalOffset(self) -> int:
        """How far it is scrolled."""
        return self.verticalScrollBar().value()

    def isIndexHidden(self, index: Index) -> bool:
        """Nothing is hidden."""
        return False

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, keys: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Where an arrow key leads."""
        last = self.count() - 1
        here = self.currentIndex().row()
        if last < 0 or here < 0:
            return self.model().index(0, 0)
        pitch = self.tile_height() + self._gap
        page = max(1, self.viewport().height() // pitch)
        if action in (_Action.MoveHome, _Action.MoveEnd):
            row = 0 if action == _Action.MoveHome else last
        elif action in (_Action.MovePageUp, _Action.MovePageDown):
            way = page * self.columns() * (-1 if action == _Action.MovePageUp else 1)
            row = min(last, max(0, here + way))
        else:
            lines, steps = _STEPS[action]
            row = here + lines * self.columns() + steps
            row = row if 0 <= row <= last else here
        return self.model().index(row, 0)

    def setSelection(self, box: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Choose every tile between the two corners, in reading order."""
        ends = (self._nearest_row(box.topLeft()), self._nearest_row(box.bottomRight()))
        if self.count():
            first, last = (self.model().index(row, 0) for row in sorted(ends))
            self.selectionModel().select(QItemSelection(first, last), command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """What is to be drawn anew when the choice changes."""
        return QRegion(self.viewport().rect())

    def updateGeometries(self) -> None:
        """How far one can scroll."""
        super().updateGeometries()
        lines = -(-self.count() // self.columns())
        pitch = self.tile_height() + self._gap
        height = lines * pitch - self._gap + 2 * _INSET if lines else 0
        bar = self.verticalScrollBar()
        bar.setSingleStep(max(1, pitch // 3))
        bar.setPageStep(self.viewport().height())
        bar.setRange(0, max(0, height - self.viewport().height()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """What can be seen, kept as one picture for as long as nothing about it changes."""
        view = self.viewport()
        look = (view.size(), view.devicePixelRatioF(), self.verticalOffset(), theme.current())
        if self._changed or look != self._look:
            self._changed, self._look = False, look
            self._drawn = self._draw()
        QPainter(view).drawPixmap(QPointF(0, 0), self._drawn)

    def _draw(self) -> QPixmap:
        """Let the delegate draw what can be seen."""
        view = self.viewport()
        drawn = QPixmap(view.size() * view.devicePixelRatioF())
        drawn.setDevicePixelRatio(view.devicePixelRatioF())
        drawn.fill(Qt.GlobalColor.transparent)
        painter = QPainter(drawn)
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        chosen = self.selectionModel()
        first, last = self.visible()
        for row in range(first, last + 1):
            index = self.model().index(row, 0)
            option.rect = self.cell(row)
            option.state = QStyle.StateFlag.State_Enabled
            if chosen.isSelected(index):
                option.state |= QStyle.StateFlag.State_Selected
            if row == self._hovered:
                option.state |= QStyle.StateFlag.State_MouseOver
            self.itemDelegate().paint(painter, option, index)
        painter.end()
        return drawn

    def setModel(self, model: QAbstractItemModel | None) -> None:
        """Show something else; whatever it says later is drawn."""
        super().setModel(model)
        if model is not None:
            for signal in (model.dataChanged, model.modelReset, model.layoutChanged):
                signal.connect(self._draw_anew)
            self.selectionModel().selectionChanged.connect(self._draw_anew)

    @Slot()
    def _draw_anew(self) -> None:
        """Something of what is seen looks different now."""
        self._changed = True
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other columns."""
        super().resizeEvent(event)
        self.updateGeometries()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light the tile under the pointer."""
        self._hover(self._row_at(event.position().toPoint()))
        super().mouseMoveEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """The pointer goes elsewhere."""
        if event.type() == QEvent.Type.Leave:
            self._hover(-1)
        return super().viewportEvent(event)

    def _room(self) -> int:
        return max(1, self.viewport().width() - 2 * _INSET)

    def _hover(self, row: int) -> None:
        if row != self._hovered:
            self._hovered = row
            self._draw_anew()

    def _row_at(self, place: QPoint) -> int:
        row = self._nearest_row(place)
        return row if row >= 0 and self.cell(row).contains(place) else -1

    def _nearest_row(self, place: QPoint) -> int:
        pitch = self.tile_height() + self._gap
        spread = (self._room() + self._gap) / self.columns()
        line = (place.y() - _INSET + self.verticalOffset()) // pitch
        column = min(self.columns() - 1, max(0, int((place.x() - _INSET) / spread)))
        return min(self.count() - 1, max(0, line * self.columns() + column))
