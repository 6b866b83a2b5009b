"""A fixed grid of small pictures: the same places, redrawn as they change.

Not responsible for long lists that scroll (`picture_list`) nor for making pictures.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from ganstudio.desktop import theme
from ganstudio.desktop.tokens import Size
from ganstudio.desktop.widgets.grid_keys import tile_asked
from ganstudio.desktop.widgets.painting import (
    SHARP_LIMIT,
    draw_ring,
    fit_box,
    has_keyboard,
    to_image,
)
from ganstudio.desktop.widgets.tile_layout import TileLayout, lay_out
from ganstudio.desktop.widgets.tips import plain

__all__ = ["TileGrid"]


class TileGrid(QWidget):
    """N places in columns; arrows and clicks choose one, Return and double click open it.

    The number of columns is meant for squares. Only as many rows show as fit; a widget as high as
    `height_for(rows)` shows all of them.
    """

    chosen = Signal(int)
    opened = Signal(int)
    shown_changed = Signal(int)
    dragged = Signal(int, float, float, bool)

    def __init__(
        self,
        columns: int = 10,
        gap: int = Size.TILE_GAP,
        limit: int = 64,
        tile: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._squares, self._gap, self._limit, self._tile = columns, gap, limit, tile
        self._pictures: np.ndarray | None = None
        self._images: list[QImage] = []
        self._boxes: list[QRectF] = []
        self._boxes_for: tuple[TileLayout, tuple[int, int], bool] | None = None
        self._count = limit
        self._current, self._hovered = -1, -1
        self._sharp: bool | None = None
        self._name = self.tr("Generated picture")
        self._names: list[str] = []
        self._pressed: QPointF | None = None
        self._shown = 0
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("focusRing", False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._describe()

    def set_pictures(self, pictures: np.ndarray) -> None:
        """Show N pictures: uint8 (N, H, W, C), C as in `to_image`, not written to later."""
        self._pictures = pictures
        self._images = [to_image(picture) for picture in pictures[: self._limit]]
        self._count = len(self._images)
        self._update_layout()

    def set_columns(self, columns: int, limit: int) -> None:
        """Another number of columns, and of places at most; pictures come with `set_pictures`."""
        self._squares, self._limit = columns, limit
        self._count = min(self._count, limit) if self._images else limit
        self._update_layout()

    def clear(self, places: int | None = None) -> None:
        """Show `places` empty places."""
        self._pictures = None
        self._images = []
        self._count = min(self._limit, places) if places is not None else self._limit
        self._update_layout()

    def pictures(self) -> np.ndarray | None:
        """All pictures as they were given, None for empty places."""
        return self._pictures

    def picture(self, index: int) -> np.ndarray:
        """The picture at a place."""
        assert self._pictures is not None
        return self._pictures[index]

    def shown_count(self) -> int:
        """How many places fit."""
        return min(self._count, self._layout().capacity)

    def current(self) -> int:
        """The chosen place, or -1."""
        return self._current

    def set_current(self, index: int) -> None:
        """Choose a place without a signal; -1 chooses none."""
        self._current = index
        self._describe()
        self.update()

    def set_sharp(self, sharp: bool | None) -> None:
        """Nearest (whole factors), smooth, or None: nearest for small pictures."""
        self._sharp = sharp
        self._update_layout()

    def set_name(self, name: str) -> None:
        """What one tile is called; its number is added."""
        self._name = name
        self._describe()

    def set_names(self, names: Sequence[str]) -> None:
        """What each tile says to a screen reader and in its tooltip."""
        self._names = list(names)
        self._describe()

    def tile_name(self, index: int) -> str:
        """The accessible name of one tile."""
        if index < len(self._names):
            return self._names[index]
        return f"{self._name} {index + 1}"

    def tile_tip(self, index: int) -> str:
        """The tooltip of one tile."""
        return self.tile_name(index)

    def tile_box(self, index: int) -> QRectF:
        """The room of one tile in logical pixels."""
        return self._layout().box(index)

    def columns(self) -> int:
        """How many tiles stand beside each other: fewer wide ones, more tall ones."""
        wide, high = self._picture_size()
        return max(1, round(self._squares * math.sqrt(high / wide)))

    def rows_for(self, count: int) -> int:
        """How many rows so many places take."""
        return -(-count // self.columns())

    def height_for(self, rows: int) -> int:
        """The height that shows so many rows at the width of now."""
        layout = self._layout()
        return round(rows * layout.high + (rows - 1) * self._gap)

    def sizeHint(self) -> QSize:
        """Four rows at a usual width."""
        tile = self._tile or 95
        return QSize((tile + self._gap) * self._squares - self._gap, 4 * (tile + self._gap))

    def minimumSizeHint(self) -> QSize:
        """One row of small tiles."""
        return QSize(self._squares * 28, 28)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the tiles that show, then the rings above them."""
        self.paint_tiles(QPainter(self), self._images)

    def paint_tiles(self, painter: QPainter, images: Sequence[QImage]) -> None:
        """Draw these pictures in place of the grid's own, and the rings above them."""
        layout = self._layout()
        shown = self.shown_count()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not self._is_sharp())
        for box, image in zip(self._picture_boxes(layout)[:shown], images, strict=False):
            painter.drawImage(box, image)
        for index in range(len(images), shown):
            painter.fillRect(layout.box(index), theme.colour("raised"))
        self._draw_rings(painter, layout)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell when more or fewer places fit."""
        super().resizeEvent(event)
        self._update_layout()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the tile under the pointer."""
        index = self._layout().at(event.position(), self.shown_count())
        if event.button() == Qt.MouseButton.LeftButton and index >= 0:
            self._pressed = event.position()
            self._choose(index)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Hover, or drag the chosen tile."""
        if self._pressed is not None:
            way = event.position() - self._pressed
            self._pressed = event.position()
            slow = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.dragged.emit(self._current, way.x(), way.y(), slow)
            return
        self._hover(self._layout().at(event.position(), self.shown_count()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The drag ends."""
        self._pressed = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the tile."""
        index = self._layout().at(event.position(), self.shown_count())
        if index >= 0:
            self.opened.emit(index)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer."""
        self._hover(-1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, Home and End choose; Return opens."""
        count = self.shown_count()
        wanted = tile_asked(event, self._current, self.columns(), count)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and 0 <= self._current < count:
            self.opened.emit(self._current)
        elif wanted is not None:
            self._choose(wanted)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """The tooltip names the tile under the pointer."""
        if event.type() == QEvent.Type.ToolTip:
            self.setToolTip(plain(self.tile_tip(self._hovered)) if self._hovered >= 0 else "")
        return super().event(event)

    def _layout(self) -> TileLayout:
        wide, high = self._picture_size()
        return lay_out(
            self.width(),
            self.height(),
            self.columns(),
            self._gap,
            self._tile,
            wide if self._images and self._is_sharp() else 0,
            self.devicePixelRatioF(),
            high / wide,
        )

    def _picture_size(self) -> tuple[int, int]:
        """Width and height of the pictures in their own pixels; of none, a square's."""
        image = self._images[0] if self._images else None
        return (image.width(), image.height()) if image is not None else (1, 1)

    def _picture_boxes(self, layout: TileLayout) -> list[QRectF]:
        """Where pictures are drawn: remembered, because each call costs while training runs."""
        size, sharp = self._picture_size(), self._is_sharp()
        if self._boxes_for != (layout, size, sharp):
            self._boxes_for = layout, size, sharp
            rooms = map(layout.box, range(layout.capacity))
            self._boxes = [fit_box(*size, room, layout.ratio, sharp) for room in rooms]
        return self._boxes

    def _is_sharp(self) -> bool:
        if self._sharp is not None:
            return self._sharp
        return bool(self._images) and min(self._picture_size()) <= SHARP_LIMIT

    def _choose(self, index: int) -> None:
        if index != self._current:
            self._current = index
            self._describe()
            self.update()
            self.chosen.emit(index)

    def _hover(self, index: int) -> None:
        if index != self._hovered:
            self._hovered = index
            self.update()

    def _update_layout(self) -> None:
        shown = self.shown_count()
        if shown != self._shown:
            self._shown = shown
            self.shown_changed.emit(shown)
        self._describe()
        self.update()

    def _draw_rings(self, painter: QPainter, layout: TileLayout) -> None:
        shown = self.shown_count()
        if 0 <= self._hovered < shown and self._hovered != self._current:
            self._draw_ring(painter, self._ring_box(layout, self._hovered), "text", 1)
        if 0 <= self._current < shown:
            strong = theme.current().surface_lines
            box = self._ring_box(layout, self._current)
            self._draw_ring(painter, box, "accent_line", 3 if strong else 2)
        elif has_keyboard(self) and shown and self._current < 0:
            self._draw_ring(painter, layout.box(0), "accent_line", 2)

    def _ring_box(self, layout: TileLayout, index: int) -> QRectF:
        """The picture at a place, which may be smaller than its room, or the empty place."""
        shown = index < len(self._images)
        return self._picture_boxes(layout)[index] if shown else layout.box(index)

    def _draw_ring(self, painter: QPainter, box: QRectF, token: str, width: int) -> None:
        """A ring around a tile; at the border of the grid it moves onto the picture."""
        room = width + 1
        inside = QRectF(self.rect()).adjusted(room, room, -room, -room)
        draw_ring(painter, box.intersected(inside), token, 1, width)

    def _describe(self) -> None:
        if self._current >= 0:
            self.setAccessibleName(self.tile_name(self._current))
        else:
            self.setAccessibleName(self.tr("{} places").format(self._count))
