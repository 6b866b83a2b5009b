"""The bare painted slider: a track filled from its default to its value, and a knob.

Not responsible for a label, a typed value or a lock: `slider_row` adds them.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ganstudio.desktop import theme
from ganstudio.desktop.tokens import Size
from ganstudio.desktop.widgets.painting import draw_box, draw_knob

__all__ = ["Slider"]

_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Down: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: 1,
    Qt.Key.Key_PageDown: -10,
    Qt.Key.Key_PageUp: 10,
}
_SLOW = 0.1
#: Of the track beyond what is suggested.
_FAINT = 0.4


class Slider(QWidget):
    """Drag, arrows or wheel after a click. Shift drags at a tenth; double click is the default."""

    value_changed = Signal(float)
    released = Signal(float)

    def __init__(
        self,
        minimum: float,
        maximum: float,
        value: float,
        default: float | None = None,
        step: float | None = None,
        name: str = "",
        tip: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._minimum = minimum
        self._maximum = maximum
        self._value = value
        self._default = default
        self._step = step
        self._name = name
        self._suggested: tuple[float, float] | None = None
        self._locked = False
        self._ground = "panel"
        self._landing: float | None = None
        self._drag: float | None = None
        self._drag_x = 0.0
        self._before = value
        self._wheel = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumHeight(Size.ICON_BUTTON)
        self.setToolTip(tip or name)
        self._describe()

    def value(self) -> float:
        """The value now."""
        return self._value

    def minimum(self) -> float:
        """The least value."""
        return self._minimum

    def maximum(self) -> float:
        """The greatest value."""
        return self._maximum

    def default(self) -> float | None:
        """The value of a double click, if there is one."""
        return self._default

    def step(self) -> float:
        """What one arrow key changes."""
        return self._step or (self._maximum - self._minimum) / 100

    @property
    def in_hand(self) -> bool:
        """Whether a person drags the knob right now."""
        return self._drag is not None

    def set_value(self, value: float) -> None:
        """Move the knob without a signal."""
        value = self._clamped(value)
        if value != self._value:
            self._value = value
            self._describe()
            self.update()

    def set_range(self, minimum: float, maximum: float) -> None:
        """Other ends; the value is kept inside of them."""
        self._minimum, self._maximum = minimum, maximum
        self.set_value(self._value)
        self.update()

    def set_suggested(self, low: float, high: float) -> None:
        """Where it makes sense to be; the rest of the track is fainter, but can be reached."""
        self._suggested = (low, high)
        self.update()

    def set_default(self, value: float | None) -> None:
        """Another default; it carries the tick and starts the filled part."""
        self._default = value
        self.update()

    def set_locked(self, locked: bool) -> None:
        """A locked slider shows its value and does not move."""
        self._locked = locked
        self.update()

    def set_ground(self, token: str) -> None:
        """The surface it lies on, for the gap around the knob."""
        self._ground = token
        self.update()

    def move_by(self, steps: float) -> None:
        """Change the value as the arrow keys do: at once, as one gesture."""
        self.go_to(self._value + steps * self.step())

    def go_to(self, value: float) -> None:
        """Go to a value, or as near as the ends allow, as one gesture of a person."""
        before = self._value
        self._person_moves(value)
        if self._value != before:
            self.released.emit(self._value)

    def reset(self) -> None:
        """Go to the default, as one gesture of a person."""
        if self._default is not None:
            self.go_to(self._default)

    def set_landing(self, value: float | None) -> None:
        """Show in amber where it would go if what hangs over it was let go; None: nothing does."""
        self._landing = None if value is None else self._clamped(value)
        self.update()

    def landing(self) -> float | None:
        """Where it would go, if anything hangs over it."""
        return self._landing

    def sizeHint(self) -> QSize:
        """The track of a slider row."""
        return QSize(90, Size.ICON_BUTTON)

    def minimumSizeHint(self) -> QSize:
        """The shortest track that can still be hit."""
        return QSize(44, Size.ICON_BUTTON)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw track, filled part, tick and knob."""
        painter = QPainter(self)
        middle = self.height() / 2
        track = QRectF(0, middle - Size.TRACK / 2, self.width(), Size.TRACK)
        self._draw_track(painter, track)
        usable = self.isEnabled()
        knob = QPointF(self._x(self._value), middle)
        start = self._x(self._default if self._default is not None else self._minimum)
        if usable and start != knob.x():
            left, right = sorted((start, knob.x()))
            filled = QRectF(left, track.top(), right - left, track.height())
            painter.fillRect(filled, theme.colour("text_quiet", 0.5 if self._locked else 1.0))
        if self._default is not None and abs(start - knob.x()) > 1:
            painter.fillRect(QRectF(round(start), middle - 5, 1, 10), theme.colour("edge"))
        ink = "text_disabled" if self._locked or not usable else "knob"
        draw_knob(painter, knob, ink, self._ground)
        if self._landing is not None:
            self._draw_landing(painter, knob, QPointF(self._x(self._landing), middle))

    def _draw_track(self, painter: QPainter, track: QRectF) -> None:
        colour = theme.colour(self._track_token())
        if self._suggested is None:
            draw_box(painter, track, Size.TRACK / 2, colour)
            return
        faint = theme.colour(self._track_token(), _FAINT)
        draw_box(painter, track, Size.TRACK / 2, faint)
        ends = [self._clamped(end) for end in self._suggested]
        left, right = (
            self._x(end) if self._minimum < end < self._maximum else side
            for end, side in zip(ends, (track.left(), track.right()), strict=True)
        )
        suggested = QRectF(left, track.top(), right - left, track.height())
        draw_box(painter, suggested, Size.TRACK / 2, colour)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the knob; on the track it comes to the pointer first."""
        if event.button() != Qt.MouseButton.LeftButton or self._locked:
            return
        self._wheel = True
        self._before = self._value
        self._drag_x = event.position().x()
        if abs(self._drag_x - self._x(self._value)) > Size.KNOB / 2 + 2:
            self._person_moves(self._at(self._drag_x))
        self._drag = self._value

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the hand; with Shift at a tenth of the speed."""
        if self._drag is None:
            return
        slow = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        way = (event.position().x() - self._drag_x) * self._per_pixel() * (_SLOW if slow else 1)
        self._drag_x = event.position().x()
        self._drag += way
        self._person_moves(self._drag)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The gesture ends: one undo step."""
        if self._drag is not None:
            self._drag = None
            if self._value != self._before:
                self.released.emit(self._value)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Back to the default."""
        self.reset()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Only after a click into it, so that scrolling the panel changes nothing."""
        if not (self._wheel and self.hasFocus()) or self._locked:
            event.ignore()
            return
        self.move_by(event.angleDelta().y() / 120)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows a step, page keys ten, Home and End to the ends; Esc gives up the drag."""
        if event.key() == Qt.Key.Key_Escape and self._drag is not None:
            self._drag = None
            self._person_moves(self._before)
        elif self._locked or not self.key_moves(event):
            super().keyPressEvent(event)

    def key_moves(self, event: QKeyEvent) -> bool:
        """Handle a key that moves the knob. Returns whether it was one."""
        key = Qt.Key(event.key())
        slow = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if key in _STEPS:
            self.move_by(_STEPS[key] * (_SLOW if slow else 1))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            end = self._minimum if key == Qt.Key.Key_Home else self._maximum
            self.move_by((end - self._value) / self.step())
        else:
            return False
        return True

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The wheel is the panel's again."""
        self._wheel = False
        super().focusOutEvent(event)

    def _draw_landing(self, painter: QPainter, knob: QPointF, landing: QPointF) -> None:
        """The way from the knob, and the knob where it would be."""
        left, right = sorted((knob.x(), landing.x()))
        way = QRectF(left, knob.y() - Size.TRACK / 2, right - left, Size.TRACK)
        painter.fillRect(way, theme.colour("accent_line"))
        draw_knob(painter, knob, "text_quiet", self._ground)
        draw_knob(painter, landing, "accent_line", self._ground)

    def _track_token(self) -> str:
        if theme.current().surface_lines:
            return "text_locked"
        # On the light stage the usual track would vanish.
        return "control_line" if self._ground == "stage" else "control_hover"

    def _clamped(self, value: float) -> float:
        return min(self._maximum, max(self._minimum, value))

    def _person_moves(self, value: float) -> None:
        value = self._clamped(value)
        if value != self._value and not self._locked:
            self._value = value
            self._describe()
            self.update()
            self.value_changed.emit(value)

    def _span(self) -> tuple[float, float]:
        """The way of the knob's centre: it never leaves the widget."""
        return Size.KNOB / 2, self.width() - Size.KNOB / 2

    def _per_pixel(self) -> float:
        left, right = self._span()
        return (self._maximum - self._minimum) / max(1.0, right - left)

    def _x(self, value: float) -> float:
        left, right = self._span()
        share = (value - self._minimum) / ((self._maximum - self._minimum) or 1.0)
        return left + share * (right - left)

    def _at(self, x: float) -> float:
        return self._minimum + (x - self._span()[0]) * self._per_pixel()

    def _describe(self) -> None:
        if self._name:
            self.setAccessibleName(f"{self._name}, {self._value:.4g}")
