"""Tells that training ended while nobody looks: the taskbar, and a notification if there is one.

Not responsible for what the window itself says.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget

from ganstudio.project.numbers import say_count
from ganstudio.studio.events import TrainingEnded, TrainingFailed

__all__ = ["Notifier"]

_SHOWN_MS = 10_000


class Notifier(QObject):
    """Listens to events; says something only while another program has the focus.

    Args:
        window: The main window.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._tray: QSystemTrayIcon | None = None
        self._hider = QTimer(self, interval=_SHOWN_MS, singleShot=True)
        self._hider.timeout.connect(self.stop)

    @Slot(object)
    def on_event(self, event: object) -> None:
        """Take notice of an end or a failure."""
        if self._window.isActiveWindow():
            return
        if isinstance(event, TrainingEnded) and event.reason == "target":
            count = say_count(event.images)
            self._tell(self.tr("Training is done: {count} pictures seen").format(count=count))
        elif isinstance(event, TrainingFailed):
            sentence = event.error.sentence if event.error else self.tr("Something broke.")
            self._tell(self.tr("Training stopped. {why}").format(why=sentence))

    @Slot()
    def stop(self) -> None:
        """Take the notification's icon away."""
        self._hider.stop()
        if self._tray is not None:
            self._tray.hide()
            self._tray.deleteLater()
            self._tray = None

    def _tell(self, text: str) -> None:
        QApplication.alert(self._window)
        if not QSystemTrayIcon.isSystemTrayAvailable() or not QSystemTrayIcon.supportsMessages():
            return
        if self._tray is None:
            # An icon in the tray is what notifications hang on; it stays no longer than they do.
            self._tray = QSystemTrayIcon(QApplication.windowIcon(), self)
            self._tray.show()
        self._tray.showMessage("GAN Studio", text, QApplication.windowIcon(), _SHOWN_MS)
        self._hider.start()
