"""Runs in the window: chosen, renamed, thrown away and brought back, gone on with or begun anew."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ganstudio.desktop.main_window import MainWindow
from ganstudio.desktop.run_choice import fits
from ganstudio.project.folder import Project, TrainingPlan
from ganstudio.project.presets import recipe_for
from ganstudio.project.runs import RunFolder, RunInfo, RunParent
from ganstudio.studio.engine import StartRequest


@pytest.fixture
def run(project: Project) -> RunFolder:
    """A run that learns from the project's pictures, as one that was just created."""
    pictures = project.pictures()
    hashes = sorted(entry.hash for entry in pictures.pictures)
    recipe = recipe_for(size=32, pictures=len(hashes))
    info = RunInfo(name="Run 1", created="2026-01-01T00:00:00+00:00", seed=1)
    return RunFolder.create(project.runs_path, recipe, info, hashes)


@pytest.fixture
def open_window(run: RunFolder, project: Project, window: MainWindow) -> MainWindow:
    path = project.path
    window.studio.projects.close()
    assert window.desk.open_project(path)
    return window


def test_the_newest_run_is_looked_at_after_opening(open_window: MainWindow, run: RunFolder):
    assert open_window.desk.run.path == run.path
    assert open_window.corner_tools.run_button.text() == "Run 1"


def test_a_run_can_be_renamed(open_window: MainWindow, run: RunFolder):
    open_window.runs._rename(run, "With braids")
    assert run.info().name == "With braids"
    assert open_window.corner_tools.run_button.text() == "With braids"


def test_a_run_goes_to_the_trash_and_comes_back(
    open_window: MainWindow, run: RunFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    trash = tmp_path / "trash" / "files"
    trash.mkdir(parents=True)

    def move(path: Path) -> tuple[bool, str]:
        return True, str(path.rename(trash / path.name))

    monkeypatch.setattr("ganstudio.desktop.run_commands._to_trash", move)
    open_window.run_command("delete-run")
    assert open_window.desk.run is None
    assert not run.path.exists()
    open_window.toaster._toast.undo.click()
    assert open_window.desk.run.path == run.path
    assert run.info().name == "Run 1"


def test_a_trash_that_refuses_is_a_card(
    open_window: MainWindow, run: RunFolder, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("ganstudio.desktop.run_commands._to_trash", lambda path: (False, ""))
    open_window.run_command("delete-run")
    assert open_window.notice_area.key == "error"
    assert open_window.desk.run.path == run.path


def test_a_run_fits_until_pictures_size_or_settings_change(run: RunFolder, project: Project):
    pictures, plan = project.pictures(), TrainingPlan()
    assert fits(run, pictures, plan)
    assert not fits(run, pictures.with_left_out({0}, True), plan)
    framing = pictures.framing.model_copy(update={"size": 64})
    assert not fits(run, pictures.model_copy(update={"framing": framing}), plan)
    assert not fits(run, pictures, TrainingPlan(strength="large"))
    assert not fits(run, pictures, TrainingPlan(values={"optimizer.lr": 0.0123}))
    assert fits(run, pictures, TrainingPlan(values={"horizon": 77_000})), "that is never changed"


def test_a_run_fits_only_what_it_began_with(run: RunFolder, project: Project):
    pictures = project.pictures()
    assert not fits(run, pictures, TrainingPlan(source="bundle:open-peeps"))
    parent = RunParent(run="bundle:open-peeps", images=0)
    run.write_info(run.info().model_copy(update={"parent": parent}))
    assert fits(run, pictures, TrainingPlan(source="bundle:open-peeps"))
    assert not fits(run, pictures, TrainingPlan(source="bundle:pixel-avatars"))
    assert fits(run, pictures, TrainingPlan()), "nothing chosen asks for no new run"


@pytest.mark.parametrize("change", [False, True])
def test_start_goes_on_or_begins_anew(
    open_window: MainWindow,
    run: RunFolder,
    monkeypatch: pytest.MonkeyPatch,
    change: bool,
):
    asked: list[StartRequest] = []
    monkeypatch.setattr(open_window, "show_page", lambda key: None)
    monkeypatch.setattr(
        open_window.studio.training, "start", lambda _, request: asked.append(request)
    )
    if change:
        open_window.desk.set_plan(strength="large")
    open_window.desk.start_training()
    assert asked[0].fresh == change
    assert asked[0].run == (None if change else run.path)


def test_a_plan_is_kept_in_the_project(qtbot: QtBot, open_window: MainWindow):
    with qtbot.waitSignal(open_window.desk.plan_changed, timeout=1_000):
        open_window.desk.set_plan(strength="small")
    assert open_window.desk.project.info().plan.strength == "small"


def test_commands_of_runs_are_there_only_with_a_run(open_window: MainWindow):
    possible = open_window.commands()
    assert {"new-run", "rename-run", "delete-run", "training-toggle"} <= possible.keys()
    assert "export-model" not in possible, "there is no snapshot yet"
    open_window.desk.choose_run(None)
    assert "rename-run" not in open_window.commands()
