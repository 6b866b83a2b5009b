"""What a place is made of, on every network: parts of others, masks, bends, grain, vectors."""

from __future__ import annotations

from typing import Any, cast

import numpy as np
import pytest
import torch

from ganstudio.gan.networks import NETWORKS, build_generator
from ganstudio.latent.bands import band_layers, band_stages
from ganstudio.latent.generator import Generator
from ganstudio.latent.renderer import Renderer
from ganstudio.project.direction import Direction, direction_key
from ganstudio.project.point import BANDS, Bend, LatentPoint, Mask, Mix, Share
from ganstudio.project.recipe import NetworkRecipe

SPATIAL = sorted(set(NETWORKS) - {"mlp"})
HERE, THERE = LatentPoint(seed_x=3), LatentPoint(seed_x=8)


def renderer(name: str, **values: Any) -> Renderer:
    recipe = NetworkRecipe.model_validate(
        {"name": name, "size": 32, "width": 8, "d_width": 4, "z_dim": 16} | values
    )
    network = build_generator(recipe, torch.Generator().manual_seed(1)).eval()
    with torch.no_grad():
        for name_, weight in network.named_parameters():
            if name_.endswith("strength"):  # as after some training: grain shows
                weight.fill_(0.3)
    return Renderer(cast("Generator", network), kinds=recipe.classes)


