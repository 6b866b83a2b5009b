"""The Train page: empty, ready, noise, running, a moment of the past, paused, failed, finished."""

from __future__ import annotations

import time
from dataclasses import replace

from ganstudio.desktop.pages.train.page import TrainPage
from ganstudio.desktop.pages.train.recipe_values import planned_recipe
from ganstudio.project.errors import UserError
from ganstudio.project.marks import pin_note
from ganstudio.project.outlook import Speed
from ganstudio.project.quality import Fid
from ganstudio.studio.events import RunNews, SpeedMeasured, StateChanged, TrainingFailed
from ganstudio.studio.states import State as Training
from ganstudio.studio.training import SampleFrame
from tests.another_process import hold_elsewhere
from tests.gallery.invented_run import (
    bundled,
    collapse,
    drawn,
    invent_run,
    leave_out,
    let_inspector_pull_away,
    let_inspector_win,
    plateau,
)
from tests.gallery.stage import Stage, State

_BIG = (1440, 900)
_SMALL = (1024, 700)
_SIZES = (_BIG, _SMALL)
_CLOCK, _TARGET = 412_000, 1_000_000


def _page(stage: Stage) -> TrainPage:
    page = stage.window.pages.page("train")
    assert isinstance(page, TrainPage)
    return page


def _with_run(stage: Stage, clock: int = _CLOCK, bundle: str = "open-peeps") -> TrainPage:
    """A project with one run, its history read."""
    project = stage.open_bundle(bundle)
    stage.desk.choose_run(invent_run(project, bundle, clock, _TARGET))
    stage.show("train")
    page = _page(stage)
    stage.until(lambda: bool(page.timeline.rows) and not page.later.busy)
    page.body.grid.chosen.emit(13)
    stage.until(lambda: not page.later.busy)
    return page


def _pretend(stage: Stage, state: Training, clock: int = _CLOCK) -> None:
    """Let the page believe that the run trains."""
    training, page = stage.studio.training, _page(stage)
    run = stage.desk.run
    assert run is not None
    training.run, training.info, training.recipe = run, run.info(), run.recipe()
    training.host.clock, training.host.newest = clock, page.timeline.newest
    training.target = _TARGET
    training.host.saved_at = time.monotonic() - 40
    training.host.saved_images = clock - 9_000
    training._state = state
    stage.window.bridge.happened.emit(StateChanged(state))
    page.on_clock()
    stage.pump(0.3)


def _rest(stage: Stage) -> None:
    stage.studio.training._state = Training.IDLE


def _empty(stage: Stage) -> None:
    stage.show("train", engine=False)


def _ready(stage: Stage) -> None:
    stage.open_bundle("open-peeps")
    stage.show("train")
    settings = _page(stage).parts.settings
    stage.until(lambda: settings.outlook.speed() is not None, 120)
    stage.desk.set_plan(minutes=30.0)
    stage.pump(0.3)


def _too_large(stage: Stage) -> None:
    """A recipe that does not fit the memory."""
    _ready(stage)
    page, speeds = _page(stage), stage.studio.speeds
    found = page.parts.settings.outlook.speed()
    assert found is not None
    recipe = planned_recipe(stage.desk.plan, stage.desk.pictures)
    speeds.known[speeds.key(recipe)] = Speed(found.images_per_s, 9_000_000_000, 6_100_000_000)
    stage.window.bridge.happened.emit(SpeedMeasured(found.images_per_s))


def _helper(stage: Stage) -> None:
    """Help me choose, over the page."""
    _ready(stage)
    outlook = _page(stage).parts.settings.outlook
    outlook.help.click()
    helper = outlook.helper
    assert helper is not None
    stage.until(lambda: helper.use.isEnabled(), 120)


def _running(stage: Stage) -> None:
    _with_run(stage)
    _pretend(stage, Training.RUNNING)


def _pixels(stage: Stage) -> None:
    _with_run(stage, bundle="pixel-avatars")
    _pretend(stage, Training.RUNNING)


