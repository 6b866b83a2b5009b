"""What is particular to the first GAN's layers and to residual blocks."""

import math

import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional

from ganstudio.gan.networks import build_discriminator, build_generator
from ganstudio.gan.networks.mlp import MlpDiscriminator, MlpGenerator
from ganstudio.gan.networks.parts import glorot, outputs_of
from ganstudio.gan.networks.resnet import ResnetDiscriminator, ResnetGenerator
from ganstudio.gan.regularisers import zero_centred_penalty
from ganstudio.project.recipe import NetworkRecipe

both = pytest.mark.parametrize("name", ["mlp", "resnet"])


def recipe(name: str, **other: object) -> NetworkRecipe:
    values = {"name": name, "size": 16, "width": 8, "d_width": 8, "z_dim": 12}
    return NetworkRecipe.model_validate(values | other)


def chance(seed: int) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def pictures(count: int, size: int = 16, seed: int = 5) -> Tensor:
    """Each of one colour, with a little noise."""
    colours = torch.rand(count, 3, 1, 1, generator=chance(seed)) * 2 - 1
    noise = torch.randn(count, 3, size, size, generator=chance(seed + 1))
    return (colours + 0.1 * noise).clamp(-1, 1)


def weights_of(network: nn.Module) -> int:
    return sum(weight.numel() for weight in network.parameters())


def on_meta(wanted: NetworkRecipe) -> tuple[nn.Module, nn.Module, torch.Generator]:
    rng = chance(0)
    with torch.device("meta"):
        return build_generator(wanted, rng), build_discriminator(wanted, rng), rng


def convolution(inputs: int, outputs: int, side: int = 3) -> int:
    return inputs * outputs * side**2 + outputs


def test_at_32_pixels_the_residual_pair_has_sngans_numbers_of_weights() -> None:
    g, d, _ = on_meta(recipe("resnet", size=32, width=256, d_width=128, z_dim=128))
    up = 2 * convolution(256, 256) + convolution(256, 256, 1) + 2 * (2 * 256)
    unneeded = 3 * 256  # a bias in front of a norm
    last = 2 * 256 + convolution(256, 3)
    assert weights_of(g) == 129 * 256 * 16 + 3 * up + last - unneeded
    assert weights_of(g) == pytest.approx(4.27e6, rel=0.002)
    first = convolution(3, 128) + convolution(128, 128) + convolution(3, 128, 1)
    down = 2 * convolution(128, 128) + convolution(128, 128, 1)
    even = 2 * convolution(128, 128)
    assert weights_of(d) == first + down + 2 * even + 129
    assert weights_of(d) == pytest.approx(1.05e6, rel=0.005)


def test_channels_and_sides_are_those_of_sngans_tables() -> None:
    g, d, _ = on_meta(recipe("resnet", size=128, width=64, d_width=64))
    stages = g.features(torch.zeros(1, 12, device="meta"))
    channels = [1024, 1024, 512, 256, 128, 64]
    sides = [4, 8, 16, 32, 64, 128]
    assert [tuple(stage.shape[1:3]) for stage in stages] == list(zip(channels, sides, strict=True))
    stages = list(outputs_of(d.blocks, torch.zeros(1, 3, 128, 128, device="meta")))
    channels, sides = [64, 128, 256, 512, 1024, 1024], [64, 32, 16, 8, 4, 4]
    assert [tuple(stage.shape[1:3]) for stage in stages] == list(zip(channels, sides, strict=True))
    between = [block.change[1].out_channels for block in d.blocks]
    assert between == [64, 64, 128, 256, 512, 1024]


def test_small_pictures_are_looked_at_in_equal_blocks_down_to_8_pixels() -> None:
    for size, sides in ((16, [8, 8, 8]), (32, [16, 8, 8, 8])):
        _, d, _ = on_meta(recipe("resnet", size=size))
        stages = outputs_of(d.blocks, torch.zeros(1, 3, size, size, device="meta"))
        assert [tuple(stage.shape[1:]) for stage in stages] == [(8, side, side) for side in sides]


def test_the_first_gan_has_the_papers_layers() -> None:
    g, d, _ = on_meta(recipe("mlp", channels=1, width=240, d_width=240, z_dim=100))
    assert weights_of(g) == 101 * 1200 + 1201 * 1200 + 1201 * 256
    assert weights_of(d) == 257 * 1200 + 241 * 1200 + 241


@both
@pytest.mark.parametrize("size", [256, 512])
@pytest.mark.parametrize("aspect", ["1:1", "16:9"])
def test_large_networks_are_counted_without_memory_or_chance(
    name: str, size: int, aspect: str
) -> None:
    wanted = recipe(name, size=size, aspect=aspect, width=4, d_width=4, classes=2)
    g, d, rng = on_meta(wanted)
    assert torch.equal(rng.get_state(), chance(0).get_state())
    z = torch.zeros(2, 12, device="meta")
    labels = torch.zeros(2, dtype=torch.int64, device="meta")
    drawn = g(z, labels)
    assert drawn.shape == (2, *wanted.shape)
    assert d(drawn, labels).shape == (2,)


