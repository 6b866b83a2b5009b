"""The window beside another GAN Studio that trains: it follows live, and keeps its hands off."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from ganstudio.desktop.looking_on import held_by, trained_by, where_and_when
from ganstudio.desktop.main_window import MainWindow
from ganstudio.desktop.pages.explore.page import ExplorePage
from ganstudio.desktop.pages.train.page import TrainPage
from ganstudio.project.folder import Project
from ganstudio.project.locks import Holder
from ganstudio.project.presets import recipe_for
from ganstudio.studio import engine
from ganstudio.studio.app import Studio
from tests.another_process import EVERY, SINCE, AnotherProcess
from tests.gallery.invented_model import InventedModel


@pytest.fixture
def other(studio: Studio, project: Project) -> Iterator[AnotherProcess]:
    """Holds the project; the window only looks on."""
    studio.projects.close()
    process = AnotherProcess(project, recipe_for(size=32, pictures=12))
    yield process
    process.end()


@pytest.fixture
def page(qtbot: QtBot, window: MainWindow, project: Project, other: AnotherProcess) -> TrainPage:
    """The Train page of a run that the other process began."""
    other.begin()
    other.train(3)
    other.snapshot()
    assert window.desk.open_project(project.path)
    window.show_page("train")
    page = window.pages.current
    assert isinstance(page, TrainPage)
    qtbot.waitUntil(lambda: not page.later.busy)
    tell(window)
    return page


def tell(window: MainWindow) -> None:
    """One look, and what it brings."""
    window.studio.following.look()
    window.bridge.tick()
    window.refresh_now()


def test_it_says_who_trains_and_lets_nobody_start(
    page: TrainPage, window: MainWindow, other: AnotherProcess
):
    assert page.situation.kind == "watched"
    assert page.parts.progress.elsewhere.text().startswith(
        "Another GAN Studio has been training it on quiet-pine since "
    )
    assert not page.parts.progress.pause.isVisible()
    assert not page.parts.progress.stop.isVisible()
    toggle = window.actions_by_key["training-toggle"]
    assert not toggle.isEnabled()
    assert "quiet-pine" in toggle.toolTip()
    for key in ("new-run", "rename-run", "delete-run"):
        assert not window.actions_by_key[key].isEnabled()
    assert all(row.is_locked() for row in page.parts.settings._rows.values())
    for fresh in (False, True):
        window.desk.start_training(fresh=fresh)
        assert window.studio.training.closed
    assert other.run.lock.holder() is not None


def test_rows_pictures_and_the_clock_come_live(
    page: TrainPage, window: MainWindow, other: AnotherProcess
):
    assert [row.images for row in page.timeline.rows] == [EVERY, 2 * EVERY, 3 * EVERY]
    other.train(17)
    pictures = other.snapshot()
    tell(window)
    page.on_clock()
    page._write_numbers()
    assert page.timeline.rows[-1].images == 20 * EVERY
    assert page.timeline.moments == [3 * EVERY, 20 * EVERY]
    assert page.parts.progress.number.text().startswith("1.3 k of 100 k")
    assert "left" in page.parts.progress.left.text()
    assert np.array_equal(page.view.newest.pictures, pictures)
    assert page.body.plots.losses.value("loss_g") is not None


def test_a_history_that_was_cut_is_shown_as_it_is(
    page: TrainPage, window: MainWindow, other: AnotherProcess
):
    other.resume_from(EVERY)
    other.train()
    tell(window)
    assert [row.images for row in page.timeline.rows] == [EVERY, 2 * EVERY]
    assert page.timeline.moments == []


def test_after_the_end_training_can_go_on_here_at_once(
    page: TrainPage, window: MainWindow, other: AnotherProcess
):
    assert window.desk.barred
    other.end()
    tell(window)
    window.studio.following.take_over()
    window.bridge.tick()
    window.refresh_now()
    assert not window.desk.barred
    assert page.situation.kind == "stopped"
    assert page.next_step.enabled
    assert window.actions_by_key["training-toggle"].isEnabled()
    assert window.desk.project.lock.held


def test_before_a_run_begins_it_says_who_has_the_project_and_follows_into_the_run(
    qtbot: QtBot, window: MainWindow, project: Project, other: AnotherProcess
):
    assert window.desk.open_project(project.path)
    window.show_page("train")
    page = window.pages.current
    assert isinstance(page, TrainPage)
    assert not page.next_step.enabled
    assert "quiet-pine" in page.next_step.hint
    assert "training-toggle" not in window.commands()
    run = other.begin()
    other.train()
    tell(window)
    assert window.desk.run.path == run.path
    tell(window)
    assert page.situation.kind == "watched"
    assert page.timeline.rows
    qtbot.waitUntil(lambda: not page.later.busy)


def test_a_window_that_holds_the_project_follows_a_training_in_it_too(
    qtbot: QtBot, window: MainWindow, project: Project, other: AnotherProcess
):
    """`ganstudio train` beside an open window: the run's own lock says who trains it."""
    other.end()
    assert window.desk.open_project(project.path)
    assert not window.studio.projects.read_only
    window.show_page("train")
    page = window.pages.current
    assert isinstance(page, TrainPage)
    run = other.begin()
    other.train()
    tell(window)
    assert window.desk.run.path == run.path
    assert page.situation.kind == "watched"
    assert not window.actions_by_key["training-toggle"].isEnabled()
    assert window.actions_by_key["new-run"].isEnabled()
    qtbot.waitUntil(lambda: not page.later.busy)


def test_explore_follows_the_snapshots(
    qtbot: QtBot,
    page: TrainPage,
    window: MainWindow,
    other: AnotherProcess,
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(InventedModel, "bundle", "pixel-avatars")
    monkeypatch.setattr(engine, "LoadedModel", InventedModel)
    followed = []
    monkeypatch.setattr(engine, "followed_model", lambda run: followed.append(run.path) or object())
    window.show_page("explore")
    explore = window.pages.current
    assert isinstance(explore, ExplorePage)
    qtbot.waitUntil(lambda: explore.showing.frame is not None)
    assert followed == [other.run.path]
    assert explore.source.is_live
    other.end()
    tell(window)
    qtbot.waitUntil(lambda: not explore.source.is_live)
    assert followed == [other.run.path]  # its last weights are kept


def test_where_and_since_when_in_words():
    now = datetime.datetime.fromisoformat("2026-11-21T18:00:00+00:00")
    there = Holder(7, "quiet-pine", SINCE)
    assert where_and_when(there, now) == "on quiet-pine since 14:02"
    assert where_and_when(there, now + datetime.timedelta(1)) == "on quiet-pine since 21 Nov, 14:02"
    assert where_and_when(Holder(), now) == "on this computer"
    assert where_and_when(Holder(7, "{x}", "soon"), now) == "on {x}"
    assert "quiet-pine" in trained_by(there)
    assert "quiet-pine" in held_by(there)
    assert "cannot be written" in held_by(None)
