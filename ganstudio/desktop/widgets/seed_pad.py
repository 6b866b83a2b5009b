"""A pad to walk on: its cells are whole seeds, and every place between them is a place too.

Not responsible for the pictures of the cells, nor for undo: `released` ends each walk.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import floor

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ganstudio.desktop import theme
from ganstudio.desktop.widgets.pace import pace
from ganstudio.desktop.widgets.painting import draw_box, draw_picture, snap, to_image

__all__ = ["SeedPad"]

COLUMNS, ROWS = 6, 3
_STEP, _FAR = 0.1, 1.0
_WAYS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class SeedPad(QWidget):
    """Click to be there, drag to walk, Shift drags slowly, arrows step (Shift: a whole seed).

    The middle of a cell is a whole number; a seed further is a cell further.
    """

    moved = Signal(float, float)
    released = Signal(float, float)
    view_changed = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._point = (0.0, 0.0)
        self._view = (-3, -1)
        self._tiles: list[QImage] = []
        self._tiles_at = (0, 0)
        self._cell_pixels = (1, 1)
        self._path: list[tuple[float, float]] = []
        self._last: QPointF | None = None
        self._before = self._point
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ringRadius", 0)
        self.setCursor(Qt.CursorShape.CrossCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setToolTip(
            self.tr(
                "Where it is in everything it knows. Drag to walk; Shift drags slowly, Ctrl fast. "
                "(Seed, two numbers.)"
            )
        )
        self._describe()

    def point(self) -> tuple[float, float]:
        """The place now, in seeds."""
        return self._point

    def set_point(self, x: float, y: float) -> None:
        """Be at another place, without `moved`; the view follows."""
        self._point = (x, y)
        self._describe()
        self._bring_into_view()
        self.update()

    def view(self) -> tuple[int, int]:
        """The seeds of the upper left cell."""
        return self._view

    def set_tiles(self, left: int, top: int, pictures: np.ndarray | None) -> None:
        """Pictures of the cells from (left, top), row by row: uint8 (N, H, W, C)."""
        self._tiles_at = (left, top)
        self._tiles = [] if pictures is None else [to_image(picture) for picture in pictures]
        if pictures is not None and pictures.shape[1:3] != self._cell_pixels:
            self._cell_pixels = (pictures.shape[1], pictures.shape[2])
            self.updateGeometry()
        self.update()

    def set_path(self, places: Sequence[tuple[float, float]]) -> None:
        """The way that was walked, oldest first."""
        self._path = list(places)
        self.update()

    def sizeHint(self) -> QSize:
        """The inside of a panel."""
        return QSize(296, 148)

    def heightForWidth(self, width: int) -> int:
        """Cells have the proportions of the pictures."""
        high, wide = self._cell_pixels
        return width * ROWS * high // (COLUMNS * wide)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the cells, the cross, the path and the ring."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("stage"))
        self._draw_cells(painter)
        here = self._place(self._point)
        self._draw_cross(painter, here)
        self._draw_path(painter)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.colour("stage"), 4))
        painter.drawEllipse(here, 8, 8)
        token = "accent_line" if self.isEnabled() else "text_disabled"
        painter.setPen(QPen(theme.colour(token), 2))
        painter.drawEllipse(here, 8, 8)
        if theme.current().surface_lines:
            draw_box(painter, QRectF(self.rect()), 0, None, theme.colour("line"))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Be where the pointer is; slow and fast drags start from where one is."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        self._before = self._point
        self._last = event.position()
        if pace(event.modifiers()) == 1.0:
            self._go(*self._seeds(event.position()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Walk with the hand."""
        if self._last is None:
            return
        way = (event.position() - self._last) * pace(event.modifiers())
        self._last = event.position()
        cell_x, cell_y = self._cell()
        self._go(self._point[0] + way.x() / cell_x, self._point[1] + way.y() / cell_y)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The walk ends; near the border the view moves on."""
        if self._last is None:
            return
        self._last = None
        self._bring_into_view()
        if self._point != self._before:
            self.released.emit(*self._point)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows step; Esc gives up the walk at hand."""
        way = _WAYS.get(Qt.Key(event.key()))
        if event.key() == Qt.Key.Key_Escape and self._last is not None:
            self._last = None
            self._go(*self._before)
        elif way is not None:
            far = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            step = _FAR if far else _STEP
            self._go(self._point[0] + way[0] * step, self._point[1] + way[1] * step)
            self._bring_into_view()
            self.released.emit(*self._point)
        else:
            super().keyPressEvent(event)

    def _go(self, x: float, y: float) -> None:
        point = (round(x, 4), round(y, 4))
        if point != self._point:
            self._point = point
            self._describe()
            self.update()
            self.moved.emit(*point)

    def _cell(self) -> tuple[float, float]:
        return max(1.0, self.width() / COLUMNS), max(1.0, self.height() / ROWS)

    def _place(self, point: tuple[float, float]) -> QPointF:
        cell_x, cell_y = self._cell()
        left, top = self._view
        return QPointF((point[0] - left + 0.5) * cell_x, (point[1] - top + 0.5) * cell_y)

    def _seeds(self, place: QPointF) -> tuple[float, float]:
        cell_x, cell_y = self._cell()
        left, top = self._view
        return left - 0.5 + place.x() / cell_x, top - 0.5 + place.y() / cell_y

    def _bring_into_view(self) -> None:
        """Move the view by whole cells when the point is in the outermost part of it."""
        left, top = self._view
        x, y = self._point[0] - left + 0.5, self._point[1] - top + 0.5
        if not 0.25 <= x <= COLUMNS - 0.25:
            left = floor(self._point[0]) - COLUMNS // 2 + 1
        if not 0.25 <= y <= ROWS - 0.25:
            top = floor(self._point[1]) - ROWS // 2 + 1
        if (left, top) != self._view:
            self._view = (left, top)
            self.update()
            self.view_changed.emit(left, top)

    def _describe(self) -> None:
        x, y = self._point
        self.setAccessibleName(
            self.tr("Seed pad, at {x} and {y}").format(x=f"{x:.2f}", y=f"{y:.2f}")
        )

    def _draw_cells(self, painter: QPainter) -> None:
        ratio = self.devicePixelRatioF()
        cell_x, cell_y = self._cell()
        shift_x = self._tiles_at[0] - self._view[0]
        shift_y = self._tiles_at[1] - self._view[1]
        for index, image in enumerate(self._tiles):
            row, column = divmod(index, COLUMNS)
            left = snap((column + shift_x) * cell_x, ratio)
            top = snap((row + shift_y) * cell_y, ratio)
            right = snap((column + shift_x + 1) * cell_x, ratio)
            bottom = snap((row + shift_y + 1) * cell_y, ratio)
            box = QRectF(left, top, right - left, bottom - top)
            if box.intersects(QRectF(self.rect())):
                draw_picture(painter, image, box, False)
        if self._tiles:
            # The pictures are a map here, not the subject: the ring must stay the brightest thing.
            painter.fillRect(self.rect(), theme.colour("shade", 0.45))
        else:
            self._draw_grid(painter, cell_x, cell_y)

    def _draw_grid(self, painter: QPainter, cell_x: float, cell_y: float) -> None:
        for column in range(COLUMNS + 1):
            x = min(self.width() - 1.0, round(column * cell_x))
            painter.fillRect(QRectF(x, 0, 1, self.height()), theme.colour("line"))
        for row in range(ROWS + 1):
            y = min(self.height() - 1.0, round(row * cell_y))
            painter.fillRect(QRectF(0, y, self.width(), 1), theme.colour("line"))

    def _draw_cross(self, painter: QPainter, here: QPointF) -> None:
        ink = theme.colour("on_shade" if self._tiles else "text", 0.35)
        painter.fillRect(QRectF(round(here.x()), 0, 1, self.height()), ink)
        painter.fillRect(QRectF(0, round(here.y()), self.width(), 1), ink)

    def _draw_path(self, painter: QPainter) -> None:
        if not self._path:
            return
        places = [self._place(point) for point in (*self._path, self._point)]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("shade", 0.8), 4))
        painter.drawPolyline(places)
        dashes = QPen(theme.colour("on_shade"), 2)
        dashes.setDashPattern([2, 1.5])
        dashes.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(dashes)
        painter.drawPolyline(places)
