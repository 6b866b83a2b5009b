"""Colours multiplied with alpha and back, and what one sees of them."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from ganstudio.project.pixels import laid_on, multiplied, straight


def every_alpha() -> np.ndarray:
    """(256, 256, 4): every alpha with every value of a colour, straight."""
    alpha, colour = np.meshgrid(np.arange(256), np.arange(256), indexing="ij")
    return np.stack([colour, 255 - colour, colour // 2, alpha], axis=-1).astype(np.uint8)


def test_there_and_back_is_the_same_picture_once_multiplied() -> None:
    inside = multiplied(every_alpha())
    assert np.array_equal(multiplied(straight(inside)), inside)


def test_where_it_is_opaque_nothing_changes_and_where_it_is_clear_nothing_is_left() -> None:
    picture = every_alpha()
    inside = multiplied(picture)
    assert np.array_equal(inside[255], picture[255])
    assert not inside[0].any()
    assert np.array_equal(straight(inside)[255], picture[255])


def test_multiplying_is_what_pillow_does() -> None:
    picture = every_alpha()
    theirs = np.asarray(Image.fromarray(picture).convert("RGBa"))
    assert np.abs(multiplied(picture).astype(int) - theirs).max() <= 1


@pytest.mark.parametrize("ground", [(255, 255, 255), (0, 0, 0), (20, 130, 240)])
def test_laid_on_a_ground_it_is_the_blend_of_both(ground: tuple[int, int, int]) -> None:
    picture = every_alpha().astype(float)
    share = picture[..., 3:] / 255
    wanted = picture[..., :3] * share + np.array(ground) * (1 - share)
    found = laid_on(multiplied(every_alpha()), ground)
    assert found.shape == (256, 256, 3)
    assert np.abs(found - wanted).max() <= 1.01


def test_more_colour_than_alpha_allows_does_not_overflow() -> None:
    """A generator knows no such rule."""
    wild = np.full((1, 1, 4), 255, np.uint8)
    wild[..., 3] = 0
    assert laid_on(wild, (255, 255, 255)).tolist() == [[[255, 255, 255]]]
    assert straight(wild)[..., :3].tolist() == [[[255, 255, 255]]]


@pytest.mark.parametrize("channels", [1, 3])
def test_without_alpha_they_are_the_very_same(channels: int) -> None:
    pictures = np.zeros((2, 4, 4, channels), np.uint8)
    for function in (multiplied, straight, lambda p: laid_on(p, (1, 2, 3))):
        assert function(pictures) is pictures
