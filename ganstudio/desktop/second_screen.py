"""The picture on a screen of its own with nothing else on it, and what to do where there is none.

Not responsible for what is drawn: it shows what it is given.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor

import numpy as np
from PySide6.QtCore import QCoreApplication, QObject, QRect, Qt, Signal, Slot
from PySide6.QtGui import (
    QCloseEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QScreen,
)
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ganstudio.desktop.dialogs.window import SmallWindow
from ganstudio.desktop.fine_picture import FinePicture
from ganstudio.desktop.widgets.buttons import Button
from ganstudio.desktop.widgets.label import Label
from ganstudio.desktop.widgets.picture_canvas import PictureCanvas

__all__ = ["PictureWindow", "SecondScreen", "other_screen"]

_WIDTH = 400
_LEAVE = (Qt.Key.Key_Escape, Qt.Key.Key_F11)


def other_screen(widget: QWidget) -> QScreen | None:
    """A screen that a widget is not on; None if there is only one."""
    own = widget.screen()
    return next((screen for screen in QGuiApplication.screens() if screen is not own), None)


class PictureWindow(QWidget):
    """Black, and the picture as large as it fits. Esc leaves; the picture takes the hand as always.

    It ends with the main window, and knows its shortcuts.

    Signals:
        left: It was closed.
    """

    left = Signal()

    def __init__(self, pool: Executor, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint)
        self.setWindowTitle(self.tr("Picture"))
        self.setCursor(Qt.CursorShape.BlankCursor)
        self.canvas = PictureCanvas()
        self.canvas.set_centred()
        self.canvas.setProperty("focusRing", False)
        FinePicture(self.canvas, pool)
        own = [QKeySequence(key) for key in _LEAVE]
        known = parent.window().actions()
        self.addActions([action for action in known if action.shortcut() not in own])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.canvas)

    def show_on(self, place: QRect) -> None:
        """Fill a screen."""
        self.setGeometry(place)
        self.showFullScreen()
        self.canvas.setFocus()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Nothing but black around the picture, whatever the palette."""
        QPainter(self).fillRect(self.rect(), Qt.GlobalColor.black)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc, and the key that brought it here, leave."""
        if event.key() in _LEAVE:
            self.close()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell whoever opened it."""
        self.left.emit()
        super().closeEvent(event)


class _OnlyOne(SmallWindow):
    """Says that there is one screen, and offers this one."""

    def __init__(self, fill: Callable[[], None], parent: QWidget) -> None:
        super().__init__(QCoreApplication.translate("SecondScreen", "One screen"), _WIDTH, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        words = self.tr(
            "No second screen is connected. The picture can fill this one; Esc brings you back."
        )
        self.body.addWidget(Label(words, "body", "text_quiet", wrap=True))
        self.fill = Button(self.tr("Fill this screen"), icon="full-screen")
        self.fill.setToolTip(self.tr("Show the picture alone, on this screen."))
        self.fill.clicked.connect(self.close)
        self.fill.clicked.connect(fill)
        self.foot.insertWidget(1, self.fill)
        self.fill.setDefault(True)
        self.fill.setFocus()


class SecondScreen(QObject):
    """Opens and closes the picture's own screen, and hands it what is drawn.

    Signals:
        changed: It is open, or closed again.
        opened: It is open (its PictureCanvas).

    Args:
        page: On the screen that is not meant.
        pool: Where fine pictures are made.
    """

    changed = Signal()
    opened = Signal(object)

    def __init__(self, page: QWidget, pool: Executor) -> None:
        super().__init__(page)
        self._page, self._pool = page, pool
        self._picture: np.ndarray | None = None
        self._sharp: bool | None = None
        self.window: PictureWindow | None = None
        self.question: SmallWindow | None = None

    @property
    def is_open(self) -> bool:
        """Whether the picture has a screen of its own now."""
        return self.window is not None

    def set_picture(self, picture: np.ndarray, sharp: bool | None, fade: bool = False) -> None:
        """Show a drawn picture, (H, W, C) uint8; it is remembered for when it is opened."""
        self._picture, self._sharp = picture, sharp
        if self.window is not None:
            self.window.canvas.set_sharp(sharp)
            self.window.canvas.set_frame(picture, fade)

    @Slot()
    def toggle(self) -> None:
        """Open it on the other screen, or close it; with one screen alone ask first."""
        if self.window is not None:
            self.window.close()
            return
        screen = other_screen(self._page)
        if screen is not None:
            self._open(screen)
            return
        self.question = _OnlyOne(lambda: self._open(self._page.screen()), self._page.window())
        self.question.destroyed.connect(self._answered)
        self.question.show()

    def _open(self, screen: QScreen) -> None:
        self.window = PictureWindow(self._pool, self._page.window())
        self.window.left.connect(self._left)
        if self._picture is not None:
            self.set_picture(self._picture, self._sharp)
        self.window.show_on(screen.geometry())
        self.opened.emit(self.window.canvas)
        self.changed.emit()

    def close(self) -> None:
        """The main window closes, or there is nothing to show."""
        if self.window is not None:
            self.window.close()

    @Slot()
    def _answered(self) -> None:
        self.question = None

    @Slot()
    def _left(self) -> None:
        if self.window is not None:
            self.window.deleteLater()
            self.window = None
        self.changed.emit()
