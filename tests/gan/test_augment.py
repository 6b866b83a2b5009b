"""Augmentation: what it may change, where its chance comes from, and that gradients pass."""

import pytest
import torch

from ganstudio.gan.augment import POLICIES, Augment
from ganstudio.gan.chance import Chance, Share
from ganstudio.gan.seeding import generator_for

ALL = POLICIES
TOGETHER = ("color", "translation", "cutout")  # a picture is changed by all of them or by none
WHOLE = tuple(name for name in ALL if name != "geometry")  # pixels are not mixed


def random_from(seed: int) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def noise(count: int = 64, size: int = 16) -> torch.Tensor:
    return torch.rand(count, 3, size, size, generator=random_from(9)) * 1.6 - 0.8


def test_the_policies_are_those_a_recipe_may_name() -> None:
    assert ALL[:3] == TOGETHER
    with pytest.raises(ValueError, match="swirl"):
        Augment(["color", "swirl"])


@pytest.mark.parametrize("policy", [ALL, (), ("cutout",)])
def test_at_p_0_pictures_are_themselves_and_no_chance_is_drawn(policy: tuple[str, ...]) -> None:
    pictures, generator = noise(), random_from(1)
    before = generator.get_state()
    assert Augment(policy)(pictures, 0.0, generator) is pictures
    assert torch.equal(generator.get_state(), before)


@pytest.mark.parametrize("name", TOGETHER)
def test_each_picture_is_changed_with_probability_p(name: str) -> None:
    pictures = noise(1000, 8)
    changed = Augment([name])(pictures, 0.3, random_from(2))
    share = (changed != pictures).flatten(1).any(1).float().mean()
    always = Augment([name])(pictures, 1.0, random_from(3))
    share_always = (always != pictures).flatten(1).any(1).float().mean()
    assert float(share) == pytest.approx(0.3 * float(share_always), abs=0.05)
    assert float(share_always) > 0.85


@pytest.mark.parametrize("policy", [(name,) for name in ALL] + [ALL])
def test_only_the_given_generator_is_drawn_from(policy: tuple[str, ...]) -> None:
    before = torch.get_rng_state()
    one = Augment(policy)(noise(), 0.5, random_from(4))
    assert torch.equal(torch.get_rng_state(), before)
    assert torch.equal(one, Augment(policy)(noise(), 0.5, random_from(4)))
    assert not torch.equal(one, Augment(policy)(noise(), 0.5, random_from(5)))


# Torch's own sampling, which "geometry" is made of, need not have a second gradient.
@pytest.mark.parametrize("policy", [(name,) for name in WHOLE] + [WHOLE])
def test_gradients_flow_through_twice(policy: tuple[str, ...]) -> None:
    pictures = noise(4).double().requires_grad_()
    changed = Augment(policy)(pictures, 1.0, random_from(6))
    (gradient,) = torch.autograd.grad(changed.pow(3).sum(), pictures, create_graph=True)
    (second,) = torch.autograd.grad(gradient.square().sum(), pictures)
    for part in (gradient, second):
        assert bool(part.isfinite().all())
        assert bool((part.flatten(1).abs().sum(1) > 0).all())


def test_changes_that_come_together_choose_their_pictures_once_and_first() -> None:
    """So runs that began with them alone go on bit by bit."""
    flat = torch.zeros(64, 3, 8, 8)
    expected = random_from(7)
    chosen = torch.rand(64, 1, 1, 1, generator=expected) < 0.5
    brightness = torch.rand(64, 1, 1, 1, generator=expected) - 0.5
    wanted = torch.where(chosen, brightness, 0.0).expand_as(flat)
    changed = Augment(["flip", "color"])(flat, 0.5, random_from(7))
    torch.testing.assert_close(changed, wanted, rtol=0, atol=1e-6)
    pictures = noise()
    moved = Augment(["color", "translation"])(pictures, 0.5, random_from(7)) != pictures
    assert torch.equal(moved.flatten(1).any(1), chosen.flatten())


