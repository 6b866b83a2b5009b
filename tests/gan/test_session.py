"""The run loop: what it saves, tells and goes on from."""

from __future__ import annotations

import math
import shutil
from collections.abc import Callable

import numpy as np
import psutil
import pytest
import torch
from PIL import Image

from ganstudio.gan.checkpoint import read_checkpoint
from ganstudio.gan.device import DeviceChoice
from ganstudio.gan.live import LiveModel
from ganstudio.gan.modelfile import load_generator
from ganstudio.gan.sampling import pictures_of, seed_vectors
from ganstudio.gan.session import TrainingSession
from ganstudio.gan.snapshot import snapshot_model_path
from ganstudio.project.errors import UserError
from ganstudio.project.messages import Pictures
from ganstudio.project.recipe import Recipe
from ganstudio.project.runs import RunFolder
from ganstudio.project.schedule import snapshot_clocks
from ganstudio.project.sheets import cut_sheet


def read_samples(run: RunFolder, clock: int) -> Pictures:
    with Image.open(run.snapshot_folder(clock) / "samples.png") as picture:
        return cut_sheet(np.asarray(picture))


# `make_run`, `open_run` and the hosts are described in conftest.
_MEASURED = ("images_per_s", "seconds", "memory_mb")


def _rows(run: RunFolder) -> list[dict[str, object]]:
    """The history without what was measured of this computer."""
    return [{k: v for k, v in row.items() if k not in _MEASURED} for row in run.metrics()]


def _same_end(one: RunFolder, other: RunFolder, clock: int) -> None:
    """Weights, averages, optimisers, rows and pictures are equal to the last bit."""
    a, b = (read_checkpoint(run.checkpoint_folder(clock)).state for run in (one, other))
    assert a.tensors.keys() == b.tensors.keys()
    for name, value in a.tensors.items():
        assert torch.equal(value, b.tensors[name]), name
    assert (a.clock, a.lr_scale, a.skipped) == (b.clock, b.lr_scale, b.skipped)
    assert _rows(one) == _rows(other)
    assert one.snapshots() == other.snapshots()
    for moment in one.snapshots():
        assert (read_samples(one, moment) == read_samples(other, moment)).all()
        left, right = (snapshot_model_path(run, moment).read_bytes() for run in (one, other))
        assert left == right


# -- exact resume ----------------------------------------------------------------------------------


def test_restarts_change_nothing(make_run, open_run, new_host) -> None:
    """At 20 and 56 neither a row nor a penalty interval is over; 120 is past the first epochs."""
    straight, broken = make_run(), make_run()
    with_one = open_run(straight)
    with_one.run(new_host(), 120)
    with_one.close()
    for until in (4, 12, 20, 48, 56, 120):
        session = open_run(broken)
        assert session.run(new_host(), until).images == until
        session.close()
    _same_end(straight, broken, 120)


def test_pauses_change_nothing(make_run, open_run, new_host) -> None:
    straight, paused = make_run(), make_run()
    open_run(straight).run(new_host(), 80)
    session = open_run(paused)
    for asked in (1, 2, 3, 7):
        host = new_host()
        host.stop_after = asked
        assert session.run(host, 80).reason == "stopped"
        assert paused.checkpoints()[-1] == session.clock
    assert session.run(new_host(), 80).reason == "target"
    _same_end(straight, paused, 80)


@pytest.mark.parametrize("network", ["sketch", "dcgan"])
def test_a_crash_changes_nothing_but_the_time(
    make_run, open_run, new_host, recipe, network
) -> None:
    """What was trained after the last checkpoint is trained again, to the same bits."""
    recipe = recipe.with_values({"network.name": network})
    straight, crashed = make_run(recipe), make_run(recipe)
    open_run(straight).run(new_host(), 96)
    open_run(crashed).run(new_host(), 40)
    session = open_run(crashed)

    class Crash(Exception):
        pass

    def crash() -> None:
        if session.clock == 64:
            raise Crash

    host = new_host()
    host.at_question = crash
    with pytest.raises(Crash):
        session.run(host, 96)
    assert crashed.checkpoints()[-1] == 40
    generation = crashed.info().generation
    again = open_run(crashed)
    assert again.clock == 40
    assert max(row["images"] for row in crashed.metrics()) <= 40
    assert max(crashed.snapshots()) <= 40
    assert crashed.info().generation > generation
    again.run(new_host(), 96)
    _same_end(straight, crashed, 96)


