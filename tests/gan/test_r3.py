"""What is particular about R3GAN's networks."""

import itertools

import pytest
import torch
from torch import nn
from torch.nn import functional

from ganstudio.gan.networks import build_discriminator, build_generator
from ganstudio.gan.networks.grouped import GroupedConvolution
from ganstudio.gan.networks.r3 import R3Discriminator, R3Generator
from ganstudio.gan.regularisers import zero_centred_penalty
from ganstudio.project.recipe import NetworkRecipe


def recipe(size: int = 32, width: int = 8, **other: object) -> NetworkRecipe:
    values = {"name": "r3", "size": size, "width": width, "d_width": width, "z_dim": 12}
    return NetworkRecipe.model_validate(values | other)


def chance(seed: int) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def latents(count: int) -> torch.Tensor:
    return torch.randn(count, 12, generator=chance(5))


def parameters(wanted: NetworkRecipe) -> tuple[int, int]:
    """Of both networks, which are never filled in."""
    with torch.device("meta"):
        networks = build_generator(wanted, chance(1)), build_discriminator(wanted, chance(2))
    g, d = (sum(weight.numel() for weight in network.parameters()) for network in networks)
    return g, d


def test_for_faces_at_256_pixels_they_have_the_papers_numbers_of_weights() -> None:
    g, d = parameters(recipe(256, 96, z_dim=64, depth=2))
    assert g == pytest.approx(23.06e6, rel=0.005)
    assert d == pytest.approx(23.01e6, rel=0.005)


@pytest.mark.parametrize(("size", "width"), [(32, 384), (64, 192), (128, 96), (256, 48), (512, 24)])
def test_one_block_a_stage_has_a_seventh_of_that_at_every_size(size: int, width: int) -> None:
    g, d = parameters(recipe(size, width, z_dim=64))
    assert g == pytest.approx(3.05e6, rel=0.08)
    assert d == pytest.approx(3.05e6, rel=0.08)


def test_at_64_pixels_it_has_the_known_numbers_of_weights() -> None:
    g, d = parameters(recipe(64, 192, z_dim=64))
    assert (round(g / 1e6, 1), round(d / 1e6, 1)) == (3.1, 3.1)


@pytest.mark.parametrize(
    ("size", "widths"),
    [
        (16, [12, 12, 12]),
        (32, [12, 12, 12, 12]),
        (64, [24, 24, 24, 24, 12]),
        (256, [96, 96, 96, 96, 48, 24, 12]),
        (512, [192, 192, 192, 192, 96, 48, 24, 12]),
    ],
)
def test_stages_are_even_up_to_32_pixels_and_then_halve(size: int, widths: list[int]) -> None:
    g = R3Generator(recipe(size, 12), chance(1))
    with torch.no_grad():
        stages = g.features(latents(1))
    assert [stage.shape[1] for stage in stages] == widths
    assert [stage.shape[2] for stage in stages] == [4 * 2**step for step in range(len(widths))]


def test_every_stage_begins_as_its_input_made_larger() -> None:
    g = R3Generator(recipe(32, 8, depth=2), chance(1))
    with torch.no_grad():
        stages = g.features(latents(3))
    for small, large in itertools.pairwise(stages):
        doubled = functional.interpolate(small, scale_factor=2, mode="bilinear")
        torch.testing.assert_close(large, doubled)


def test_the_first_stage_begins_as_learned_pictures_as_strong_as_w_says() -> None:
    g = R3Generator(recipe(), chance(1))
    w = latents(2)
    with torch.no_grad():
        one, both = g.first_features(w[:1]), g.first_features(w.sum(0, keepdim=True))
        torch.testing.assert_close(both, one + g.first_features(w[1:]))
        each = g.features(w)[0].flatten(2)
    # Two pictures differ in how strong every channel is, and in nothing else.
    torch.testing.assert_close(each / each[..., :1], (each / each[..., :1])[:1].expand_as(each))


