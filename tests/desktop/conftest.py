"""What every test of the face rests on: a themed application, real services, nothing left."""

from __future__ import annotations

import gc
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from ganstudio.desktop import theme
from ganstudio.desktop.main_window import MainWindow
from ganstudio.desktop.pages.train.page import TrainPage
from ganstudio.project.folder import Project
from ganstudio.project.picture_list import FramingSettings
from ganstudio.project.runs import RunFolder
from ganstudio.studio.app import Studio
from ganstudio.studio.events import ImportEnded
from ganstudio.studio.states import State
from tests.gallery.invented_run import invent_run

#: Pictures that the invented run has seen.
INVENTED_CLOCK = 40_000


@pytest.fixture(autouse=True)
def _themed(qapp: QApplication) -> None:
    """Every test begins in the dark palette, with points in its numbers."""
    QLocale.setDefault(QLocale.c())
    if theme.name() != "dark" or not qapp.styleSheet():
        theme.apply(qapp, "dark", reduce_motion=True)


def _ticking() -> list[QTimer]:
    """All timers that run."""
    kinds, more = {QTimer}, [QTimer]
    while more:
        more = [kind for parent in more for kind in parent.__subclasses__()]
        kinds.update(more)
    timers = [thing for thing in gc.get_objects() if type(thing) in kinds]
    return [timer for timer in timers if isValid(timer) and timer.isActive()]


@pytest.fixture(autouse=True)
def _no_window_left(qapp: QApplication) -> Iterator[None]:
    """No window and no running timer outlives the test that made it."""
    before = set(map(id, QApplication.topLevelWidgets()))
    yield
    _delete_what_waits()
    windows = [
        widget
        for widget in QApplication.topLevelWidgets()
        if id(widget) not in before and isValid(widget) and widget.isVisible()
    ]
    assert not windows, f"windows left behind: {windows}"
    timers = _ticking()
    assert not timers, f"timers left running: {[(t, t.parent()) for t in timers]}"


@pytest.fixture
def studio() -> Iterator[Studio]:
    """The running application without its face."""
    studio = Studio(window_open=True)
    yield studio
    studio.close()
    # The crash hooks of studio take what pytest-qt would have seen.
    assert not studio.bugs.drain(), "something broke"


@pytest.fixture
def window(qtbot: QtBot, studio: Studio) -> Iterator[MainWindow]:
    """The main window, shown and alive; the engine is not loaded."""
    window = MainWindow(studio)
    window.resize(1440, 900)
    window.show_page("pictures")
    window.show()
    window.begin()
    qtbot.waitExposed(window)
    reports: list[str] = []
    window.bridge.bug.connect(reports.append)
    yield window
    close_window(qtbot, window)
    assert not reports, reports[0]


def close_window(qtbot: QtBot, window: MainWindow) -> None:
    """Close it as a person would who means it, and wait until everything has ended."""
    window.closing.begin()
    qtbot.waitUntil(lambda: window.studio.closed, timeout=20_000)
    window.close()
    window.deleteLater()
    _delete_what_waits()


def _delete_what_waits() -> None:
    for _ in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.processEvents()


MakePictures = Callable[..., Path]


@pytest.fixture
def make_pictures(tmp_path: Path) -> MakePictures:
    """Writes PNG files of random colours and returns their folder."""

    def make(count: int = 12, size: int = 40, name: str = "drawings") -> Path:
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        random = np.random.default_rng(7)
        for index in range(count):
            pixels = random.integers(0, 256, (size, size, 3), dtype=np.uint8)
            Image.fromarray(pixels).save(folder / f"picture_{index:03}.png")
        return folder

    return make


@pytest.fixture
def project(studio: Studio, make_pictures: MakePictures, tmp_path: Path) -> Project:
    """An open project with twelve pictures of 32 pixels."""
    project = studio.projects.create(tmp_path / "project", "Drawings")
    studio.pictures.add(project, [make_pictures()], FramingSettings(size=32))
    wait_for_import(studio)
    return project


def wait_for_import(studio: Studio, seconds: float = 10) -> ImportEnded:
    """Wait for the end of an import without a window."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        for event in studio.events.wait(0.1):
            if isinstance(event, ImportEnded):
                return event
    raise AssertionError("the import did not end")


@pytest.fixture(scope="session")
def invented(tmp_path_factory: pytest.TempPathFactory) -> RunFolder:
    """Invented once; tests work on copies."""
    project = Project.create(tmp_path_factory.mktemp("invented") / "project")
    return invent_run(project, "pixel-avatars", INVENTED_CLOCK, horizon=100_000, moments=8)


@pytest.fixture
def invented_run(project: Project, invented: RunFolder) -> RunFolder:
    """A run of the open project, with its pictures."""
    path = project.runs_path / invented.id
    shutil.copytree(invented.path, path)
    hashes = [picture.hash for picture in project.pictures().pictures]
    (path / "pictures.txt").write_text("\n".join(hashes) + "\n")
    return RunFolder(path)


@pytest.fixture
def train_page(qtbot: QtBot, invented_run: RunFolder, window: MainWindow) -> TrainPage:
    """The page, with the run's history read."""
    window.desk.choose_run(invented_run)
    window.show_page("train")
    page = window.pages.current
    assert isinstance(page, TrainPage)
    qtbot.waitUntil(lambda: bool(page.timeline.rows) and not page.later.busy, timeout=10_000)
    return page


@pytest.fixture
def trains(train_page: TrainPage, studio: Studio, invented_run: RunFolder) -> Iterator[None]:
    """Make believe that this run trains; nothing does."""
    training, run = studio.training, invented_run
    training.run, training.info, training.recipe = run, run.info(), run.recipe()
    training.host.clock, training.host.newest = INVENTED_CLOCK, train_page.timeline.newest
    training.target = 100_000
    yield
    training._state = State.IDLE