def test_when_checkpoints_are_taken_changes_nothing(make_run, open_run, new_host) -> None:
    often, seldom = make_run(), make_run()
    open_run(often, checkpoint_every_s=0.0).run(new_host(), 60)
    open_run(seldom).run(new_host(), 60)
    assert often.checkpoints() == list(range(0, 61, 4))
    assert seldom.checkpoints() == [0, 60]
    _same_end(often, seldom, 60)


# -- stopping --------------------------------------------------------------------------------------


def test_it_stops_after_the_step_and_saves_the_clock_it_shows(make_run, open_run, host) -> None:
    run = make_run()
    host.stop_after = 5
    outcome = open_run(run).run(host, 1_000)
    assert (outcome.reason, outcome.images) == ("stopped", 20)
    assert ("checkpoint", 20) in host.saved
    assert host.samples[-1][0] == 20
    assert host.rows[-1].images == 20
    assert run.checkpoints()[-1] == 20
    assert run.metrics()[-1]["images"] == 20


def test_a_stop_before_the_first_step_leaves_a_whole_run(make_run, open_run, host) -> None:
    run = make_run()
    host.stop_after = 0
    assert open_run(run).run(host).images == 0
    assert run.checkpoints() == [0]
    assert run.snapshots() == [0]


def test_a_target_is_whole_batches_and_may_lie_behind(make_run, open_run, new_host) -> None:
    session = open_run(make_run())
    assert session.run(new_host(), 30).images == 32
    host = new_host()
    outcome = session.run(host, 8)
    assert (outcome.reason, outcome.images) == ("target", 32)
    assert host.asked == 0


def test_it_asks_once_a_step(make_run, open_run, host) -> None:
    open_run(make_run()).run(host, 40)
    assert host.asked == 10


# -- what it tells ---------------------------------------------------------------------------------


def test_rows_go_to_the_host_and_into_the_history(make_run, open_run, host) -> None:
    run = make_run()
    open_run(run).run(host, 48)
    assert [row.images for row in host.rows] == [12, 24, 36, 48]
    kept = run.metrics()
    assert [row["images"] for row in kept] == [12, 24, 36, 48]
    for row in kept:
        assert all(math.isfinite(value) for key, value in row.items() if key != "gpu_memory_mb")
    assert kept[0]["learning_rate"] > kept[-1]["learning_rate"]
    assert kept[0]["augment_p"] < kept[-1]["augment_p"]
    assert kept[0]["seconds"] < kept[-1]["seconds"]


def test_a_row_says_how_much_memory_the_program_holds(make_run, open_run, host) -> None:
    run = make_run()
    held = psutil.Process().memory_info().rss / 1e6
    open_run(run).run(host, 24)
    for row in run.metrics():
        assert row["memory_mb"] == pytest.approx(held, rel=0.5)
        assert row["gpu_memory_mb"] is None


def test_a_row_is_the_mean_over_its_steps(make_run, open_run, new_host) -> None:
    run, fine = make_run(), make_run()
    fine.write_info(fine.info().model_copy(update={"row_images": 4}))
    open_run(run).run(new_host(), 24)
    open_run(fine).run(new_host(), 24)
    for name in ("loss_g", "loss_d", "gradient_g", "gradient_d"):
        small = [row[name] for row in fine.metrics()]
        large = [row[name] for row in run.metrics()]
        assert large == pytest.approx([np.mean(small[:3]), np.mean(small[3:])], rel=1e-5)


