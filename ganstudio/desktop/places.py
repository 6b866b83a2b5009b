"""Where the window was and how wide its panel: remembered from start to start.

Not responsible for settings a person chooses in words (`studio.settings`).
"""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QMargins, QSettings, QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow

from ganstudio.desktop.page_stack import PageStack
from ganstudio.project.paths import settings_folder

__all__ = ["Places"]

_FIRST_SIZE = (1440, 900)
_OF_A_RUN = ("train", "judge", "explore")
#: What a window manager puts around a window, as far as one can know before it is there.
_FRAME = QMargins(4, 32, 4, 4)


class Places:
    """One small file beside the settings."""

    def __init__(self, window: QMainWindow, pages: PageStack) -> None:
        self._window, self._pages = window, pages
        path = str(settings_folder() / "window.ini")
        self._file = QSettings(path, QSettings.Format.IniFormat, window)

    def restore(self) -> None:
        """Put window and panel where they were."""
        geometry = self._file.value("window/geometry")
        known = isinstance(geometry, QByteArray) and self._window.restoreGeometry(geometry)
        if not known:
            room = QGuiApplication.primaryScreen().availableSize().shrunkBy(_FRAME)
            self._window.resize(QSize(*_FIRST_SIZE).boundedTo(room))
        width_text = str(self._file.value("panel/width", self._pages.panel_width))
        width = int(width_text) if width_text.isdigit() else self._pages.panel_width
        shown = str(self._file.value("panel/shown", "true")).lower() == "true"
        self._pages.set_panel(shown, width)

    def page(self, usual: str) -> str:
        """The page that was seen last, of those that a run has something for."""
        page = str(self._file.value("window/page", usual))
        return page if page in _OF_A_RUN else usual

    def remember_panel(self) -> None:
        """Keep the panel's width, and whether it is shown."""
        self._file.setValue("panel/width", self._pages.panel_width)
        self._file.setValue("panel/shown", self._pages.panel_shown)

    def remember_window(self) -> None:
        """Keep the window's place, and write everything to the disk."""
        self._file.setValue("window/geometry", self._window.saveGeometry())
        self._file.setValue("window/page", self._pages.current_key)
        self._file.sync()
