"""The start: the window is there before the engine, and shows what was asked for."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ganstudio.desktop import app
from ganstudio.desktop.main_window import MainWindow
from ganstudio.project.folder import Project
from ganstudio.studio.app import Studio
from ganstudio.studio.signs import UncleanEnd


@dataclass
class Asked:
    project: Path | None = None
    demo: str | None = None
    images: int | None = None
    minutes: float | None = None


@pytest.fixture
def fresh(qtbot: QtBot, studio: Studio, monkeypatch: pytest.MonkeyPatch) -> Iterator[MainWindow]:
    """A window that has not begun; its engine is never loaded."""
    monkeypatch.setattr(studio, "load_engine", lambda: None)
    window = MainWindow(studio)
    yield window
    window.closing.begin()
    qtbot.waitUntil(lambda: studio.closed, timeout=20_000)
    window.close()
    window.deleteLater()


def test_neither_torch_nor_plots_are_imported_for_the_window():
    code = (
        "import sys, ganstudio.desktop.main_window, ganstudio.desktop.app;"
        "print([name for name in ('torch', 'pyqtgraph', 'safetensors') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"


def test_the_first_start_is_the_welcome(fresh: MainWindow):
    app.begin(fresh, Asked())
    assert fresh.pages.current_key == "first-run"
    assert fresh.isVisible()


def test_the_last_project_opens_again_and_nothing_trains(fresh: MainWindow, tmp_path: Path):
    path = Project.create(tmp_path / "mine", "Mine").path
    fresh.studio.settings.remember_project(path)
    app.begin(fresh, Asked())
    assert fresh.desk.project.path == path
    assert not fresh.studio.training.state.active


def test_a_project_that_is_none_is_a_card(fresh: MainWindow, tmp_path: Path):
    app.begin(fresh, Asked(project=tmp_path / "nothing"))
    assert fresh.notice_area.key == "error"
    assert fresh.pages.current_key == "first-run"


def test_after_two_bad_ends_the_project_is_left_closed(fresh: MainWindow, tmp_path: Path):
    path = Project.create(tmp_path / "mine", "Mine").path
    fresh.studio.settings.remember_project(path)
    fresh.studio.guard.before = UncleanEnd(str(path), 2, "")
    app.begin(fresh, Asked())
    assert fresh.desk.project is None
    assert fresh.notice_area.key == "unclean"


def test_after_one_bad_end_it_opens_and_says_so(fresh: MainWindow, tmp_path: Path):
    path = Project.create(tmp_path / "mine", "Mine").path
    fresh.studio.settings.remember_project(path)
    fresh.studio.guard.before = UncleanEnd(str(path), 1, "")
    app.begin(fresh, Asked())
    assert fresh.desk.project is not None
    assert fresh.notice_area.key == "unclean"


def test_the_demo_has_its_pictures_and_is_ready(qtbot: QtBot, fresh: MainWindow, tmp_path: Path):
    app.begin(fresh, Asked(project=tmp_path / "demo", demo="pixel-avatars"))
    qtbot.waitUntil(lambda: not fresh.desk.imports.busy, timeout=60_000)
    assert fresh.pages.current_key == "pictures"
    assert fresh.pages.current.next_step.text.startswith("Train with 4,000")
    assert (tmp_path / "demo" / "project.json").is_file()


def test_a_demo_that_is_there_is_opened_not_made_anew(fresh: MainWindow, tmp_path: Path):
    path = Project.create(tmp_path / "demo", "Kept").path
    app.begin(fresh, Asked(project=path, demo="no-such"))
    assert fresh.notice_area.key == "error", "there is no such set"


def test_the_demo_s_time_is_taken_over(fresh: MainWindow, tmp_path: Path):
    app.begin(fresh, Asked(project=tmp_path / "demo", demo="pixel-avatars", minutes=7.0))
    assert fresh.desk.plan.minutes == 7.0
    assert fresh.desk.plan.images is None
