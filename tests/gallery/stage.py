"""Where the gallery's pictures are taken: a real window on real services, in a folder of its own.

Not responsible for which states there are: each `states_*.py` lists some in `STATES`.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from ganstudio.desktop import theme
from ganstudio.desktop.main_window import MainWindow
from ganstudio.project.folder import Project
from ganstudio.project.picture_list import FramingSettings
from ganstudio.project.tasks import Task
from ganstudio.studio.app import Studio

__all__ = ["PALETTES", "Stage", "State"]

PALETTES = ("dark", "light", "high-contrast")
_LONGEST_S = 300.0


@dataclass(frozen=True)
class State:
    """One state of one page.

    Attributes:
        name: "train-paused": the page, then the state.
        prepare: Brings a fresh stage into it.
        sizes: Window sizes it is shown at; every state is also shown at 1280 x 800.
        tear_down: Ends what the state left running, before the window closes.
    """

    name: str
    prepare: Callable[[Stage], None]
    sizes: tuple[tuple[int, int], ...] = ()
    tear_down: Callable[[Stage], None] | None = None


class Stage:
    """A window, its studio, and what a state needs to bring it somewhere.

    Args:
        app: The application.
        home: An empty folder of this state's own.
        models: Where projects are kept that several states begin with.
        size: Of the window.
    """

    def __init__(self, app: QApplication, home: Path, models: Path, size: tuple[int, int]) -> None:
        os.environ["GANSTUDIO_HOME"] = str(home)
        self.app, self.home, self._models = app, home, models
        self.studio = Studio(window_open=True)
        theme.apply(app, "dark", reduce_motion=True)
        self.window = MainWindow(self.studio)
        self.window.resize(*size)
        self.desk = self.window.desk

    @property
    def project(self) -> Project:
        """The open project."""
        assert self.desk.project is not None
        return self.desk.project

    def show(self, page: str = "pictures", engine: bool = True) -> None:
        """Show the window with a page; with the engine loaded, as after a few seconds."""
        self.window.show_page(page)
        self.window.show()
        self.window.begin()
        if engine:
            self.studio.load_engine()
            self.until(lambda: self.studio.machine.report is not None)
        self.pump(0.3)

    def open_bundle(self, name: str = "pixel-avatars") -> Project:
        """Open a project with a bundled set in it; the same pictures are decoded only once."""
        bundle = next(b for b in self.studio.pictures.bundles() if b.name == name)
        model = self._models / name
        title = f"{bundle.title} demo"
        if not model.exists():
            project = Project.create(model, title)
            framing = FramingSettings(size=bundle.size)
            self.studio.pictures.add_now(project, [bundle.source], framing, Task())
        place = self.home / title
        shutil.copytree(model, place)
        assert self.desk.open_project(place)
        return self.project

    def pump(self, seconds: float) -> None:
        """Let the window live for a while."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.app.processEvents()
            time.sleep(0.005)

    def until(self, condition: Callable[[], bool], seconds: float = _LONGEST_S) -> None:
        """Let the window live until something is so.

        Raises:
            TimeoutError: If it does not become so.
        """
        end = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > end:
                raise TimeoutError("the state was not reached")
            self.pump(0.02)

    def picture(self, path: Path, palette: str, size: tuple[int, int]) -> None:
        """Take a picture of the window, and of a small window in front of it."""
        theme.apply(self.app, palette, reduce_motion=True)
        self.window.resize(*size)
        self.pump(0.25)
        path.parent.mkdir(parents=True, exist_ok=True)
        shot = self.window.grab()
        for other in QApplication.topLevelWidgets():
            if other.isVisible() and other is not self.window and other.parent() is self.window:
                self._paste(shot, other)
        shot.save(str(path))

    def _paste(self, shot: QPixmap, other: QWidget) -> None:
        painter = QPainter(shot)
        left = (self.window.width() - other.width()) // 2
        top = (self.window.height() - other.height()) // 2
        border = other.rect().translated(left, top).adjusted(-1, -1, 1, 1)
        painter.fillRect(border, theme.colour("edge"))
        painter.drawPixmap(left, top, other.grab())
        painter.end()

    def close(self) -> None:
        """End everything this state began."""
        self.window.closing.begin()
        self.until(lambda: self.studio.closed)
        self.window.close()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self.studio.close()
        shutil.rmtree(self.home, ignore_errors=True)
