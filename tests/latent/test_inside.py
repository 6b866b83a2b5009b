"""Looking inside every network: stages, the order of channels, heat, and which do alike."""

from __future__ import annotations

from typing import cast

import numpy as np
import pytest
import torch

from ganstudio.gan.networks import NETWORKS, build_generator
from ganstudio.latent.bands import band_stages
from ganstudio.latent.generator import Generator
from ganstudio.latent.inside import clusters, look_inside, stage_shapes, used_bands
from ganstudio.latent.renderer import Renderer
from ganstudio.project.inside import InsideWanted
from ganstudio.project.point import Bend, LatentPoint
from ganstudio.project.recipe import NetworkRecipe

HERE = LatentPoint(seed_x=3)


def renderer(name: str) -> Renderer:
    recipe = NetworkRecipe.model_validate(
        {"name": name, "size": 32, "width": 8, "d_width": 4, "z_dim": 16}
    )
    network = build_generator(recipe, torch.Generator().manual_seed(1)).eval()
    return Renderer(cast("Generator", network))


@pytest.mark.parametrize("name", sorted(NETWORKS))
def test_stages_are_those_that_bends_and_bands_count_by(name: str) -> None:
    it = renderer(name)
    shapes = stage_shapes(it)
    assert len(shapes) == it.stages
    assert [shape.channels for shape in shapes] == [x.shape[1] for x in it.features(HERE)]
    has_places = name != "mlp"
    assert all(shape.has_places == has_places for shape in shapes)
    bands = used_bands(shapes)
    assert bool(bands) == has_places
    assert all(len(band_stages(band, len(shapes))) for band in bands)


@pytest.mark.parametrize("name", sorted(NETWORKS))
def test_pages_show_every_channel_once_and_the_most_active_first(name: str) -> None:
    it = renderer(name)
    count = stage_shapes(it)[1].channels
    seen: list[int] = []
    activity: list[float] = []
    for first in range(0, count, 5):
        inside = look_inside(it, InsideWanted(HERE, 1, first=first, count=5))
        assert len(inside.pictures) == len(inside.channels) <= 5
        seen += inside.channels
        activity += inside.activity
    assert sorted(seen) == list(range(count))
    assert activity == sorted(activity, reverse=True)
    assert activity[0] == 1.0
    numbered = look_inside(it, InsideWanted(HERE, 1, order="number", first=2, count=3))
    assert numbered.channels == (2, 3, 4)
    chosen = look_inside(it, InsideWanted(HERE, 1, channels=(4, 1, 9_999)))
    assert chosen.channels == (4, 1)


@pytest.mark.parametrize("name", sorted(NETWORKS))
def test_a_heat_picture_is_bright_where_the_channel_is_active_and_dark_when_it_is_off(
    name: str,
) -> None:
    it = renderer(name)
    wanted = InsideWanted(HERE, 1, count=4)
    inside = look_inside(it, wanted)
    maps = it.features(HERE)[1][0].abs()
    for channel, picture in zip(inside.channels, inside.pictures, strict=True):
        assert not picture.flags.writeable
        if maps.ndim == 3:
            assert maps[channel].argmax() == int(picture.argmax())
    assert inside.pictures[0].max() == 255 or maps.ndim == 1
    off = Bend(stage=1, channels=inside.channels[:1], action="off")
    bent = HERE.model_copy(update={"bends": (off,)})
    dark = look_inside(it, InsideWanted(bent, 1, channels=inside.channels))
    assert not dark.pictures[0].any()
    assert dark.activity[0] == 0
    away = HERE.model_copy(update={"bends": (off.model_copy(update={"on": False}),)})
    assert (look_inside(it, InsideWanted(away, 1, count=4)).pictures == inside.pictures).all()
    assert (it.render([away]) == it.render([HERE])).all()


def test_large_stages_are_shown_small_and_a_missing_one_is_the_last() -> None:
    recipe = NetworkRecipe.model_validate(
        {"name": "sketch", "size": 256, "width": 4, "d_width": 4, "z_dim": 16, "aspect": "3:2"}
    )
    network = build_generator(recipe, torch.Generator().manual_seed(1)).eval()
    inside = look_inside(Renderer(cast("Generator", network)), InsideWanted(HERE, 60, count=2))
    assert inside.pictures.shape[2] == 64
    assert 40 <= inside.pictures.shape[1] < 64


def test_channels_that_do_alike_are_found_whatever_their_strength() -> None:
    random = torch.Generator().manual_seed(0)
    patterns = torch.randn(6, 40, generator=random)
    truth = torch.arange(60) % 6
    strength = torch.rand(60, 1, generator=random) * 5 + 0.2
    noise = 0.05 * torch.randn(60, 40, generator=random)
    groups = clusters(strength * (patterns[truth] + noise))
    for pattern in range(6):
        assert len({groups[n] for n in range(60) if truth[n] == pattern}) <= 2
    pairs = {(int(truth[n]), groups[n]) for n in range(60)}
    assert len({group for _, group in pairs}) == len(pairs)  # no group has two patterns
    assert groups == clusters(strength * (patterns[truth] + noise))


@pytest.mark.parametrize("name", sorted(NETWORKS))
def test_similar_ones_are_those_asked_for_and_more_but_not_all(name: str) -> None:
    it = renderer(name)
    count = stage_shapes(it)[1].channels
    inside = look_inside(it, InsideWanted(HERE, 1, similar_to=(0, 3)))
    assert {0, 3} <= set(inside.similar)
    assert len(inside.similar) < count
    assert look_inside(it, InsideWanted(HERE, 1)).similar == ()
    assert np.array_equal(inside.similar, sorted(inside.similar))
