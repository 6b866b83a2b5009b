"""A saved still keeps its pixels and knows where it was drawn."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from ganstudio.export.still import SCALES, enlarged, fitted, read_place, save_still
from ganstudio.project.errors import UserError
from ganstudio.project.kept import KeptPoint
from ganstudio.project.messages import Pictures
from ganstudio.project.point import LatentPoint, Move


def _picture(size: int = 8, channels: int = 3) -> Pictures:
    return np.random.default_rng(1).integers(0, 256, (size, size, channels), np.uint8)


def _outcome(path: Path) -> LatentPoint | str:
    try:
        return read_place(path).point
    except UserError as error:
        return error.code


_numbers = st.floats(-1e6, 1e6, allow_nan=False)
_moves = st.builds(Move, direction=st.text(max_size=9), amount=st.floats(-20, 20))
_points = st.builds(
    LatentPoint,
    seed_x=_numbers,
    seed_y=_numbers,
    diversity=st.floats(0, 2),
    moves=st.lists(_moves, max_size=20).map(tuple),
)


@given(point=_points)
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_place_comes_back_exactly(tmp_path: Path, point: LatentPoint) -> None:
    path = tmp_path / "still.png"
    place = KeptPoint(point=point, model="abc", images=7)
    save_still(path, _picture(), place)
    assert read_place(path) == place


@pytest.mark.parametrize("channels", [1, 3])
def test_own_size_keeps_every_pixel(tmp_path: Path, channels: int) -> None:
    path = tmp_path / "still.png"
    picture = _picture(channels=channels)
    save_still(path, picture, KeptPoint(point=LatentPoint()))
    with Image.open(path) as image:
        back = np.asarray(image).reshape(picture.shape)
        assert image.text["Software"].startswith("GAN Studio")  # type: ignore[attr-defined]
    assert np.array_equal(back, picture)


@pytest.mark.parametrize("scale", SCALES)
def test_nearest_repeats_pixels_and_adds_no_colour(scale: int) -> None:
    picture = _picture()
    large = enlarged(picture, scale, "nearest")
    assert np.array_equal(large, picture.repeat(scale, 0).repeat(scale, 1))


def test_lanczos_has_the_size_and_is_smooth() -> None:
    picture = _picture(16)
    smooth = enlarged(picture, 4, "lanczos").astype(int)
    hard = enlarged(picture, 4, "nearest").astype(int)
    assert smooth.shape == hard.shape
    assert np.abs(np.diff(smooth, axis=0)).max() < np.abs(np.diff(hard, axis=0)).max()


@pytest.mark.parametrize("scale", [0, -1, 17, 1000])
def test_other_factors_are_refused(tmp_path: Path, scale: int) -> None:
    with pytest.raises(UserError) as caught:
        save_still(tmp_path / "a.png", _picture(), KeptPoint(point=LatentPoint()), scale=scale)
    assert caught.value.code == "bad-scale"
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("channels", [1, 3])
def test_a_picture_that_fits_a_screen_is_made_in_bands_without_seams(
    channels: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = _picture(24, channels)
    monkeypatch.setattr("ganstudio.export.still._BAND", 1_000)
    whole = fitted(picture, 217, 301)
    monkeypatch.setattr("ganstudio.export.still._BAND", 37)
    banded = fitted(picture, 217, 301)
    assert whole.shape == (301, 217, channels)
    assert np.abs(whole.astype(int) - banded.astype(int)).max() <= 1


def test_an_unknown_way_to_enlarge_is_refused() -> None:
    with pytest.raises(UserError) as caught:
        enlarged(_picture(), 2, "cubic")  # type: ignore[arg-type]
    assert caught.value.code == "bad-filter"


def test_only_png_names_are_taken(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        save_still(tmp_path / "a.jpg", _picture(), KeptPoint(point=LatentPoint()))
    assert caught.value.code == "wrong-ending"
    assert not list(tmp_path.iterdir())


def test_a_strangers_picture_knows_no_place(tmp_path: Path) -> None:
    for name in ("plain.png", "plain.jpg"):
        path = tmp_path / name
        Image.fromarray(_picture()).save(path)
        with pytest.raises(UserError) as caught:
            read_place(path)
        assert caught.value.code == "no-place"


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"seed_x": 1e999}', '{"seed_x": "x"}', "[" * 9999]
)
def test_a_damaged_place_is_one_plain_sentence(tmp_path: Path, text: str) -> None:
    from PIL.PngImagePlugin import PngInfo

    chunks = PngInfo()
    chunks.add_text("ganstudio:place", text)
    path = tmp_path / "odd.png"
    Image.fromarray(_picture()).save(path, pnginfo=chunks)
    with pytest.raises(UserError) as caught:
        read_place(path)
    assert caught.value.code == "unreadable-file"


@given(cut=st.integers(0, 400))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_torn_file_is_named_and_never_a_crash(tmp_path: Path, cut: int) -> None:
    whole, torn = tmp_path / "whole.png", tmp_path / "torn.png"
    save_still(whole, _picture(), KeptPoint(point=LatentPoint(seed_x=3)))
    torn.write_bytes(whole.read_bytes()[:cut])
    assert _outcome(torn) in {LatentPoint(seed_x=3), "unreadable-file", "no-place"}


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        read_place(tmp_path / "nothing.png")
    assert caught.value.code == "no-such-file"


def test_a_failed_save_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "still.png"
    save_still(path, _picture(), KeptPoint(point=LatentPoint(seed_x=1)))
    before = path.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(UserError) as caught:
        save_still(path, _picture(16), KeptPoint(point=LatentPoint(seed_x=2)))
    assert caught.value.code == "disk-full"
    assert path.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["still.png"]


@pytest.mark.parametrize("scale", [1, 3])
def test_a_transparent_picture_is_saved_with_straight_colours(tmp_path: Path, scale: int) -> None:
    """Inside the program they are multiplied with alpha; a file holds them once divided."""
    picture = np.zeros((8, 8, 4), np.uint8)
    picture[...] = (40, 20, 10, 100)
    assert (enlarged(picture, scale) == (40, 20, 10, 100)).all()
    path = tmp_path / "clear.png"
    save_still(path, picture, LatentPoint(), scale=scale)
    with Image.open(path) as image:
        assert image.size == (8 * scale, 8 * scale)
        assert image.getpixel((0, 0)) == (102, 51, 26, 100)
