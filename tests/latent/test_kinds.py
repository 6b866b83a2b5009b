"""A generator that can be told what to draw: places, averages and directions of each kind."""

from __future__ import annotations

from typing import cast

import pytest
import torch

from ganstudio.gan.networks import build_generator
from ganstudio.latent.contrast import between_kinds
from ganstudio.latent.directions import finding
from ganstudio.latent.generator import Generator
from ganstudio.latent.ground import Ground
from ganstudio.latent.points import mean_latent
from ganstudio.latent.renderer import Renderer
from ganstudio.latent.slices import finished
from ganstudio.project.point import LatentPoint
from ganstudio.project.recipe import NetworkRecipe

KINDS = 3
NAMES = ("sketch", "style")  # without and with a mapping network


def generator(name: str) -> Generator:
    recipe = NetworkRecipe.model_validate(
        {"name": name, "size": 16, "width": 4, "d_width": 4, "z_dim": 8, "classes": KINDS}
    )
    network = build_generator(recipe, torch.Generator().manual_seed(1)).eval()
    return cast("Generator", network)


@pytest.mark.parametrize("name", NAMES)
def test_a_point_is_what_the_network_draws_for_its_seed_and_kind(name: str) -> None:
    network = generator(name)
    renderer = Renderer(network, kinds=KINDS)
    points = [LatentPoint(seed_x=4, kind=kind) for kind in (2, 0, 1)]
    with torch.inference_mode():
        z = torch.randn(8, generator=torch.Generator().manual_seed(4)).repeat(3, 1)
        wanted = network.map(z, torch.tensor([2, 0, 1]))
        assert torch.allclose(renderer.latents(points), wanted, atol=1e-6)
    pictures = renderer.render(points)
    assert not (pictures[0] == pictures[1]).all()


@pytest.mark.parametrize("name", NAMES)
def test_without_diversity_each_kind_has_an_average_of_its_own(name: str) -> None:
    renderer = Renderer(generator(name), kinds=KINDS)
    points = [LatentPoint(seed_x=s, kind=k, diversity=0) for k in (0, 1) for s in (1, 2)]
    pictures = renderer.render(points)
    assert (pictures[0] == pictures[1]).all()
    assert (pictures[2] == pictures[3]).all()
    assert not (pictures[0] == pictures[2]).all()


@pytest.mark.parametrize("name", NAMES)
def test_walking_changes_the_picture_and_not_its_kind(name: str) -> None:
    network = generator(name)
    found = finished(finding(network, KINDS, count=6)).directions
    assert all(direction.effect > 0 for direction in found)
    steps = torch.tensor([direction.step for direction in found])
    assert steps.shape[1] == network.w_dim
    if not network.has_mapping:
        assert not steps[:, network.z_dim :].any()


@pytest.mark.parametrize("name", NAMES)
def test_between_two_kinds_leads_from_the_average_of_one_to_that_of_the_other(name: str) -> None:
    network = generator(name)
    step = between_kinds(Ground(network, KINDS), 0, 2)
    here, there = (mean_latent(network, torch.device("cpu"), kind) for kind in (0, 2))
    cosine = torch.nn.functional.cosine_similarity(step, there - here, dim=0)
    assert cosine.item() > 0.999


def test_a_kind_that_is_not_there_is_the_last_one() -> None:
    renderer = Renderer(generator("sketch"), kinds=KINDS)
    pictures = renderer.render([LatentPoint(kind=99), LatentPoint(kind=KINDS - 1)])
    assert (pictures[0] == pictures[1]).all()