def test_seconds_count_training_and_not_pauses(make_run, open_run, new_host) -> None:
    run = make_run()
    session = open_run(run)
    session.run(new_host(), 40)
    first = session.seconds
    assert first > 0
    assert session.seconds == first
    session.run(new_host(), 80)
    assert session.seconds > first
    assert first < open_run(run).seconds <= session.seconds


def test_snapshots_lie_at_the_clocks_of_the_schedule(make_run, open_run, recipe, host) -> None:
    run = make_run()
    open_run(run).run(host, 120)
    wanted = [clock for clock in snapshot_clocks(recipe.horizon, 4) if clock <= 120]
    assert run.snapshots() == [*wanted, 120]

    assert [clock for kind, clock in host.saved if kind == "snapshot"] == [*wanted, 120]
    told = dict(host.samples)
    for clock in wanted:
        assert (told[clock] == read_samples(run, clock)).all()


def test_the_last_moment_is_a_snapshot_until_training_goes_on(
    make_run, open_run, recipe, host
) -> None:
    run = make_run()
    open_run(run).run(host, 120)
    assert 120 not in snapshot_clocks(recipe.horizon, 4)
    assert host.saved[-2:] == [("checkpoint", 120), ("snapshot", 120)]
    model = load_generator(snapshot_model_path(run, 120))
    average = read_checkpoint(run.checkpoint_folder(120)).state.tensors
    for name, value in model.network.state_dict().items():
        assert torch.equal(value, average[f"average.{name}"]), name
    session = open_run(run)
    assert run.snapshots()[-1] == 120
    session.run(host, 124)
    assert run.snapshots()[-2:] != [120, 124]
    assert run.snapshots()[-1] == 124


