from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from ganstudio.gan import probe as probing
from ganstudio.project.errors import UserError
from ganstudio.project.folder import Project
from ganstudio.project.messages import MetricsRow
from ganstudio.project.presets import recipe_for
from ganstudio.studio.app import Studio
from ganstudio.studio.engine import StartRequest
from ganstudio.studio.events import (
    NoticeEvent,
    RunOpened,
    Saved,
    StateChanged,
    TrainingEnded,
    TrainingFailed,
)
from ganstudio.studio.states import State
from tests.studio.conftest import TINY, Watch

SEEDED = StartRequest(seed=7, threads=1, endless=True)


def test_a_run_reaches_its_target_and_leaves_everything(
    studio: Studio, tiny_project: Project, watch: Watch
) -> None:
    studio.training.start(tiny_project, StartRequest(seed=7, threads=1))
    watch.until(lambda: studio.training.closed)
    states = [event.state for event in watch.of(StateChanged)]
    assert states == [State.PREPARING, State.RUNNING, State.STOPPING, State.IDLE]
    assert watch.of(TrainingEnded) == [TrainingEnded("target", 480)]
    run = tiny_project.newest_run()
    assert run.checkpoints()[-1] == 480
    assert run.snapshots()[0] == 0
    assert run.snapshots()[-1] == 480
    rows = studio.history(run).rows()
    assert rows[-1].images == 480
    assert rows == studio.training.rows.drain()
    assert studio.history(run).samples(480).shape == (64, 32, 32, 3)


def test_pause_saves_and_resume_goes_on_from_the_very_step(
    studio: Studio, tiny_project: Project, watch: Watch
) -> None:
    training = studio.training
    training.start(tiny_project, SEEDED)
    paused_at = watch.pause_at(64)
    run = tiny_project.newest_run()
    assert run.checkpoints()[-1] == paused_at
    assert training.actions == {"resume", "stop"}
    training.resume()
    watch.until(lambda: training.clock > paused_at)
    training.stop()
    watch.until(lambda: training.closed)
    assert training.state is State.IDLE
    assert run.checkpoints()[-1] == training.clock
    assert watch.of(TrainingEnded) == [TrainingEnded("stopped", training.clock)]


def test_between_two_steps_it_gives_way_for_as_long_as_asked(studio: Studio) -> None:
    training = studio.training
    training.give_way(0.2)
    asked = time.monotonic()
    assert not training.host.should_stop()
    assert time.monotonic() - asked > 0.15
    asked = time.monotonic()
    assert not training.host.should_stop()
    assert time.monotonic() - asked < 0.1


def test_the_rate_is_that_of_several_rows(studio: Studio) -> None:
    training = studio.training
    assert training.rate == 0
    times = (0.1, 0.3, 0.2, 0.2)
    for number, seconds in enumerate(times):
        row = MetricsRow(64 * (number + 1), *[0.5] * 10, images_per_s=64 / seconds, seconds=1.0)
        training.host.on_rows([row])
    assert training.rate == pytest.approx(4 * 64 / sum(times))


def test_stop_does_not_wait_for_a_rest(studio: Studio, tiny_project: Project, watch: Watch) -> None:
    training = studio.training
    training.start(tiny_project, SEEDED)
    watch.until(lambda: training.clock >= 64)
    training.give_way(60)
    training.stop()
    watch.until(lambda: training.closed, seconds=20)
    assert training.state is State.IDLE


def test_stopping_while_paused_or_preparing_ends_idle(
    studio: Studio, tiny_project: Project, watch: Watch
) -> None:
    training = studio.training
    training.start(tiny_project, SEEDED)
    training.stop()
    watch.until(lambda: training.closed)
    assert training.state is State.IDLE
    training.start(tiny_project, SEEDED)
    watch.until_state(State.RUNNING)
    training.pause()
    watch.until_state(State.PAUSED)
    training.stop()
    watch.until(lambda: training.closed)
    assert training.state is State.IDLE


def test_going_on_opens_the_same_run_where_it_stopped(
    studio: Studio, tiny_project: Project, watch: Watch
) -> None:
    training = studio.training
    training.start(tiny_project, StartRequest(seed=7, threads=1, images=96))
    watch.until(lambda: training.closed)
    training.start(tiny_project, StartRequest(images=160))
    watch.until(lambda: training.closed)
    opened = watch.of(RunOpened)
    assert [event.images for event in opened] == [0, 96]
    assert opened[0].run == opened[1].run
    assert tiny_project.newest_run().checkpoints()[-1] == 160
    assert all(event.images <= 160 for event in watch.of(Saved))


def test_an_existing_run_refuses_new_settings(studio: Studio, tiny_project: Project) -> None:
    studio.training.start(tiny_project, StartRequest(seed=7, threads=1, images=8))
    studio.training.wait()
    request = StartRequest(settings_given=("--seed",))
    with pytest.raises(UserError) as caught:
        studio.training.start(tiny_project, request)
    assert caught.value.code == "run-settings-fixed"


def test_a_fresh_run_stands_beside_the_first(
    studio: Studio, tiny_project: Project, watch: Watch
) -> None:
    for _ in range(2):
        request = StartRequest(fresh=True, seed=7, threads=1, images=16)
        studio.training.start(tiny_project, request)
        watch.until(lambda: studio.training.closed)
    names = [run.info().name for run in tiny_project.runs()]
    assert names == ["Run 1", "Run 2"]


def test_minutes_are_counted_without_pauses(
    studio: Studio, tiny_project: Project, watch: Watch
) -> None:
    request = StartRequest(seed=7, threads=1, minutes=0.01)
    studio.training.start(tiny_project, request)
    watch.until(lambda: studio.training.closed)
    ended = watch.of(TrainingEnded)
    assert ended[0].reason == "stopped"
    assert studio.training.newest is not None
    assert studio.training.newest.seconds < 5


