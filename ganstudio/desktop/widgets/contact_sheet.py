"""A contact sheet: as many pictures across as down, that come one after the other.

A click goes there; a click with Ctrl or Shift, or any click while `choosing`, chooses. Each can be
pulled away, to be used elsewhere.

Not responsible for what the pictures are, nor for what is done with those that are chosen.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ganstudio.desktop import theme
from ganstudio.desktop.tokens import Size
from ganstudio.desktop.widgets.grid_keys import tile_asked
from ganstudio.desktop.widgets.painting import (
    SHARP_LIMIT,
    draw_box,
    draw_picture,
    draw_ring,
    fit_box,
    has_keyboard,
)
from ganstudio.desktop.widgets.pull import Pull
from ganstudio.desktop.widgets.writing import write

__all__ = ["ContactSheet"]

_GAP = 8
_BADGE = 22
_CHOOSING = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ContactSheet(QWidget):
    """Places of equal size; those whose picture has not come are empty.

    Signals:
        opened: Go on from this one.
        chosen: Choose this one, or no longer.
        carried: This one was pulled away: time for a drag.
    """

    opened = Signal(int)
    chosen = Signal(int)
    carried = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._across = 5
        self._shape = (1, 1)
        self._images: list[QImage | None] = []
        self._marks: dict[int, str] = {}
        self._ringed: frozenset[int] = frozenset()
        self._names: tuple[str, ...] = ()
        self._hovered, self._current = -1, -1
        self._choosing = False
        self._pull = Pull()
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("focusRing", False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._describe()

    def set_places(self, count: int, shape: tuple[int, int]) -> None:
        """Show so many empty places for pictures of `shape`, width and height."""
        self._across, self._shape = math.isqrt(count), shape
        self._images = [None] * count
        self._current = -1
        self._describe()
        self.update()

    def set_picture(self, index: int, image: QImage) -> None:
        """The picture of one place has come."""
        self._images[index] = image
        self.update(self._room(index).toAlignedRect().adjusted(-4, -4, 4, 4))

    def set_marks(self, marks: Mapping[int, str], ringed: Sequence[int]) -> None:
        """Short signs on some places, and which ones have a ring: where one is, or parents."""
        self._marks, self._ringed = dict(marks), frozenset(ringed)
        self.update()

    def set_names(self, names: Sequence[str]) -> None:
        """What each place says to a screen reader and in its tooltip."""
        self._names = tuple(names)
        self._describe()

    def set_choosing(self, choosing: bool) -> None:
        """Whether every click chooses."""
        self._choosing = choosing
        shape = Qt.CursorShape.PointingHandCursor if choosing else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)

    def picture(self, index: int) -> QImage | None:
        """What a place looks like, if that has come."""
        return self._images[index]

    def shown_count(self) -> int:
        """How many pictures have come."""
        return sum(image is not None for image in self._images)

    def place_box(self, index: int) -> QRectF:
        """Where a place lies, in logical pixels."""
        return self._room(index)

    def width_for(self, height: int) -> int:
        """As wide as all places are that are as large as this height allows."""
        gaps = _GAP * (self._across - 1)
        wide = (height - gaps) / self._across * self._shape[0] / self._shape[1]
        return math.floor(wide) * self._across + gaps

    def sizeHint(self) -> QSize:
        """Large."""
        return QSize(640, 640)

    def minimumSizeHint(self) -> QSize:
        """Small tiles."""
        return QSize(200, 200)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pictures, then signs and rings above them."""
        painter = QPainter(self)
        for index, image in enumerate(self._images):
            room = self._room(index)
            if not room.intersects(QRectF(event.rect())):
                continue
            if image is None:
                painter.fillRect(room, theme.colour("raised"))
                continue
            sharp = min(image.width(), image.height()) <= SHARP_LIMIT
            draw_picture(painter, image, self._picture_box(index, image), sharp)
        strong = 3 if theme.current().surface_lines else 2
        for index in self._ringed:
            self._ring(painter, index, "accent_line", strong)
        if 0 <= self._hovered < len(self._images) and self._hovered not in self._ringed:
            self._ring(painter, self._hovered, "text", 1)
        if has_keyboard(self) and self._images:
            self._ring(painter, max(0, self._current), "accent_line", strong)
        for index, text in self._marks.items():
            self._draw_mark(painter, index, text)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a click or a drag."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pull.press(self._at(event.position()), event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light what is under the pointer, or pull it away."""
        if not self._pull.is_held:
            self._hover(self._at(event.position()))
        elif 0 <= (index := self._pull.pulled(event.position())) < len(self._images):
            self.carried.emit(index)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Go there, or choose it."""
        index = self._pull.release()
        if 0 <= index < len(self._images):
            self._current = index
            self._act(index, bool(event.modifiers() & _CHOOSING))

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer."""
        self._hover(-1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move; Return goes on, with Ctrl or Shift it chooses."""
        count = len(self._images)
        wanted = tile_asked(event, self._current, self._across, count)
        if event.key() in _ENTER and 0 <= self._current < count:
            self._act(self._current, bool(event.modifiers() & _CHOOSING))
        elif wanted is not None:
            self._current = wanted
            self._describe()
            self.update()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """The tooltip says what the place under the pointer is."""
        if event.type() == QEvent.Type.ToolTip:
            self.setToolTip(self._said(self._hovered) if self._hovered >= 0 else self._name)
        return super().event(event)

    def _act(self, index: int, choose: bool) -> None:
        if choose or self._choosing:
            self.chosen.emit(index)
        else:
            self.opened.emit(index)

    def _said(self, index: int) -> str:
        return self._names[index] if index < len(self._names) else f"{self._name} {index + 1}"

    def _describe(self) -> None:
        self.setAccessibleName(self._said(self._current) if self._current >= 0 else self._name)

    def _cell(self) -> tuple[float, float]:
        """Width and height of a place: as large as all of them fit, in the pictures' shape."""
        gaps = _GAP * (self._across - 1)
        wide = max(1.0, (self.width() - gaps) / self._across)
        high = max(1.0, (self.height() - gaps) / self._across)
        proportion = self._shape[1] / self._shape[0]
        wide = min(wide, high / proportion)
        return float(math.floor(wide)), float(math.floor(wide * proportion))

    def _room(self, index: int) -> QRectF:
        row, column = divmod(index, self._across)
        wide, high = self._cell()
        return QRectF(column * (wide + _GAP), row * (high + _GAP), wide, high)

    def _picture_box(self, index: int, image: QImage) -> QRectF:
        sharp = min(image.width(), image.height()) <= SHARP_LIMIT
        size = image.width(), image.height()
        return fit_box(*size, self._room(index), self.devicePixelRatioF(), sharp)

    def _at(self, place: QPointF) -> int:
        boxes = map(self._room, range(len(self._images)))
        return next((index for index, box in enumerate(boxes) if box.contains(place)), -1)

    def _hover(self, index: int) -> None:
        if index != self._hovered:
            self._hovered = index
            self.update()

    def _ring(self, painter: QPainter, index: int, token: str, width: int) -> None:
        """Outside of a picture; at the border of the sheet it moves onto the picture."""
        image = self._images[index]
        box = self._room(index) if image is None else self._picture_box(index, image)
        room = width + 1
        inside = QRectF(self.rect()).adjusted(room, room, -room, -room)
        draw_ring(painter, box.intersected(inside), token, 1, width)

    def _draw_mark(self, painter: QPainter, index: int, text: str) -> None:
        corner = self._room(index).topLeft()
        box = QRectF(corner.x() + 6, corner.y() + 6, _BADGE, _BADGE)
        draw_box(painter, box, Size.RADIUS_BADGE, theme.colour("stage", 0.88))
        write(painter, box, text, "small-medium", theme.colour("text"), "centre")
