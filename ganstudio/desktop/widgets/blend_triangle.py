"""A triangle with a thing at each corner, and a handle that says how much of each there is.

Weights are barycentric: the nearer to a corner, the more of it. With two things it is the edge
between them.

Not responsible for what the things are, nor for typed weights.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from ganstudio.desktop import theme
from ganstudio.desktop.tokens import Size
from ganstudio.desktop.widgets.painting import (
    SHARP_LIMIT,
    draw_box,
    draw_picture,
    draw_ring,
    fit_box,
)
from ganstudio.desktop.widgets.writing import Align, write

__all__ = ["BlendTriangle", "Corner", "barycentric", "nearest_weights"]

_THUMB, _LINE = 44, 16
#: Height of an equilateral triangle over its side.
_HEIGHT = 3**0.5 / 2
_STEP, _SLOW, _HARDLY = 0.05, 0.1, 0.01
_WAYS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}

Weights = tuple[float, float, float]
_FIRST: Weights = (1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Corner:
    """What is at a corner: a short name, and its picture if there is one."""

    name: str
    image: QImage | None = None


def barycentric(x: float, y: float) -> Weights:
    """The weights of a place: the first corner is above, at (0.5, 0), the others at (0, 1), (1, 1).

    They lie outside of 0 to 1 where the place lies outside of the triangle.
    """
    return (1.0 - y, y / 2 - x + 0.5, y / 2 + x - 0.5)


def nearest_weights(wanted: Sequence[float], count: int = 3) -> Weights:
    """The nearest weights from 0 to 1 of the first `count` corners, of an equilateral triangle."""
    shares = list(wanted)
    used = list(range(count))
    for corner in range(count, 3):
        _share_out(shares, corner, used)
    while len(used) > 1 and any(shares[corner] < 0 for corner in used):
        least = min(used, key=shares.__getitem__)
        used.remove(least)
        _share_out(shares, least, used)
    if len(used) == 1:
        shares[used[0]] = 1.0
    return (shares[0], shares[1], shares[2])


def _share_out(shares: list[float], corner: int, used: Sequence[int]) -> None:
    """Square to the opposite side: the corners that are left get equal parts of it."""
    part = shares[corner] / len(used)
    shares[corner] = 0.0
    for other in used:
        shares[other] += part


def _snapped(weights: Weights) -> Weights:
    """What is hardly any is none: a hand that means a corner or an edge gets it."""
    kept = [weight if weight >= _HARDLY else 0.0 for weight in weights]
    total = sum(kept)
    return (kept[0] / total, kept[1] / total, kept[2] / total)


class BlendTriangle(QWidget):
    """Drag, arrows (Shift: a tenth); a double click, Home or Backspace is all of the first.

    Signals:
        weights_changed: While the hand moves.
        released: The gesture ends, and has changed something.
    """

    weights_changed = Signal(object)
    released = Signal()

    def __init__(self, name: str, tip: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._corners: tuple[Corner, ...] = ()
        self._spare = False
        self._weights: Weights = _FIRST
        self._before: Weights | None = None
        self._hand: Weights = _FIRST
        self._last = QPointF()
        self.setToolTip(tip)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ringRadius", Size.RADIUS_FIELD)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._describe()

    def weights(self) -> Weights:
        """How much of each corner; together 1."""
        return self._weights

    def set_weights(self, weights: Weights) -> None:
        """Move the handle, without a signal."""
        if weights != self._weights and self._before is None:
            self._weights = weights
            self._describe()
            self.update()

    def corners(self) -> tuple[Corner, ...]:
        """What is at the corners."""
        return self._corners

    def set_corners(self, corners: Sequence[Corner], spare: bool = False) -> None:
        """Up to three things; `spare` shows that there is room for more."""
        self._corners, self._spare = tuple(corners), spare
        self._describe()
        self.update()

    def reset(self) -> None:
        """All of the first, as one gesture of a person."""
        self._move(_FIRST)
        self.released.emit()

    def handle(self) -> QPointF:
        """Where the handle is, in logical pixels."""
        places = self._places()
        x = sum(w * place.x() for w, place in zip(self._weights, places, strict=True))
        y = sum(w * place.y() for w, place in zip(self._weights, places, strict=True))
        return QPointF(x, y)

    def corner_at(self, index: int) -> QPointF:
        """Where a corner is, in logical pixels."""
        return self._places()[index]

    def sizeHint(self) -> QSize:
        """Room for the hand."""
        return QSize(240, 220)

    def minimumSizeHint(self) -> QSize:
        """Three pictures and a little between them."""
        return QSize(150, 150)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw triangle, lines from the handle, corners and handle."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        places = self._places()
        painter.setPen(QPen(theme.colour("edge"), 1))
        painter.setBrush(theme.colour("raised"))
        if len(self._corners) > 2:
            painter.drawPolygon(QPolygonF(places))
        else:
            self._draw_edge(painter, places)
        here = self.handle()
        for weight, place in zip(self._weights, places, strict=True):
            if weight > 0:
                line = QPen(theme.colour("accent_line", 0.25 + 0.75 * weight), 1 + 3 * weight)
                painter.setPen(line)
                painter.drawLine(here, place)
        for index in range(3):
            self._draw_corner(painter, index)
        self._draw_handle(painter, here)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the handle; elsewhere it comes to the pointer first."""
        if event.button() != Qt.MouseButton.LeftButton or len(self._corners) < 2:
            return
        self._before, self._last = self._weights, event.position()
        reach = event.position() - self.handle()
        if abs(reach.x()) + abs(reach.y()) > Size.KNOB:
            self._move(_snapped(nearest_weights(self._at(event.position()), len(self._corners))))
        self._hand = self._weights

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the hand; with Shift at a tenth of the speed."""
        if self._before is None:
            return
        slow = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        before, now = self._at(self._last), self._at(event.position())
        self._last = event.position()
        scale = _SLOW if slow else 1.0
        self._hand = tuple(  # type: ignore[assignment]  # three of them
            hand + scale * (b - a) for hand, a, b in zip(self._hand, before, now, strict=True)
        )
        self._move(_snapped(nearest_weights(self._hand, len(self._corners))))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The gesture ends: one undo step."""
        before, self._before = self._before, None
        if before is not None and before != self._weights:
            self.released.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """All of the first."""
        self._before = None
        self.reset()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move the handle; Home and Backspace are all of the first; Esc gives up a drag."""
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape and self._before is not None:
            before, self._before = self._before, None
            self._move(before)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_Backspace):
            self.reset()
        elif key in _WAYS and len(self._corners) > 1:
            slow = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            step = _STEP * (_SLOW if slow else 1.0)
            x, y = (step * way for way in _WAYS[key])
            moved = barycentric(x, y / _HEIGHT)
            rest = barycentric(0.0, 0.0)
            hand = [w + a - b for w, a, b in zip(self._weights, moved, rest, strict=True)]
            if self._move(nearest_weights(hand, len(self._corners))):
                self.released.emit()
        else:
            super().keyPressEvent(event)

    def _move(self, weights: Weights) -> bool:
        first, second, third = weights
        rounded: Weights = (round(first, 4), round(second, 4), round(third, 4))
        if rounded == self._weights:
            return False
        self._weights = rounded
        self._describe()
        self.update()
        self.weights_changed.emit(rounded)
        return True

    def _area(self) -> QRectF:
        """Around the corners themselves, with room for their pictures outside of it."""
        wide = self.width() - _THUMB - 4
        high = self.height() - _THUMB - 2 * _LINE - 4
        side = max(40.0, min(wide, high / _HEIGHT))
        left, top = (self.width() - side) / 2, _THUMB / 2 + _LINE + 2
        return QRectF(left, top, side, side * _HEIGHT)

    def _places(self) -> list[QPointF]:
        area = self._area()
        return [QPointF(area.center().x(), area.top()), area.bottomLeft(), area.bottomRight()]

    def _at(self, position: QPointF) -> Weights:
        area = self._area()
        x = (position.x() - area.left()) / area.width()
        return barycentric(x, (position.y() - area.top()) / area.height())

    def _draw_edge(self, painter: QPainter, places: Sequence[QPointF]) -> None:
        """Between two corners; what a third one would add is dashed."""
        painter.drawLine(places[0], places[1])
        if self._spare:
            painter.setPen(QPen(theme.colour("line"), 1, Qt.PenStyle.DashLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolyline([places[0], places[2], places[1]])

    def _draw_corner(self, painter: QPainter, index: int) -> None:
        room = QRectF(0, 0, _THUMB, _THUMB)
        room.moveCenter(self._places()[index])
        if index >= len(self._corners):
            if self._spare:
                painter.setPen(QPen(theme.colour("line"), 1, Qt.PenStyle.DashLine))
                painter.setBrush(theme.colour("stage"))
                painter.drawRect(room)
            return
        image = self._corners[index].image
        if image is None:
            draw_box(painter, room, 0, theme.colour("raised"), theme.colour("line"))
        else:
            size = image.width(), image.height()
            box = fit_box(*size, room, self.devicePixelRatioF(), False)
            draw_picture(painter, image, box, min(size) <= SHARP_LIMIT)
            draw_ring(painter, box, "line", 0, 1)
        self._write_name(painter, index, room)

    def _write_name(self, painter: QPainter, index: int, room: QRectF) -> None:
        """Above the first corner, below the others; each has half of the width at least."""
        half = self.width() / 2 - 4
        below = room.bottom() + 2
        lines: dict[int, tuple[QRectF, Align]] = {
            0: (QRectF(4, room.top() - _LINE - 2, 2 * half, _LINE), "centre"),
            1: (QRectF(room.left(), below, half, _LINE), "left"),
            2: (QRectF(room.right() - half, below, half, _LINE), "right"),
        }
        line, align = lines[index]
        write(painter, line, self._said(index), "small", theme.colour("text_quiet"), align)

    def _draw_handle(self, painter: QPainter, here: QPointF) -> None:
        if len(self._corners) < 2:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("shade", 0.7), 5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(here, 8, 8)
        painter.setPen(QPen(theme.colour("accent"), 3))
        painter.drawEllipse(here, 8, 8)

    def _said(self, index: int) -> str:
        percent = round(100 * self._weights[index])
        return f"{self._corners[index].name} {percent}\u00a0%"

    def _describe(self) -> None:
        said = ", ".join(self._said(index) for index in range(min(3, len(self._corners))))
        self.setAccessibleName(f"{self._name}, {said}" if said else self._name)
