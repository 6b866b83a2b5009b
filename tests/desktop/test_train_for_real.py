"""One small story in the real window: start, watch, pause, go on, explore meanwhile, stop."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ganstudio.desktop.main_window import MainWindow
from ganstudio.desktop.pages.explore.page import ExplorePage
from ganstudio.desktop.pages.train.page import TrainPage
from ganstudio.project.folder import Project
from ganstudio.studio.app import Studio
from ganstudio.studio.states import State

TINY = {"batch_size": 4, "horizon": 100_000}
PATIENCE = 60_000


@pytest.fixture
def page(project: Project, window: MainWindow) -> TrainPage:
    window.desk.set_plan(values=TINY)
    window.show_page("train")
    page = window.pages.current
    assert isinstance(page, TrainPage)
    return page


def test_a_whole_story(qtbot: QtBot, studio: Studio, window: MainWindow, page: TrainPage):
    assert page.next_step.text == "Start training"
    qtbot.mouseClick(page.next_step_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: studio.training.state is State.RUNNING, timeout=PATIENCE)
    qtbot.waitUntil(lambda: len(page.timeline.rows) > 2, timeout=PATIENCE)
    qtbot.waitUntil(lambda: page.body.grid._pictures is not None, timeout=PATIENCE)
    assert page.body.grid.current() == 0

    page.parts.progress.pause.click()
    qtbot.waitUntil(lambda: page.situation.kind == "paused", timeout=PATIENCE)
    assert page.next_step.text == "Go on training"
    paused_at = studio.training.clock
    assert paused_at in page.desk.run.checkpoints()
    page.next_step_button.click()
    qtbot.waitUntil(lambda: studio.training.clock > paused_at, timeout=PATIENCE)

    window.show_page("explore")
    explore = window.pages.current
    assert isinstance(explore, ExplorePage)
    qtbot.waitUntil(
        lambda: explore.source.is_live and explore.showing.frame is not None, timeout=PATIENCE
    )
    qtbot.waitUntil(lambda: len(explore.walk.directions) >= 12, timeout=PATIENCE)
    explore.hand.surprise()
    qtbot.waitUntil(lambda: explore.showing.frame.point == explore.walk.point, timeout=PATIENCE)

    window.show_page("train")
    page.parts.progress.stop.click()
    qtbot.waitUntil(lambda: page.situation.kind == "stopped", timeout=PATIENCE)
    assert page.situation.clock == studio.training.clock == page.desk.run.checkpoints()[-1]
    assert page.next_step.text.startswith("Go on from")
    clocks = [row.images for row in page.timeline.rows]
    assert clocks == sorted(set(clocks))


@pytest.mark.slow
def test_a_run_is_changed_while_it_trains_and_branched_from(
    qtbot: QtBot, studio: Studio, window: MainWindow, page: TrainPage
):
    """Both while it trains: a branch stops it first, with everything saved."""
    page.next_step_button.click()
    qtbot.waitUntil(lambda: len(page.timeline.rows) > 2, timeout=PATIENCE)
    first, more = page.desk.run, page.parts.more
    more.set_open(True)
    for row, locked in (("preset", True), ("batch", True), ("speed", False), ("augment", False)):
        assert more._rows[row].is_locked() is locked
    more.speed.setText("0.0005")
    more.speed.editingFinished.emit()
    more.augment.setCurrentIndex(more.augment.findData("all"))
    more.augment.activated.emit(more.augment.currentIndex())
    qtbot.waitUntil(lambda: "color" in first.recipe_now().augment.policy, timeout=PATIENCE)
    assert first.recipe_now().optimizer.lr == 0.0005
    qtbot.waitUntil(lambda: page.facts.recipe == first.recipe_now(), timeout=PATIENCE)
    assert more.speed.text() == "0.0005"
    changed_at = studio.training.clock
    qtbot.waitUntil(
        lambda: any(moment > changed_at for moment in page.timeline.moments), timeout=PATIENCE
    )

    assert not page.branch.button.isVisible()
    page.machine.step(-1)
    moment = page.machine.moment
    assert page.branch.button.isVisible()
    qtbot.mouseClick(page.branch.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.desk.run.path != first.path, timeout=PATIENCE)
    made = page.desk.run.info().parent
    assert made.run == first.id
    assert 0 < made.images <= moment
    assert first.checkpoints()[-1] >= moment
    qtbot.waitUntil(lambda: studio.training.clock > made.images, timeout=PATIENCE)
    assert page.desk.run.recipe().optimizer.lr == 0.0005
    qtbot.waitUntil(lambda: bool(page.timeline.rows), timeout=PATIENCE)
    assert page.timeline.rows[0].images < made.images
    assert page.timeline.moments[0] == 0


def test_a_run_that_cannot_begin_says_why_and_can_be_tried_again(
    qtbot: QtBot, studio: Studio, window: MainWindow, page: TrainPage
):
    window.desk.set_plan(values=TINY | {"no.such": 1})
    page.next_step_button.click()
    qtbot.waitUntil(lambda: page.situation.kind == "failed", timeout=PATIENCE)
    # The state is known at once; the reason comes with its event.
    qtbot.waitUntil(page.parts.failure.isVisible, timeout=PATIENCE)
    assert "no.such" in page.parts.failure.accessibleName()
    assert page.next_step.text == "Look again and go on"
    window.desk.set_plan(values=TINY)
    page.next_step_button.click()
    qtbot.waitUntil(lambda: studio.training.state is State.RUNNING, timeout=PATIENCE)
    assert not page.parts.failure.isVisible()
