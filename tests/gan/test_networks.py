"""What every pair of networks promises, whatever its architecture."""

import copy
from functools import lru_cache

import pytest
import torch
from torch import nn

from ganstudio.gan.chance import Chance, Share
from ganstudio.gan.networks import NETWORKS, build_discriminator, build_generator
from ganstudio.gan.networks.base import SelfSupervised
from ganstudio.project.recipe import NetworkRecipe

NAMES = sorted(NETWORKS)
SIZES = (16, 32, 64, 128)
every_network = pytest.mark.parametrize("name", NAMES)
every_size = pytest.mark.parametrize("size", SIZES)


def recipe(name: str, size: int = 32, channels: int = 3, **other: object) -> NetworkRecipe:
    values = {"name": name, "size": size, "channels": channels, "width": 8, "d_width": 8}
    return NetworkRecipe.model_validate(values | {"z_dim": 12} | other)


def chance(seed: int) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def drawn(count: int, seed: int) -> Chance:
    """Chance for so many pictures."""
    return Chance(chance(seed), Share.whole(count))


def latents(count: int, seed: int = 5) -> torch.Tensor:
    return torch.randn(count, 12, generator=chance(seed))


def generator(name: str, size: int = 32, channels: int = 3) -> nn.Module:
    return build_generator(recipe(name, size, channels), chance(1))


def discriminator(name: str, size: int = 32, channels: int = 3) -> nn.Module:
    return build_discriminator(recipe(name, size, channels), chance(2))


def verdict(
    d: nn.Module, pictures: torch.Tensor, labels: torch.Tensor | None = None
) -> tuple[torch.Tensor, torch.Tensor]:
    """Logits (N,), and what is added to the loss where a discriminator also teaches itself."""
    if isinstance(d, SelfSupervised):
        return d.logits_and_lesson(pictures, labels, drawn(len(pictures), 8))
    return d(pictures, labels), torch.zeros(())


@lru_cache
def _settled(name: str) -> nn.Module:
    network = generator(name)
    with torch.no_grad():
        for seed in range(20):
            network(latents(16, seed))
    return network.eval()


def settled(name: str) -> nn.Module:
    """A generator whose running averages have seen something, in eval mode."""
    return copy.deepcopy(_settled(name))


@every_network
@pytest.mark.parametrize(
    ("size", "channels"), [(16, 1), (16, 3), (16, 4), (32, 4), (64, 1), (128, 3)]
)
def test_pictures_have_the_recipes_shape_and_range(name: str, size: int, channels: int) -> None:
    network = generator(name, size, channels)
    assert network.z_dim == 12
    pictures = network(latents(4))
    assert pictures.shape == (4, channels, size, size)
    assert float(pictures.detach().abs().max()) <= 1.0
    assert float(pictures.detach().std()) > 0.0


@every_network
@every_size
def test_both_learn_from_one_turn_in_every_weight(name: str, size: int) -> None:
    g, d = generator(name, size), discriminator(name, size)
    with torch.no_grad():
        for weight in d.parameters():
            if not weight.any():  # layers before one that begins at zero wait until it has moved
                weight.normal_(0.0, 0.02, generator=chance(3))
    logits, lesson = verdict(d, g(latents(4)))
    assert logits.shape == (4,)
    (nn.functional.softplus(-logits).mean() + lesson).backward()
    for network in (g, d):
        for label, weight in network.named_parameters():
            assert weight.grad is not None, label
            assert bool(weight.grad.isfinite().all()), label
    assert all(float(weight.grad.abs().sum()) > 0 for weight in d.parameters())


