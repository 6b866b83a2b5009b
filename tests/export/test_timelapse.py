"""A time-lapse has every chosen moment, one palette, and rests at its end."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from ganstudio.export.timelapse import MOST_FRAMES, chosen_moments, save_timelapse
from ganstudio.project.errors import Cancelled, UserError
from ganstudio.project.messages import Pictures
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