def _noise(stage: Stage) -> None:
    project = stage.open_bundle("open-peeps")
    stage.desk.choose_run(invent_run(project, "open-peeps", 3_000, _TARGET))
    stage.show("train")
    page = _page(stage)
    stage.until(lambda: bool(page.timeline.rows) and not page.later.busy)
    page.body.grid.set_pictures(drawn(bundled("open-peeps"), 0.02))
    _pretend(stage, Training.RUNNING, 3_000)


def _past(stage: Stage) -> None:
    page = _with_run(stage)
    _pretend(stage, Training.RUNNING)
    page.machine.go(len(page.timeline.moments) // 2)
    stage.until(lambda: not page.later.busy)
    page.body.caption.set_lit("real")
    page.body.plots.light("real")


def _other_places(stage: Stage) -> None:
    """A moment of before the set of places was changed, compared with now."""
    page = _with_run(stage)
    _pretend(stage, Training.RUNNING)
    page.machine.go(len(page.timeline.moments) // 2)
    stage.until(lambda: not page.later.busy)
    page.views.show("compare")
    page.on_samples(SampleFrame(_CLOCK, drawn(bundled("open-peeps")[::-1], 0.9), 64))
    page.machine.go(len(page.timeline.moments) // 4)
    stage.until(lambda: not page.later.busy)
    page.machine.go(None)


def _before_others(stage: Stage) -> None:
    _other_places(stage)
    page = _page(stage)
    page.views.show("now")
    page.machine.go(len(page.timeline.moments) // 2)


def _paused(stage: Stage) -> None:
    _with_run(stage)
    _pretend(stage, Training.PAUSED)


def _stopping(stage: Stage) -> None:
    _with_run(stage)
    _pretend(stage, Training.STOPPING)


def _preparing(stage: Stage) -> None:
    stage.open_bundle("open-peeps")
    stage.show("train")
    stage.studio.training._state = Training.PREPARING
    stage.window.bridge.happened.emit(StateChanged(Training.PREPARING))


def _failed(stage: Stage) -> None:
    _with_run(stage)
    _pretend(stage, Training.FAILED)
    error = UserError("training-disk-full", clock="412 k", saved="412 k", needed_mb=300)
    stage.window.bridge.happened.emit(TrainingFailed(_CLOCK, error=error))


def _stopped(stage: Stage) -> None:
    page = _with_run(stage)
    page.parts.more.set_open(True)


def _finished(stage: Stage) -> None:
    _with_run(stage, _TARGET)


def _watched(stage: Stage) -> None:
    _with_run(stage)
    run = stage.desk.run
    assert run is not None
    hold_elsewhere(run.lock)
    stage.studio.following.watch(run)
    stage.window.bridge.happened.emit(RunNews(run.path, others_changed=True))


def _end_elsewhere(stage: Stage) -> None:
    run = stage.desk.run
    assert run is not None
    run.lock.release()


def _memory(stage: Stage) -> None:
    """Of a run without a GPU."""
    page = _with_run(stage)
    _pretend(stage, Training.RUNNING)
    page.body.plots.choose("memory")


def _large(stage: Stage) -> None:
    page = _with_run(stage)
    _pretend(stage, Training.RUNNING)
    page.toggle_plots_large()


def _collapsed(stage: Stage) -> None:
    """The doctor found two things: the worse one as a card, the other as a line under it."""
    page = _with_run(stage)
    run = stage.desk.run
    assert run is not None
    collapse(run, _CLOCK)
    let_inspector_win(run, 300_000)
    page.view.load(run)
    stage.until(lambda: bool(page.findings.doctor.findings) and not page.later.busy)
    page.body.grid.chosen.emit(0)
    stage.until(lambda: not page.later.busy)
    _pretend(stage, Training.RUNNING)


def _leaves_out(stage: Stage) -> None:
    """It leaves out kinds of pictures: coverage falls, realism holds."""
    page = _with_run(stage)
    run = stage.desk.run
    assert run is not None
    leave_out(run, _CLOCK)
    page.view.load(run)
    stage.until(lambda: bool(page.timeline.rows) and not page.later.busy)
    _pretend(stage, Training.RUNNING)
    stage.until(lambda: bool(page.findings.doctor.findings))


def _pulls_away(stage: Stage) -> None:
    """The balance drifts towards the inspector, and nothing gets better."""
    page = _with_run(stage)
    run = stage.desk.run
    assert run is not None
    let_inspector_pull_away(run, 280_000, _CLOCK)
    page.view.load(run)
    stage.until(lambda: bool(page.timeline.rows) and not page.later.busy)
    _pretend(stage, Training.RUNNING)
    stage.until(lambda: bool(page.findings.doctor.findings))


def _plateau(stage: Stage) -> None:
    """As good as it gets: the remedy is to stop."""
    page = _with_run(stage)
    run = stage.desk.run
    assert run is not None
    plateau(run, _CLOCK)
    page.view.load(run)
    stage.until(lambda: bool(page.timeline.rows) and not page.later.busy)
    _pretend(stage, Training.RUNNING)
    stage.until(lambda: bool(page.findings.doctor.findings))


def _fid(stage: Stage) -> None:
    """Weights of Inception were supplied: FID stands beside the own score."""
    stage.studio.settings.update(inception_file="weights.safetensors", inception_digest="a1")
    page = _with_run(stage, _TARGET)
    shown = page.view.score_at(page.machine.moment)
    assert shown is not None
    page.view.scores[shown.images] = replace(shown, fid=Fid(23.46, "a1", 76, 76))
    page.view.scores_changed.emit()


def _history(stage: Stage) -> None:
    """Notes and a change on the time axis, and the score in the second plot."""
    page = _with_run(stage)
    run = stage.desk.run
    assert run is not None
    pin_note(run, 64_000, "First eyes")
    run.add_event("change", 200_000, values={"optimizer.lr": 0.001, "optimizer.lr_end": 0.0001})
    run.add_event("change", 330_000, values={"watch.first_seed": 64})
    run.add_event("change", 350_000, values={"watch.snapshots": "double"})
    page.view.read_events()
    stage.until(lambda: not page.later.busy)
    _pretend(stage, Training.RUNNING)
    for section in (page.parts.balance, page.parts.quality, page.parts.settings):
        section.set_open(False)
    page.parts.more.set_open(True)
    page.parts.history.set_open(True)
    page.body.plots.choose("kernel")


STATES = [
    State("train-fid", _fid, _SIZES),
    State("train-history", _history, _SIZES, _rest),
    State("train-empty", _empty),
    State("train-ready", _ready, _SIZES),
    State("train-too-large", _too_large),
    State("train-helper", _helper, (_SMALL,)),
    State("train-preparing", _preparing, tear_down=_rest),
    State("train-noise", _noise, tear_down=_rest),
    State("train-running", _running, _SIZES, _rest),
    State("train-running-pixels", _pixels, (_BIG,), _rest),
    State("train-past", _past, (_BIG,), _rest),
    State("train-other-places", _other_places, (_SMALL,), _rest),
    State("train-before-others", _before_others, _SIZES, _rest),
    State("train-memory", _memory, (_BIG,), _rest),
    State("train-plots-large", _large, (_BIG,), _rest),
    State("train-finding", _collapsed, _SIZES, _rest),
    State("train-leaves-out", _leaves_out, _SIZES, _rest),
    State("train-pulls-away", _pulls_away, (_BIG,), _rest),
    State("train-plateau", _plateau, _SIZES, _rest),
    State("train-watched", _watched, _SIZES, _end_elsewhere),
    State("train-paused", _paused, tear_down=_rest),
    State("train-stopping", _stopping, tear_down=_rest),
    State("train-stopped", _stopped, (_BIG,)),
    State("train-finished", _finished, _SIZES),
    State("train-failed", _failed, _SIZES, _rest),
]
