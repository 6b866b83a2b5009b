"""What is particular about FastGAN's networks."""

import pytest
import torch
from torch import nn
from torch.nn import functional

from ganstudio.gan.chance import Chance, Share
from ganstudio.gan.networks import build_discriminator, build_generator, fastgan
from ganstudio.gan.networks.base import SelfSupervised
from ganstudio.project.recipe import NetworkRecipe


def recipe(size: int = 32, width: int = 8, **other: object) -> NetworkRecipe:
    values = {"name": "fastgan", "size": size, "width": width, "d_width": width, "z_dim": 12}
    return NetworkRecipe.model_validate(values | other)


def drawn(count: int, seed: int) -> Chance:
    """Chance for so many pictures."""
    return Chance(chance(seed), Share.whole(count))


def chance(seed: int) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def latents(count: int) -> torch.Tensor:
    return torch.randn(count, 12, generator=chance(5))


def pictures(count: int, size: int = 32) -> torch.Tensor:
    """Flat colours, another one in every quarter."""
    colours = torch.rand(count, 3, 2, 2, generator=chance(6)) * 2 - 1
    return functional.interpolate(colours, scale_factor=size // 2)


def described(size: int = 32, **other: object) -> fastgan.FastganDiscriminator:
    d = build_discriminator(recipe(size, **other), chance(2))
    assert isinstance(d, fastgan.FastganDiscriminator)
    return d


@pytest.mark.parametrize(
    ("size", "skips"),
    [
        (16, [(4, 16)]),
        (32, [(4, 32)]),
        (64, [(4, 64)]),
        (128, [(4, 64), (8, 128)]),
        (512, [(4, 64), (8, 128), (16, 256), (32, 512)]),
    ],
)
def test_skips_lead_over_four_doublings_or_as_many_as_there_are(
    size: int, skips: list[tuple[int, int]]
) -> None:
    g = fastgan.FastganGenerator(recipe(size, 4), chance(1))
    seen = []
    for skip in g.skips:
        skip.register_forward_pre_hook(
            lambda _, given: seen.append(tuple(x.shape[3] for x in given))
        )
    with torch.no_grad():
        g(latents(2))
    assert seen == skips


def test_a_skip_says_how_much_of_each_channel_passes() -> None:
    skip = fastgan._Excitation(6, 5, (2, 3))
    low = torch.randn(4, 6, 4, 6, generator=chance(1))
    high = torch.randn(4, 5, 16, 24, generator=chance(2))
    first, last = (layer for layer in skip.gate if isinstance(layer, nn.Conv2d))
    means = low.unfold(2, 2, 2).unfold(3, 2, 2).mean((4, 5))
    hidden = torch.einsum("nchw,dchw->nd", means, first.weight) + first.bias
    hidden = torch.where(hidden > 0, hidden, 0.2 * hidden)
    passes = torch.sigmoid(hidden @ last.weight[:, :, 0, 0].T + last.bias)
    torch.testing.assert_close(skip(low, high), passes[:, :, None, None] * high)


def test_a_stage_lets_half_of_its_channels_say_how_much_of_the_others_passes() -> None:
    stage = fastgan._Stage(nn.Identity(), 3).eval()
    x = torch.randn(2, 6, 4, 4, generator=chance(1))
    normed = x / (1 + stage.norm.eps) ** 0.5
    expected = normed[:, :3] * torch.sigmoid(normed[:, 3:])
    torch.testing.assert_close(stage(x, None), expected)


@pytest.mark.parametrize(
    ("size", "width", "channels"),
    [
        (64, 128, [1024, 512, 256, 128, 128]),
        (128, 64, [1024, 512, 256, 128, 128, 64]),
        (512, 16, [1024, 512, 256, 128, 128, 64, 32, 16]),
        (256, 64, [1024, 1024, 512, 256, 256, 128, 64]),
        (16, 8, [32, 16, 8]),
    ],
)
def test_the_generators_channels_are_the_published_multiples(
    size: int, width: int, channels: list[int]
) -> None:
    with torch.device("meta"):
        g = build_generator(recipe(size, width), chance(1))
        stages = g.features(torch.zeros(2, 12))
    assert [stage.shape[1] for stage in stages] == channels


@pytest.mark.parametrize(("size", "d_width"), [(64, 64), (128, 32), (256, 16), (512, 16)])
def test_the_discriminators_channels_double_to_the_published_ones(size: int, d_width: int) -> None:
    with torch.device("meta"):
        d = described(size, d_width=d_width)
        features = d.trunk(torch.zeros(2, 3, size, size))
        assert features.shape == (2, 512, 8, 8)
        assert d.score(d.head(features)).shape == (2, 1, 5, 5)


def test_noise_comes_from_the_given_chance_and_only_where_it_was_learned() -> None:
    g = fastgan.FastganGenerator(recipe(), chance(1)).eval()
    with torch.no_grad():
        calm = g(latents(2))
        assert torch.equal(g(latents(2), None, drawn(2, 3)), calm)
        for stage in g.stages:
            stage.strength.fill_(0.5)
        assert torch.equal(g(latents(2)), calm)
        noisy = [g(latents(2), None, drawn(2, seed)) for seed in (3, 3, 4)]
    assert torch.equal(noisy[0], noisy[1])
    assert not torch.equal(noisy[0], noisy[2])
    assert not torch.equal(noisy[0], calm)


def test_how_loud_noise_is_can_be_learned() -> None:
    g = fastgan.FastganGenerator(recipe(), chance(1))
    g(latents(4), None, drawn(4, 3)).square().sum().backward()
    assert all(bool(stage.strength.grad.any()) for stage in g.stages)


@pytest.mark.parametrize("d_norm", ["own", "none", "spectral"])
def test_only_as_published_it_has_both_norms(d_norm: str) -> None:
    d = described(d_norm=d_norm)
    batch_norms = [layer for layer in d.modules() if isinstance(layer, nn.BatchNorm2d)]
    spectral = [name for name, _ in d.named_parameters() if name.endswith("original")]
    assert bool(batch_norms) is (d_norm == "own")
    assert bool(spectral) is (d_norm != "none")
    assert d.independent is (d_norm != "own")


def test_the_lesson_changes_no_logits() -> None:
    d = described().eval()
    assert isinstance(d, SelfSupervised)
    with torch.no_grad():
        logits, lesson = d.logits_and_lesson(pictures(4), None, drawn(4, 3))
        torch.testing.assert_close(logits, d(pictures(4)))
    assert lesson.ndim == 0
    assert lesson.dtype == torch.float32


@pytest.mark.parametrize(
    ("size", "d_norm"),
    [
        (16, "own"),
        (32, "none"),
        *(pytest.param(64, norm, marks=pytest.mark.slow) for norm in ("own", "none")),
    ],
)
def test_few_pictures_are_soon_described(size: int, d_norm: str) -> None:
    d = described(size, d_norm=d_norm)
    adam = torch.optim.Adam(d.parameters(), lr=2e-3, betas=(0.5, 0.9))
    lessons = []
    for step in range(60):
        _, lesson = d.logits_and_lesson(pictures(2, size), None, drawn(2, step))
        adam.zero_grad()
        lesson.backward()
        adam.step()
        lessons.append(float(lesson.detach()))
    assert lessons[-1] < 0.5 * lessons[0]


def test_the_trunk_learns_from_the_lesson_too() -> None:
    d = described()
    _, lesson = d.logits_and_lesson(pictures(4), None, drawn(4, 3))
    lesson.backward()
    for label, weight in d.trunk.named_parameters():
        assert weight.grad is not None, label
        assert bool(weight.grad.any()), label
    assert all(weight.grad is None for weight in d.score.parameters())


def test_the_same_quarter_of_features_and_pictures_is_taken() -> None:
    place = torch.tensor([[0, 0, 1, 1], [0, 1, 0, 1]])
    for x in (pictures(4), pictures(4, 16)):
        taken = fastgan._quarters(x, place)
        half = x.shape[2] // 2
        for n, (row, column) in enumerate(place.T.tolist()):
            rows, columns = row * half, column * half
            assert torch.equal(taken[n], x[n, :, rows : rows + half, columns : columns + half])


def test_a_quarter_is_described_by_its_own_features() -> None:
    d = described(d_norm="none")
    asked: list[torch.Tensor] = []
    d.quarter.register_forward_pre_hook(lambda _, given: asked.append(given[0]))
    place = (drawn(4, 3).uniform(2) < 0.5).long().t()
    with torch.no_grad():
        d.logits_and_lesson(pictures(4), None, drawn(4, 3))
        middle = d.trunk[:-1](pictures(4))
    torch.testing.assert_close(asked[0], fastgan._quarters(middle, place))


def test_descriptions_are_wrong_by_colours_and_by_edges() -> None:
    wanted = pictures(2)
    off = torch.full((), 0.25)
    assert float(fastgan._difference(wanted, wanted)) == 0.0
    # A colour that is wrong everywhere alike is wrong by that much; its edges are right.
    assert float(fastgan._difference(wanted + off, wanted)) == pytest.approx(0.25, abs=1e-6)
    stripes = off * torch.tensor([1.0, -1.0]).repeat(16)
    assert float(fastgan._difference(wanted + stripes, wanted)) > 0.35
    # What is drawn smaller is compared with the picture made smaller.
    small = functional.avg_pool2d(wanted, 4)
    assert float(fastgan._difference(small, wanted)) == pytest.approx(0.0, abs=1e-6)
