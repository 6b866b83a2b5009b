"""Before the start: what the next run takes, a warning, and help with choosing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ganstudio.desktop.main_window import MainWindow
from ganstudio.desktop.pages.train.helper import HelperWindow
from ganstudio.desktop.pages.train.page import TrainPage
from ganstudio.desktop.pages.train.recipe_values import planned_recipe
from ganstudio.project.folder import Project
from ganstudio.project.outlook import Speed
from ganstudio.project.planning import preset_recipe
from ganstudio.project.recipe import Recipe
from ganstudio.studio.app import Studio
from ganstudio.studio.events import SpeedMeasured
from ganstudio.studio.machine import MachineReport


@pytest.fixture(autouse=True)
def _a_computer(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    """One without a GPU, on which nothing is measured."""
    monkeypatch.setattr(studio.pools.measuring, "submit", lambda *_: None)
    studio.machine.report = MachineReport("cpu", "no GPU found: 2 CPU cores", False, 2, "2.9")


@pytest.fixture
def page(window: MainWindow, project: Project) -> TrainPage:
    window.desk.announce_project()
    window.show_page("train")
    page = window.pages.current
    assert isinstance(page, TrainPage)
    return page


def recipe_of(page: TrainPage) -> Recipe:
    return planned_recipe(page.desk.plan, page.desk.pictures)


def said(text: str) -> str:
    return text.replace("\u00a0", " ")


def measured(page: TrainPage, speed: Speed) -> None:
    speeds = page.studio.speeds
    speeds.known[speeds.key(recipe_of(page))] = speed
    page.on_event(SpeedMeasured(speed.images_per_s))


def test_first_it_is_measured_then_it_is_said(page: TrainPage):
    outlook = page.parts.settings.outlook
    assert outlook.buys.text() == "Measuring this computer."
    assert "first look" not in page.next_step.hint
    measured(page, Speed(20.0, 1_200_000_000, 8_000_000_000))
    assert said(outlook.buys.text()).endswith("A first look in about 3 min, good in about 2.1 h.")
    assert said(page.next_step.hint) == "A first look in about 3 min."
    assert outlook.memory.text() == "Needs about 1.2 GB of memory."
    assert not outlook.warning.isVisible()


@pytest.mark.parametrize(
    "change", [{"strength": "large"}, {"preset": "style"}, {"values": {"batch_size": 8}}]
)
def test_it_follows_what_changes_the_speed(page: TrainPage, change: dict[str, object]):
    measured(page, Speed(20.0))
    page.desk.set_plan(**change)
    assert page.parts.settings.outlook.buys.text() == "Measuring this computer."
    measured(page, Speed(5.0))
    assert said(page.next_step.hint) == "A first look in about 13 min."


def test_it_follows_the_device(page: TrainPage, studio: Studio):
    measured(page, Speed(20.0))
    studio.settings.update(device="cpu")
    page.desk.settings_changed.emit()
    assert page.parts.settings.outlook.buys.text() == "Measuring this computer."


def test_memory_that_does_not_suffice_is_a_warning_with_a_way_out(page: TrainPage):
    measured(page, Speed(20.0, 9_000_000_000, 6_000_000_000))
    outlook = page.parts.settings.outlook
    assert outlook.memory.text().startswith("Needs about 9.0 GB of memory, and 6.0 GB are free.")
    assert "smaller" in outlook.memory.text()
    assert outlook.warning.isVisible()
    assert page.next_step.enabled


# -- help me choose ---


@pytest.fixture
def helper(qtbot: QtBot, page: TrainPage) -> Iterator[HelperWindow]:
    page.parts.settings.outlook.help.click()
    helper = page.parts.settings.outlook.helper
    assert helper is not None
    yield helper
    helper.close()


def all_measured(page: TrainPage, rate: float) -> None:
    speeds, plan = page.studio.speeds, page.desk.plan
    for strength in ("small", "medium"):
        wanted = plan.model_copy(
            update={"preset": "sketch", "strength": strength, "values": {}, "minutes": None}
        )
        key = speeds.key(preset_recipe(wanted, page.desk.pictures))
        speeds.known[key] = Speed(rate)
    page.on_event(SpeedMeasured(rate))


def choose(helper: HelperWindow, kind: str, minutes: float) -> None:
    for choice, data in ((helper.kind, kind), (helper.time, minutes)):
        choice.setCurrentIndex(choice.findData(data))
        choice.activated.emit(choice.currentIndex())


def test_it_is_no_modal_window_and_every_control_is_named(helper: HelperWindow):
    assert not helper.isModal()
    assert helper.isVisible()
    for control in (helper.kind, helper.time, helper.use, helper.back, helper.values):
        assert control.accessibleName() or control.property("text")
        assert control.toolTip()
        assert control.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_it_waits_for_the_measurement(page: TrainPage, helper: HelperWindow):
    assert helper.found.text() == "Measuring this computer"
    assert not helper.use.isEnabled()
    all_measured(page, 500.0)
    assert helper.found.text() == "Sketch, medium"
    assert helper.use.isEnabled()


def test_using_it_fills_in_the_settings_and_there_is_a_way_back(
    page: TrainPage, helper: HelperWindow
):
    page.desk.set_plan(strength="large", values={"batch_size": 8}, images=5_000)
    had = page.desk.plan
    all_measured(page, 500.0)
    choose(helper, "faces", 60.0)
    helper.use.click()
    plan = page.desk.plan
    assert (plan.preset, plan.strength, plan.minutes) == ("sketch", "medium", 60.0)
    assert plan.values == {"augment.flip": True}
    assert page.parts.settings.strength.currentData() == "medium"
    assert page.parts.settings.until.until().minutes == 60.0
    assert page.parts.more.mirror.isChecked()
    assert not helper.use.isEnabled()
    helper.back.click()
    assert page.desk.plan == had
    assert not helper.back.isEnabled()
    assert helper.use.isEnabled()


def test_every_value_has_its_reason(page: TrainPage, helper: HelperWindow):
    all_measured(page, 500.0)
    texts = helper.values.texts()
    assert any(text.startswith("optimizer.lr = ") for text in texts)
    assert len(texts) == 2 * len(recipe_of(page).flat())
    assert all(texts)


def test_a_slow_computer_gets_the_smaller_network(page: TrainPage, helper: HelperWindow):
    all_measured(page, 20.0)
    choose(helper, "any", 10.0)
    assert "20 images/s" in helper.why.text()
    assert "a first look" in helper.why.text()
