"""Every network says what w is multiplied by first, so directions are found in all of them."""

from __future__ import annotations

from typing import cast

import pytest
import torch

from ganstudio.gan.networks import NETWORKS, build_generator
from ganstudio.latent.generator import Generator
from ganstudio.latent.ground import Ground
from ganstudio.latent.sefa import sefa_steps
from ganstudio.project.recipe import NetworkRecipe


@pytest.mark.parametrize("classes", [0, 3])
@pytest.mark.parametrize("name", sorted(NETWORKS))
def test_the_strongest_ways_of_the_weights_change_the_picture(name: str, classes: int) -> None:
    recipe = NetworkRecipe.model_validate(
        {"name": name, "size": 16, "width": 4, "d_width": 4, "z_dim": 8, "classes": classes}
    )
    built = build_generator(recipe, torch.Generator().manual_seed(1)).eval()
    network = cast("Generator", built)
    weights = network.first_weights()
    assert len(weights) == network.layers
    assert all(one.shape[1] == network.w_dim for one in weights)
    ground = Ground(network, classes)
    steps = sefa_steps(ground, 4)
    assert steps.shape == (4, network.w_dim)
    assert steps.norm(dim=1).min() > 0
    first = network.first_features(ground.w[:8])
    assert not torch.allclose(network.first_features(ground.w[:8] + steps[0]), first)


def test_chosen_layers_alone_give_other_ways() -> None:
    recipe = NetworkRecipe.model_validate(
        {"name": "style", "size": 16, "width": 4, "d_width": 4, "z_dim": 8}
    )
    built = build_generator(recipe, torch.Generator().manual_seed(1)).eval()
    ground = Ground(cast("Generator", built))
    assert not torch.allclose(sefa_steps(ground, 2, (0,)), sefa_steps(ground, 2, (4, 5)))
