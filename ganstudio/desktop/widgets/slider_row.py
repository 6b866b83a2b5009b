"""A slider with its name, a value that can be typed, reset and a lock, in one row of 32 px.

Not responsible for what the value does, nor for undo: `released` ends each gesture.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ganstudio.desktop import theme
from ganstudio.desktop.tokens import Size
from ganstudio.desktop.widgets.buttons import IconButton
from ganstudio.desktop.widgets.field import Field
from ganstudio.desktop.widgets.label import Label
from ganstudio.desktop.widgets.slider_track import Slider
from ganstudio.desktop.widgets.tips import tip as wrapped

__all__ = ["Slider", "SliderRow"]

_LABEL, _LABEL_NARROW = 99, 80
_MINUS = "\u2212"
_NEAR = (QEvent.Type.Enter, QEvent.Type.Leave, QEvent.Type.FocusIn, QEvent.Type.FocusOut)


class SliderRow(QWidget):
    """One tab stop: arrows change the value, Return starts typing, Esc gives up.

    The lock and the reset show when they are set or would do something, on hover and on focus.
    """

    value_changed = Signal(float)
    released = Signal(float)
    lock_changed = Signal(bool)

    def __init__(
        self,
        label: str,
        minimum: float,
        maximum: float,
        default: float = 0.0,
        decimals: int = 1,
        signed: bool = False,
        lockable: bool = False,
        name: str = "",
        tip: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._decimals = decimals
        self._signed = signed
        self._lockable = lockable
        self._locked = False
        self._lock_reason = ""
        self._name = name or label
        self._label = Label(label)
        self._slider = Slider(minimum, maximum, default, default, 10.0**-decimals)
        self._slider.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._slider.setFocusProxy(self)
        self._field = self._make_field()
        self._reset = IconButton("reset", self.tr("Reset {}").format(self._name))
        self._reset.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._lock = IconButton("unlock", self.tr("Lock {}").format(self._name))
        self._lock.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._lay_out()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty("ringRadius", Size.RADIUS_FIELD)
        for widget in (self, self._slider, self._field):
            widget.setToolTip(wrapped(tip) if tip else "")
        self._connect()
        self._show_value()

    def value(self) -> float:
        """The value now, rounded as it is shown."""
        return round(self._slider.value(), self._decimals + 2)

    @property
    def in_hand(self) -> bool:
        """Whether a person drags the knob or types a value right now."""
        typing = self._field.hasFocus() and self._field.isModified()
        return self._slider.in_hand or typing

    def set_value(self, value: float) -> None:
        """Show another value, without a signal."""
        self._slider.set_value(value)
        self._show_value()

    def go_to(self, value: float) -> None:
        """Go to a value, or as near as the ends allow, as a person does it."""
        self._slider.go_to(value)

    def set_landing(self, value: float | None) -> None:
        """Show in amber where it would go if what hangs over it was let go; None: nothing does."""
        self._slider.set_landing(value)
        self._show_value()

    def reset(self) -> None:
        """Go to the default, as a person does it."""
        self._slider.reset()

    def set_default(self, value: float) -> None:
        """Another default, where reset and double click lead."""
        self._slider.set_default(value)
        self._show_value()

    def set_range(self, minimum: float, maximum: float) -> None:
        """Other ends of the track."""
        self._slider.set_range(minimum, maximum)
        self._show_value()

    def set_suggested(self, low: float, high: float) -> None:
        """Where it makes sense to be."""
        self._slider.set_suggested(low, high)

    def set_label(self, text: str) -> None:
        """Another name."""
        self._label.setText(text)
        self._name = text
        self.set_locked(self._locked)

    def name(self) -> str:
        """What it is called."""
        return self._name

    def is_locked(self) -> bool:
        """Whether the row is locked against change."""
        return self._locked

    def set_locked(self, locked: bool) -> None:
        """Lock or unlock, without a signal."""
        self._locked = locked
        self._slider.set_locked(locked)
        self._field.setReadOnly(locked)
        self._lock.set_icon("lock" if locked else "unlock")
        self._lock.set_token("accent_text" if locked else "text_quiet")
        words = self.tr("Unlock {}") if locked else self.tr("Lock {}")
        self._lock.setToolTip(wrapped(words.format(self._name)))
        self._show_value()

    def set_ground(self, token: str) -> None:
        """The surface it lies on."""
        self._slider.set_ground(token)

    def set_narrow(self, narrow: bool) -> None:
        """Less room for the label, in a panel of 280."""
        self._label.setFixedWidth(_LABEL_NARROW if narrow else _LABEL)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows change, Return types, Backspace resets."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self._locked:
            self._start_typing()
        elif event.key() == Qt.Key.Key_Backspace:
            self.reset()
        elif self._locked or not self._slider.key_moves(event):
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc in the field gives up what was typed."""
        escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if watched is self._field and event.type() == QEvent.Type.KeyPress and escape:
            self._show_value()
            self.setFocus(Qt.FocusReason.TabFocusReason)
            return True
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        """Show lock and reset on hover and on focus."""
        kind = event.type()
        if kind in _NEAR:
            result = super().event(event)
            self._show_tools()
            return result
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        """A row that is not available is drawn so."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            self._show_value()

    def _make_field(self) -> Field:
        field = Field(self._name)
        field.setFont(theme.font("small"))
        field.setFixedSize(Size.VALUE_FIELD, Size.FIELD)
        field.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        field.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        field.setProperty("kind", "value")
        field.installEventFilter(self)
        return field

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._label.setFixedWidth(_LABEL)
        row.addWidget(self._label, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._slider, 1)
        row.addSpacing(11)
        row.addWidget(self._field)
        row.addWidget(self._reset)
        if self._lockable:
            row.addWidget(self._lock)
        else:
            self._lock.setParent(self)
            self._lock.hide()
        self.setFixedHeight(Size.SLIDER_ROW)

    def _connect(self) -> None:
        self._slider.value_changed.connect(self._slider_moved)
        self._slider.released.connect(self.released)
        self._reset.clicked.connect(self.reset)
        self._lock.clicked.connect(self._toggle_lock)
        self._field.editingFinished.connect(self._typed)

    def _slider_moved(self, value: float) -> None:
        self._show_value()
        self.value_changed.emit(value)

    def _toggle_lock(self) -> None:
        self.set_locked(not self._locked)
        self.lock_changed.emit(self._locked)

    def _start_typing(self) -> None:
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._field.selectAll()

    def _typed(self) -> None:
        """Take the typed number; anything else brings the old one back."""
        text = self._field.text().strip().replace(_MINUS, "-").replace(",", ".")
        if self._field.hasFocus():
            self.setFocus(Qt.FocusReason.TabFocusReason)
        try:
            value = float(text)
        except ValueError:
            value = self._slider.value()
        if value == value and self._text(value) != self._text(self._slider.value()):
            self._make_room(value)
            self._slider.move_by((value - self._slider.value()) / self._slider.step())
        self._show_value()

    def _make_room(self, value: float) -> None:
        """Where a track can be lengthened, lengthen it as far as a value needs."""

    def _text(self, value: float) -> str:
        words = f"{value:+.{self._decimals}f}" if self._signed else f"{value:.{self._decimals}f}"
        if float(words) == 0:
            words = words.lstrip("+-")
        return words.replace("-", _MINUS)

    def _show_value(self) -> None:
        words = self._text(self._slider.value())
        landing = self._slider.landing()
        self._field.setText(words if landing is None else self._text(landing))
        self._field.setAccessibleName(self.tr("{}, typed value").format(self._name))
        self.setAccessibleName(f"{self._name}, {words}")
        self._label.set_tone("text" if self.isEnabled() else "text_disabled")
        self._show_tools()

    def _show_tools(self) -> None:
        default = self._slider.default()
        away = default is not None and self._text(self._slider.value()) != self._text(default)
        near = self.underMouse() or self.hasFocus() or self.property("toolsShown") is True
        self._reset.setEnabled(away and not self._locked and self.isEnabled())
        _show_in_place(self._reset, away or near)
        if self._lockable:
            _show_in_place(self._lock, self._locked or near)


def _show_in_place(button: IconButton, shown: bool) -> None:
    """Hide a button without giving up its place in the row."""
    policy = button.sizePolicy()
    if not policy.retainSizeWhenHidden():
        policy.setRetainSizeWhenHidden(True)
        button.setSizePolicy(policy)
    button.setVisible(shown)