@every_network
@pytest.mark.parametrize("size", [16, 32])
@pytest.mark.parametrize(
    ("aspect", "across"), [("3:2", (2, 3)), ("2:3", (3, 2)), ("16:9", (4, 7)), ("9:16", (7, 4))]
)
def test_pictures_may_be_rectangles(
    name: str, aspect: str, across: tuple[int, int], size: int
) -> None:
    wanted = recipe(name, size, aspect=aspect)
    g, d = build_generator(wanted, chance(1)), build_discriminator(wanted, chance(2))
    pictures = g(latents(4))
    short = min(across)
    assert pictures.shape[1:] == (3, size * across[0] // short, size * across[1] // short)
    assert pictures.shape[1:] == wanted.shape
    assert d(pictures).shape == (4,)


@every_network
@pytest.mark.parametrize("aspect", ["1:1", "3:2"])
def test_it_can_be_told_what_to_draw(name: str, aspect: str) -> None:
    wanted = recipe(name, classes=3, aspect=aspect)
    g, d = build_generator(wanted, chance(1)), build_discriminator(wanted, chance(2))
    z, labels = latents(6), torch.tensor([0, 1, 2, 0, 1, 2])
    pictures = g(z, labels)
    logits, lesson = verdict(d, pictures, labels)
    (logits.sum() + lesson).backward()
    assert logits.shape == (6,)
    for network in (g, d):
        for label, weight in network.named_parameters():
            assert weight.grad is not None, label
    with torch.no_grad():
        g.eval()
        d.eval()
        assert float((g(z, labels) - g(z, labels.flip(0))).abs().max()) > 1e-5
        assert float((d(pictures, labels) - d(pictures, labels.flip(0))).abs().max()) > 1e-6


@every_network
def test_its_layers_can_be_looked_into(name: str) -> None:
    network = settled(name)
    with torch.no_grad():
        w = network.map(latents(3))
        stages = network.features(w)
        assert w.shape == (3, network.w_dim)
        torch.testing.assert_close(stages[0].flatten(1), network.first_features(w))
    for stage in stages:
        assert stage.shape[0] == 3
        assert stage.ndim in (2, 4)
        assert float(stage.float().std(0).sum()) > 0


@every_network
def test_each_layer_may_be_given_a_w_of_its_own(name: str) -> None:
    network = settled(name)
    with torch.no_grad():
        w, other = network.map(latents(2)), network.map(latents(2, 9))
        if network.layers == 1:
            return
        each = w[:, None].repeat(1, network.layers, 1)
        torch.testing.assert_close(network.synthesize(each), network.synthesize(w))
        for layer in range(network.layers):
            mixed = each.clone()
            mixed[:, layer] = other
            change = (network.synthesize(mixed) - network.synthesize(w)).abs().max()
            assert float(change) > 1e-7, layer


@every_network
def test_without_chance_a_place_is_always_the_same_picture(name: str) -> None:
    network = settled(name)
    with torch.no_grad():
        one, same = network(latents(2)), network(latents(2))
        lively = [network(latents(2), None, drawn(2, seed)) for seed in (1, 1, 2)]
    assert torch.equal(one, same)
    assert torch.equal(lively[0], lively[1])


@every_network
@pytest.mark.parametrize("d_norm", ["own", "spectral"])
def test_playing_leaves_the_global_chance_alone(name: str, d_norm: str) -> None:
    network = generator(name)
    judge = build_discriminator(recipe(name, d_norm=d_norm), chance(2))
    before = torch.random.get_rng_state()
    judge(network(latents(2), None, drawn(2, 3))).sum().backward()
    assert torch.equal(before, torch.random.get_rng_state())


@every_network
def test_spectral_norm_keeps_every_layer_in_bounds(name: str) -> None:
    d = build_discriminator(recipe(name, d_norm="spectral"), chance(2))
    pictures = torch.randn(4, 3, 32, 32, generator=chance(6))
    for _ in range(30):
        d(pictures).sum()
    for layer in d.modules():
        if isinstance(layer, nn.Linear | nn.Conv2d):
            norm = torch.linalg.matrix_norm(layer.weight.detach().flatten(1), 2)
            assert float(norm) == pytest.approx(1.0, abs=0.05)
    logits, lesson = verdict(d, pictures)
    (logits.sum() + lesson).backward()
    assert all(weight.grad is not None for weight in d.parameters())


@every_network
def test_a_slope_of_the_score_can_be_learned_from(name: str) -> None:
    d = discriminator(name)
    pictures = torch.randn(4, 3, 32, 32, generator=chance(6)).requires_grad_()
    (slope,) = torch.autograd.grad(d(pictures).sum(), pictures, create_graph=True)
    slope.square().sum().backward()
    first = next(iter(d.parameters()))
    assert first.grad is not None
    assert float(first.grad.abs().sum()) > 0


@every_network
def test_first_weights_come_from_the_given_chance_alone(name: str) -> None:
    for build in (build_generator, build_discriminator):
        one, same = build(recipe(name), chance(3)), build(recipe(name), chance(3))
        other = build(recipe(name), chance(4))
        values = [nn.utils.parameters_to_vector(net.parameters()) for net in (one, same, other)]
        assert torch.equal(values[0], values[1])
        assert not torch.equal(values[0], values[2])


@every_network
def test_global_chance_has_no_say_in_first_weights(name: str) -> None:
    for build in (build_generator, build_discriminator):
        torch.manual_seed(0)
        one = build(recipe(name), chance(3))
        torch.manual_seed(1)
        other = build(recipe(name), chance(3))
        for mine, theirs in zip(
            one.state_dict().values(), other.state_dict().values(), strict=True
        ):
            assert torch.equal(mine, theirs)


@every_network
def test_map_then_synthesize_is_forward(name: str) -> None:
    network = settled(name)
    z = latents(3)
    with torch.no_grad():
        w = network.map(z)
        assert torch.equal(network.synthesize(w), network(z))
        assert w.shape[0] == 3
        features = network.first_features(w)
    assert features.ndim == 2
    assert features.shape[0] == 3
    assert float(features.std(0).sum()) > 0


@every_network
def test_while_drawing_a_picture_depends_on_its_own_latent_alone(name: str) -> None:
    network = settled(name)
    z = latents(6)
    with torch.no_grad():
        together, alone = network(z), network(z[2:3])
    torch.testing.assert_close(together[2:3], alone, atol=1e-5, rtol=0)
    assert float((together[0] - together[1]).abs().max()) > 1e-4


@every_network
def test_an_average_of_it_can_be_kept(name: str) -> None:
    network = generator(name)
    average = copy.deepcopy(network).eval().requires_grad_(False)
    with torch.no_grad():
        network(latents(8))
        for mine, theirs in zip(
            average.state_dict().values(), network.state_dict().values(), strict=True
        ):
            mine.copy_(theirs)
        expected = network.eval()(latents(2))
        assert torch.equal(average(latents(2)), expected)


@every_network
def test_memory_format_changes_no_pictures_and_no_scores(name: str) -> None:
    g, d = settled(name), discriminator(name).eval()
    z = latents(4)
    with torch.no_grad():
        plain = g(z)
        score = d(plain)
        g.to(memory_format=torch.channels_last)
        d.to(memory_format=torch.channels_last)
        last = g(z)
        torch.testing.assert_close(last, plain, atol=1e-4, rtol=0)
        last = plain.contiguous(memory_format=torch.channels_last)
        torch.testing.assert_close(d(last), score, atol=1e-4, rtol=1e-3)


@every_network
def test_bfloat16_stays_finite_and_near(name: str) -> None:
    g, d = settled(name), discriminator(name).eval()
    with torch.no_grad():
        exact = g(latents(4))
        with torch.autocast("cpu", dtype=torch.bfloat16):
            rough = g(latents(4))
            score = d(rough)
    assert bool(score.isfinite().all())
    torch.testing.assert_close(rough.float(), exact, atol=0.08, rtol=0)


@every_network
def test_the_discriminator_says_truly_whether_scores_are_independent(name: str) -> None:
    d = discriminator(name).train()
    pictures = torch.randn(6, 3, 32, 32, generator=chance(7))
    with torch.no_grad():
        same = torch.allclose(d(pictures)[:2], d(pictures[:2]), atol=1e-6)
    assert d.independent is same


def test_dcgan_at_64_pixels_has_the_papers_numbers_of_weights() -> None:
    paper = NetworkRecipe(name="dcgan", size=64, width=64, d_width=64, z_dim=100)
    counts = [
        sum(weight.numel() for weight in build(paper, chance(0)).parameters())
        for build in (build_generator, build_discriminator)
    ]
    assert counts[0] == pytest.approx(3.58e6, rel=0.002)
    assert counts[1] == pytest.approx(2.77e6, rel=0.002)
