"""The disk: a budget that is obeyed, room for one more checkpoint, and ends that lose nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ganstudio.gan import room
from ganstudio.gan.checkpoint import read_checkpoint
from ganstudio.gan.modelfile import load_generator
from ganstudio.gan.room import DiskRoom
from ganstudio.gan.session import TrainingSession
from ganstudio.project.errors import UserError
from ganstudio.project.quality import MomentScore
from ganstudio.project.runs import RunFolder
from ganstudio.project.schedule import snapshot_clocks
from ganstudio.studio.run_history import RunHistory
from tests.invented_scores import invented_score

MB = 1_000_000


def _used(run: RunFolder) -> int:
    return sum(
        file.stat().st_size
        for place in (run.snapshots_path, run.checkpoints_path)
        for file in place.rglob("*")
        if file.is_file()
    )


class Disk:
    """A disk that holds so much; what a run saves fills it, and others may."""

    def __init__(self, run: RunFolder, left: int, monkeypatch: pytest.MonkeyPatch) -> None:
        self.others = 0
        self._run, self._left = run, left
        self.smallest = left
        monkeypatch.setattr(room, "free_bytes", self)

    def leave(self, free: int) -> None:
        """Others fill it until so much is left."""
        self.others = self._left - _used(self._run) - free

    def __call__(self, _path: Path) -> int:
        free = self._left - self.others - _used(self._run)
        self.smallest = min(self.smallest, free)
        return free


def _everything_is_readable(run: RunFolder) -> None:
    history = RunHistory(run)
    for clock in run.snapshots():
        assert history.samples(clock).shape[0] == 64
        assert load_generator(run.snapshot_folder(clock) / "generator.safetensors")
    for clock in run.checkpoints():
        assert read_checkpoint(run.checkpoint_folder(clock)).finite


def _are_alike(one: RunFolder, other: RunFolder, clock: int) -> None:
    """To the last bit."""
    states = [read_checkpoint(run.checkpoint_folder(clock)).state.tensors for run in (one, other)]
    assert all(states[0][name].equal(states[1][name]) for name in states[0])
    losses = [[(row["images"], row["loss_d"]) for row in run.metrics()] for run in (one, other)]
    assert losses[0] == losses[1]


def _fills(session: TrainingSession, disk: Disk, clock: int, others: int) -> Callable[[], None]:
    def fill() -> None:
        if session.clock == clock:
            disk.others = others

    return fill


def test_what_a_run_saves_obeys_one_budget(make_run, open_run, host) -> None:
    run = make_run()
    session = open_run(run, checkpoint_every_s=0.0, disk_budget=700_000)
    session.run(host, 48)
    saved = {kind: [c for k, c in host.saved if k == kind] for kind in ("snapshot", "checkpoint")}
    assert 500_000 < _used(run) <= 700_000
    assert run.snapshots()[0] == 0
    assert run.snapshots()[-2:] == saved["snapshot"][-2:]
    assert run.checkpoints()[-2:] == saved["checkpoint"][-2:]
    assert len(run.checkpoints()) > 2
    assert len(run.snapshots()) > 3
    _everything_is_readable(run)


def test_thinning_changes_nothing_of_what_is_learned(make_run, open_run, new_host) -> None:
    whole, thinned = make_run(), make_run()
    open_run(whole).run(new_host(), 40)
    for until in (16, 40):
        open_run(thinned, disk_budget=0).run(new_host(), until)
    assert len(thinned.snapshots()) == 3 < len(whole.snapshots())
    _are_alike(whole, thinned, 40)


@pytest.fixture
def saved(make_run) -> RunFolder:
    """A run with 40 snapshots of 10 bytes and 5 checkpoints of 100."""
    run = make_run()
    for clock in range(40):
        _invent(run.snapshot_folder(clock), "snapshot.json", 10)
    for clock in range(5):
        _invent(run.checkpoint_folder(clock), "checkpoint.json", 100)
    return run


def _invent(folder: Path, name: str, size: int) -> None:
    folder.mkdir()
    (folder / name).write_bytes(bytes(size))


#: What has to be free after a save, and what there should be.
LEAST = room.RESERVE_BYTES + 100
ENOUGH = LEAST + 4 * 110


def test_with_room_enough_nothing_goes(saved: RunFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    disk = Disk(saved, 2 * room.RESERVE_BYTES, monkeypatch)
    disk.leave(ENOUGH + 10)
    assert not DiskRoom(saved, 10**9).make("snapshot", 100)
    assert (len(saved.snapshots()), len(saved.checkpoints())) == (40, 5)


def test_where_others_fill_the_disk_as_much_goes_as_has_to(
    saved: RunFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = Disk(saved, 2 * room.RESERVE_BYTES, monkeypatch)
    disk.leave(ENOUGH + 10 - 150)
    assert not DiskRoom(saved, 10**9).make("snapshot", 100)
    assert ENOUGH + 10 <= disk(saved.path) < ENOUGH + 110
    assert saved.snapshots()[-2:] == [38, 39]


def test_where_nothing_more_may_go_the_disk_is_said_to_fill_up(
    saved: RunFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk, there = Disk(saved, 2 * room.RESERVE_BYTES, monkeypatch), DiskRoom(saved, 10**9)
    disk.leave(LEAST - 200)
    assert there.make("checkpoint", 100)
    assert len(saved.snapshots()) == 24, "the film stays a film, whatever others do"
    assert saved.checkpoints() == [3, 4]
    disk.leave(LEAST + 99)
    with pytest.raises(UserError) as caught:
        there.make("checkpoint", 100)
    assert caught.value.code == "disk-full"


def test_it_is_said_once(make_run, open_run, host, monkeypatch: pytest.MonkeyPatch) -> None:
    run = make_run()
    session = open_run(run, checkpoint_every_s=0.0)
    disk = Disk(run, 100 * MB, monkeypatch)
    disk.leave(room.RESERVE_BYTES + 700_000)
    session.run(host, 12)
    assert host.codes == ["notice-disk-filling"]


def test_before_the_disk_is_full_it_ends_with_a_checkpoint_and_goes_on_bit_for_bit(
    make_run, open_run, new_host, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, run = make_run(), make_run()
    open_run(whole).run(new_host(), 60)
    session = open_run(run, checkpoint_every_s=0.0)
    disk, host = Disk(run, 100 * MB, monkeypatch), new_host()
    host.at_question = _fills(session, disk, 20, 50 * MB)
    with pytest.raises(UserError) as caught:
        session.run(host, 100)
    assert caught.value.code == "training-disk-full"
    assert caught.value.values["saved"] == caught.value.values["clock"]
    assert run.checkpoints()[-1] == session.clock
    assert ("checkpoint", session.clock) in host.saved
    assert disk.smallest > 0
    _everything_is_readable(run)
    disk.others = 0
    host.at_question = lambda: None
    session.run(host, 36)  # in the same program
    open_run(run).run(new_host(), 60)  # and in the next
    _are_alike(whole, run, 60)


def test_after_a_pause_for_the_disk_the_film_has_the_moments_it_would_have(
    make_run, open_run, recipe, new_host, monkeypatch: pytest.MonkeyPatch
) -> None:
    recipe = recipe.with_values({"horizon": 480})
    run = make_run(recipe)
    session = open_run(run)
    disk, host = Disk(run, 100 * MB, monkeypatch), new_host()
    clocks = snapshot_clocks(480, recipe.batch_size)
    host.at_question = _fills(session, disk, clocks[8] - recipe.batch_size, 50 * MB)
    with pytest.raises(UserError):
        session.run(host, 480)
    assert session.clock == clocks[8]
    disk.others = 0
    host.at_question = lambda: None
    session.run(host, clocks[12])
    assert run.snapshots() == list(clocks[:13])


def test_a_row_that_the_disk_refused_is_told_later(
    make_run, open_run, new_host, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = make_run()
    session, host = open_run(run), new_host()

    def refuse(*_args: object) -> None:
        raise UserError("disk-full", path=run.path, needed_mb=1)

    with monkeypatch.context() as patch:
        patch.setattr("ganstudio.gan.reports.append_lines", refuse)
        with pytest.raises(UserError):
            session.run(host, 48)
    assert run.checkpoints()[-1] == session.clock == 12
    session.run(host, 48)
    assert [row["images"] for row in run.metrics()] == [24, 36, 48]


def test_a_moment_that_somebody_is_reading_goes_another_time(
    make_run, open_run, host, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows, where a folder with an open file cannot be renamed."""
    run = make_run()
    session = open_run(run)
    session.run(host, 40)
    before = run.snapshots()
    real = room.remove_folder

    def refused(path: Path) -> None:
        raise UserError("folder-not-writable", path=path)

    monkeypatch.setattr(room, "remove_folder", refused)
    shelf = DiskRoom(run, 0)
    shelf.thin()
    assert run.snapshots() == before
    monkeypatch.setattr(room, "remove_folder", real)
    shelf.thin()
    assert len(run.snapshots()) < len(before)
    session.close()