@pytest.mark.parametrize("policy", [(name,) for name in ALL] + [ALL])
def test_shares_of_a_batch_are_changed_like_the_whole(policy: tuple[str, ...]) -> None:
    pictures, augment = noise(10), Augment(policy)
    whole = augment(pictures, 0.5, Chance.of(3, "augment", 0, Share.whole(10)))
    parts = [
        augment(pictures[share.rows], 0.5, Chance.of(3, "augment", 0, share))
        for share in Share.whole(10).split(4)
    ]
    assert torch.equal(whole, augment(pictures, 0.5, generator_for(3, "augment", 0)))
    torch.testing.assert_close(torch.cat(parts), whole, rtol=0, atol=1e-6)


def test_translation_moves_by_whole_pixels_up_to_an_eighth_and_zeros_come_in() -> None:
    pictures = noise(400, 16)
    moved = Augment(["translation"])(pictures, 1.0, random_from(7))
    steps = [(down, across) for down in range(-2, 3) for across in range(-2, 3)]
    padded = torch.nn.functional.pad(pictures, (2, 2, 2, 2))
    found = dict.fromkeys(steps, 0)
    for index in range(len(pictures)):
        matches = [
            (down, across)
            for down, across in steps
            if torch.equal(
                padded[index, :, 2 - down : 18 - down, 2 - across : 18 - across], moved[index]
            )
        ]
        assert len(matches) == 1
        found[matches[0]] += 1
    assert min(found.values()) > 3  # 16 expected of each
    assert max(found.values()) < 40


def test_cutout_blanks_a_square_of_half_the_side() -> None:
    pictures = torch.ones(500, 3, 16, 16)
    cut = Augment(["cutout"])(pictures, 1.0, random_from(8))
    holes = (cut == 0).all(1)
    assert bool(((cut == 0) | (cut == 1)).all())
    rows, columns = holes.any(2).sum(1), holes.any(1).sum(1)
    assert torch.equal(holes.flatten(1).sum(1), rows * columns)  # each hole is one rectangle
    assert int(rows.max()) == 8
    assert int(rows.min()) == 4  # cut off by the border: its centre stays inside
    covered = holes.float().mean(0)
    torch.testing.assert_close(covered, covered.flip(0), atol=0.09, rtol=0)
    torch.testing.assert_close(covered, covered.flip(1), atol=0.09, rtol=0)


def test_color_moves_within_its_ranges() -> None:
    flat = torch.zeros(2000, 3, 4, 4)
    brightness = Augment(["color"])(flat, 1.0, random_from(9))[:, 0, 0, 0]
    assert float(brightness.min()) == pytest.approx(-0.5, abs=0.01)
    assert float(brightness.max()) == pytest.approx(0.5, abs=0.01)
    pictures = noise(2000, 4)
    changed = Augment(["color"])(pictures, 1.0, random_from(10))

    def spread(x: torch.Tensor, axis: int | tuple[int, ...]) -> torch.Tensor:
        return x.std(axis, correction=0)

    def grey(x: torch.Tensor) -> torch.Tensor:
        return x.mean(1)

    contrast = spread(grey(changed), (1, 2)) / spread(grey(pictures), (1, 2))
    assert float(contrast.min()) == pytest.approx(0.5, abs=0.01)
    assert float(contrast.max()) == pytest.approx(1.5, abs=0.01)
    saturation = spread(changed, 1)[:, 0, 0] / spread(pictures, 1)[:, 0, 0] / contrast
    assert float(saturation.min()) == pytest.approx(0.0, abs=0.01)
    assert float(saturation.max()) == pytest.approx(2.0, abs=0.01)


def test_pictures_stay_channels_first_in_shape_and_keep_their_type() -> None:
    pictures = noise(4).to(memory_format=torch.channels_last)
    changed = Augment(ALL)(pictures, 1.0, random_from(11))
    assert changed.shape == pictures.shape
    assert changed.dtype == pictures.dtype
