"""Another run's losses in the plot of this one."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from ganstudio.desktop.main_window import MainWindow
from ganstudio.desktop.pages.train.page import TrainPage
from ganstudio.project.folder import Project
from ganstudio.project.runs import RunFolder
from tests.desktop.conftest import INVENTED_CLOCK
from tests.gallery.invented_run import invent_run


@pytest.fixture
def other(project: Project, train_page: TrainPage) -> RunFolder:
    """It went on for twice as long."""
    clock = 2 * INVENTED_CLOCK
    return invent_run(project, "pixel-avatars", clock, horizon=100_000, moments=2, name="Softer")


def _points(page: TrainPage, name: str) -> list[float]:
    return list(page.body.plots.losses._book.lines[name].data.x)


def test_it_is_chosen_from_a_list_and_ends_where_the_axis_ends(
    qtbot: QtBot, train_page: TrainPage, other: RunFolder
) -> None:
    page, choice = train_page, train_page.body.plots.choice
    choice._menu.aboutToShow.emit()
    none, softer = choice.run_actions()
    assert (none.text(), softer.text()) == ("None", "Softer")
    assert none.isChecked()
    before = page.body.plots.losses.window_shown()
    softer.trigger()
    qtbot.waitUntil(lambda: bool(_points(page, "other_g")), timeout=10_000)
    assert page.body.plots.losses.window_shown() == before
    assert _points(page, "other_d")[-1] <= before[1] < 2 * INVENTED_CLOCK
    assert "Softer" in page.body.plots.losses._title
    assert set(page.body.plots.losses._values) == {"loss_g", "loss_d"}
    choice._menu.aboutToShow.emit()
    assert choice.run_actions()[1].isChecked()
    choice.run_actions()[0].trigger()
    assert _points(page, "other_g") == []
    assert page.body.plots.losses._title == "Losses"


def test_it_goes_away_with_the_run_that_it_was_laid_under(
    qtbot: QtBot, window: MainWindow, train_page: TrainPage, other: RunFolder
) -> None:
    choice = train_page.body.plots.choice
    choice.run_chosen.emit(other.id)
    qtbot.waitUntil(lambda: bool(_points(train_page, "other_g")), timeout=10_000)
    window.desk.choose_run(other)
    assert _points(train_page, "other_g") == []
    choice._menu.aboutToShow.emit()
    assert [action.text() for action in choice.run_actions()] != ["None", "Softer"]