def test_where_nobody_looks_nothing_is_drawn_but_for_snapshots(
    make_run, open_run, new_host, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ganstudio.gan.reports._SAMPLES_EVERY_S", 0.0)
    monkeypatch.setattr("ganstudio.gan.reports._SAMPLES_SHARE", 1.0)
    run, alone, watching = make_run(), new_host(), new_host()
    open_run(run, watched=False).run(alone, 84)
    assert {clock for clock, _ in alone.samples} == {*run.snapshots(), 84}
    open_run(make_run()).run(watching, 84)
    assert len(watching.samples) > len(alone.samples)


def test_past_the_horizon_it_goes_on(make_run, open_run, recipe, host) -> None:
    run = make_run(recipe.with_values({"horizon": 40}))
    open_run(run).run(host, 80)
    assert run.metrics()[-1]["learning_rate"] == pytest.approx(2e-4)
    assert run.snapshots()[-1] > 40


def test_a_snapshots_model_draws_its_samples(make_run, open_run, host) -> None:
    run = make_run()
    open_run(run).run(host, 60)
    clock = run.snapshots()[-1]
    loaded = load_generator(snapshot_model_path(run, clock))
    assert loaded.images_seen == clock
    assert loaded.recipe == run.recipe()
    drawn = pictures_of(loaded.network, seed_vectors(range(64), 8))
    assert (drawn == read_samples(run, clock)).all()


def test_the_explorer_gets_the_weights_that_draw_the_samples(
    make_run, open_run, recipe, host
) -> None:
    live = LiveModel(recipe)
    session = open_run(make_run(), live=live)
    assert live.take() is not None
    taken = []

    def look() -> None:
        weights = live.take(after=taken[-1] if taken else 0)
        taken.extend([weights.clock] if weights else [])
        live.want()

    host.at_question = look
    session.run(host, 40)
    assert taken == list(range(4, 40, 4))
    last = live.take()
    assert last is not None
    assert last.clock == 40


# -- going on from what is there -------------------------------------------------------------------


def test_a_checkpoint_that_cannot_be_read_is_passed_over_with_a_notice(
    make_run, open_run, new_host
) -> None:
    run = make_run()
    session = open_run(run)
    session.run(new_host(), 20)
    session.run(new_host(), 40)
    (run.checkpoint_folder(40) / "tensors.safetensors").write_bytes(b"half")
    host = new_host()
    again = open_run(run, host=host)
    assert again.clock == 20
    assert host.codes == ["notice-checkpoint-unreadable"]
    assert run.checkpoints() == [0, 20]
    again.run(new_host(), 40)
    straight = make_run()
    open_run(straight).run(new_host(), 40)
    _same_end(straight, run, 40)


def test_without_a_readable_checkpoint_it_begins_anew(make_run, open_run, new_host) -> None:
    run = make_run()
    open_run(run).run(new_host(), 20)
    for clock in run.checkpoints():
        (run.checkpoint_folder(clock) / "tensors.safetensors").unlink()
    session = open_run(run)
    assert session.clock == 0
    session.run(new_host(), 20)
    straight = make_run()
    open_run(straight).run(new_host(), 20)
    _same_end(straight, run, 20)


def test_a_half_written_checkpoint_is_no_checkpoint(make_run, open_run, new_host) -> None:
    run = make_run()
    open_run(run).run(new_host(), 20)
    half = run.checkpoints_path / ".ganstudio-tmp-dead"
    shutil.copytree(run.checkpoint_folder(20), half)
    nameless = run.checkpoint_folder(24)
    shutil.copytree(run.checkpoint_folder(20), nameless)
    (nameless / "checkpoint.json").unlink()
    assert open_run(run).clock == 20
    assert not half.exists()


def test_a_checkpoint_of_a_newer_program_is_not_skipped(make_run, open_run, new_host) -> None:
    run = make_run()
    open_run(run).run(new_host(), 20)
    path = run.checkpoint_folder(20) / "checkpoint.json"
    path.write_text(path.read_text().replace('"schema_version": 1', '"schema_version": 99'))
    with pytest.raises(UserError) as caught:
        open_run(run)
    assert caught.value.code == "newer-project"
    assert run.checkpoints() == [0, 20]


def test_other_threads_are_said_to_change_the_bits(make_run, open_run, new_host) -> None:
    run = make_run()
    open_run(run).run(new_host(), 8)
    same, other = new_host(), new_host()
    open_run(run, host=same)
    open_run(run, host=other, choice=DeviceChoice("cpu", 2, ""))
    assert same.codes == []
    assert other.codes == ["notice-not-bit-equal"]
    assert "threads: 2" in other.notices[0].sentence


def test_pictures_of_another_size_are_refused(make_run, choice: DeviceChoice) -> None:
    other = np.zeros((30, 32, 32, 3), dtype=np.uint8)
    with pytest.raises(UserError) as caught:
        TrainingSession.open(make_run(), other, choice=choice)
    assert caught.value.code == "run-other-pictures"


# -- when it blows up ------------------------------------------------------------------------------


def _poison(session: TrainingSession) -> None:
    with torch.no_grad():
        for weight in session._trainer.discriminator.parameters():
            weight.fill_(math.nan)


def _poison_at(session: TrainingSession, *clocks: int) -> Callable[[], None]:
    waiting = list(clocks)

    def poison() -> None:
        if waiting and session.clock == waiting[0]:
            waiting.pop(0)
            _poison(session)

    return poison


def test_three_bad_steps_lead_back_to_the_last_sound_checkpoint(
    make_run, open_run, new_host
) -> None:
    run = make_run()
    session = open_run(run)
    session.run(new_host(), 24)
    rate = session._trainer.learning_rate
    host = new_host()
    clocks: list[int] = []
    poison = _poison_at(session, 40)

    def watch() -> None:
        poison()
        clocks.append(session.clock)

    host.at_question = watch
    session.run(host, 60)
    assert clocks == [*range(24, 52, 4), *range(24, 60, 4)]
    assert host.codes == ["notice-rollback"]
    assert session._trainer.lr_scale == 0.5
    assert run.metrics()[2]["learning_rate"] < rate / 2
    assert [e["event"] for e in run.events()] == ["rollback"]
    assert run.info().generation > 0
    assert all(torch.isfinite(w).all() for w in session._trainer.discriminator.parameters())


def test_the_halved_rate_outlives_a_restart(make_run, open_run, new_host) -> None:
    run, straight = make_run(), make_run()
    for folder, stops in ((run, (44, 80)), (straight, (80,))):
        session = open_run(folder)
        session.run(new_host(), 24)
        host = new_host()
        host.at_question = _poison_at(session, 32)
        session.run(host, stops[0])
        for until in stops[1:]:
            session = open_run(folder)
            assert session._trainer.lr_scale == 0.5
            session.run(new_host(), until)
    _same_end(straight, run, 80)


def test_a_crash_right_after_going_back_forgets_nothing(make_run, open_run, new_host) -> None:
    run = make_run()
    session = open_run(run)
    host = new_host()
    host.at_question = _poison_at(session, 8)

    class Crash(Exception):
        pass

    def crash(_notice: object) -> None:
        raise Crash

    host.on_notice = crash
    with pytest.raises(Crash):
        session.run(host, 60)
    again = open_run(run)
    assert (again.clock, again._trainer.lr_scale) == (0, 0.5)


def test_the_third_time_it_gives_up_with_a_sentence(make_run, open_run, new_host) -> None:
    run = make_run()
    session = open_run(run)
    session.run(new_host(), 24)
    host = new_host()
    host.at_question = _poison_at(session, 32, 28, 28)
    with pytest.raises(UserError) as caught:
        session.run(host, 100)
    assert caught.value.code == "training-diverged"
    assert host.codes == ["notice-rollback"] * 2
    assert run.checkpoints()[-1] == 24
    assert session.save() == 24
    assert session.clock == 24
    assert read_checkpoint(run.checkpoint_folder(24)).finite
    # A person who goes on all the same meets the same rule.
    again = open_run(run)
    host = new_host()
    host.at_question = _poison_at(again, 28)
    with pytest.raises(UserError):
        again.run(host, 100)


def test_a_poisoned_checkpoint_is_not_where_it_goes_back_to(make_run, open_run, new_host) -> None:
    run = make_run()
    session = open_run(run)
    session.run(new_host(), 24)
    host = new_host()
    host.at_question = _poison_at(session, 32)
    host.stop_after = 3
    session.run(host)
    assert run.checkpoints() == [0, 24, 36]
    host = new_host()
    open_run(run).run(host, 60)
    assert host.codes == ["notice-rollback"]
    assert run.checkpoints() == [0, 24, 60]


# -- ends that nobody wished for ------------------------------------------------------------------


def test_a_full_disk_is_seen_before_the_first_step(
    make_run, open_run, host, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = open_run(make_run())
    monkeypatch.setattr("ganstudio.gan.room.free_bytes", lambda _path: 1_000)
    with pytest.raises(UserError) as caught:
        session.run(host, 40)
    assert caught.value.code == "training-disk-full"
    assert host.asked == 0


def test_a_full_card_is_a_sentence(
    make_run, open_run, host, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = open_run(make_run())

    def too_much(*_given: object) -> None:
        raise torch.OutOfMemoryError

    monkeypatch.setattr(session._trainer, "step", too_much)
    with pytest.raises(UserError) as caught:
        session.run(host, 100)
    assert caught.value.code == "training-out-of-memory"


def test_a_step_that_broke_half_way_is_never_saved(
    make_run, open_run, host, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = make_run()
    session = open_run(run)
    session.run(host, 8)

    class Broken(Exception):
        pass

    def broken(*_given: object) -> None:
        raise Broken

    monkeypatch.setattr(session._trainer._game, "second_half", broken)
    with pytest.raises(Broken):
        session.run(host, 100)
    assert session.save() == 8
    assert run.checkpoints() == [0, 8]


def test_images_and_recipe_stay_as_they_are(
    make_run, open_run, host, images: Pictures, recipe: Recipe
) -> None:
    before = images.copy()
    run = make_run()
    open_run(run).run(host, 40)
    assert (images == before).all()
    assert run.recipe() == recipe
