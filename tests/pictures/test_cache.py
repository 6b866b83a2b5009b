"""The cache gives back what was put in, whatever a crash did to its ends."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ganstudio.pictures.cache import PictureCache
from ganstudio.pictures.work import content_hash
from ganstudio.project.errors import UserError
from ganstudio.project.picture_list import FramingSettings

FRAMING = FramingSettings(size=32)


def row(number: int) -> np.ndarray:
    return np.random.default_rng(number).integers(0, 256, (32, 32, 3), dtype=np.uint8)


def key(number: int) -> str:
    return content_hash(str(number).encode())


def fill(cache: PictureCache, numbers: list[int]) -> None:
    cache.append([key(n) for n in numbers], [row(n) for n in numbers])


def check(cache: PictureCache, numbers: list[int]) -> None:
    """Every one of the numbers is either not there or right."""
    for number, place in zip(numbers, cache.positions([key(n) for n in numbers]), strict=True):
        assert place < 0 or np.array_equal(cache.rows[place], row(number))


def test_rows_come_back_in_this_and_the_next_session(tmp_path):
    cache = PictureCache(tmp_path, FRAMING)
    fill(cache, [3, 1, 2])
    fill(cache, [2, 5, 5])
    for reader in (cache, PictureCache(tmp_path, FRAMING)):
        assert len(reader) == 4
        assert (reader.positions([key(n) for n in (1, 2, 3, 4, 5)]) >= 0).tolist() == [
            True, True, True, False, True
        ]  # fmt: skip
        check(reader, [1, 2, 3, 5])


def test_framings_do_not_mix(tmp_path):
    fill(PictureCache(tmp_path, FRAMING), [1])
    for other in (
        FramingSettings(size=64),
        FramingSettings(size=32, mode="pad"),
        FramingSettings(size=32, background=(0, 0, 0)),
    ):
        assert len(PictureCache(tmp_path, other)) == 0


def test_reading_writes_nothing(tmp_path):
    cache = PictureCache(tmp_path / "cache", FRAMING)
    assert cache.rows.shape == (0, 32, 32, 3)
    assert cache.positions([key(1), ""]).tolist() == [-1, -1]
    assert not (tmp_path / "cache").exists()


def test_rows_are_read_only(tmp_path):
    cache = PictureCache(tmp_path, FRAMING)
    fill(cache, [1])
    with pytest.raises(ValueError, match="read-only"):
        cache.rows[0, 0, 0, 0] = 1


def test_a_map_taken_before_stays_right_while_the_cache_grows(tmp_path):
    cache = PictureCache(tmp_path, FRAMING)
    fill(cache, [1, 2])
    early = cache.rows
    fill(cache, list(range(3, 40)))
    assert np.array_equal(early[1], row(2))
    assert len(cache.rows) == 39


@settings(max_examples=40, derandomize=True)
@given(st.data())
def test_any_torn_tail_costs_only_the_torn(data):
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        fill(PictureCache(root, FRAMING), list(range(6)))
        place = next(root.iterdir())
        for name in data.draw(st.sets(st.sampled_from(["rows.bin", "index.txt"]))):
            size = (place / name).stat().st_size
            os.truncate(place / name, data.draw(st.integers(0, size)))
        if data.draw(st.booleans()):
            with (place / "index.txt").open("ab") as file:
                file.write(data.draw(st.binary(max_size=80)))
        torn = PictureCache(root, FRAMING)
        check(torn, list(range(6)))
        fill(torn, list(range(8)))
        for reader in (torn, PictureCache(root, FRAMING)):
            assert (reader.positions([key(n) for n in range(8)]) >= 0).all()
            check(reader, list(range(8)))


@pytest.mark.parametrize(
    "index", [b"", b"garbage\n" * 99, b'{"format": "ganstudio-cache", "version": 9}\n']
)
def test_an_unknown_header_means_beginning_anew(tmp_path, index):
    fill(PictureCache(tmp_path, FRAMING), [1, 2, 3])
    (next(tmp_path.iterdir()) / "index.txt").write_bytes(index)
    cache = PictureCache(tmp_path, FRAMING)
    assert len(cache) == 0
    fill(cache, [2])
    reader = PictureCache(tmp_path, FRAMING)
    assert len(reader) == 1
    check(reader, [2])


def test_a_write_that_fails_counts_nothing(tmp_path, monkeypatch):
    cache = PictureCache(tmp_path, FRAMING)
    fill(cache, [1])

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UserError) as caught:
        fill(cache, [2, 3])
    monkeypatch.undo()
    assert caught.value.code == "disk-full"
    assert len(cache) == len(PictureCache(tmp_path, FRAMING)) == 1
    fill(cache, [3])
    check(PictureCache(tmp_path, FRAMING), [1, 3])


def test_lines_that_lost_their_pixels_never_get_other_ones(tmp_path, monkeypatch):
    fill(PictureCache(tmp_path, FRAMING), list(range(6)))
    os.truncate(next(tmp_path.iterdir()) / "rows.bin", 2 * 32 * 32 * 3)
    torn = PictureCache(tmp_path, FRAMING)

    def killed(_: int) -> None:  # after the pixels were written, before their lines
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", killed)
    with pytest.raises(KeyboardInterrupt):
        fill(torn, list(range(10, 14)))
    monkeypatch.undo()
    check(PictureCache(tmp_path, FRAMING), list(range(6)))


def test_a_great_many_rows_are_found_at_once(tmp_path):
    fill(PictureCache(tmp_path, FRAMING), [0])
    place = next(tmp_path.iterdir())
    count = 300_000
    digits = np.frombuffer(np.random.default_rng(0).bytes(count * 16).hex().encode(), np.uint8)
    lines = np.full((count, 33), ord("\n"), np.uint8)
    lines[:, :32] = digits.reshape(count, 32)
    with (place / "index.txt").open("r+b") as file:
        file.readline()
        file.truncate()
        file.write(lines.tobytes())
    os.truncate(place / "rows.bin", count * 32 * 32 * 3)
    cache = PictureCache(tmp_path, FRAMING)
    wanted = [lines[n, :32].tobytes().decode() for n in (0, 7, count - 1)]
    assert cache.positions(wanted).tolist() == [0, 7, count - 1]
    assert cache.rows.shape == (count, 32, 32, 3)
