"""Distances without a network: closed forms, scipy's, and graded damage."""

import itertools
import math

import numpy as np
import pytest
import torch
from PIL import Image, ImageFilter
from scipy.stats import wasserstein_distance

from ganstudio.quality.sliced import (
    color_distance,
    histograms,
    laplacian_pyramid,
    sliced_wasserstein,
    sorted_distance,
)


def drawings(seed: int, count: int = 24, side: int = 32) -> np.ndarray:
    """Discs of many colours."""
    random = np.random.default_rng(seed)
    y, x = np.mgrid[:side, :side]
    pictures = np.empty((count, side, side, 3), dtype=np.uint8)
    for picture in pictures:
        middle, reach = random.uniform(8, side - 8, 2), random.uniform(4, 10)
        inside = (y - middle[0]) ** 2 + (x - middle[1]) ** 2 < reach**2
        picture[:] = random.integers(0, 256, 3)
        picture[inside] = random.integers(0, 256, 3)
    return pictures


def blurred(pictures: np.ndarray, radius: float) -> np.ndarray:
    soft = ImageFilter.GaussianBlur(radius)
    return np.stack([np.asarray(Image.fromarray(one).filter(soft)) for one in pictures])


def colors_apart(one: np.ndarray, other: np.ndarray) -> float:
    return color_distance(histograms(one), histograms(other))


def distances(one: np.ndarray, other: np.ndarray) -> list[float]:
    """With fewer patches than the paper's, which is quicker and tells as much here."""
    return sliced_wasserstein(one, other, patches=32, repeats=1)


def test_shifted_normals_are_as_far_apart_as_the_closed_form_says() -> None:
    """E |<delta, u>| = |delta| Gamma(d / 2) / (sqrt(pi) Gamma((d + 1) / 2)): 0.0659 for d = 147."""
    d, shift = 147, 3.0
    chance = torch.Generator().manual_seed(0)
    ours, theirs = (torch.randn(2_000, d, generator=chance) for _ in range(2))
    theirs[:, 0] += shift
    directions = torch.randn(d, 1_000, generator=chance)
    directions /= directions.norm(dim=0)
    constant = math.exp(math.lgamma(d / 2) - math.lgamma((d + 1) / 2)) / math.sqrt(math.pi)
    assert constant == pytest.approx(0.0659, abs=1e-4)
    found = sorted_distance(ours @ directions, theirs @ directions)
    assert found == pytest.approx(shift * constant, rel=0.05)


def test_sorted_numbers_are_compared_as_scipy_does() -> None:
    random = np.random.default_rng(0)
    one, other = random.normal(size=(50, 3)), random.exponential(size=(50, 3))
    expected = np.mean([wasserstein_distance(one[:, i], other[:, i]) for i in range(3)])
    found = sorted_distance(torch.from_numpy(one), torch.from_numpy(other))
    assert found == pytest.approx(expected)


@pytest.mark.parametrize(("side", "levels"), [(16, 1), (31, 1), (32, 2), (64, 3), (128, 4)])
def test_a_pyramid_ends_at_sixteen_pixels_and_adds_up_to_the_picture(
    side: int, levels: int
) -> None:
    pictures = drawings(1, 3, side)
    found = laplacian_pyramid(pictures)
    assert len(found) == levels
    assert 16 <= found[-1].shape[2] < 32
    whole = found[-1]
    line = torch.tensor([1.0, 4.0, 6.0, 4.0, 1.0]) / 8
    kernel = torch.outer(line, line).expand(3, 1, 5, 5)
    for level in reversed(found[:-1]):
        spread = torch.zeros(*level.shape)
        spread[:, :, ::2, ::2] = whole
        padded = torch.nn.functional.pad(spread, (2, 2, 2, 2), mode="reflect")
        whole = level + torch.nn.functional.conv2d(padded, kernel, groups=3)
    assert torch.allclose(whole.permute(0, 2, 3, 1), torch.from_numpy(pictures).float(), atol=1e-2)


def test_an_even_surface_has_nothing_fine() -> None:
    grey = np.full((2, 64, 64, 1), 90, dtype=np.uint8)
    fine, finer, coarse = laplacian_pyramid(grey)
    assert max(fine.abs().max(), finer.abs().max()) < 1e-3
    assert torch.allclose(coarse, torch.tensor(90.0), atol=1e-3)


def test_equal_sets_are_at_no_distance_in_any_order() -> None:
    pictures = drawings(2)
    assert distances(pictures, pictures) == [0.0, 0.0]
    assert colors_apart(pictures, pictures[::-1]) == 0.0


def test_a_distance_does_not_depend_on_which_set_comes_first() -> None:
    one, other = drawings(3), drawings(4)
    assert distances(one, other) == pytest.approx(distances(other, one))
    assert colors_apart(one, other) == pytest.approx(colors_apart(other, one))


def test_blur_is_seen_more_the_more_there_is_and_first_at_the_finest_scale() -> None:
    real, drawn = drawings(5, 60), drawings(6, 60)
    fine = [distances(real, blurred(drawn, radius))[0] for radius in (0.0, 0.7, 1.5, 3.0)]
    assert fine == sorted(fine)
    soft = distances(real, blurred(drawn, 0.7))
    sharp = distances(real, drawn)
    assert soft[0] - sharp[0] > soft[1] - sharp[1]


def test_noise_is_seen_more_the_more_there_is() -> None:
    real, drawn = drawings(7, 60), drawings(8, 60).astype(float)
    noise = np.random.default_rng(0).normal(size=drawn.shape)
    noisy = [
        distances(real, (drawn + much * noise).clip(0, 255).astype(np.uint8))[0]
        for much in (0, 10, 30, 90)
    ]
    assert noisy == sorted(noisy)


def test_colours_are_compared_as_scipy_does() -> None:
    random = np.random.default_rng(1)
    one = random.integers(0, 200, (3, 8, 8, 2)).astype(np.uint8)
    other = random.integers(50, 256, (5, 8, 8, 2)).astype(np.uint8)
    expected = np.mean(
        [wasserstein_distance(one[..., c].ravel(), other[..., c].ravel()) for c in range(2)]
    )
    assert colors_apart(one, other) == pytest.approx(expected)
    brighter = (one.astype(int) + 7).astype(np.uint8)
    assert colors_apart(one, brighter) == pytest.approx(7.0)


@pytest.mark.parametrize("shape", [(4, 32, 48, 3), (4, 64, 64, 1), (4, 32, 32, 4)])
def test_rectangles_and_any_number_of_channels(shape: tuple[int, ...]) -> None:
    random = np.random.default_rng(2)
    one, other = (random.integers(0, 256, shape).astype(np.uint8) for _ in range(2))
    for distance in sliced_wasserstein(one, other, patches=8, repeats=1):
        assert math.isfinite(distance)
        assert distance > 0


def test_sets_that_cannot_be_compared_are_refused() -> None:
    for one, other in itertools.permutations([drawings(0, 4), drawings(0, 5)]):
        with pytest.raises(ValueError, match="cannot be compared"):
            sliced_wasserstein(one, other)