def test_hidden_layers_of_the_first_gan_are_relus_without_places() -> None:
    g = build_generator(recipe("mlp"), chance(1))
    assert isinstance(g, MlpGenerator)
    with torch.no_grad():
        stages = g.features(torch.randn(3, 12, generator=chance(2)))
    assert [stage.shape for stage in stages] == [(3, 40), (3, 40)]
    assert all(float(stage.min()) == 0.0 < float(stage.max()) for stage in stages)


def first_gans_inspector(d_norm: str = "own") -> MlpDiscriminator:
    d = build_discriminator(recipe("mlp", d_norm=d_norm), chance(2))
    assert isinstance(d, MlpDiscriminator)
    return d


def test_a_maxout_unit_says_the_largest_of_its_pieces() -> None:
    layer = first_gans_inspector().hidden[0]
    x = pictures(6).flatten(1)
    said = layer(x)
    assert said.shape == (6, 8)
    pieces = [layer.pieces(x)[:, unit::8] for unit in range(8)]
    assert {piece.shape for piece in pieces} == {(6, 5)}
    torch.testing.assert_close(said, torch.stack([piece.max(1).values for piece in pieces], 1))
    (pull,) = torch.autograd.grad(said[0].sum(), layer.pieces.bias)
    assert torch.equal(pull.view(5, 8).sum(0), torch.ones(8))
    assert set(pull.tolist()) == {0.0, 1.0}


def test_under_spectral_norm_maxout_makes_no_difference_larger() -> None:
    d = first_gans_inspector("spectral")
    for _ in range(30):
        d(pictures(2))
    one, other = (pictures(64, seed=seed).flatten(1) for seed in (5, 25))
    with torch.no_grad():
        grown = (d.hidden(one) - d.hidden(other)).norm(dim=1) / (one - other).norm(dim=1)
    assert 0.05 < float(grown.max()) <= 1.01


def residual_pair() -> tuple[ResnetGenerator, ResnetDiscriminator]:
    wanted = recipe("resnet", size=64, d_width=4)
    g, d = build_generator(wanted, chance(1)), build_discriminator(wanted, chance(2))
    assert isinstance(g, ResnetGenerator)
    assert isinstance(d, ResnetDiscriminator)
    return g, d


def without_change(block: nn.Module) -> None:
    """Let nothing but the shortcut speak."""
    last = [layer for layer in block.change if isinstance(layer, nn.Conv2d)][-1]
    with torch.no_grad():
        last.weight.zero_()


def point_by_point(block: nn.Module, x: Tensor) -> Tensor:
    (convolution,) = (layer for layer in block.shortcut if isinstance(layer, nn.Conv2d))
    return functional.conv2d(x, convolution.weight, convolution.bias)


@torch.no_grad()
def test_past_the_change_leads_a_shortcut() -> None:
    g, d = residual_pair()
    x = torch.randn(3, 64, 4, 4, generator=chance(3))
    wide, narrow = g.blocks[0], g.blocks[1]
    for block, outputs in ((wide, 64), (narrow, 32)):
        changed = block(x)
        assert changed.shape == (3, outputs, 8, 8)
        without_change(block)
        doubled = x.repeat_interleave(2, 2).repeat_interleave(2, 3)
        torch.testing.assert_close(block(x), point_by_point(block, doubled))
        assert not torch.allclose(block(x), changed)
    first, *between, last = d.blocks
    for block, inputs in ((first, 3), (between[0], 4)):
        x = torch.randn(3, inputs, 8, 8, generator=chance(3))
        without_change(block)
        halved = functional.avg_pool2d(point_by_point(block, x), 2)
        torch.testing.assert_close(block(x), halved)
    x = torch.randn(3, 32, 4, 4, generator=chance(3))
    assert not torch.allclose(last(x), x)
    without_change(last)
    assert torch.equal(last(x), x)


@torch.no_grad()
def test_the_first_block_sees_dark_and_bright_alike_and_later_ones_begin_with_a_relu() -> None:
    _, d = residual_pair()
    first, second = d.blocks[:2]
    dark = -torch.rand(1, 3, 8, 8, generator=chance(3))
    assert float((first.change(dark) - first.change(2 * dark)).abs().max()) > 1e-3
    dark = -torch.rand(1, 4, 8, 8, generator=chance(3))
    assert torch.equal(second.change(dark), second.change(2 * dark))
    assert not torch.allclose(second(dark), second(2 * dark))


@torch.no_grad()
def test_a_block_leaves_what_comes_in_as_it_was() -> None:
    g, d = residual_pair()
    stages, seen = g.features(torch.randn(4, 12, generator=chance(4))), pictures(4, 64)
    looks = [(d.blocks[0], seen), (d.blocks[1], d.blocks[0](seen))]
    for block, inputs in [(g.blocks[1], stages[1]), *looks]:
        before = inputs.clone()
        block(inputs)
        assert torch.equal(inputs, before)


