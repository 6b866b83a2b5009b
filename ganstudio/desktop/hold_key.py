"""One key that does something for as long as it is held, wherever the focus is but in a text.

Not responsible for what it does.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

__all__ = ["HoldKey"]

_TEXTS = (QLineEdit, QAbstractSpinBox, QTextEdit, QPlainTextEdit)


class HoldKey(QObject):
    """Listens only while it is told to; letting go of the window lets go of the key.

    Signals:
        held: The key is pressed (True), or let go (False).

    Args:
        key: Without any other key.
        widget: Somewhere in the window that it belongs to.
    """

    held = Signal(bool)

    def __init__(self, key: Qt.Key, widget: QWidget) -> None:
        super().__init__(widget)
        self._key, self._widget = key, widget
        self._elsewhere: QWidget | None = None
        self._down = self._listening = False

    def listen(self, listening: bool) -> None:
        """Begin to listen, or stop."""
        if listening == self._listening:
            return
        self._listening = listening
        application = QApplication.instance()
        assert application is not None
        if listening:
            application.installEventFilter(self)
        else:
            application.removeEventFilter(self)
            self._let_go()

    def listen_in(self, widget: QWidget) -> None:
        """Listen in another window of the same page too, for as long as there is one."""
        self._elsewhere = widget
        widget.destroyed.connect(self._forget)

    @Slot()
    def _forget(self) -> None:
        self._elsewhere = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the key's presses and releases, and nothing else."""
        kind = event.type()
        if kind in (QEvent.Type.ApplicationDeactivate, QEvent.Type.WindowDeactivate):
            self._let_go()
        elif kind == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if self._is_mine(event):  # a press, not the shortcut of the menu that toggles
                event.accept()
                return True
        elif kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._pressed(event)
        elif kind == QEvent.Type.KeyRelease and isinstance(event, QKeyEvent):
            return self._released(event)
        return False

    def _is_mine(self, event: QKeyEvent) -> bool:
        if event.key() != self._key or event.modifiers() != Qt.KeyboardModifier.NoModifier:
            return False
        widgets = (self._widget, self._elsewhere)
        windows = [widget.window() for widget in widgets if widget is not None]
        here = QApplication.activeWindow() in windows
        return self._down or (here and not isinstance(QApplication.focusWidget(), _TEXTS))

    def _pressed(self, event: QKeyEvent) -> bool:
        if not self._is_mine(event):
            return False
        if not self._down and not event.isAutoRepeat():
            self._down = True
            self.held.emit(True)
        return True

    def _released(self, event: QKeyEvent) -> bool:
        if event.key() != self._key or event.isAutoRepeat() or not self._down:
            return False
        self._let_go()
        return True

    def _let_go(self) -> None:
        if self._down:
            self._down = False
            self.held.emit(False)