def test_a_project_without_pictures_fails_with_a_sentence_and_can_be_left(
    studio: Studio, tmp_path: Path, watch: Watch
) -> None:
    project = Project.create(tmp_path / "empty")
    studio.training.start(project, StartRequest())
    watch.until(lambda: studio.training.closed)
    failed = watch.of(TrainingFailed)
    assert failed[0].error is not None
    assert studio.training.state is State.FAILED
    assert "start" in studio.training.actions
    studio.training.forget()
    assert studio.training.state is State.IDLE


def test_the_first_notice_of_a_bug_is_a_report_and_everything_saved_stays(
    studio: Studio, tiny_project: Project, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    training = studio.training

    def breaks(rows: object) -> None:
        raise ZeroDivisionError("on purpose")

    monkeypatch.setattr(training.host, "on_rows", breaks)
    training.start(tiny_project, SEEDED)
    watch.until(lambda: training.closed)
    failed = watch.of(TrainingFailed)
    assert "on purpose" in failed[0].report
    assert training.state is State.FAILED
    assert tiny_project.newest_run().checkpoints()


def test_one_run_is_trained_by_one_process_only(
    studio: Studio, tiny_project: Project, watch: Watch
) -> None:
    studio.training.start(tiny_project, StartRequest(seed=7, threads=1, images=8))
    watch.until(lambda: studio.training.closed)
    from ganstudio.project.locks import FileLock

    with FileLock(tiny_project.newest_run().path / "run.lock"):
        studio.training.start(tiny_project, StartRequest(images=16))
        watch.until(lambda: studio.training.closed)
    failed = watch.of(TrainingFailed)
    assert failed[0].error is not None
    assert failed[0].error.code == "locked"


def test_run_json_says_what_was_decided(
    studio: Studio, tiny_project: Project, watch: Watch
) -> None:
    request = StartRequest(seed=7, threads=1, horizon_images=1000, images=8)
    studio.training.start(tiny_project, request)
    watch.until(lambda: studio.training.closed)
    run = tiny_project.newest_run()
    info = json.loads((run.path / "run.json").read_text())
    assert info["seed"] == 7
    assert info["threads"] == 1
    assert info["device"] == "cpu"
    assert info["speed"] > 0
    assert info["row_images"] % run.recipe().batch_size == 0
    assert run.recipe().horizon == 480  # --set horizon stands above the person's time


def test_with_a_window_a_full_disk_is_a_pause_and_a_notice(
    watch: Watch, tiny_project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    studio = watch.studio
    studio.training._window_open = True
    free = [10**12]
    monkeypatch.setattr("ganstudio.gan.room.free_bytes", lambda _path: free[0])
    training = studio.training
    training.start(tiny_project, SEEDED)
    watch.until(lambda: training.clock >= 64)
    free[0] = 1_000_000
    watch.until_state(State.PAUSED)
    paused_at = training.clock
    run = tiny_project.newest_run()
    assert run.checkpoints()[-1] == paused_at
    assert [event.notice.code for event in watch.of(NoticeEvent)] == ["notice-disk-pause"]
    training.resume()  # nothing was freed
    watch.until(lambda: len(watch.of(NoticeEvent)) == 2)
    watch.until_state(State.PAUSED)
    assert training.clock == paused_at
    free[0] = 10**12
    training.resume()
    watch.until(lambda: training.clock > paused_at)
    training.stop()
    watch.until(lambda: training.closed)
    assert training.state is State.IDLE
    assert not watch.of(TrainingFailed)
    assert run.checkpoints()[-1] == training.clock


def test_without_a_window_a_full_disk_ends_training_with_a_sentence(
    studio: Studio, tiny_project: Project, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ganstudio.gan.room.free_bytes", lambda _path: 60_000_000)
    training = studio.training
    training.start(tiny_project, SEEDED)
    watch.until(lambda: training.clock >= 16)
    monkeypatch.setattr("ganstudio.gan.room.free_bytes", lambda _path: 1_000_000)
    watch.until(lambda: training.closed)
    (failed,) = watch.of(TrainingFailed)
    assert failed.error is not None
    assert failed.error.code == "training-disk-full"
    assert tiny_project.newest_run().checkpoints()[-1] == failed.images > 0


def test_memory_that_will_not_do_is_said_before_the_start(
    studio: Studio, tiny_project: Project, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ganstudio.gan.probe.memory_free", lambda _device: 1_000)
    studio.training.start(tiny_project, SEEDED)
    watch.until(lambda: bool(watch.of(RunOpened)))
    (told,) = watch.of(NoticeEvent)
    assert told.notice.code == "notice-memory"
    assert watch.events.index(told) < watch.events.index(watch.of(RunOpened)[0])
    studio.training.stop()
    watch.until(lambda: studio.training.closed)
    assert not watch.of(TrainingFailed)


def test_where_speed_could_not_be_measured_the_recipes_own_end_stays(
    studio: Studio, tiny_project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No minutes can be turned into pictures then; one step is no training."""
    monkeypatch.setattr(probing._Candidate, "rate", 0.0)
    plan = TINY.model_copy(update={"values": {**TINY.values}})
    plan.values.pop("horizon")
    request = StartRequest(seed=7, threads=1, images=8, horizon_minutes=5.0, plan=plan)
    studio.training.start(tiny_project, request)
    studio.training.wait()
    own = recipe_for(size=32, pictures=24).horizon
    assert tiny_project.newest_run().recipe().horizon == own
