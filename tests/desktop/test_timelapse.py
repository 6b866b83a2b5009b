"""The time-lapse in the window: what it carries, that it can be cancelled, and is told."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ganstudio.desktop.dialogs.timelapse import TimelapseWindow
from ganstudio.desktop.main_window import MainWindow
from ganstudio.project.folder import Project
from ganstudio.studio import engine
from tests.desktop.helpers_widgets import LEFT
from tests.gallery.invented_run import invent_run


@pytest.fixture
def small(
    qtbot: QtBot,
    project: Project,
    window: MainWindow,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> TimelapseWindow:
    run = invent_run(project, "pixel-avatars", 20_000, 100_000, moments=3)
    path = tmp_path / "film.gif"
    monkeypatch.setattr(window.desk, "ask_path_to_save", lambda *words: path)
    window.desk.choose_run(run)
    window.show_page("train")
    page = window.pages.current
    qtbot.waitUntil(lambda: bool(page.timeline.rows) and not page.later.busy, timeout=10_000)
    window.run_command("export-film")
    (small,) = [w for w in QApplication.topLevelWidgets() if isinstance(w, TimelapseWindow)]
    return small


def test_it_carries_what_was_chosen_and_closes_when_it_is_there(
    qtbot: QtBot, small: TimelapseWindow, window: MainWindow, tmp_path: Path
):
    moments = len(window.desk.run.snapshots())
    assert small.losses.isChecked()
    small.words.setChecked(True)
    QTest.mouseClick(small.save, LEFT)
    assert small.progress.isVisible()
    assert not small.save.isEnabled()
    qtbot.waitUntil(lambda: window.toaster.is_shown(), timeout=10_000)
    with Image.open(tmp_path / "film.gif") as film:
        assert film.n_frames == moments
        assert film.height > film.width + 32 + 130, "losses and words stand below"


def test_a_film_that_is_cancelled_leaves_nothing_and_may_be_asked_for_again(
    qtbot: QtBot,
    small: TimelapseWindow,
    window: MainWindow,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):
    real = engine.save_film

    may_begin = threading.Event()

    def waits(project, run, path, task, losses, captions):
        may_begin.wait(10)
        real(project, run, path, task, losses, captions)

    monkeypatch.setattr(engine, "save_film", waits)
    QTest.mouseClick(small.save, LEFT)
    small.progress.cancelled.emit()
    may_begin.set()
    qtbot.waitUntil(lambda: small.save.isEnabled(), timeout=5_000)
    assert small.isVisible()
    assert not small.progress.isVisible()
    assert not (tmp_path / "film.gif").exists()
    small.close()