def differs(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Per pixel, the largest difference of any channel."""
    return np.abs(one.astype(int) - other.astype(int)).max(-1)


@pytest.mark.parametrize("name", sorted(NETWORKS))
def test_a_plain_place_is_the_same_alone_and_among_others(name: str) -> None:
    it = renderer(name)
    points = [LatentPoint(seed_x=x / 2, diversity=0.8) for x in range(5)]
    together = it.render(points)
    for point, picture in zip(points, together, strict=True):
        assert differs(it.render([point])[0], picture).max() <= 1


@pytest.mark.parametrize("name", sorted(NETWORKS))
def test_a_bend_that_changes_nothing_changes_nothing(name: str) -> None:
    it = renderer(name)
    bend = Bend(stage=1, action="amplify", amount=1.0)
    assert (it.render([HERE]) == it.render([HERE.model_copy(update={"bends": (bend,)})])).all()


@pytest.mark.parametrize("name", sorted(NETWORKS))
def test_switched_off_channels_are_off_and_others_are_not(name: str) -> None:
    it = renderer(name)
    before = it.features(HERE)
    after = it.features(
        HERE.model_copy(update={"bends": (Bend(stage=1, channels=(0, 2, 999), action="off"),)})
    )
    assert not after[1][:, [0, 2]].any()
    assert torch.equal(after[1][:, 1], before[1][:, 1])
    assert torch.equal(after[0], before[0])


@pytest.mark.parametrize("name", SPATIAL)
def test_a_full_turn_is_no_turn_and_a_move_goes_where_it_says(name: str) -> None:
    it = renderer(name)
    turned = HERE.model_copy(update={"bends": (Bend(stage=1, action="turn", amount=360.0),)})
    assert differs(it.render([HERE])[0], it.render([turned])[0]).max() <= 2
    plain = it.features(HERE)[1]
    side = plain.shape[3]
    bend = Bend(stage=1, action="move", amount=2 / side, down=1 / side)
    moved = it.features(HERE.model_copy(update={"bends": (bend,)}))[1]
    torch.testing.assert_close(moved[..., 1:, 2:], plain[..., :-1, :-2], rtol=1e-3, atol=1e-4)


@pytest.mark.parametrize("name", SPATIAL)
def test_blurring_keeps_the_mean_and_takes_the_detail(name: str) -> None:
    it = renderer(name)
    plain = it.features(HERE)[1]
    bend = Bend(stage=1, action="blur", amount=0.25)
    soft = it.features(HERE.model_copy(update={"bends": (bend,)}))[1]
    assert soft.std((2, 3)).sum() < 0.7 * plain.std((2, 3)).sum()
    assert (soft.amax((2, 3)) <= plain.amax((2, 3)) + 1e-5).all()


@pytest.mark.parametrize("name", SPATIAL)
def test_a_mask_shows_the_other_place_where_it_says(name: str) -> None:
    it = renderer(name)
    here, there = it.render([HERE, THERE])
    all_of_it = HERE.model_copy(update={"mask": Mask(point=THERE, rows=((1.0,),))})
    nothing = HERE.model_copy(update={"mask": Mask(point=THERE, rows=((0.0,),))})
    assert differs(it.render([all_of_it])[0], there).max() <= 1
    assert differs(it.render([nothing])[0], here).max() <= 1
    left = ((1.0,) * 4 + (0.0,) * 4,) * 8
    half = it.render([HERE.model_copy(update={"mask": Mask(point=THERE, rows=left)})])[0]
    assert differs(half, there)[:, :4].mean() < differs(half, here)[:, :4].mean()
    assert differs(half, here)[:, -4:].mean() < differs(half, there)[:, -4:].mean()


@pytest.mark.parametrize("name", sorted(NETWORKS))
@pytest.mark.parametrize("band", BANDS)
def test_a_part_of_itself_changes_nothing_and_of_another_does(name: str, band: Any) -> None:
    it = renderer(name)
    own = HERE.model_copy(update={"mixes": (Mix(band=band, point=HERE),)})
    assert differs(it.render([HERE])[0], it.render([own])[0]).max() <= 2
    mixed = HERE.model_copy(update={"mixes": (Mix(band=band, point=THERE),)})
    if band_stages(band, it.stages):
        assert differs(it.render([HERE])[0], it.render([mixed])[0]).max() > 0


def test_all_bands_from_another_place_are_that_place_where_layers_have_their_own_w() -> None:
    it = renderer("style")
    mixes = tuple(Mix(band=band, point=THERE) for band in BANDS)
    assert (it.render([HERE.model_copy(update={"mixes": mixes})]) == it.render([THERE])).all()


@pytest.mark.parametrize("stages", range(1, 9))
def test_every_stage_and_every_layer_belongs_to_one_band(stages: int) -> None:
    seen = [stage for band in BANDS for stage in band_stages(band, stages)]
    assert seen == list(range(stages))
    layers = [layer for band in BANDS for layer in band_layers(band, 2 * stages, stages)]
    assert sorted(layers) == list(range(2 * stages))
    if stages >= 3:
        assert all(len(band_stages(band, stages)) for band in BANDS)


@pytest.mark.parametrize("name", sorted(NETWORKS))
def test_a_blend_leads_from_one_place_to_the_other(name: str) -> None:
    it = renderer(name)
    ways = [
        HERE.model_copy(update={"blend": (Share(point=THERE, weight=weight),)})
        for weight in (0.0, 0.5, 1.0)
    ]
    with torch.inference_mode():
        w = it.latents([HERE, *ways, THERE])
    torch.testing.assert_close(w[1], w[0])
    torch.testing.assert_close(w[3], w[4])
    assert 0.6 < float(w[2].norm() / (w[0].norm() + w[4].norm()) * 2) < 1.05
    if not it.network.has_mapping:  # as likely as any other place
        torch.testing.assert_close(w[2].norm(), (w[0].norm() + w[4].norm()) / 2)


@pytest.mark.parametrize("name", ["style", "fastgan"])
def test_a_seed_of_the_grain_changes_the_grain_alone_or_among_others(name: str) -> None:
    it = renderer(name)
    grains = [HERE.model_copy(update={"noise": seed}) for seed in (1, 2)]
    one, two, own = it.render([*grains, HERE])
    assert differs(one, two).max() > 0
    assert differs(one, own).max() > 0
    assert differs(it.render(grains)[1], two).max() <= 1


@pytest.mark.parametrize("name", ["sketch", "style"])
def test_the_numbers_themselves_are_a_place_too(name: str) -> None:
    it = renderer(name)
    with torch.inference_mode():
        w = it.latents([HERE])[0]
    as_w = LatentPoint(vector=tuple(w.tolist()), space="w")
    assert (it.render([as_w]) == it.render([HERE])).all()
    z = torch.randn(16, generator=torch.Generator().manual_seed(3))
    assert (it.render([LatentPoint(vector=tuple(z.tolist()))]) == it.render([HERE])).all()
    strange = LatentPoint(seed_x=3, vector=(1.0, 2.0))
    assert (it.render([strange]) == it.render([HERE])).all()


@pytest.mark.parametrize("name", ["sketch", "style"])
def test_kinds_can_be_blended(name: str) -> None:
    it = renderer(name, classes=3)
    ways = [LatentPoint(seed_x=3, kinds=((0, 1 - t), (2, t))) for t in (0.25, 0.5)]
    with torch.inference_mode():
        ends = it.latents([LatentPoint(seed_x=3, kind=kind) for kind in (0, 2)])
        between = it.latents(ways)
    torch.testing.assert_close(between[0], torch.lerp(ends[0], ends[1], 0.25))
    torch.testing.assert_close(between[1], torch.lerp(ends[0], ends[1], 0.5))


def test_diversity_may_hold_for_the_first_layers_alone() -> None:
    it = renderer("style")
    w = it.latents([HERE.model_copy(update={"diversity": 0.5, "cutoff": 4}), HERE])
    drawn = it.latents([HERE.model_copy(update={"diversity": 0.5})])[0]
    torch.testing.assert_close(w[0, :4], drawn.expand(4, -1))
    torch.testing.assert_close(w[0, 4:], w[1, 4:])


def test_a_direction_may_move_some_layers_alone() -> None:
    it = renderer("style")
    step = tuple(float(n) for n in torch.randn(16, generator=torch.Generator().manual_seed(0)))
    key = direction_key(step, (6, 7))
    it.know([Direction(key=key, step=step, layers=(6, 7))])
    before, after = it.latents([HERE])[0], it.latents([HERE.with_amount(key, 2.0)])[0]
    torch.testing.assert_close(after[:6], before.expand(6, -1))
    torch.testing.assert_close(after[6:], (before + 2 * torch.tensor(step)).expand(2, -1))
