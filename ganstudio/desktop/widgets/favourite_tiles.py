"""Favourites as small pictures: one row that scrolls, or as many rows as it takes.

Not responsible for which favourites there are, nor for what is done with them: it reports the hand.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ganstudio.desktop import theme
from ganstudio.desktop.widgets.painting import (
    SHARP_LIMIT,
    draw_box,
    draw_picture,
    draw_ring,
    fit_box,
    has_keyboard,
)
from ganstudio.desktop.widgets.pull import Pull
from ganstudio.desktop.widgets.signs import SIGN, corner_sign, draw_chevron, draw_sign
from ganstudio.desktop.widgets.tips import tip

__all__ = ["FavouriteTile", "FavouriteTiles"]

_GAP, _EDGE = 8, 4
#: At the left of a row that scrolls, for the sign that there is more.
_END = 10
_FAINT = 0.55


@dataclass(frozen=True, slots=True)
class FavouriteTile:
    """What is shown of a favourite.

    Attributes:
        id: The favourite's.
        name: What a person calls it.
        image: What it looked like.
        tip: What a click does, and where it comes from.
        foreign: Whether another model drew it.
        chosen: Whether one is there, or it is what the window shows.
    """

    id: str
    name: str
    image: QImage
    tip: str = ""
    foreign: bool = False
    chosen: bool = False


class FavouriteTiles(QWidget):
    """One tab stop. Arrows go, Return chooses, F2 renames, Del removes, the menu key asks for more.

    Signals:
        chosen: Be at this favourite (id).
        drag_wanted: The hand pulls this one away (id).
        menu_wanted: Show what can be done with this one (id, global position).
        rename_wanted: Give this one another name (id).
        remove_wanted: Forget this one (id).
        current_changed: The arrows or the hand are at another one (id).

    Args:
        tile: Side of a picture in logical pixels.
        wraps: Whether there are as many rows as it takes.
    """

    chosen = Signal(str)
    drag_wanted = Signal(str)
    menu_wanted = Signal(str, QPoint)
    rename_wanted = Signal(str)
    remove_wanted = Signal(str)
    current_changed = Signal(str)

    def __init__(self, tile: int, wraps: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._side, self._wraps = tile, wraps
        self._tiles: list[FavouriteTile] = []
        self._first, self._current, self._hovered = 0, 0, -1
        self._end = _EDGE
        self._pull = Pull()
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("focusRing", False)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(wraps)
        self.setSizePolicy(policy)
        if not wraps:
            self.setFixedHeight(tile + 2 * _EDGE)
        self._describe()

    def set_tiles(self, tiles: Sequence[FavouriteTile]) -> None:
        """Show these; who was current stays so."""
        current = self.current()
        self._tiles = list(tiles)
        ids = [tile.id for tile in self._tiles]
        self._current = ids.index(current) if current in ids else max(0, len(ids) - 1)
        self._bring_in()
        self.updateGeometry()
        self._describe()
        self.update()

    def set_chosen(self, ids: Collection[str]) -> None:
        """Where one is, or what the window shows, are these now."""
        self._tiles = [replace(tile, chosen=tile.id in ids) for tile in self._tiles]
        self.update()

    def tiles(self) -> tuple[FavouriteTile, ...]:
        """What is shown, also where there is no room for it."""
        return tuple(self._tiles)

    def current(self) -> str:
        """The id of the one that arrows and keys mean; empty if there is none."""
        return self._tiles[self._current].id if self._current < len(self._tiles) else ""

    def set_current(self, id_: str) -> None:
        """Mean another one, and bring it into sight."""
        ids = [tile.id for tile in self._tiles]
        if id_ in ids:
            self._go(ids.index(id_))

    # -- size -------------------------------------------------------------------------------------

    def show_at_once(self, most: int) -> None:
        """Be a row as wide as so many, or as all if those are fewer.

        Where several of more are seen, signs at the ends say so.
        """
        count = max(1, min(most, len(self._tiles)))
        self._end = _END if 1 < count < len(self._tiles) else _EDGE
        self.setFixedWidth(self._width_for(count))
        self._bring_in()

    def _width_for(self, count: int) -> int:
        return count * (self._side + _GAP) - _GAP + self._end + _EDGE

    def _columns(self, width: int) -> int:
        return max(1, (width - self._end - _EDGE + _GAP) // (self._side + _GAP))

    def heightForWidth(self, width: int) -> int:
        """As many rows as it takes."""
        rows = -(-max(1, len(self._tiles)) // self._columns(width)) if self._wraps else 1
        return rows * (self._side + _GAP) - _GAP + 2 * _EDGE

    def sizeHint(self) -> QSize:
        """A row of four, or as wide as it is."""
        width = self._width_for(4)
        return QSize(width, self.heightForWidth(max(width, self.width())))

    def minimumSizeHint(self) -> QSize:
        """One picture."""
        return QSize(self._width_for(1), self._side + 2 * _EDGE)

    def tile_box(self, index: int) -> QRectF:
        """Where a picture lies."""
        place = index if self._wraps else index - self._first
        row, column = divmod(place, self._columns(self.width())) if self._wraps else (0, place)
        pitch = self._side + _GAP
        return QRectF(self._end + column * pitch, _EDGE + row * pitch, self._side, self._side)

    def _at(self, position: QPointF) -> int:
        return next((i for i in self._seen() if self.tile_box(i).contains(position)), -1)

    def _seen(self) -> range:
        if self._wraps:
            return range(len(self._tiles))
        return range(self._first, min(len(self._tiles), self._first + self._columns(self.width())))

    def _bring_in(self) -> None:
        """Scroll so that the current one is seen, and no room stays empty."""
        room = self._columns(self.width())
        first = min(max(self._first, self._current - room + 1), self._current)
        self._first = max(0, min(first, len(self._tiles) - room))

    # -- looks ------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pictures, badges on those of other models, and rings."""
        painter = QPainter(self)
        for index in self._seen():
            tile, box = self._tiles[index], self.tile_box(index)
            self._draw_picture(painter, tile, box)
            if tile.foreign:
                draw_sign(painter, corner_sign(box), "branch")
            # Where all are shown, what stands below them is about the current one.
            if index == self._current if self._wraps else tile.chosen:
                width = 3 if theme.current().surface_lines else 2
                draw_ring(painter, box, "accent_line", 1, width)
            elif index == self._hovered:
                draw_ring(painter, box, "text", 1, 1)
            if index == self._current and has_keyboard(self):
                draw_ring(painter, box, "text", 1, 2)
        self._draw_ends(painter)

    def _draw_picture(self, painter: QPainter, tile: FavouriteTile, box: QRectF) -> None:
        image = tile.image
        if image.isNull():
            draw_box(painter, box, 0, theme.colour("raised"))
            return
        sharp = max(image.width(), image.height()) <= SHARP_LIMIT
        fitted = fit_box(image.width(), image.height(), box, self.devicePixelRatioF(), False)
        painter.setOpacity(_FAINT if tile.foreign else 1.0)
        draw_picture(painter, image, fitted, sharp)
        painter.setOpacity(1.0)

    def _draw_ends(self, painter: QPainter) -> None:
        """Signs where there are more: beside the row, and on its last picture."""
        if self._end == _EDGE:
            return
        seen, middle = self._seen(), _EDGE + self._side / 2
        if seen.start > 0:
            draw_chevron(painter, QPointF(_END / 2 - 2, middle), left=True, boxed=False)
        if seen.stop < len(self._tiles):
            place = QPointF(self.width() - _EDGE - SIGN / 2 - 3, middle)
            draw_chevron(painter, place, left=False, boxed=True)

    # -- hands ------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or fewer fit."""
        super().resizeEvent(event)
        self._bring_in()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a click or a drag."""
        index = self._at(event.position())
        if index >= 0:
            self._go(index)
            if event.button() == Qt.MouseButton.LeftButton:
                self._pull.press(index, event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light the picture under the pointer, or pull it away."""
        if not self._pull.is_held:
            self._hover(self._at(event.position()))
        elif 0 <= (index := self._pull.pulled(event.position())) < len(self._tiles):
            self.drag_wanted.emit(self._tiles[index].id)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click chooses."""
        index = self._pull.release()
        if 0 <= index < len(self._tiles) and self._at(event.position()) == index:
            self.chosen.emit(self._tiles[index].id)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer."""
        self._hover(-1)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll the row."""
        if self._wraps:
            super().wheelEvent(event)
            return
        delta = event.angleDelta()
        step = -1 if (delta.y() or delta.x()) > 0 else 1
        most = max(0, len(self._tiles) - self._columns(self.width()))
        self._first = min(max(0, self._first + step), most)
        self.update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Show what can be done, at the pointer or at the current picture."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self._current if by_key else self._at(QPointF(event.pos()))
        if 0 <= index < len(self._tiles):
            place = self.tile_box(index).center().toPoint() if by_key else event.pos()
            self.menu_wanted.emit(self._tiles[index].id, self.mapToGlobal(place))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, Home and End go; Return, F2 and Del act."""
        columns = self._columns(self.width()) if self._wraps else 1
        last = len(self._tiles) - 1
        places = {
            Qt.Key.Key_Left: self._current - 1,
            Qt.Key.Key_Right: self._current + 1,
            Qt.Key.Key_Up: self._current - columns,
            Qt.Key.Key_Down: self._current + columns,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        acts = {
            Qt.Key.Key_Return: self.chosen,
            Qt.Key.Key_Enter: self.chosen,
            Qt.Key.Key_F2: self.rename_wanted,
            Qt.Key.Key_Delete: self.remove_wanted,
        }
        key = Qt.Key(event.key())
        if not self._tiles or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif key in places:
            self._go(min(max(0, places[key]), last))
        elif key in acts:
            acts[key].emit(self.current())
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Say of each picture what it is."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            index = self._at(QPointF(event.pos()))
            text = tip(self._tiles[index].tip) if index >= 0 else self.toolTip()
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)

    def _go(self, index: int) -> None:
        self._current = index
        self._bring_in()
        self._describe()
        self.update()
        self.current_changed.emit(self.current())

    def _hover(self, index: int) -> None:
        if index != self._hovered:
            self._hovered = index
            self.update()

    def _describe(self) -> None:
        words = self.tr("Favourites, none")
        if self._tiles:
            tile = self._tiles[self._current]
            words = self.tr("Favourite {name}, {n} of {all}").format(
                name=tile.name, n=self._current + 1, all=len(self._tiles)
            )
            if tile.foreign:
                words += self.tr(", of another model")
        self.setAccessibleName(words)
