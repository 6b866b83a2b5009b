"""Pictures in a row of which some are picked, in an order that a person gives them.

Not responsible for what the pictures are, nor for what becomes of those that are picked.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ganstudio.desktop import theme
from ganstudio.desktop.tokens import Size
from ganstudio.desktop.widgets.painting import (
    SHARP_LIMIT,
    draw_box,
    draw_picture,
    draw_ring,
    has_keyboard,
)
from ganstudio.desktop.widgets.writing import write

__all__ = ["PickStrip"]

_TILE, _GAP, _EDGE, _BADGE = 64, 12, 4, 18
_DRAG = 6.0
_FAINT = 0.35


class PickStrip(QWidget):
    """One tab stop. Click or Space picks, dragging or Ctrl with an arrow gives another place.

    Signals:
        changed: Other pictures are picked, or in another order.
    """

    changed = Signal()

    def __init__(self, name: str, tip: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._images: list[QImage] = []
        self._names: list[str] = []
        self._order: list[int] = []
        self._picked: set[int] = set()
        self._current = 0
        self._pressed: QPointF | None = None
        self._dragged = False
        self.setToolTip(tip)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("focusRing", False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_pictures(self, images: Sequence[QImage], names: Sequence[str]) -> None:
        """Show these, all of them picked."""
        self._images, self._names = list(images), list(names)
        self._order = list(range(len(images)))
        self._picked = set(self._order)
        self._current = 0
        self._describe()
        self.setFixedHeight(self._height_for(max(self.width(), self.sizeHint().width())))
        self.update()

    def picked(self) -> list[int]:
        """Which are picked, in their order here."""
        return [index for index in self._order if index in self._picked]

    # -- size -------------------------------------------------------------------------------------

    def _columns(self, width: int) -> int:
        return max(1, (width - 2 * _EDGE + _GAP) // (_TILE + _GAP))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many rows as it takes."""
        super().resizeEvent(event)
        self.setFixedHeight(self._height_for(self.width()))

    def _height_for(self, width: int) -> int:
        rows = -(-max(1, len(self._images)) // self._columns(width))
        return rows * (_TILE + _GAP) - _GAP + 2 * _EDGE

    def sizeHint(self) -> QSize:
        """A row of five."""
        width = 5 * (_TILE + _GAP) - _GAP + 2 * _EDGE
        return QSize(width, self._height_for(max(width, self.width())))

    def _box(self, place: int) -> QRectF:
        row, column = divmod(place, self._columns(self.width()))
        pitch = _TILE + _GAP
        return QRectF(_EDGE + column * pitch, _EDGE + row * pitch, _TILE, _TILE)

    def _place_at(self, position: QPointF) -> int | None:
        """The place of the tile under the pointer."""
        half = _GAP / 2
        for place in range(len(self._order)):
            if self._box(place).adjusted(-half, -half, half, half).contains(position):
                return place
        return None

    # -- looks ------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pictures, and on those that are picked their number."""
        painter = QPainter(self)
        numbers = {index: number for number, index in enumerate(self.picked(), start=1)}
        for place, index in enumerate(self._order):
            box, image = self._box(place), self._images[index]
            painter.setOpacity(1.0 if index in numbers else _FAINT)
            draw_picture(painter, image, box, max(image.width(), image.height()) <= SHARP_LIMIT)
            painter.setOpacity(1.0)
            if index in numbers:
                draw_ring(painter, box, "accent_line", 0, 2)
                self._draw_badge(painter, box, numbers[index])
            if place == self._current and has_keyboard(self):
                draw_ring(painter, box, "text", 2, 2)

    def _draw_badge(self, painter: QPainter, box: QRectF, number: int) -> None:
        badge = QRectF(box.right() - _BADGE - 3, box.bottom() - _BADGE - 3, _BADGE, _BADGE)
        draw_box(painter, badge, Size.RADIUS_FIELD, theme.colour("accent"))
        write(painter, badge, str(number), "small-medium", theme.colour("on_accent"), "centre")

    # -- hands ------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a click or a drag."""
        place = self._place_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and place is not None:
            self._current, self._pressed, self._dragged = place, event.position(), False
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A picture that is dragged takes the place under the pointer."""
        if self._pressed is None:
            return
        apart = event.position() - self._pressed
        self._dragged = self._dragged or apart.manhattanLength() > _DRAG
        place = self._place_at(event.position())
        if self._dragged and place is not None and place != self._current:
            self._move(place)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click picks."""
        if self._pressed is not None and not self._dragged:
            self._toggle()
        self._pressed = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go, with Ctrl they carry the picture along; Space picks."""
        columns = self._columns(self.width())
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -columns,
            Qt.Key.Key_Down: columns,
        }
        step = steps.get(Qt.Key(event.key()))
        if step is not None:
            place = min(max(0, self._current + step), len(self._order) - 1)
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self._move(place)
            else:
                self._current = place
                self._describe()
                self.update()
        elif event.key() == Qt.Key.Key_Space:
            self._toggle()
        else:
            super().keyPressEvent(event)

    def _move(self, place: int) -> None:
        if self._order and place != self._current:
            self._order.insert(place, self._order.pop(self._current))
            self._current = place
            self._tell()

    def _toggle(self) -> None:
        if self._order:
            self._picked ^= {self._order[self._current]}
            self._tell()

    def _tell(self) -> None:
        self._describe()
        self.update()
        self.changed.emit()

    def _describe(self) -> None:
        words = self.tr("{name}, {n} of {all} picked").format(
            name=self._name, n=len(self._picked), all=len(self._order)
        )
        if self._order:
            index = self._order[self._current]
            state = self.tr("picked") if index in self._picked else self.tr("not picked")
            words += f"; {self._names[index]}, {state}"
        self.setAccessibleName(words)