def test_the_best_and_the_starred_moments_stay_with_what_leads_back_to_them(
    saved: RunFolder,
) -> None:
    """Checkpoints lie at 0 to 4, so the last one before moments 17 and 21 is 4."""
    _invent(saved.checkpoint_folder(60), "checkpoint.json", 100)
    _invent(saved.checkpoint_folder(70), "checkpoint.json", 100)
    for clock, distance in ((5, 90.0), (17, 30.0), (30, 31.0)):
        score = invented_score(kernel=distance)
        saved.add_score(MomentScore(clock, score, None, drawn=64, real=64, honest=True))
    for clock in (2, 21):
        saved.star(clock)
    DiskRoom(saved, 0).thin()
    assert saved.snapshots() == [0, 2, 17, 21, 38, 39]
    assert saved.checkpoints() == [2, 4, 60, 70]
    saved.star(21, starred=False)
    DiskRoom(saved, 0).thin()
    assert saved.snapshots() == [0, 2, 17, 38, 39]


def test_a_starred_end_stays_when_training_goes_on(make_run, open_run, recipe, new_host) -> None:
    """As after "I am happy": the schedule would take the moment of a stop away."""
    recipe = recipe.with_values({"horizon": 480})
    scheduled = snapshot_clocks(480, recipe.batch_size)
    end = next(clock for clock in range(0, 480, recipe.batch_size) if clock not in scheduled)
    kept = {}
    for starred in (False, True):
        run = make_run(recipe)
        open_run(run).run(new_host(), end)
        assert run.snapshots()[-1] == end
        if starred:
            run.star(end)
        open_run(run).run(new_host(), end + 16)
        kept[starred] = set(run.snapshots())
    assert end not in kept[False]
    assert kept[True] == kept[False] | {end}