@torch.no_grad()
@pytest.mark.parametrize(("d_norm", "places"), [("own", 1), ("none", 1), ("spectral", 8 * 8)])
def test_places_are_averaged_and_under_spectral_norm_added_up(d_norm: str, places: int) -> None:
    d = build_discriminator(recipe("resnet", d_norm=d_norm), chance(2)).eval()
    seen: list[Tensor] = []
    d.score.register_forward_pre_hook(lambda _, inputs: seen.append(inputs[0]))
    x = pictures(4)
    d(x)
    expected = d.blocks(x).relu().mean((2, 3)) * places
    torch.testing.assert_close(seen[0], expected)


@torch.no_grad()
@both
@pytest.mark.parametrize("size", [16, 64])
def test_a_game_begins_with_grey_pictures_and_small_scores(name: str, size: int) -> None:
    wanted = recipe(name, size=size, width=16, d_width=16)
    g, d = build_generator(wanted, chance(1)), build_discriminator(wanted, chance(2))
    drawn = g(torch.randn(16, 12, generator=chance(3)))
    assert 0.02 < float(drawn.std()) < 0.8
    assert float(drawn.mean().abs()) < 0.2
    assert 0.01 < float(d(pictures(16, size)).abs().max()) < 5.0


@both
def test_a_few_turns_teach_both_something(name: str) -> None:
    g = build_generator(recipe(name), chance(1))
    d = build_discriminator(recipe(name), chance(2))
    z, real = torch.randn(16, 12, generator=chance(3)), pictures(16)

    def d_loss() -> Tensor:
        drawn = g(z).detach()
        return functional.softplus(-d(real)).mean() + functional.softplus(d(drawn)).mean()

    def g_loss() -> Tensor:
        return functional.softplus(-d(g(z))).mean()

    for network, loss in ((d, d_loss), (g, g_loss)):
        adam = torch.optim.Adam(network.parameters(), 1e-3)
        before = float(loss().detach())
        for _ in range(20):
            adam.zero_grad()
            loss().backward()
            adam.step()
        assert float(loss().detach()) < 0.7 * before


@both
def test_the_penaltys_gradient_is_its_slope(name: str) -> None:
    d = build_discriminator(recipe(name, d_width=4), chance(2)).double()
    x = pictures(3).double().requires_grad_()
    weights = list(d.parameters())

    def penalty() -> Tensor:
        return zero_centred_penalty(d(x), x).sum()

    ways = [torch.randn(w.shape, generator=chance(i), dtype=w.dtype) for i, w in enumerate(weights)]
    found = torch.autograd.grad(penalty(), weights, allow_unused=True, materialize_grads=True)
    slope = sum(float((one * way).sum()) for one, way in zip(found, ways, strict=True))
    ends = []
    for step in (1e-6, -2e-6):
        with torch.no_grad():
            for weight, way in zip(weights, ways, strict=True):
                weight += step * way
        ends.append(float(penalty().detach()))
    assert slope == pytest.approx((ends[0] - ends[1]) / 2e-6, rel=1e-3)
    assert abs(slope) > 1e-6


@both
def test_the_penalty_can_be_had_in_bfloat16_and_channels_last(name: str) -> None:
    d = build_discriminator(recipe(name), chance(2)).to(memory_format=torch.channels_last)
    x = pictures(8).contiguous(memory_format=torch.channels_last).requires_grad_()
    exact = zero_centred_penalty(d(x), x)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        rough = zero_centred_penalty(d(x), x)
    torch.testing.assert_close(rough, exact, rtol=0.2, atol=0.0)
    rough.sum().backward()
    for label, weight in d.named_parameters():
        assert weight.grad is None or bool(weight.grad.isfinite().all()), label


@torch.no_grad()
@both
@pytest.mark.parametrize("d_norm", ["own", "none", "spectral"])
def test_classes_go_with_every_norm(name: str, d_norm: str) -> None:
    wanted = recipe(name, d_norm=d_norm, classes=3, aspect="3:2", channels=4)
    g, d = build_generator(wanted, chance(1)), build_discriminator(wanted, chance(2)).eval()
    labels = torch.tensor([0, 1, 2, 0, 1, 2])
    drawn = g(torch.randn(6, 12, generator=chance(3)), labels)
    scores = d(drawn, labels)
    assert scores.shape == (6,)
    assert float((scores - d(drawn, labels.flip(0))).abs().max()) > 1e-4


@pytest.mark.parametrize(
    ("layer", "inputs", "outputs"),
    [
        (nn.Linear(300, 100), 300, 100),
        (nn.Conv2d(30, 20, 3), 270, 180),
        (nn.Embedding(100, 300), 300, 100),
    ],
)
def test_glorots_weights_have_his_variance(layer: nn.Module, inputs: int, outputs: int) -> None:
    same = glorot(layer, chance(3), math.sqrt(2))
    assert same is layer
    variance = 4 / (inputs + outputs)
    weight = layer.weight.detach()
    assert float(weight.var()) == pytest.approx(variance, rel=0.05)
    assert float(weight.abs().max()) == pytest.approx(math.sqrt(3 * variance), rel=0.01)
    again = weight.clone()
    glorot(layer, chance(3), math.sqrt(2))
    assert torch.equal(layer.weight, again)
    if not isinstance(layer, nn.Embedding):
        assert not bool(layer.bias.any())