def test_every_stage_of_the_discriminator_begins_as_means_of_neighbours() -> None:
    d = R3Discriminator(recipe(), chance(2))
    line = torch.tensor([1.0, 3.0, 3.0, 1.0]) / 8
    x = torch.randn(2, 8, 32, 48, generator=chance(6))
    around = functional.pad(x, (1, 1, 1, 1), mode="replicate").unfold(2, 4, 2).unfold(3, 4, 2)
    with torch.no_grad():
        half = d.stages[0](x)
    torch.testing.assert_close(half, torch.einsum("nchwij,i,j->nchw", around, line, line))


def test_to_the_discriminator_no_edge_counts_for_less() -> None:
    d = R3Discriminator(recipe(), chance(2))
    pictures = torch.zeros(1, 8, 32, 32, requires_grad=True)
    (slope,) = torch.autograd.grad(d.stages(pictures).sum(), pictures)
    torch.testing.assert_close(slope, torch.full_like(slope, 1 / 64))


@pytest.mark.parametrize(("width", "groups"), [(4, 1), (8, 1), (16, 2), (20, 4), (192, 24)])
def test_groups_have_16_channels_where_there_are_so_many(width: int, groups: int) -> None:
    with torch.device("meta"):
        networks = (
            R3Generator(recipe(16, width), chance(1)),
            R3Discriminator(recipe(16, width), chance(2)),
        )
    for network in networks:
        mixing = [
            layer
            for layer in network.modules()
            if isinstance(layer, nn.Conv2d) and layer.kernel_size == (3, 3)
        ]
        assert len(mixing) == 3
        assert all(layer.groups == groups for layer in mixing)
        assert all(layer.in_channels == 2 * width for layer in mixing)


@pytest.mark.parametrize("depth", [1, 2, 4])
def test_layers_begin_the_smaller_the_more_blocks_there_are(depth: int) -> None:
    g = R3Generator(recipe(16, 64, depth=depth), chance(1))
    expected = (2 / 1.04) ** 0.5 * (3 * depth) ** -0.25
    for stage in g.stages:
        for block in list(stage)[1:]:
            widen, mix, narrow = (layer for layer in block.change if isinstance(layer, nn.Conv2d))
            assert float(widen.weight.detach().std()) * 64**0.5 == pytest.approx(expected, rel=0.05)
            assert float(mix.weight.detach().std()) * (16 * 9) ** 0.5 == pytest.approx(
                expected, rel=0.05
            )
            assert not narrow.weight.any()
    assert [len(stage) for stage in g.stages] == [1 + depth] * 3


def test_there_is_no_norm_anywhere() -> None:
    networks = R3Generator(recipe(), chance(1)), R3Discriminator(recipe(), chance(2))
    kinds = {type(layer).__name__ for network in networks for layer in network.modules()}
    assert not {name for name in kinds if "Norm" in name}


def test_under_spectral_norm_every_layer_learns_from_the_start() -> None:
    d = build_discriminator(recipe(d_norm="spectral"), chance(2))
    logits = d(torch.randn(4, 3, 32, 32, generator=chance(6)))
    logits.sum().backward()
    assert bool(logits.isfinite().all())
    for label, weight in d.named_parameters():
        assert weight.grad is not None, label
        assert bool(weight.grad.any()), label


def learned_from_slopes(d: nn.Module) -> list[torch.Tensor]:
    """Gradients that R1 leaves."""
    pictures = torch.randn(3, 3, 32, 32, generator=chance(6)).double().requires_grad_()
    zero_centred_penalty(d(pictures), pictures).sum().backward()
    # A leaky ReLU's slope does not feel what is added before it, so biases learn nothing.
    return [weight.grad.clone() for weight in d.parameters() if weight.ndim > 1]


def test_slopes_teach_what_they_teach_with_torchs_own_convolutions(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    d = R3Discriminator(recipe(width=16), chance(2)).double()
    with torch.no_grad():
        for weight in d.parameters():
            weight.normal_(0.0, 0.1, generator=chance(3))
    ours = learned_from_slopes(d)
    d.zero_grad()
    monkeypatch.setattr(GroupedConvolution, "forward", nn.Conv2d.forward)
    torch.testing.assert_close(learned_from_slopes(d), ours)
    assert all(bool(slope.any()) for slope in ours)
