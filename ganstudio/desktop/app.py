"""The window's beginning and end: application, theme, studio, window; the engine loads behind it.

Not responsible for what happens in between. Only what the first picture needs is imported before
the window shows: neither torch nor the plots.
"""

from __future__ import annotations

import contextlib
import logging
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication

from ganstudio import __version__
from ganstudio.desktop import theme
from ganstudio.desktop.main_window import MainWindow
from ganstudio.project.errors import UserError
from ganstudio.project.paths import resources
from ganstudio.studio.app import Studio

__all__ = ["Request", "make_application", "run_window"]

logger = logging.getLogger(__name__)

#: The one reverse-DNS name for desktop file, icon and Wayland.
APP_ID = "org.ganstudio.GANStudio"


class Request(Protocol):
    """What the command line wants the window to show first.

    Attributes:
        project: Open this project.
        demo: A bundled set: open or make a project with it, ready to train.
        images: With `demo`: train until so many pictures were seen.
        minutes: With `demo`: train so long.
    """

    @property
    def project(self) -> Path | None: ...  # noqa: D102 - said above

    @property
    def demo(self) -> str | None: ...  # noqa: D102 - said above

    @property
    def images(self) -> int | None: ...  # noqa: D102 - said above

    @property
    def minutes(self) -> float | None: ...  # noqa: D102 - said above


def run_window(request: Request) -> int:
    """Show the window and stay until it is closed. Returns the exit code."""
    app = make_application()
    studio = Studio(window_open=True)
    settings = studio.settings.value
    theme.apply(app, settings.palette, settings.reduce_motion)
    window = MainWindow(studio)
    begin(window, request)
    with _closing_on_signals(window):
        code = app.exec()
    window.deleteLater()
    studio.close()
    return code


def make_application() -> QApplication:
    """The application with its names; the one that is there already, if there is one."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    QCoreApplication.setApplicationName("GAN Studio")
    QCoreApplication.setApplicationVersion(__version__)
    QCoreApplication.setOrganizationName("GAN Studio")
    QGuiApplication.setDesktopFileName(APP_ID)
    app = QApplication(sys.argv[:1])
    app.setApplicationDisplayName("GAN Studio")
    app.setWindowIcon(QIcon(str(resources() / "app" / "icon.svg")))
    return app


@contextlib.contextmanager
def _closing_on_signals(window: MainWindow) -> Iterator[None]:
    """Ctrl+C in the terminal and a polite kill save everything, then close, without asking."""

    def close(_number: int, _frame: FrameType | None) -> None:
        window.closing.begin()

    # Python runs handlers between two of its own instructions: the tick brings it there.
    before = {name: signal.signal(name, close) for name in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)


def begin(window: MainWindow, request: Request) -> None:
    """Open what was asked for, show the window, then load the engine behind it."""
    unclean = window.studio.guard.before
    opened = _open_first(window, request)
    window.show_page("pictures" if window.desk.run is None else window.places.page("train"))
    window.show()
    window.begin()
    if unclean is not None:
        window.notices.tell_unclean_end(unclean, opened)
    # The engine's import would hold up the first paint: it begins when the window has been drawn.
    # (A timer of the window's own: one that is closed at once loads nothing any more.)
    later = QTimer(window, interval=50, singleShot=True)
    later.timeout.connect(window.studio.load_engine)
    later.start()


def _open_first(window: MainWindow, request: Request) -> bool:
    """Open the project asked for, the demo, or the last one. Returns whether one is open."""
    desk, projects = window.desk, window.studio.projects
    if request.demo is not None:
        _open_demo(window, request.demo, request.project)
        if desk.project is not None and (request.images or request.minutes):
            desk.set_plan(images=request.images, minutes=request.minutes)
        return desk.project is not None
    if request.project is not None:
        return desk.open_project(request.project)
    last, unclean = projects.last(), window.studio.guard.before
    if last is None or (unclean and unclean.too_often and unclean.project == str(last)):
        return False
    return desk.open_project(last)


def _open_demo(window: MainWindow, name: str, folder: Path | None) -> None:
    """A project with a bundled set in it, ready to train."""
    desk, studio = window.desk, window.studio
    bundle = next((b for b in studio.pictures.bundles() if b.name == name), None)
    if bundle is None:
        desk.show_error(UserError("no-such-bundle", name=name, available=_bundle_names(studio)))
        return
    title = desk.tr("{title} demo").format(title=bundle.title)
    place = folder or Path(studio.settings.value.projects_folder) / title
    if (place / "project.json").is_file():
        if not desk.open_project(place):
            return
    else:
        try:
            desk.new_project(title, place)
        except UserError as error:
            desk.show_error(error)
            return
    if not desk.pictures.pictures:
        desk.imports.add([bundle.source])


def _bundle_names(studio: Studio) -> str:
    return ", ".join(bundle.name for bundle in studio.pictures.bundles())
