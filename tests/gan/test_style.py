"""The style-based pair: what the papers say in formulas, and what they promise."""

import math

import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional

from ganstudio.gan.chance import Chance, Share
from ganstudio.gan.networks.style import StyleGenerator, _doubled, _StyledConvolution
from ganstudio.gan.networks.style_discriminator import StyleDiscriminator, group_spread
from ganstudio.gan.networks.style_parts import Blur, EqualConv2d, EqualLinear, channels_of
from ganstudio.project.recipe import NetworkRecipe

GRID = (8, 6)


def drawn(count: int, seed: int) -> Chance:
    """Chance for so many pictures."""
    return Chance(chance(seed), Share.whole(count))


def chance(seed: int) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def recipe(**other: object) -> NetworkRecipe:
    values: dict[str, object] = {"name": "style", "width": 8, "d_width": 8, "z_dim": 12}
    return NetworkRecipe.model_validate(values | other)


def normal(*shape: int, seed: int = 4) -> Tensor:
    return torch.randn(shape, generator=chance(seed), dtype=torch.float64)


def convolution(inputs: int = 6, outputs: int = 5, *, doubles: bool = False) -> _StyledConvolution:
    """In float64, every number of it drawn."""
    made = (
        _StyledConvolution(4, inputs, outputs, GRID, doubles=doubles).double().requires_grad_(False)
    )
    with torch.no_grad():
        for seed, numbers in enumerate([*made.parameters(), made.noise]):
            numbers.normal_(generator=chance(seed))
    return made


def literal(made: _StyledConvolution, x: Tensor, style: Tensor) -> Tensor:
    """Karras 2020, equations 1 and 3: each picture is convolved with weights of its own."""
    pictures = []
    for picture, own in zip(x, style, strict=True):
        weight = made.convolution.weight * own[None, :, None, None]
        weight = weight / (weight.square().sum(dim=(1, 2, 3), keepdim=True) + 1e-8).sqrt()
        if made.blur is None:
            out = functional.conv2d(picture[None], weight, padding=1)
        else:
            out = blurred(
                functional.conv_transpose2d(picture[None], weight.transpose(0, 1), None, 2)
            )
        pictures.append(out + made.convolution.bias[:, None, None])
    return torch.cat(pictures)


def blurred(x: Tensor) -> Tensor:
    """By [1, 3, 3, 1], one direction after the other, four times as bright."""
    x = functional.pad(x, (1, 1, 1, 1))
    for side in (2, 3):
        length = x.shape[side] - 3
        taps = (1 / 4, 3 / 4, 3 / 4, 1 / 4)
        x = sum(tap * x.narrow(side, place, length) for place, tap in enumerate(taps))
    return x


def noises(network: StyleGenerator) -> list[nn.Parameter]:
    return [part.strength for part in network.modules() if isinstance(part, _StyledConvolution)]


def lively(**other: object) -> StyleGenerator:
    """A generator whose noise has become strong."""
    network = StyleGenerator(recipe(**other), chance(1))
    with torch.no_grad():
        for strength in noises(network):
            strength.fill_(1.0)
    return network


