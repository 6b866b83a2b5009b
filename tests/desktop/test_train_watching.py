"""The set of places and the rhythm of snapshots: chosen under More, told of moments that differ."""

from __future__ import annotations

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from ganstudio.desktop.main_window import MainWindow
from ganstudio.desktop.pages.train.page import TrainPage
from ganstudio.desktop.pages.train.watching import PlacesChoice
from ganstudio.project.presets import recipe_for
from ganstudio.project.runs import RunFolder
from ganstudio.studio.app import Studio
from ganstudio.studio.events import StateChanged
from ganstudio.studio.states import State
from ganstudio.studio.training import SampleFrame
from tests.desktop.conftest import INVENTED_CLOCK as CLOCK
from tests.gallery.invented_run import bundled, drawn


@pytest.fixture
def page(train_page: TrainPage) -> TrainPage:
    return train_page


def _choose(page: TrainPage, choice: PlacesChoice, index: int) -> None:
    choice.setCurrentIndex(index)
    choice.activated.emit(index)


def test_while_it_trains_both_are_wished_for(
    window: MainWindow, page: TrainPage, studio: Studio, trains: None
):
    studio.training._state = State.RUNNING
    window.bridge.happened.emit(StateChanged(State.RUNNING))
    more = page.parts.more
    assert [more.places.itemText(i) for i in range(2)] == ["Seeds 0 to 63", "Another 64"]
    _choose(page, more.places, 1)
    assert studio.training._wishes.take_changes() == {"watch.first_seed": 64}
    _choose(page, more.rhythm, more.rhythm.findData("half"))
    assert studio.training._wishes.take_changes() == {"watch.snapshots": "half"}


def test_before_the_start_they_belong_to_the_plan(page: TrainPage):
    more = page.parts.more
    _choose(page, more.rhythm, more.rhythm.findData("double"))
    assert page.desk.plan.values["watch.snapshots"] == "double"
    _choose(page, more.rhythm, more.rhythm.findData("planned"))
    assert "watch.snapshots" not in page.desk.plan.values


def test_the_first_set_can_be_gone_back_to(qtbot: QtBot):
    choice = PlacesChoice()
    qtbot.addWidget(choice)
    choice.show_recipe(recipe_for(size=32, pictures=300).with_values({"watch.first_seed": 128}))
    assert choice.currentText() == "Seeds 128 to 191"
    offered = [choice.values(i)["watch.first_seed"] for i in range(choice.count())]
    assert offered == [0, 128, 192]


def test_a_moment_of_another_set_says_so_and_leads_to_its_own_seeds(
    qtbot: QtBot, page: TrainPage, invented_run: RunFolder, monkeypatch: pytest.MonkeyPatch
):
    """The moments of the run drew seeds 0 to 63, and now it draws 64 to 127."""
    wanted: list[int] = []
    page.desk.seed_wanted.connect(wanted.append)
    monkeypatch.setattr(type(page.view), "is_training", property(lambda _: True))
    page.on_samples(SampleFrame(CLOCK, drawn(bundled("pixel-avatars"), 1.0), 64))
    page.shown.show_newest()
    assert page.body.grid.tile_name(4) == "Generated picture 5, seed 68"
    assert "redrawn as it learns" in page.head.sentence()

    page.machine.go(1)
    note = "Seeds 0 to 63 are shown: the grid drew other places then."
    qtbot.waitUntil(lambda: note in page.head.sentence(), timeout=5_000)
    assert page.body.film.accessibleDescription() == note
    assert page.body.grid.tile_name(4) == "Generated picture 5, seed 4"
    page.body.grid.opened.emit(4)
    assert wanted == [4]

    page.commands()["view-1"]()
    page.machine.go(None)
    assert page.body.film.accessibleDescription() == ""
    assert np.array_equal(page.body.grid.picture(0), page.view.newest.pictures[0])
    page.body.grid.opened.emit(4)
    assert wanted == [4, 68]


def test_comparing_two_sets_names_both(
    qtbot: QtBot, page: TrainPage, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(type(page.view), "is_training", property(lambda _: True))
    page.machine.go(1)
    qtbot.waitUntil(lambda: page.machine.first_seed is not None, timeout=5_000)
    page.commands()["compare"]()
    page.on_samples(SampleFrame(CLOCK, drawn(bundled("pixel-avatars"), 1.0), 64))
    page.machine.go(None)
    before, after = page.views.compare.curtain._words
    assert before.endswith(", seeds 0 to 63")
    assert after.endswith(", seeds 64 to 127")
