"""The first-run page: the right set is chosen, and a person's choice stands."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from ganstudio.desktop.main_window import MainWindow
from ganstudio.desktop.pages.first_run import FirstRunPage
from ganstudio.pictures import BUNDLES
from ganstudio.project.outlook import Speed
from ganstudio.project.presets import recipe_for
from ganstudio.studio.app import Studio
from ganstudio.studio.events import EngineLoaded, SpeedMeasured
from ganstudio.studio.machine import MachineReport


def _report(gpu: bool) -> MachineReport:
    device = "cuda:0" if gpu else "cpu"
    return MachineReport(device, "because", gpu, 1, "2.9")


@pytest.fixture
def page(window: MainWindow) -> FirstRunPage:
    page = window.pages.current
    assert isinstance(page, FirstRunPage)
    return page


@pytest.fixture(autouse=True)
def _nothing_is_measured(studio: Studio, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(studio.pools.measuring, "submit", lambda *_: None)


def _chosen(page: FirstRunPage) -> list[str]:
    return [name for name, card in page.cards.items() if card.isChecked()]


def test_pixel_avatars_are_chosen_at_first(page: FirstRunPage):
    assert _chosen(page) == ["pixel-avatars"]
    assert page.next_step.text == "Train the Pixel avatars demo"


def test_a_gpu_changes_the_choice(page: FirstRunPage, studio: Studio):
    studio.machine.report = _report(gpu=True)
    page.on_event(EngineLoaded(studio.machine.report))
    assert _chosen(page) == ["open-peeps"]


def test_without_a_gpu_it_stays(page: FirstRunPage, studio: Studio):
    studio.machine.report = _report(gpu=False)
    page.on_event(EngineLoaded(studio.machine.report))
    assert _chosen(page) == ["pixel-avatars"]


def test_a_person_s_choice_is_never_changed(page: FirstRunPage, studio: Studio):
    page.cards["horse-sketches"].click()
    studio.machine.report = _report(gpu=True)
    page.on_event(EngineLoaded(studio.machine.report))
    assert _chosen(page) == ["horse-sketches"]
    assert page.next_step.text == "Train the Horse sketches demo"


def test_minutes_appear_only_after_the_probe(page: FirstRunPage, studio: Studio):
    card = page.cards["pixel-avatars"]
    assert "Measuring this computer" in card.accessibleDescription()
    studio.machine.report = _report(gpu=False)
    page.on_event(EngineLoaded(studio.machine.report))
    assert "Measuring this computer" in card.accessibleDescription()
    bundle = BUNDLES["pixel-avatars"]
    key = studio.speeds.key(recipe_for(size=bundle.size, pictures=bundle.count))
    studio.speeds.known[key] = Speed(12_000 / (3 * 60))
    page.on_event(SpeedMeasured(111.0))
    assert "First faces in about 3 min" in card.accessibleDescription()


def test_amber_brings_the_set_in_and_starts(
    qtbot: QtBot, page: FirstRunPage, window: MainWindow, monkeypatch: pytest.MonkeyPatch
):
    started = []
    monkeypatch.setattr(window.desk, "start_training", lambda *a, **k: started.append(True))
    page.next_step_button.click()
    qtbot.waitUntil(lambda: not window.desk.imports.busy, timeout=60_000)
    assert window.desk.project.info().name == "Pixel avatars demo"
    assert window.desk.pictures.framing.size == 32
    assert window.desk.pictures.usable_count > 3_900
    assert started == [True]
