from __future__ import annotations

import itertools
import threading
from pathlib import Path

import numpy as np
import pytest

from ganstudio.latent import rough
from ganstudio.project.direction import Direction, direction_key
from ganstudio.project.folder import Project
from ganstudio.project.point import LatentPoint
from ganstudio.studio import engine, rough_first
from ganstudio.studio.app import Studio
from ganstudio.studio.engine import StartRequest
from ganstudio.studio.events import DirectionsFound, ExportEnded, ModelFailed, ModelOpened
from ganstudio.studio.explorer import Frame
from ganstudio.studio.requests import Wanted
from ganstudio.studio.states import State
from tests.studio.conftest import Watch


@pytest.fixture
def trained(studio: Studio, tiny_project: Project) -> Project:
    studio.training.start(tiny_project, StartRequest(seed=7, threads=1, images=64))
    studio.training.wait()
    studio.events.drain()
    return tiny_project


def _frame_of(studio: Studio, watch: Watch, stamp: int) -> Frame:
    """The first frame that is at least as new as a request."""
    frames: list[Frame] = []

    def arrived() -> bool:
        frame = studio.explorer.frames.take()
        if frame is not None:
            frames.append(frame)
        return bool(frames) and frames[-1].stamp >= stamp

    watch.until(arrived)
    return frames[-1]


def test_a_point_is_drawn_as_the_command_line_draws_it(
    studio: Studio, trained: Project, watch: Watch
) -> None:
    run = trained.newest_run()
    studio.explore_run(run)
    frame = _frame_of(studio, watch, studio.explorer.request(LatentPoint(seed_x=5)))
    path = run.snapshot_folder(64) / "generator.safetensors"
    assert np.array_equal(frame.picture, engine.generate(path, [5], 1.0)[0])
    assert frame.images == 64


def test_the_samples_of_a_snapshot_are_the_same_seeds(studio: Studio, trained: Project) -> None:
    run = trained.newest_run()
    path = run.snapshot_folder(64) / "generator.safetensors"
    drawn = engine.generate(path, range(64), 1.0).astype(int)
    samples = studio.history(run).samples(64).astype(int)
    assert np.abs(drawn - samples).max() <= 1


def test_where_pictures_take_long_a_rough_one_comes_first(
    studio: Studio, trained: Project, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rough_first, "_SLOW_S", -1.0)  # everything takes long
    monkeypatch.setattr(rough, "_SHARE", 1.0)
    handed: list[Frame] = []
    put = studio.explorer.frames.put
    monkeypatch.setattr(
        studio.explorer.frames, "put", lambda frame: (handed.append(frame), put(frame))
    )
    studio.explore_run(trained.newest_run())
    stamp = 0

    def learned() -> bool:
        nonlocal stamp
        stamp = studio.explorer.request(LatentPoint(seed_x=float(len(handed))))
        return any(frame.rough for frame in handed)

    watch.until(learned)
    watch.until(lambda: handed[-1].stamp == stamp and not handed[-1].rough)
    for before, after in itertools.pairwise(handed):
        assert after.stamp >= before.stamp
        if before.rough and after.stamp == before.stamp:
            assert (after.rough, after.point) == (False, before.point)
            assert after.picture.shape == before.picture.shape
    assert not handed[0].rough


