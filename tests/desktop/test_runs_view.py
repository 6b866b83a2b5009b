"""All runs in the window: the family, what they came to, note, delete, compare two recipes."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ganstudio.desktop.dialogs.name import NameDialog
from ganstudio.desktop.main_window import MainWindow
from ganstudio.desktop.pages.train import runs_view
from ganstudio.desktop.pages.train.page import TrainPage
from ganstudio.desktop.pages.train.runs_view import RunsView
from ganstudio.project.folder import Project
from ganstudio.project.runs import RunFolder, RunParent
from ganstudio.studio.states import State
from tests.another_process import hold_elsewhere
from tests.desktop.helpers_widgets import LEFT, press_shortcut, seen
from tests.gallery.invented_run import invent_run


@pytest.fixture
def runs(project: Project) -> list[RunFolder]:
    """Two runs, and one that branched off the first."""
    made = [
        invent_run(project, "pixel-avatars", 20_000, 100_000, moments=2, name=name)
        for name in ("Run 1", "Run 2", "Run 3")
    ]
    parent = RunParent(run=made[0].id, images=10_000)
    made[2].write_info(made[2].info().model_copy(update={"parent": parent}))
    return made


@pytest.fixture
def view(qtbot: QtBot, runs: list[RunFolder], window: MainWindow) -> RunsView:
    window.desk.choose_run(runs[1])
    window.show_page("train")
    press_shortcut(window, "Ctrl+Shift+R")
    page = window.pages.current
    assert isinstance(page, TrainPage)
    view = page.views.runs
    assert view is not None
    wait_for_cards(qtbot, view)
    return view


def wait_for_cards(qtbot: QtBot, view: RunsView) -> None:
    qtbot.waitUntil(
        lambda: (
            bool(view.model.lines)
            and all(line.facts is not None for line in view.model.lines)
            and not view.later.busy
        ),
        timeout=10_000,
    )


def names(view: RunsView) -> list[tuple[str, int]]:
    return [(line.facts.name, line.depth) for line in view.model.lines if line.facts]


def choose(view: RunsView, *rows: int) -> None:
    """Click the first, Ctrl+click the others."""
    for row in rows:
        keys = Qt.KeyboardModifier.ControlModifier if row != rows[0] else NO_KEYS
        place = view.list.visualRect(view.model.index(row)).center()
        QTest.mouseClick(view.list.viewport(), LEFT, keys, place)


NO_KEYS = Qt.KeyboardModifier.NoModifier


def test_runs_stand_as_a_family_with_what_they_came_to(view: RunsView, runs: list[RunFolder]):
    assert names(view) == [("Run 2", 0), ("Run 1", 0), ("Run 3", 1)]
    line = view.model.lines[0]
    images, best, *_, disk = line.cells()
    assert images == "20 k of 100 k"
    assert best
    assert disk.endswith("B")
    assert line.pictures is not None
    assert "branched at 10 k" in view.model.lines[2].second()
    assert view.model.looked_at == runs[1].id
    assert "Run 2" in view.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    seen(view)


def test_runs_are_read_behind_the_window_and_a_broken_one_is_listed_too(
    qtbot: QtBot, runs: list[RunFolder], window: MainWindow, monkeypatch: pytest.MonkeyPatch
):
    where: set[str] = set()
    real = runs_view.summary_of
    (runs[0].path / "recipe.json").write_text("{")

    def noted(run: RunFolder):
        where.add(threading.current_thread().name)
        return real(run)

    monkeypatch.setattr(runs_view, "summary_of", noted)
    window.show_page("train")
    window.run_command("all-runs")
    page = window.pages.current
    assert isinstance(page, TrainPage)
    view = page.views.runs
    assert view is not None
    qtbot.waitUntil(lambda: len(view.model.lines) == 3 and not view.later.busy, timeout=10_000)
    assert view.model.lines[1].facts is None
    assert "cannot be read" in view.model.lines[1].second()
    assert where
    assert threading.main_thread().name not in where


def test_two_that_are_chosen_are_compared(view: RunsView, runs: list[RunFolder]):
    choose(view, 0)
    assert view.diff.isHidden()
    choose(view, 0, 1)
    assert not view.diff.isHidden()
    assert view.diff.rows[1][0] == "Their recipes are the same."
    file = runs[0].path / "recipe.json"
    plain = json.loads(file.read_text())
    before = plain["recipe"]["batch_size"]
    plain["recipe"]["batch_size"] = before + 1
    file.write_text(json.dumps(plain))
    choose(view, 0, 1)
    assert view.diff.rows[0][1:] == ("Run 2", "Run 1")
    assert view.diff.rows[1:] == [("batch_size", str(before), str(before + 1))], "only that"


def test_return_looks_at_a_run(view: RunsView, runs: list[RunFolder], window: MainWindow):
    choose(view, 1)
    QTest.keyClick(view.list, Qt.Key.Key_Return)
    assert window.desk.run.path == runs[0].path
    page = window.pages.current
    assert isinstance(page, TrainPage)
    assert page.views.current == "now"
    assert page.body.isVisible()


def test_a_note_is_kept_and_undone(
    qtbot: QtBot, view: RunsView, runs: list[RunFolder], window: MainWindow
):
    choose(view, 1)
    QTest.mouseClick(view.note, LEFT)
    (dialog,) = _dialogs()
    dialog.field.setText("with braids")
    dialog.accept_button.click()
    assert runs[0].info().note == "with braids"
    wait_for_cards(qtbot, view)
    assert view.model.lines[1].second().startswith("with braids, ")
    window.toaster._toast.undo.click()
    assert runs[0].info().note == ""


def _dialogs() -> list[NameDialog]:
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, NameDialog)]


def test_delete_goes_to_the_trash_and_comes_back(
    qtbot: QtBot,
    view: RunsView,
    runs: list[RunFolder],
    window: MainWindow,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):
    trash = tmp_path / "trash" / "files"
    trash.mkdir(parents=True)
    monkeypatch.setattr(
        "ganstudio.desktop.run_commands._to_trash",
        lambda path: (True, str(path.rename(trash / path.name))),
    )
    choose(view, 1)
    QTest.keyClick(view.list, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: len(view.model.lines) == 2)
    assert not runs[0].path.exists()
    assert window.desk.run.path == runs[1].path, "another run is still looked at"
    wait_for_cards(qtbot, view)
    assert names(view) == [("Run 3", 0), ("Run 2", 0)], "its child stands at the left now"
    window.toaster._toast.undo.click()
    qtbot.waitUntil(lambda: len(view.model.lines) == 3)
    assert runs[0].info().name == "Run 1"


def test_a_run_that_trains_here_or_elsewhere_cannot_be_deleted(
    view: RunsView, runs: list[RunFolder], window: MainWindow
):
    training = window.studio.training
    hold_elsewhere(runs[1].lock)
    try:
        for row, run in ((0, runs[1]), (1, runs[0])):
            view.refresh()
            choose(view, row)
            assert not view.delete.isEnabled()
            assert "is training" in view.delete.toolTip()
            QTest.keyClick(view.list, Qt.Key.Key_Delete)
            window.runs.delete(run)
            assert run.path.exists()
            training.run = runs[0]
            training._state = State.RUNNING
    finally:
        training._state = State.IDLE
        runs[1].lock.release()
