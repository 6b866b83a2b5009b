"""A time-lapse has every chosen moment, one palette, and rests at its end."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from ganstudio.export.look import GENERATOR, INSPECTOR, TEXT
from ganstudio.export.timelapse import MOST_FRAMES, Below, chosen_moments, save_timelapse
from ganstudio.project.errors import Cancelled, UserError
from ganstudio.project.messages import MetricsRow, Pictures
from ganstudio.project.tasks import Task


def _load(clock: int) -> Pictures:
    pictures = np.zeros((9, 16, 16, 3), np.uint8)
    pictures[:, :, :8] = (200, 40, 40)
    pictures[:, :, 8:, 1] = min(255, clock // 4)
    return pictures


@given(st.lists(st.integers(0, 10**9), unique=True, max_size=400), st.integers(2, 100))
def test_first_and_last_moment_always_stay(clocks: list[int], most: int) -> None:
    clocks.sort()
    chosen = chosen_moments(clocks, most)
    assert len(chosen) == min(len(clocks), most)
    assert chosen == sorted(set(chosen))
    assert set(chosen) <= set(clocks)
    assert not clocks or (chosen[0], chosen[-1]) == (clocks[0], clocks[-1])


def test_frames_rest_at_the_end_and_loop(tmp_path: Path) -> None:
    path = tmp_path / "film.gif"
    save_timelapse(path, [0, 300, 600, 900], _load)
    durations = []
    with Image.open(path) as film:
        assert film.n_frames == 4  # type: ignore[attr-defined]
        assert film.info["loop"] == 0
        for index in range(4):
            film.seek(index)
            durations.append(film.info["duration"])
    assert durations[-1] > 10 * durations[0]


def test_what_stands_still_never_flickers(tmp_path: Path) -> None:
    still = np.random.default_rng(0).integers(0, 256, (9, 16, 8, 3), np.uint8)

    def load(clock: int) -> Pictures:
        moving = np.random.default_rng(clock).integers(0, 256, still.shape, np.uint8)
        return np.concatenate([still, moving], axis=2)

    path = tmp_path / "film.gif"
    save_timelapse(path, range(0, 500, 50), load)
    seen = set()
    with Image.open(path) as film:
        factor = film.width // 52
        for index in range(film.n_frames):  # type: ignore[attr-defined]
            film.seek(index)
            corner = np.asarray(film.convert("RGB"))[: 16 * factor, : 8 * factor]
            seen.add(corner.tobytes())
    assert len(seen) == 1


def test_many_moments_become_at_most_so_many_frames(tmp_path: Path) -> None:
    path = tmp_path / "film.gif"
    save_timelapse(path, range(0, 1200, 8), _load)
    with Image.open(path) as film:
        assert 2 < film.n_frames <= MOST_FRAMES  # type: ignore[attr-defined]


@pytest.mark.parametrize("size", [32, 64, 128, 512])
def test_a_film_is_never_too_large_to_send_nor_too_small_to_see(tmp_path: Path, size: int) -> None:
    path = tmp_path / "film.gif"
    save_timelapse(path, [0, 64], lambda _: np.zeros((64, size, size, 3), np.uint8))
    with Image.open(path) as film:
        assert 300 <= film.width <= 560


def test_cancelling_writes_nothing(tmp_path: Path) -> None:
    task = Task()

    def load(clock: int) -> Pictures:
        if clock == 300:
            task.cancel()
        return _load(clock)

    with pytest.raises(Cancelled):
        save_timelapse(tmp_path / "film.gif", [0, 300, 600], load, task)
    assert not list(tmp_path.iterdir())


def test_progress_reaches_its_end(tmp_path: Path) -> None:
    task = Task()
    save_timelapse(tmp_path / "film.gif", [0, 300], _load, task)
    assert task.progress.done == task.progress.total > 0


def test_no_moments_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        save_timelapse(tmp_path / "film.gif", [], _load)
    assert caught.value.code == "no-history"


# -- losses and words below ---


def _rows(count: int = 60) -> list[MetricsRow]:
    plain = MetricsRow(0, 0.0, 0.0, 0.5, 0.5, 0.5, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 1.0)
    return [
        dataclasses.replace(plain, images=15 * (i + 1), loss_g=2.0 - i / 60, loss_d=0.5)
        for i in range(count)
    ]


def _frames(path: Path) -> list[np.ndarray]:
    with Image.open(path) as film:
        found = []
        for index in range(film.n_frames):  # type: ignore[attr-defined]
            film.seek(index)
            found.append(np.asarray(film.convert("RGB")).astype(int))
    return found


def _columns_with(frame: np.ndarray, colour: tuple[int, int, int], top: int) -> np.ndarray:
    """Where a colour stands below a height, across."""
    near = np.abs(frame[top:] - np.array(colour)).max(axis=2) <= 6
    return np.flatnonzero(near.any(axis=0))


def test_both_losses_go_along_in_their_colours_and_the_line_moves(tmp_path: Path) -> None:
    plain, path = tmp_path / "plain.gif", tmp_path / "film.gif"
    clocks = [0, 300, 600, 900]
    save_timelapse(plain, clocks, _load)
    save_timelapse(path, clocks, _load, below=Below(_rows(), undecided=0.69))
    high = _frames(plain)[0].shape[0]
    frames = _frames(path)
    assert all(frame.shape[0] > high + 100 for frame in frames)
    reach = [_columns_with(frame, GENERATOR, high + 26).max(initial=0) for frame in frames]
    assert reach == sorted(set(reach)), "the strong line reaches further with every frame"
    plots = [np.abs(frame[high + 40 : high + 110] - np.array(TEXT)).max(axis=2) for frame in frames]
    lines = [int(np.flatnonzero((plot < 12).all(axis=0))[0]) for plot in plots]
    assert lines == sorted(set(lines))
    assert all(_columns_with(frame, INSPECTOR, high).size for frame in frames)


def test_words_stand_below_and_all_frames_are_of_one_height(tmp_path: Path) -> None:
    path = tmp_path / "film.gif"
    words = {0: "Only noise so far.", 600: "The two are well matched. " * 3, 900: "word " * 400}
    save_timelapse(path, [0, 300, 600, 900], _load, below=Below(captions=words))
    frames = _frames(path)
    assert len({frame.shape for frame in frames}) == 1
    below = [frame[-90:] for frame in frames]
    ink = [int((part.max(axis=2) > 150).sum()) for part in below]
    assert ink[1] < ink[0] < ink[2] < ink[3]


def test_nothing_below_is_as_without(tmp_path: Path) -> None:
    one, other = tmp_path / "one.gif", tmp_path / "other.gif"
    save_timelapse(one, [0, 300], _load)
    save_timelapse(other, [0, 300], _load, below=Below())
    assert one.read_bytes() == other.read_bytes()


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -3.0])
def test_losses_that_went_wrong_are_no_reason_to_fail(tmp_path: Path, value: float) -> None:
    rows = [dataclasses.replace(row, loss_g=value) for row in _rows(3)]
    save_timelapse(tmp_path / "film.gif", [0, 900], _load, below=Below(rows, 0.69))
    assert len(_frames(tmp_path / "film.gif")) == 2