@pytest.mark.parametrize("doubles", [False, True])
def test_a_modulated_convolution_is_the_papers_formula(doubles: bool) -> None:
    made = convolution(doubles=doubles)
    rows, columns = (side // 2 if doubles else side for side in GRID)
    x, style = normal(3, 6, rows, columns), normal(3, 6, seed=8)
    out = made.modulated(x, style)
    assert out.shape == (3, 5, *GRID)
    torch.testing.assert_close(out, literal(made, x, style), rtol=1e-9, atol=1e-9)
    torch.testing.assert_close(made.modulated(x, style, 3.0), 3.0 * out)


def test_a_styled_layer_is_convolution_noise_and_relu_with_its_gain() -> None:
    made = convolution()
    x, w = normal(3, 6, *GRID), normal(3, 4, seed=9)
    style = 1.0 + functional.linear(w, made.style.weight / math.sqrt(4), made.style.bias)
    before = literal(made, x, style) + made.strength * made.noise
    expected = math.sqrt(2) * functional.leaky_relu(before, 0.2)
    torch.testing.assert_close(made(x, w, None), expected, rtol=1e-9, atol=1e-9)


def test_demodulation_makes_the_variance_1_whatever_the_style() -> None:
    made = _StyledConvolution(4, 64, 64, (16, 16))
    with torch.no_grad():
        made.convolution.weight.normal_(0.0, 7.0, generator=chance(1))
        made.convolution.bias.zero_()
        x = torch.randn(4, 64, 16, 16, generator=chance(2))
        style = 5.0 * torch.randn(4, 64, generator=chance(3))
        inner = made.modulated(x, style)[:, :, 1:-1, 1:-1]
    assert float(inner.var()) == pytest.approx(1.0, rel=0.1)


def test_doubling_keeps_a_constant_constant_and_leaves_no_grid() -> None:
    made = convolution(doubles=True)
    style = torch.ones(1, 6, dtype=torch.float64)
    inner = made.modulated(torch.ones(1, 6, 4, 3, dtype=torch.float64), style)[:, :, 2:-2, 2:-2]
    assert float(inner.abs().max()) > 0.1
    torch.testing.assert_close(inner, inner[:, :, :1, :1].expand_as(inner))


def test_the_blur_is_its_kernel_and_leaves_nothing_of_the_finest_grid() -> None:
    x = normal(2, 3, 8, 6)
    torch.testing.assert_close(Blur(1, gain=4.0).double()(x), blurred(x))
    halved = Blur(1, stride=2).double()(x)
    torch.testing.assert_close(halved, blurred(x)[:, :, ::2, ::2] / 4)
    grid = torch.ones(1, 1, 8, 8) - 2 * (torch.arange(8) % 2)
    assert float(Blur(1)(grid)[:, :, 1:-1, 1:-1].abs().max()) < 1e-6
    assert float(Blur(2)(torch.ones(1, 1, 8, 8))[0, 0, 4, 4]) == pytest.approx(1.0)


def test_pictures_double_by_the_same_kernel_and_keep_constants_to_the_edge() -> None:
    x = normal(2, 3, 5, 4)
    apart = torch.zeros(2, 3, 11, 9, dtype=torch.float64)
    apart[:, :, 1::2, 1::2] = x
    expected = blurred(apart)
    torch.testing.assert_close(_doubled(x)[:, :, 1:-1, 1:-1], expected[:, :, 1:-1, 1:-1])
    constant = torch.ones(1, 1, 4, 4)
    torch.testing.assert_close(_doubled(constant), torch.ones(1, 1, 8, 8))


@pytest.mark.parametrize("way", [(1, 1), (2, 1), (1, 2)])
def test_the_blurs_slopes_are_true_to_the_second_order(way: tuple[int, int]) -> None:
    padding, stride = way
    blur = Blur(padding, stride=stride).double()
    x = normal(1, 2, 4, 6).requires_grad_()
    assert torch.autograd.gradcheck(lambda x: blur(x).square(), x)
    assert torch.autograd.gradgradcheck(lambda x: blur(x).square(), x)


def test_noise_begins_at_nothing() -> None:
    network = StyleGenerator(recipe(), chance(1)).eval()
    w = torch.randn(2, 12, generator=chance(2))
    assert all(float(strength.detach()) == 0.0 for strength in noises(network))
    with torch.no_grad():
        assert torch.equal(network.synthesize(w, drawn(2, 3)), network.synthesize(w))


def test_noise_is_drawn_for_every_picture_but_only_from_a_given_chance() -> None:
    network = lively().eval()
    w = torch.randn(1, 12, generator=chance(2)).expand(2, -1)
    with torch.no_grad():
        chances = (None, drawn(2, 3), drawn(2, 4))
        still, noisy, other = (network.synthesize(w, each) for each in chances)
        alone = network.synthesize(w[:1])
    torch.testing.assert_close(still[0], still[1])
    torch.testing.assert_close(alone[0], still[0], atol=1e-5, rtol=0)
    assert float((noisy[0] - noisy[1]).abs().max()) > 0.01
    assert float((noisy - still).abs().max()) > 0.01
    assert float((noisy - other).abs().max()) > 0.01


def test_the_lasting_noise_belongs_to_the_network() -> None:
    network = lively().eval()
    copy = StyleGenerator(recipe(), chance(7)).eval()
    copy.load_state_dict(network.state_dict())
    w = torch.randn(2, 12, generator=chance(2))
    with torch.no_grad():
        assert torch.equal(copy.synthesize(w), network.synthesize(w))


def test_mixing_gives_some_pictures_the_fine_layers_of_another_style() -> None:
    network = StyleGenerator(recipe(), chance(1))
    w, other = torch.zeros(1000, 12), torch.ones(1000, 12)
    mixed = network._mixed(w, other, drawn(1000, 3))
    assert mixed.shape == (1000, network.layers, 12)
    assert torch.equal(mixed, mixed[:, :, :1].expand_as(mixed))
    fine = mixed[:, :, 0]
    assert bool((fine.diff(dim=1) >= 0).all())  # coarse layers first, then fine ones to the end
    assert float(fine[:, 0].sum()) == 0.0
    counts = fine.sum(1)
    assert float((counts > 0).float().mean()) == pytest.approx(0.5, abs=0.06)
    assert set(counts.int().tolist()) == set(range(network.layers))


def test_styles_are_mixed_only_while_training_and_only_by_a_given_chance() -> None:
    network = StyleGenerator(recipe(classes=3), chance(1))
    z, labels = torch.randn(16, 12, generator=chance(2)), torch.arange(16) % 3
    with torch.no_grad():
        plain = network(z, labels)
        mixed = network(z, labels, drawn(16, 3))
        calm = network.eval()(z, labels, drawn(16, 3))
    changed = (mixed - plain).abs().amax((1, 2, 3)) > 1e-4
    assert 2 <= int(changed.sum()) <= 14
    assert torch.equal(calm, plain)  # no noise yet, so only mixing could differ


def test_w_does_not_feel_how_long_z_is() -> None:
    network = StyleGenerator(recipe(), chance(1))
    z = torch.randn(3, 12, generator=chance(2))
    torch.testing.assert_close(network.map(3.0 * z), network.map(z))
    assert network.has_mapping
    assert network.w_dim == network.z_dim == 12


def test_channels_double_down_to_32_pixels_and_to_512() -> None:
    assert channels_of(8, 16) == [8, 8, 8]
    assert channels_of(128, 64) == [256, 256, 256, 256, 128]
    assert channels_of(16, 512) == [256, 256, 256, 256, 128, 64, 32, 16]
    assert channels_of(32, 1024) == [512] * 5 + [256, 128, 64, 32]


def test_equalised_layers_are_as_large_as_what_they_see() -> None:
    x = torch.randn(64, 300, generator=chance(1))
    for pace in (1.0, 0.01):
        linear = EqualLinear(300, 200, gain=3.0, pace=pace)
        nn.init.normal_(linear.weight, 0.0, 1 / pace, generator=chance(2))
        nn.init.constant_(linear.bias, 0.5 / pace)
        out = linear(x).detach()
        assert float(out.std()) == pytest.approx(3.0, rel=0.05)
        assert float(out.mean()) == pytest.approx(1.5, abs=0.2)
    conv = EqualConv2d(40, 50, 3, gain=2.0)
    nn.init.normal_(conv.weight, generator=chance(3))
    nn.init.zeros_(conv.bias)
    seen = torch.randn(4, 40, 9, 9, generator=chance(4))
    assert float(conv(seen).detach().std()) == pytest.approx(2.0, rel=0.1)


def test_the_mappings_weights_begin_large_and_move_slowly() -> None:
    network = StyleGenerator(recipe(z_dim=64), chance(1))
    z = torch.randn(256, 64, generator=chance(2))
    assert float(network.mapping.first.weight.detach().std()) == pytest.approx(100.0, rel=0.05)
    before = network.map(z).detach()
    assert float(before.square().mean()) == pytest.approx(1.0, rel=0.25)
    with torch.no_grad():
        network.mapping.second.weight += 1.0
    assert float((network.map(z) - before).detach().abs().max()) < 0.2


def test_numbers_keep_their_size_through_the_depth_of_both_networks() -> None:
    wide = recipe(size=128, width=16, d_width=16, z_dim=32)
    g, d = StyleGenerator(wide, chance(1)), StyleDiscriminator(wide, chance(2))
    smooth = functional.interpolate(torch.randn(16, 3, 8, 8, generator=chance(4)), 128)
    with torch.no_grad():
        w = g.map(torch.randn(16, 32, generator=chance(3)))
        sizes = [float(x.square().mean()) for x in g.features(w)]
        assert float(g.synthesize(w).std()) == pytest.approx(0.5, abs=0.2)
        x = d.first(smooth)
        for block in d.blocks:
            x = block(x)
            sizes.append(float(x.square().mean()))
        assert 0.05 < float(d(smooth).std()) < 2.0
    assert all(0.1 < size < 3.0 for size in sizes), sizes


def test_the_spread_of_a_group_is_its_formula() -> None:
    x = normal(8, 3, 2, 2)
    spread = group_spread(x)
    assert spread.shape == (8, 1, 2, 2)
    for group, found in zip(x.split(4), spread.split(4), strict=True):
        expected = group.std(0, correction=0).mean()
        torch.testing.assert_close(found, expected.expand_as(found), rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize(
    ("count", "size"), [(1, 1), (2, 2), (3, 3), (4, 4), (6, 3), (7, 1), (10, 2)]
)
def test_a_group_is_what_divides_the_batch(count: int, size: int) -> None:
    x = normal(count, 2, 3, 3)
    spread = group_spread(x)
    assert spread.shape == (count, 1, 3, 3)
    for group, found in zip(x.split(size), spread.split(size), strict=True):
        expected = group.std(0, correction=0).mean()
        torch.testing.assert_close(found[0, 0, 0, 0], expected, rtol=1e-4, atol=2e-4)


def test_pictures_that_are_all_the_same_have_no_spread() -> None:
    same = normal(1, 3, 4, 4).expand(4, -1, -1, -1)
    assert float(group_spread(same).max()) < 2e-4
    assert float(group_spread(normal(4, 3, 4, 4)).min()) > 0.5


def test_the_discriminator_notices_that_pictures_are_all_the_same() -> None:
    d = StyleDiscriminator(recipe(), chance(1))
    pictures = torch.randn(4, 3, 32, 32, generator=chance(2))
    with torch.no_grad():
        among_others = d(pictures)[0]
        among_copies = d(pictures[:1].expand(4, -1, -1, -1))
        alone = d(pictures[:1])
    assert float((among_others - among_copies[0]).abs()) > 1e-4
    torch.testing.assert_close(among_copies[:1], alone, atol=1e-4, rtol=0)


@pytest.mark.parametrize("count", [1, 4, 6])
def test_the_penalty_on_slopes_is_true_to_the_second_order(count: int) -> None:
    d = StyleDiscriminator(recipe(size=16, width=4, d_width=4), chance(1)).double()
    pictures = normal(count, 3, 16, 16).requires_grad_()
    weight = d.blocks[0].second.weight

    def penalty() -> Tensor:
        (slope,) = torch.autograd.grad(d(pictures).sum(), pictures, create_graph=True)
        return slope.square().sum()

    (found,) = torch.autograd.grad(penalty(), weight)
    direction, step = normal(*weight.shape, seed=6), 1e-6
    with torch.no_grad():
        weight += step * direction
    after = penalty().detach()
    with torch.no_grad():
        weight -= 2 * step * direction
    before = penalty().detach()
    expected = (after - before) / (2 * step)
    torch.testing.assert_close((found * direction).sum(), expected, rtol=1e-3, atol=1e-9)


@pytest.mark.parametrize("size", [16, 32, 64, 128, 256, 512])
@pytest.mark.parametrize("aspect", ["1:1", "3:2", "9:16"])
def test_every_size_can_be_built_without_memory_for_its_numbers(size: int, aspect: str) -> None:
    with torch.device("meta"):
        wanted = recipe(size=size, aspect=aspect, width=16, d_width=16)
        g, d = StyleGenerator(wanted, chance(1)), StyleDiscriminator(wanted, chance(2))
    assert all(tensor.is_meta for net in (g, d) for tensor in net.state_dict().values())
    pictures = g(torch.empty(4, 12, device="meta"))
    assert pictures.shape == (4, *wanted.shape)
    assert d(pictures).shape == (4,)
    assert g.layers == 2 * (size.bit_length() - 2)


@pytest.mark.parametrize(
    ("width", "generator", "discriminator"), [(16, 25e6, 24e6), (32, 30e6, 29e6)]
)
def test_at_1024_pixels_there_are_as_many_weights_as_in_the_paper(
    width: int, generator: float, discriminator: float
) -> None:
    """Karras 2020, appendix B: 25 M and 24 M in configuration E, 30 M and 29 M in F.

    The paper's mapping has six more layers of 512 numbers than the one here.
    """
    values = {"size": 1024, "width": width, "d_width": width, "z_dim": 512}
    paper = NetworkRecipe.model_construct(name="style", **values)
    with torch.device("meta"):
        g, d = StyleGenerator(paper, chance(0)), StyleDiscriminator(paper, chance(0))
    counts = [sum(weight.numel() for weight in net.parameters()) for net in (g, d)]
    assert counts[0] + 6 * (512 * 512 + 512) == pytest.approx(generator, rel=0.015)
    assert counts[1] == pytest.approx(discriminator, rel=0.015)


def test_spectral_norm_takes_the_place_of_equalised_weights() -> None:
    bounded = StyleDiscriminator(recipe(d_norm="spectral"), chance(1))
    own = StyleDiscriminator(recipe(), chance(1))
    x = torch.randn(2, 8, 6, 6, generator=chance(2))
    first = own.blocks[0].first(x) - own.blocks[0].first(torch.zeros_like(x))
    other = bounded.blocks[0].first(x) - bounded.blocks[0].first(torch.zeros_like(x))
    torch.testing.assert_close(first * math.sqrt(8 * 9), other)