def test_what_is_known_when_a_point_is_asked_for_is_known_when_it_is_drawn(
    studio: Studio, trained: Project, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = trained.newest_run()
    studio.explore_run(run)
    watch.until(lambda: bool(watch.of(DirectionsFound)))
    explorer = studio.explorer
    step = tuple(-2.0 * number for number in explorer.directions[0].step)
    fresh = Direction(key=direction_key(step), step=step)
    there = LatentPoint(seed_x=5).with_amount(fresh.key, 1.5)
    real, asked = explorer._requests.take_point, threading.Event()

    def take() -> Wanted:
        """As if a person asked in the very moment before."""
        if not asked.is_set():
            asked.set()
            explorer.know([fresh])
            explorer._requests.ask(there)
        return real()

    monkeypatch.setattr(explorer._requests, "take_point", take)
    explorer.ask("file", lambda model: None).result(timeout=20)
    frame = _frame_of(studio, watch, explorer._requests._stamp)
    assert frame.point == there
    plain = explorer.draw([LatentPoint(seed_x=5)]).result(timeout=20)[0]
    assert not np.array_equal(frame.picture, plain)
    assert np.array_equal(frame.picture, explorer.draw([there]).result(timeout=20)[0])


def test_newest_wins_and_nothing_older_comes_after(
    studio: Studio, trained: Project, watch: Watch
) -> None:
    studio.explore_run(trained.newest_run())
    watch.until(lambda: bool(watch.of(DirectionsFound)))
    stamps: list[int] = []
    last = 0
    for x in range(200):
        last = studio.explorer.request(LatentPoint(seed_x=x / 7))
        frame = studio.explorer.frames.take()
        if frame is not None:
            stamps.append(frame.stamp)
    frame = _frame_of(studio, watch, last)
    stamps.append(frame.stamp)
    assert frame.point.seed_x == pytest.approx(199 / 7)
    assert stamps == sorted(stamps)


def test_at_least_twelve_directions_are_found_and_each_changes_the_picture(
    studio: Studio, trained: Project, watch: Watch
) -> None:
    studio.explore_run(trained.newest_run())
    watch.until(lambda: bool(watch.of(DirectionsFound)))
    directions = studio.explorer.directions
    assert len(directions) >= 12
    effects = [direction.effect for direction in directions]
    assert effects == sorted(effects, reverse=True)
    base = LatentPoint(seed_x=1)
    plain = _frame_of(studio, watch, studio.explorer.request(base)).picture
    moved = base.with_amount(directions[0].key, 3.0)
    changed = _frame_of(studio, watch, studio.explorer.request(moved)).picture
    assert not np.array_equal(plain, changed)
    back = _frame_of(
        studio, watch, studio.explorer.request(moved.with_amount(directions[0].key, 0.0))
    ).picture
    assert np.array_equal(plain, back)


def test_exploring_follows_a_training_run_and_holds_when_asked(
    studio: Studio, tiny_project: Project, watch: Watch
) -> None:
    training, explorer = studio.training, studio.explorer
    training.start(tiny_project, StartRequest(seed=7, threads=1, endless=True))
    watch.until_state(State.RUNNING)
    studio.explore_run(tiny_project.newest_run())
    seen: list[int] = []

    def newer() -> bool:
        frame = explorer.frames.take()
        if frame is not None:
            seen.append(frame.images)
        return len(set(seen)) >= 3

    watch.until(newer)
    assert watch.of(ModelOpened)[0].live
    assert seen == sorted(seen)
    explorer.hold(True)
    held = _frame_of(studio, watch, explorer.request(LatentPoint(seed_x=1))).images
    before = training.clock
    watch.until(lambda: training.clock > before + 64)
    assert _frame_of(studio, watch, explorer.request(LatentPoint(seed_x=2))).images == held
    training.stop()
    watch.until(lambda: training.closed)


def test_a_strange_file_is_refused_and_the_model_before_stays(
    studio: Studio, trained: Project, watch: Watch, tmp_path: Path
) -> None:
    studio.explore_run(trained.newest_run())
    watch.until(lambda: bool(watch.of(ModelOpened)))
    strange = tmp_path / "strange.safetensors"
    strange.write_bytes(b"\x80\x04\x95 not a model")
    studio.explorer.open_file(strange)
    watch.until(lambda: bool(watch.of(ModelFailed)))
    frame = _frame_of(studio, watch, studio.explorer.request(LatentPoint(seed_x=3)))
    assert frame.images == 64


def test_a_saved_picture_knows_its_place(
    studio: Studio, trained: Project, watch: Watch, tmp_path: Path
) -> None:
    from ganstudio.export.still import read_place

    studio.explore_run(trained.newest_run())
    watch.until(lambda: bool(watch.of(DirectionsFound)))
    key = studio.explorer.directions[3].key
    point = LatentPoint(seed_x=2.5, seed_y=1.25, diversity=0.7).with_amount(key, -1.5)
    studio.exports.save_picture(point, tmp_path / "saved.png", 4, "nearest")
    watch.until(lambda: bool(watch.of(ExportEnded)))
    assert watch.of(ExportEnded)[0].error is None
    assert read_place(tmp_path / "saved.png").point == point


def test_frames_are_handed_over_read_only_and_wake_the_window(
    studio: Studio, trained: Project, watch: Watch
) -> None:
    woken = threading.Event()
    studio.explorer.on_ready = woken.set
    studio.explore_run(trained.newest_run())
    frame = _frame_of(studio, watch, studio.explorer.request(LatentPoint()))
    assert woken.is_set()
    with pytest.raises(ValueError, match="read-only"):
        frame.picture[0, 0, 0] = 1


def test_sheets_come_by_name_and_never_before_a_picture_that_waits(
    studio: Studio, trained: Project, watch: Watch
) -> None:
    explorer = studio.explorer
    studio.explore_run(trained.newest_run())
    points = [LatentPoint(seed_x=x) for x in range(8)]
    explorer.request_sheet("nearby", points)
    sheets: list[object] = []

    def arrived() -> bool:
        for sheet in explorer.collect("nearby"):
            assert sheet.pictures.shape == (8, 32, 32, 3)
            assert sheet.points == tuple(points)
            sheets.append(sheet)
        return bool(sheets)

    watch.until(arrived)


def test_no_picture_of_the_generator_before_waits_when_another_one_is_opened(
    studio: Studio, trained: Project, watch: Watch
) -> None:
    """One that nobody took yet; the page could not tell it from the new generator's."""
    old = np.zeros((32, 32, 3), np.uint8)
    studio.explorer.frames.put(Frame(0, LatentPoint(), old, 5))
    studio.explore_run(trained.newest_run())
    watch.until(lambda: bool(watch.of(ModelOpened)))
    assert _frame_of(studio, watch, 0).images == 64
