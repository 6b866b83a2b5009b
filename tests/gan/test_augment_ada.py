"""Adaptive augmentation's changes: exact where they move whole pixels, as strong as published."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest
import torch
from torch import Tensor

from ganstudio.gan.augment import Augment
from ganstudio.gan.augment.colour import Shade, recoloured
from ganstudio.gan.augment.geometry import affine, product
from ganstudio.gan.augment.pixels import mixed, picked, reflected, resampled

ADA = ("flip", "turn", "shift", "geometry", "ada-color", "noise")
SHAPES = [(1, 16, 16), (3, 16, 16), (4, 16, 16), (3, 16, 24), (3, 28, 16)]


def random_from(seed: int) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def some(count: int = 64, shape: tuple[int, int, int] = (3, 16, 16)) -> Tensor:
    return torch.rand(count, *shape, generator=random_from(9)) * 1.6 - 0.8


def changed_by(name: str, pictures: Tensor, p: float, seed: int = 1) -> Tensor:
    return Augment([name])(pictures, p, random_from(seed))


def is_changed(pictures: Tensor, changed: Tensor) -> Tensor:
    """By more than rounding, (N,) bool."""
    return (changed - pictures).abs().flatten(1).amax(1) > 1e-4


def share_changed(name: str, p: float) -> float:
    pictures = some(2000, (3, 8, 8))
    return float(is_changed(pictures, changed_by(name, pictures, p)).float().mean())


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("name", ADA)
def test_a_picture_that_is_not_chosen_stays_as_it_is(
    name: str, shape: tuple[int, int, int]
) -> None:
    pictures = some(shape=shape)
    changed = changed_by(name, pictures, 1e-9)
    assert not bool(is_changed(pictures, changed).any())
    if name != "geometry":
        assert torch.equal(changed, pictures)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("name", ADA)
def test_pictures_of_any_shape_are_changed_and_keep_it(
    name: str, shape: tuple[int, int, int]
) -> None:
    pictures = some(shape=shape)
    changed = changed_by(name, pictures, 0.7)
    assert changed.shape == pictures.shape
    assert changed.dtype == pictures.dtype
    assert bool(changed.isfinite().all())
    assert not torch.equal(changed, pictures)


@pytest.mark.parametrize(
    ("name", "of_chosen"),
    [
        ("flip", 1 / 2),
        ("turn", 3 / 4),
        ("shift", 1 - 1 / 9),  # by -1, 0 or 1 pixel of 8 along both axes
        ("noise", 1.0),
    ],
)
def test_a_change_chooses_pictures_with_probability_p(name: str, of_chosen: float) -> None:
    for p in (0.2, 0.8):
        assert share_changed(name, p) == pytest.approx(p * of_chosen, abs=0.035)


@pytest.mark.parametrize(
    ("name", "stays"),
    [
        # Scale, the turns, stretch and move are chosen each on its own.
        ("geometry", lambda p: (1 - p) ** 4),
        # Brightness, contrast, luma (at even odds), hue and saturation.
        ("ada-color", lambda p: (1 - p) ** 4 * (1 - p / 2)),
    ],
)
def test_parts_of_a_change_are_chosen_on_their_own(
    name: str, stays: Callable[[float], float]
) -> None:
    for p in (0.1, 0.4):
        assert share_changed(name, p) == pytest.approx(1 - stays(p), abs=0.035)


def test_changes_are_chosen_on_their_own() -> None:
    flat = torch.zeros(2000, 3, 8, 8)
    flat[:, :, :, :4] = 1.0
    changed = Augment(["flip", "noise"])(flat, 0.5, random_from(2))
    flipped = changed[:, 0, :, 0].mean(1) < changed[:, 0, :, 7].mean(1)
    noisy = (changed != changed.round()).flatten(1).any(1)
    assert float(flipped.float().mean()) == pytest.approx(1 / 4, abs=0.03)
    assert float(noisy.float().mean()) == pytest.approx(1 / 2, abs=0.03)
    assert float((flipped & noisy).float().mean()) == pytest.approx(1 / 8, abs=0.03)


def test_flip_mirrors_left_to_right() -> None:
    pictures = some(200)
    changed = changed_by("flip", pictures, 1.0)
    same = (changed == pictures).flatten(1).all(1)
    mirrored = (changed == pictures.flip(3)).flatten(1).all(1)
    assert bool((same ^ mirrored).all())


@pytest.mark.parametrize("shape", [(3, 16, 16), (3, 16, 24)])
def test_turn_is_any_number_of_quarters_or_halves(shape: tuple[int, int, int]) -> None:
    pictures = some(400, shape)
    changed = changed_by("turn", pictures, 1.0)
    allowed = (0, 1, 2, 3) if shape[1] == shape[2] else (0, 2)
    is_turned = torch.stack(
        [(changed == pictures.rot90(k, (2, 3))).flatten(1).all(1) for k in allowed]
    )
    assert bool((is_turned.sum(0) == 1).all())
    assert is_turned.float().mean(1).tolist() == pytest.approx(
        [1 / len(allowed)] * len(allowed), abs=0.08
    )


def test_shift_moves_by_whole_pixels_up_to_an_eighth_and_the_mirrored_picture_comes_in() -> None:
    pictures = some(400)
    changed = changed_by("shift", pictures, 1.0)
    padded = torch.nn.functional.pad(pictures, (2, 2, 2, 2), mode="reflect")
    moved = torch.stack(
        [
            (changed == padded[:, :, down : down + 16, across : across + 16]).flatten(1).all(1)
            for down in range(5)
            for across in range(5)
        ]
    )
    assert bool((moved.sum(0) == 1).all())
    assert int(moved.sum(1).min()) > 3  # 16 expected of each


def test_changes_of_place_come_one_after_the_other_in_one_sampling() -> None:
    pictures = some(400)
    changed = Augment(["turn", "flip"])(pictures, 1.0, random_from(1))
    all_eight = torch.stack(
        [
            (changed == mirrored.rot90(k, (2, 3))).flatten(1).all(1)
            for mirrored in (pictures, pictures.flip(3))
            for k in range(4)
        ]
    )
    assert bool((all_eight.sum(0) == 1).all())
    assert int(all_eight.sum(1).min()) > 25  # 50 expected of each
    shifted = Augment(["flip", "shift"])(pictures, 1.0, random_from(1))
    flipped_alone = changed_by("flip", pictures, 1.0)
    assert 0.8 < float(is_changed(flipped_alone, shifted).float().mean()) < 1.0


def test_places_outside_are_mirrored_as_often_as_needed() -> None:
    places = torch.arange(-9.0, 13.0)
    assert reflected(places, 4).tolist() == [
        *[3, 2, 1, 0, 1, 2],
        *[3, 2, 1, 0, 1, 2],
        *[3, 2, 1, 0, 1, 2],
        *[3, 2, 1, 0],
    ]
    assert reflected(torch.tensor([-0.25, 3.5]), 4).tolist() == [0.25, 2.5]


def posed(
    count: int = 1,
    *,
    scale: float = 1.0,
    before: float = 0.0,
    stretch: float = 1.0,
    after: float = 0.0,
    right: float = 0.0,
    down: float = 0.0,
) -> Tensor:
    """One matrix for so many pictures."""

    def each(*values: float) -> Tensor:
        return torch.tensor([values] * count)

    return affine(each(scale), each(stretch), each(before, after), each(right, down))


@pytest.mark.parametrize("shape", SHAPES)
def test_nothing_to_change_is_the_same_picture(shape: tuple[int, int, int]) -> None:
    pictures = some(3, shape)
    assert torch.equal(picked(pictures, posed(3)), pictures)
    torch.testing.assert_close(resampled(pictures, posed(3)), pictures, rtol=0, atol=1e-5)


@pytest.mark.parametrize("part", ["before", "after"])
@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_turning_by_quarters_is_rot90(part: str, quarters: int) -> None:
    pictures = some(2)
    angle = quarters * math.pi / 2
    matrices = posed(2, before=angle) if part == "before" else posed(2, after=angle)
    expected = pictures.rot90(quarters, (2, 3))
    torch.testing.assert_close(resampled(pictures, matrices), expected, rtol=0, atol=2e-5)


def test_moving_is_to_the_right_and_down_and_by_parts_of_a_pixel() -> None:
    pictures = some(2)
    matrices = posed(2, right=2.0, down=3.0)
    assert torch.equal(picked(pictures, matrices)[:, :, 3:, 2:], pictures[:, :, :-3, :-2])
    half = resampled(pictures, posed(2, right=0.5))
    expected = (pictures[:, :, :, 1:] + pictures[:, :, :, :-1]) / 2
    torch.testing.assert_close(half[:, :, :, 1:], expected, rtol=0, atol=1e-5)


def slope(height: int, width: int) -> Tensor:
    """Two channels that say how far right of and below the centre a pixel is."""
    x = torch.arange(width) - (width - 1) / 2
    y = torch.arange(height) - (height - 1) / 2
    return torch.stack([x.expand(height, width), y.view(-1, 1).expand(height, width)])[None]


def test_parts_come_in_their_order() -> None:
    """Scaled by 2, turned to the left, made 1.25 times wider, moved 3 to the right."""
    matrices = posed(scale=2.0, before=math.pi / 2, stretch=1.25, right=3.0)
    origin = resampled(slope(33, 33), matrices)
    x, y = origin[0, :, 16, 21]  # 5 right of the centre
    # Unmoved 2, unstretched 1.6: what is now on the right was below.
    assert (float(x), float(y)) == pytest.approx((0.0, 0.8), abs=1e-5)


def test_a_product_is_one_change_after_the_other() -> None:
    first, then = posed(before=0.5, right=3.0), posed(scale=1.25, after=-0.3, down=2.0)
    pictures = slope(65, 65)
    at_once = resampled(pictures, product(first, then))
    one_by_one = resampled(resampled(pictures, first), then)
    middle = (..., slice(24, 41), slice(24, 41))
    torch.testing.assert_close(at_once[middle], one_by_one[middle], rtol=0, atol=1e-4)


def test_an_angle_is_the_same_in_a_rectangle() -> None:
    origin = resampled(slope(16, 32), posed(after=math.pi / 6))
    x, y = origin[0, :, 8, 16]  # half a pixel right of and below the centre
    cos, sin = math.cos(math.pi / 6) / 2, 0.25
    assert (float(x), float(y)) == pytest.approx((cos - sin, sin + cos), abs=1e-5)


@pytest.mark.parametrize("shape", SHAPES)
def test_sampling_is_the_same_where_it_is_made_of_gathers(shape: tuple[int, int, int]) -> None:
    pictures = some(3, shape)
    # So small that far more than the picture is seen, and more than its mirror image.
    matrices = posed(3, scale=0.23, before=0.4, stretch=1.3, after=-1.1, right=2.3, down=-0.6)
    height, width = shape[1:]
    places = torch.cat([slope(height, width).flatten(2), torch.ones(1, 1, height * width)], dim=1)
    x, y = (matrices @ places).view(3, 2, height, width).unbind(1)
    assert float(x.abs().max()) > 1.5 * width
    torch.testing.assert_close(
        mixed(pictures, x, y), resampled(pictures, matrices), rtol=0, atol=1e-4
    )


def test_gathers_have_gradients_of_every_order() -> None:
    pictures = some(2, (2, 4, 5)).double().requires_grad_()
    x, y = torch.randn(2, 2, 4, 5, generator=random_from(2)).double()

    def sample(x_: Tensor) -> Tensor:
        return mixed(x_, x, y)

    assert torch.autograd.gradcheck(sample, pictures)
    assert torch.autograd.gradgradcheck(sample, pictures)


@pytest.mark.parametrize("name", ADA)
def test_changes_have_true_gradients(name: str) -> None:
    pictures = some(2, (3, 4, 4)).double().requires_grad_()

    def change(x: Tensor) -> Tensor:
        return changed_by(name, x, 0.8, seed=3)

    assert torch.autograd.gradcheck(change, pictures)


def shade(count: int = 4, /, **changes: float) -> Shade:
    """One change of colour for so many pictures."""
    plain = {"brightness": 0.0, "contrast": 1.0, "luma": 1.0, "hue": 0.0, "saturation": 1.0}
    return Shade(**{name: torch.full((count, 1, 1), v) for name, v in (plain | changes).items()})


@pytest.mark.parametrize("channels", [1, 3])
def test_no_change_of_colour_is_the_very_same_picture(channels: int) -> None:
    pictures = some(4, (channels, 8, 8))
    assert torch.equal(recoloured(pictures, shade()), pictures)


def test_hues_go_round() -> None:
    pictures = some(4)
    whole = recoloured(pictures, shade(hue=2 * math.pi))
    torch.testing.assert_close(whole, pictures, rtol=0, atol=1e-6)
    third = recoloured(pictures, shade(hue=2 * math.pi / 3))
    torch.testing.assert_close(third, pictures.roll(1, dims=1), rtol=0, atol=1e-6)


def test_luma_changed_over_twice_is_nothing_and_once_keeps_the_colours() -> None:
    pictures = some(4)
    once = recoloured(pictures, shade(luma=-1.0))
    torch.testing.assert_close(once.mean(1), -pictures.mean(1), rtol=0, atol=1e-6)
    torch.testing.assert_close(
        once - once.mean(1, True), pictures - pictures.mean(1, True), rtol=0, atol=1e-6
    )
    twice = recoloured(once, shade(luma=-1.0))
    torch.testing.assert_close(twice, pictures, rtol=0, atol=1e-6)


def test_without_saturation_everything_is_grey_and_as_light_as_before() -> None:
    pictures = some(4)
    grey = recoloured(pictures, shade(saturation=0.0))
    expected = pictures.mean(1, keepdim=True).expand_as(pictures)
    torch.testing.assert_close(grey, expected, rtol=0, atol=1e-6)


@pytest.mark.parametrize("channels", [1, 3])
def test_brightness_comes_before_contrast(channels: int) -> None:
    pictures = some(4, (channels, 8, 8))
    changed = recoloured(pictures, shade(brightness=0.2, contrast=3.0))
    torch.testing.assert_close(changed, 3.0 * (pictures + 0.2), rtol=0, atol=1e-5)


def as_matrix(**changes: float) -> Tensor:
    """What a change of colour does to red, green, blue and, from black, to an offset: (3, 4)."""
    colours = torch.cat([torch.eye(3), torch.zeros(1, 3)]).view(4, 3, 1, 1)
    red, green, blue, black = recoloured(colours, shade(**changes)).view(4, 3)
    return torch.stack([red - black, green - black, blue - black, black], dim=1)


def test_all_changes_of_colour_are_the_product_of_their_matrices() -> None:
    parts = {"brightness": 0.2, "contrast": 1.5, "luma": -1.0, "hue": 0.7, "saturation": 0.4}
    product = torch.eye(4)
    for name, value in parts.items():
        own = torch.cat([as_matrix(**{name: value}), torch.tensor([[0.0, 0.0, 0.0, 1.0]])])
        product = own @ product
    torch.testing.assert_close(as_matrix(**parts), product[:3], rtol=0, atol=1e-6)


@pytest.mark.parametrize("name", ["ada-color", "noise", "color"])
def test_alpha_stays_as_it_is(name: str) -> None:
    pictures = some(shape=(4, 8, 8))
    changed = changed_by(name, pictures, 1.0)
    assert torch.equal(changed[:, 3], pictures[:, 3])
    assert bool((changed[:, :3] != pictures[:, :3]).flatten(1).any(1).all())


def test_strengths_are_as_published() -> None:
    """From pictures of which each change can be read off."""
    grey = torch.zeros(4000, 1, 2, 2)
    grey[:, :, 1] = 1.0
    changed = changed_by("ada-color", grey, 1.0)[:, 0]
    contrast = changed[:, 1, 0] - changed[:, 0, 0]
    assert float((contrast < 0).float().mean()) == pytest.approx(0.5, abs=0.03)
    assert float(contrast.abs().log2().std()) == pytest.approx(0.5, abs=0.03)
    assert float((changed[:, 0, 0] / contrast).std()) == pytest.approx(0.2, abs=0.02)
    noisy = changed_by("noise", torch.zeros(1000, 3, 16, 16), 1.0)
    assert float(noisy.std((1, 2, 3)).square().mean().sqrt()) == pytest.approx(0.1, abs=0.01)


def test_geometry_is_as_strong_as_published(monkeypatch: pytest.MonkeyPatch) -> None:
    import ganstudio.gan.augment.geometry as module

    seen: dict[str, Tensor] = {}

    def spy(**parts: Tensor) -> Tensor:
        seen.update(parts)
        return affine(**parts)

    monkeypatch.setattr(module, "affine", spy)
    changed_by("geometry", torch.zeros(4000, 1, 16, 32), 0.84)
    scale, stretch = seen["scale"].log2(), seen["stretch"].log2()
    (before, after), (right, down) = seen["angles"].unbind(1), seen["moves"].unbind(1)
    for part, share in ((scale, 0.84), (stretch, 0.84), (before, 0.6), (after, 0.6), (down, 0.84)):
        assert float((part != 0).float().mean()) == pytest.approx(share, abs=0.03)
    assert torch.equal(right != 0, down != 0)
    assert float((before * after != 0).float().mean()) == pytest.approx(0.36, abs=0.03)
    for part, deviation in ((scale, 0.2), (stretch, 0.2), (right, 4.0), (down, 2.0)):
        assert float(part[part != 0].std()) == pytest.approx(deviation, rel=0.05)
    assert float(before.min()) == pytest.approx(-math.pi, abs=0.02)
    assert float(before.max()) == pytest.approx(math.pi, abs=0.02)
