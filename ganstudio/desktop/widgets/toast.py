"""One sentence at the lower middle of the stage, for six seconds, with Undo.

Not responsible for errors: those are cards and stay.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRectF, QTimer, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QGraphicsDropShadowEffect, QHBoxLayout, QWidget

from ganstudio.desktop import theme
from ganstudio.desktop.tokens import Size
from ganstudio.desktop.widgets.buttons import Button, IconButton
from ganstudio.desktop.widgets.label import Label
from ganstudio.desktop.widgets.painting import draw_box

__all__ = ["Toast", "Toaster"]

_SHOWN_MS = 6000
_HEIGHT = 44
_ABOVE = 24


class Toast(QWidget):
    """The box itself."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = Label("", "body", "tooltip_text")
        self.undo = Button(self.tr("Undo"), "link", tip=self.tr("Take this back (Ctrl+Z)"))
        self.undo.setProperty("ink", "tooltip_accent")
        self.close_button = IconButton("x", self.tr("Close this message"))
        self.close_button.set_token("tooltip_quiet")
        row = QHBoxLayout(self)
        row.setContentsMargins(15, 0, 8, 0)
        row.setSpacing(20)
        row.addWidget(self._text, 1)
        row.addWidget(self.undo)
        row.addWidget(self.close_button)
        self.setFixedHeight(_HEIGHT)
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(24)
        shadow.setOffset(0, 6)
        shadow.setColor(QColor(0, 0, 0, 110))
        self.setGraphicsEffect(shadow)

    def set_message(self, text: str, undoable: bool) -> None:
        """Say something, with or without Undo."""
        self._text.setText(text)
        self.undo.setVisible(undoable)
        self.setAccessibleName(text)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the box."""
        painter = QPainter(self)
        line = theme.colour("tooltip_line")
        draw_box(painter, QRectF(self.rect()), Size.RADIUS_CARD, theme.colour("tooltip"), line)


class Toaster(QObject):
    """Shows one toast at a time over a stage. It waits while the pointer is on it."""

    def __init__(self, stage: QWidget) -> None:
        super().__init__(stage)
        self._stage = stage
        self._toast: Toast | None = None
        self._undo: Callable[[], object] | None = None
        self._above = _ABOVE
        self._timer = QTimer(self, interval=_SHOWN_MS, singleShot=True)
        self._timer.timeout.connect(self.hide)
        stage.installEventFilter(self)

    def show_toast(
        self, text: str, undo: Callable[[], object] | None = None, above: int = 0
    ) -> None:
        """Say `text`, so many pixels above the foot; `undo` is called if it is taken back."""
        self._undo, self._above = undo, above + _ABOVE
        if self._toast is None:
            self._toast = Toast(self._stage)
            self._toast.undo.clicked.connect(self._take_back)
            self._toast.close_button.clicked.connect(self.hide)
            self._toast.installEventFilter(self)
        self._toast.set_message(text, undo is not None)
        self._place()
        self._toast.show()
        self._toast.raise_()
        self._timer.start()
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._toast, text))

    def is_shown(self) -> bool:
        """Whether a toast is there."""
        return self._toast is not None and not self._toast.isHidden()

    @Slot()
    def withdraw(self) -> None:
        """Take away a toast whose offer no longer holds; one that says something only stays."""
        if self._undo is not None:
            self.hide()

    @Slot()
    def hide(self) -> None:
        """Take the toast away."""
        self._timer.stop()
        self._undo = None
        if self._toast is not None:
            self._toast.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in place, and stay while the pointer is on it."""
        if watched is self._stage and event.type() == QEvent.Type.Resize:
            self._place()
        elif watched is self._toast and self.is_shown():
            if event.type() == QEvent.Type.Enter:
                self._timer.stop()
            elif event.type() == QEvent.Type.Leave:
                self._timer.start()
        return False

    @Slot()
    def _take_back(self) -> None:
        undo = self._undo
        self.hide()
        if undo is not None:
            undo()

    def _place(self) -> None:
        if self._toast is None:
            return
        width = min(self._toast.sizeHint().width() + 40, max(160, self._stage.width() - 48))
        left = (self._stage.width() - width) // 2
        self._toast.setGeometry(left, self._stage.height() - _HEIGHT - self._above, width, _HEIGHT)
