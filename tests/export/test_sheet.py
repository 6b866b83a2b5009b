"""A sheet holds every picture unchanged, with narrow gaps between them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from ganstudio.export.look import STAGE
from ganstudio.export.sheet import GAP, laid_out, save_sheet


@given(count=st.integers(1, 30), columns=st.integers(1, 9), channels=st.sampled_from([1, 3]))
def test_every_picture_is_there_in_reading_order(count: int, columns: int, channels: int) -> None:
    pictures = np.random.default_rng(count).integers(0, 256, (count, 5, 4, channels), np.uint8)
    sheet = laid_out(pictures, columns)
    across = min(count, columns)
    assert sheet.shape == (-(-count // across) * (5 + GAP) - GAP, across * (4 + GAP) - GAP, 3)
    for index, picture in enumerate(pictures):
        row, column = divmod(index, across)
        top, left = row * (5 + GAP), column * (4 + GAP)
        assert (sheet[top : top + 5, left : left + 4] == picture).all()


def test_gaps_have_the_ground_s_colour() -> None:
    sheet = laid_out(np.full((4, 3, 3, 3), 255, np.uint8), 2)
    assert (sheet[3 : 3 + GAP] == STAGE).all()
    assert (sheet[:, 3 : 3 + GAP] == STAGE).all()


def test_sixty_four_pictures_make_a_square() -> None:
    assert laid_out(np.zeros((64, 32, 32, 3), np.uint8)).shape[:2] == (270, 270)


@pytest.mark.parametrize("scale", [1, 3])
def test_a_saved_sheet_is_the_sheet(tmp_path: Path, scale: int) -> None:
    pictures = np.random.default_rng(0).integers(0, 256, (6, 4, 4, 3), np.uint8)
    path = tmp_path / "sheet.png"
    save_sheet(path, pictures, scale=scale)
    with Image.open(path) as image:
        large = np.asarray(image)
    assert np.array_equal(large, laid_out(pictures).repeat(scale, 0).repeat(scale, 1))
