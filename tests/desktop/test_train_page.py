"""The Train page on a run that was invented: the time machine, the states, what is locked when."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtSvg import QSvgRenderer
from pytestqt.qtbot import QtBot

from ganstudio.desktop import file_dialogs
from ganstudio.desktop.main_window import MainWindow
from ganstudio.desktop.pages.train.page import TrainPage
from ganstudio.project.atomic import remove_folder
from ganstudio.project.errors import UserError
from ganstudio.project.folder import Project
from ganstudio.project.runs import RunFolder
from ganstudio.studio.app import Studio
from ganstudio.studio.events import Saved, StateChanged, TrainingFailed
from ganstudio.studio.states import State
from ganstudio.studio.training import SampleFrame
from tests.desktop.conftest import INVENTED_CLOCK as CLOCK
from tests.gallery.invented_run import bundled, drawn, invent_run, leave_snapshot


@pytest.fixture
def page(train_page: TrainPage) -> TrainPage:
    return train_page


@pytest.fixture
def run(invented_run: RunFolder) -> RunFolder:
    return invented_run


def go_into(window: MainWindow, state: State) -> None:
    window.studio.training._state = state
    window.bridge.happened.emit(StateChanged(state))


def test_a_finished_reading_shows_grid_film_plots_and_caption(page: TrainPage):
    assert page.body.grid.shown_count() == 40
    assert page.body.plots.losses.value("loss_g") is not None
    assert 0 < page.body.plots.scores.value("d_real") < 1
    assert "your pictures" in page.body.caption.text()
    assert not page.body.film.wanted()
    assert page.next_step.text == "Go on from 40 k"


def test_without_a_run_the_places_are_empty_and_amber_starts(project: Project, window: MainWindow):
    window.show_page("train")
    page = window.pages.current
    assert isinstance(page, TrainPage)
    assert page.next_step.text == "Start training"
    assert page.parts.progress.number.text() == "12 pictures to learn from"
    assert page.body.grid.current() == -1
    assert "snapshot-back" not in page.commands()
    assert not page.parts.settings._rows["size"].is_locked()


def test_without_pictures_amber_leads_to_them(window: MainWindow):
    window.show_page("train")
    page = window.pages.current
    assert isinstance(page, TrainPage)
    assert page.next_step.text == "Choose pictures"
    page.next_step_button.click()
    assert window.pages.current_key in ("pictures", "first-run")


# -- the time machine ---


def test_a_moment_of_the_past_comes_within_a_tenth_of_a_second(qtbot: QtBot, page: TrainPage):
    moment = page.timeline.moments[2]
    begin = time.perf_counter()
    page.machine.go(2)
    qtbot.waitUntil(
        lambda: np.array_equal(
            page.body.grid.picture(5), page.studio.history(page.desk.run).samples(moment)[5]
        ),
        timeout=2_000,
    )
    took = time.perf_counter() - begin
    assert took < 0.5  # the figure of 0.1 is the benchmark's: tests share their machine
    assert page.body.plots.losses._marks.moment == moment
    assert page.head.sentence().endswith("looked at " + _said(moment) + ".")


def _said(clock: int) -> str:
    from ganstudio.project.numbers import say_count

    return say_count(clock)


def test_the_keys_walk_through_the_moments_and_back_to_now(qtbot: QtBot, page: TrainPage):
    moments = page.timeline.moments
    page.commands()["snapshot-back"]()
    assert page.machine.moment == moments[-1]
    page.commands()["snapshot-back"]()
    assert page.machine.moment == moments[-2]
    page.commands()["snapshot-first"]()
    assert page.machine.moment == moments[0]
    page.commands()["snapshot-now"]()
    assert page.machine.moment is None
    assert np.array_equal(page.body.grid.picture(0), page.view.newest.pictures[0])


def test_now_is_stuck_to_until_somebody_moves(
    qtbot: QtBot, window: MainWindow, page: TrainPage, run: RunFolder, trains: None
):
    go_into(window, State.RUNNING)
    leave_snapshot(run, CLOCK + 640, drawn(bundled("pixel-avatars"), 1.0))
    window.bridge.happened.emit(Saved("snapshot", CLOCK + 640))
    assert page.machine.moment is None
    page.machine.go(1)
    shown = page.machine.moment
    window.bridge.happened.emit(Saved("snapshot", CLOCK + 640))
    qtbot.waitUntil(lambda: shown in page.machine._sheets, timeout=3_000)
    page.on_samples(SampleFrame(CLOCK + 700, drawn(bundled("pixel-avatars"), 0.0, seed=9)))
    page.shown._shown_at = 0.0
    page.on_clock()
    assert page.machine.moment == shown
    assert np.array_equal(page.body.grid.picture(3), page.machine._sheets[shown][3])


def test_the_film_shows_the_chosen_place(qtbot: QtBot, page: TrainPage):
    page.body.grid.setFocus()
    qtbot.mouseClick(
        page.body.grid,
        Qt.MouseButton.LeftButton,
        pos=page.body.grid.tile_box(7).center().toPoint(),
    )
    assert page.body.grid.current() == 7
    qtbot.waitUntil(lambda: not page.body.film.wanted(), timeout=3_000)
    moment = page.timeline.moments[0]
    place = page.machine._sheets[moment][7]
    image = page.body.film._strip.thumbs[0]
    assert np.array_equal(np.asarray(image.constBits()).reshape(place.shape), place)


def test_the_film_plays_to_now_and_stops(qtbot: QtBot, page: TrainPage):
    page.machine._timer.setInterval(5)
    page.body.film._toggle_play()
    assert page.machine.moment == page.timeline.moments[0]
    qtbot.waitUntil(lambda: page.machine.moment is None, timeout=5_000)
    assert not page.machine._timer.isActive()


def test_another_run_brings_its_own_history(
    qtbot: QtBot, window: MainWindow, project: Project, page: TrainPage
):
    page.machine.go(3)
    other = invent_run(project, "pixel-avatars", 9_984, horizon=20_000, moments=3, name="Run 2")
    window.desk.choose_run(other)
    assert page.machine.moment is None
    qtbot.waitUntil(lambda: bool(page.timeline.rows) and not page.later.busy, timeout=10_000)
    assert page.timeline.moments == other.snapshots()
    assert page.timeline.rows[-1].images <= 9_984


# -- while it trains ---


def test_rows_of_the_training_run_grow_the_plots_and_are_drawn_by_the_clock(
    qtbot: QtBot, window: MainWindow, page: TrainPage, trains: None
):
    go_into(window, State.RUNNING)
    before = page.timeline.rows[-1]
    page.on_rows([replace(before, images=before.images + 64, loss_g=9.0)])
    assert page.timeline.end == before.images + 64
    assert page.body.plots._dirty
    page.on_clock()
    qtbot.waitUntil(lambda: not page.body.plots._dirty, timeout=2_000)


def test_rows_of_another_run_are_not_mixed_in(page: TrainPage, studio: Studio, tmp_path: Path):
    studio.training.run = RunFolder(tmp_path / "other")
    before = len(page.timeline.rows)
    page.on_rows([replace(page.timeline.rows[-1], images=10**9)])
    assert len(page.timeline.rows) == before
    studio.training.run = None


def test_at_most_two_new_pictures_a_second(
    qtbot: QtBot, window: MainWindow, page: TrainPage, trains: None
):
    go_into(window, State.RUNNING)
    shown, began = 0, time.monotonic()
    for number in range(6):
        sheet = np.full((64, 32, 32, 3), 10 * number + 5, np.uint8)
        page.on_samples(SampleFrame(CLOCK + number, sheet))
        page.on_clock()
        qtbot.waitUntil(lambda: not page._round.going, timeout=2_000)
        shown += int(np.array_equal(page.body.grid.picture(0), sheet[0]))
    assert 1 <= shown <= 1 + 2 * (time.monotonic() - began)


@pytest.mark.parametrize(
    ("state", "amber", "pause", "stop"),
    [
        (State.PREPARING, "Getting ready", False, True),
        (State.RUNNING, "Explore it now", True, True),
        (State.PAUSED, "Go on training", False, True),
        (State.STOPPING, "Saving", False, False),
    ],
)
def test_each_state_offers_what_can_be_done(
    window: MainWindow,
    page: TrainPage,
    trains: None,
    state: State,
    amber: str,
    pause: bool,
    stop: bool,
):
    go_into(window, state)
    assert page.next_step.text == amber
    assert page.parts.progress.pause.isVisible() == pause
    assert page.parts.progress.stop.isVisible() == stop


def test_amber_does_not_lead_into_noise(
    qtbot: QtBot, window: MainWindow, page: TrainPage, trains: None
):
    go_into(window, State.RUNNING)
    window.studio.training.host.clock = 600
    page.on_clock()
    qtbot.waitUntil(lambda: page.next_step.text.startswith("First shapes in about"))
    assert not page.next_step_button.isEnabled()


def test_settings_are_locked_while_it_trains_and_say_why(
    window: MainWindow, page: TrainPage, trains: None
):
    go_into(window, State.RUNNING)
    rows = page.parts.settings._rows
    assert all(row.is_locked() for row in rows.values())
    assert "Stop" in rows["size"]._locked.toolTip()
    open_rows = {key for key, row in page.parts.more._rows.items() if not row.is_locked()}
    assert open_rows == {"speed", "augment", "places", "rhythm"}, "what the next step needs"
    go_into(window, State.STOPPING)
    go_into(window, State.IDLE)
    assert not any(row.is_locked() for row in rows.values())


def test_a_failure_keeps_everything_usable_and_says_what_is_safe(
    qtbot: QtBot, window: MainWindow, page: TrainPage, trains: None
):
    go_into(window, State.FAILED)
    error = UserError("training-disk-full", clock="40 k", saved="40 k", needed_mb=300)
    window.bridge.happened.emit(TrainingFailed(CLOCK, error=error))
    card = page.parts.failure
    assert card.isVisible()
    assert error.hint in card.accessibleDescription()
    assert page.next_step.text == "Look again and go on"
    assert not page.parts.progress.pause.isVisible()
    assert "snapshot-back" in page.commands()
    card.details.click()
    assert card.window_shown is not None
    assert card.window_shown.isVisible()
    card.window_shown.close()
    go_into(window, State.IDLE)
    assert not card.isVisible()


def test_at_the_target_amber_explores_and_training_longer_stands_beside(
    qtbot: QtBot, window: MainWindow, project: Project, monkeypatch: pytest.MonkeyPatch
):
    run = invent_run(project, "pixel-avatars", 10_000, horizon=10_000, moments=3)
    window.desk.choose_run(run)
    window.show_page("train")
    page = window.pages.current
    assert isinstance(page, TrainPage)
    assert page.next_step.text == "Explore it now"
    assert page.longer.isVisible()
    asked: list[dict[str, object]] = []
    monkeypatch.setattr(window.desk, "start_training", lambda **values: asked.append(values))
    page.longer.click()
    assert asked == [{"images": 15_000}]


# -- settings ---


def test_network_size_goes_into_the_plan_and_makes_a_new_run(page: TrainPage, window: MainWindow):
    strength = page.parts.settings.strength
    strength.setCurrentIndex(strength.findData("large"))
    strength.activated.emit(strength.currentIndex())
    assert window.desk.plan.strength == "large"
    assert page.next_step.text == "Start a new run"


def test_a_changed_end_holds_for_going_on(
    page: TrainPage, window: MainWindow, monkeypatch: pytest.MonkeyPatch
):
    from ganstudio.desktop.pages.train.until_field import Until

    asked: list[dict[str, object]] = []
    monkeypatch.setattr(window.desk, "start_training", lambda **values: asked.append(values))
    page.next_step.action()
    page.parts.settings.until.changed.emit(Until("pictures", 60_000))
    page.parts.settings.until.set_until(Until("pictures", 60_000))
    page.next_step.action()
    assert asked[0] == {}
    assert asked[1]["images"] == 60_000


def test_more_writes_recipe_values_and_shows_them_again(page: TrainPage, window: MainWindow):
    more = page.parts.more
    more.speed.setText("0.0005")
    more.speed.editingFinished.emit()
    assert window.desk.plan.values["optimizer.lr"] == 0.0005
    more.speed.setText("a lot")
    more.speed.editingFinished.emit()
    assert more.speed.text() == "0.0005"
    more.preset.setCurrentIndex(more.preset.findData("dcgan-2015"))
    more.preset.activated.emit(more.preset.currentIndex())
    assert window.desk.plan.preset == "dcgan-2015"
    assert window.desk.plan.values == {}


# -- plots ---


def test_plots_large_gives_them_room_and_takes_it_back(page: TrainPage):
    before = page.body.plots.height()
    page.commands()["view-4"]()
    assert "view-4" in page.checked_commands()
    assert page.body.plots.height() > before + 100
    page.commands()["view-4"]()
    assert page.body.plots.height() == before


def test_plots_are_saved_as_a_picture(
    page: TrainPage, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    path = tmp_path / "plots.png"
    monkeypatch.setattr(window.desk, "ask_path_to_save", lambda *words: path)
    page.commands()["plots-png"]()
    assert path.read_bytes().startswith(b"\x89PNG")


def test_plots_are_saved_as_lines(
    page: TrainPage, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Curves and words, not a picture of them."""
    path = tmp_path / "plots.svg"
    monkeypatch.setattr(window.desk, "ask_path_to_save", lambda *words: path)
    page.commands()["plots-svg"]()
    drawing = path.read_text()
    assert QSvgRenderer(path.read_bytes()).isValid()
    assert drawing.count("<polyline") >= 4
    assert "<image" not in drawing
    assert "Generator" in drawing
    monkeypatch.setattr(window.desk, "ask_path_to_save", lambda *words: tmp_path / "no" / "x.svg")
    errors: list[UserError] = []
    monkeypatch.setattr(window.desk, "show_error", errors.append)
    page.commands()["plots-svg"]()
    assert [error.code for error in errors] == ["folder-not-writable"]


