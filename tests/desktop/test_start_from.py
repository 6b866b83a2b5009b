"""Start from: what fits is offered, and what is chosen is what the next run begins with."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from ganstudio.desktop.main_window import MainWindow
from ganstudio.desktop.pages.train.page import TrainPage
from ganstudio.project.folder import Project
from ganstudio.studio.app import Studio
from ganstudio.studio.states import State
from tests.gallery.invented_run import invent_run


def _choices(page: TrainPage) -> dict[str, str]:
    source = page.parts.more.source
    return {source.itemData(index): source.itemText(index) for index in range(source.count())}


def test_models_of_the_size_and_earlier_runs_are_offered(project: Project, window: MainWindow):
    run = invent_run(project, "pixel-avatars", 10_240, horizon=20_480, moments=2)
    window.desk.choose_run(run)
    window.show_page("train")
    page = window.pages.current
    assert isinstance(page, TrainPage)
    size = window.desk.pictures.framing.size
    offered = _choices(page)
    assert offered[""] == "Nothing"
    assert offered.keys() - {"", run.id} == {
        f"bundle:{name}"
        for name, pixels in (("open-peeps", 64), ("pixel-avatars", 32), ("horse-sketches", 64))
        if pixels == size
    }


def test_what_is_chosen_is_kept_in_the_plan(project: Project, window: MainWindow):
    window.show_page("train")
    page = window.pages.current
    assert isinstance(page, TrainPage)
    source = page.parts.more.source
    assert source.count() > 1
    source.setCurrentIndex(1)
    source.activated.emit(1)
    assert window.desk.plan.source == source.itemData(1)
    more = page.parts.more
    other = more.preset.findData("dcgan-2015")
    more.preset.setCurrentIndex(other)
    more.preset.activated.emit(other)
    assert window.desk.plan.source == "", "other networks know nothing of it"
    assert list(_choices(page)) == [""]


def test_training_begins_with_what_was_chosen(
    qtbot: QtBot, studio: Studio, project: Project, window: MainWindow
):
    size = window.desk.pictures.framing.size
    name = {32: "pixel-avatars", 64: "open-peeps"}[size]
    window.desk.set_plan(values={"batch_size": 4, "horizon": 100_000}, source=f"bundle:{name}")
    window.show_page("train")
    page = window.pages.current
    assert isinstance(page, TrainPage)
    page.next_step_button.click()
    qtbot.waitUntil(lambda: studio.training.state is State.RUNNING, timeout=60_000)
    run = studio.training.run
    assert run is not None
    parent = run.info().parent
    assert parent is not None
    assert parent.run == f"bundle:{name}"
    studio.training.stop()
    qtbot.waitUntil(lambda: studio.training.state is State.IDLE, timeout=60_000)
