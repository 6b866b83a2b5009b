"""A part of the panel that folds: a head of 40 px and what it holds.

Not responsible for remembering which parts are open: pages do.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ganstudio.desktop import icons, theme
from ganstudio.desktop.tokens import Size
from ganstudio.desktop.widgets.label import Label
from ganstudio.desktop.widgets.painting import has_keyboard
from ganstudio.desktop.widgets.surface import Divider

__all__ = ["Section"]

_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class _Head(QWidget):
    """The line with the arrow; a click anywhere on it folds."""

    pressed = Signal()

    def __init__(self, title: str) -> None:
        super().__init__()
        self.opened = True
        self.title = Label(title, "head")
        self.note = Label("", "small", "text_quiet")
        self.note.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for label in (self.title, self.note):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(Size.PANEL_PADDING + 18, 0, Size.PANEL_PADDING, 0)
        self.row.setSpacing(8)
        self.row.addWidget(self.title)
        self.row.addStretch(1)
        self.row.addWidget(self.note)
        self.setFixedHeight(Size.SECTION_HEAD)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty("focusRing", False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.underMouse():
            painter.fillRect(self.rect(), theme.colour("control_hover", 0.25))
        box = QRectF(Size.PANEL_PADDING - 4, (self.height() - 16) / 2, 16, 16)
        icons.paint(painter, "chevron-down" if self.opened else "chevron-right", box)
        if has_keyboard(self):
            pen = painter.pen()
            pen.setColor(theme.colour("accent_line"))
            pen.setWidth(Size.RING)
            painter.setPen(pen)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(5, 5, -5, -5), 6, 6)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.pressed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _KEYS:
            self.pressed.emit()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Enter, QEvent.Type.Leave):
            self.update()
        return super().event(event)


class Section(QWidget):
    """Title, an optional note at the right, and a body that folds away. Ends with a line."""

    toggled = Signal(bool)

    def __init__(
        self, title: str, note: str = "", opened: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._head = _Head(title)
        self._head.pressed.connect(self._toggle)
        self._holder = QWidget()
        self.body = QVBoxLayout(self._holder)
        self.body.setContentsMargins(Size.PANEL_PADDING, 0, Size.PANEL_PADDING, Size.PANEL_PADDING)
        self.body.setSpacing(0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.setAlignment(Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._head)
        layout.addWidget(self._holder)
        layout.addWidget(Divider())
        self.set_note(note)
        self.set_open(opened)

    def add(self, widget: QWidget) -> None:
        """Put a widget at the end of the body."""
        self.body.addWidget(widget)

    def title(self) -> str:
        """The words of the head."""
        return self._head.title.text()

    def set_note(self, text: str) -> None:
        """Quiet words at the right of the head."""
        self._head.note.setText(text)
        self._head.note.setVisible(bool(text))

    def set_tool(self, widget: QWidget) -> None:
        """A button at the right of the head."""
        self._head.row.addWidget(widget)

    def is_open(self) -> bool:
        """Whether the body shows."""
        return self._head.opened

    def set_open(self, opened: bool) -> None:
        """Fold or unfold, without a signal."""
        self._head.opened = opened
        self._holder.setVisible(opened)
        state = self.tr("open") if opened else self.tr("folded")
        self._head.setAccessibleName(f"{self.title()}, {state}")
        self._head.setToolTip(self.tr("Fold") if opened else self.tr("Unfold"))
        self._head.update()

    def _toggle(self) -> None:
        self.set_open(not self.is_open())
        self.toggled.emit(self.is_open())