def test_a_run_is_saved_for_tensorboard_and_the_end_is_told(
    qtbot: QtBot,
    page: TrainPage,
    window: MainWindow,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(file_dialogs, "ask_folder", lambda *words: tmp_path)
    toasts: list[str] = []
    window.desk.toast_wanted.connect(lambda text, undo: toasts.append(text))
    page.commands()["plots-tensorboard"]()
    qtbot.waitUntil(lambda: bool(toasts), timeout=30_000)
    run = window.desk.run
    assert run is not None
    assert toasts == [f"{run.info().name} is saved for TensorBoard"]
    assert len(list((tmp_path / run.id).glob("events.out.tfevents.*"))) == 1


def test_a_word_of_the_caption_lights_its_lines(qtbot: QtBot, page: TrainPage):
    page.body.caption.set_lit("real")
    page.body.caption.word_clicked.emit("real")
    assert page.body.plots.scores._marks.lit == "d_real"
    page.body.caption.set_lit("")
    page.body.caption.word_clicked.emit("real")
    assert page.body.plots.scores._marks.lit is None


def test_the_dotted_line_stands_at_the_losss_own_value(page: TrainPage):
    value, words = page.body.plots.losses._marks.even
    assert value == pytest.approx(0.693, abs=1e-3)
    assert words == "cannot tell"


def test_the_clock_slot_is_quick(window: MainWindow, page: TrainPage, trains: None):
    go_into(window, State.RUNNING)
    took = []
    for _ in range(10):
        begin = time.perf_counter()
        page.on_clock()
        took.append(time.perf_counter() - begin)
    assert sorted(took)[5] < 0.04  # the budget is 8 ms on an idle machine; this one is shared


@pytest.mark.usefixtures("trains")
def test_moments_that_made_room_on_the_disk_leave_the_film_and_the_knob_stays(
    qtbot: QtBot, page: TrainPage, run: RunFolder
):
    clocks = run.snapshots()
    page.machine.go(5)
    remove_folder(run.snapshot_folder(clocks[2]))
    page.on_event(Saved("checkpoint", CLOCK))
    left = [*clocks[:2], *clocks[3:]]
    qtbot.waitUntil(lambda: page.timeline.moments == left)
    assert page.machine.moment == clocks[5]
    remove_folder(run.snapshot_folder(clocks[5]))
    page.on_event(Saved("checkpoint", CLOCK))
    qtbot.waitUntil(lambda: clocks[5] not in page.timeline.moments)
    shown = page.machine.moment
    assert shown in (clocks[4], clocks[6])
    history = page.studio.history(run)
    qtbot.waitUntil(
        lambda: np.array_equal(page.body.grid.picture(0), history.samples(shown)[0]), timeout=2_000
    )
