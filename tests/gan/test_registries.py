"""What recipes may name and what there is are the same."""

from typing import get_args

import pytest
import torch

from ganstudio.gan.augment import POLICIES
from ganstudio.gan.losses import LOSSES
from ganstudio.gan.networks import NETWORKS, build_discriminator
from ganstudio.project.combinations import BATCH_NORM_INSPECTORS, LOSSES_WITHOUT_MIDDLE
from ganstudio.project.errors import UserError
from ganstudio.project.presets import UNDECIDED, recipe_for, undecided_line
from ganstudio.project.recipe import (
    LossName,
    NetworkName,
    NetworkRecipe,
    NormName,
    PolicyName,
)


def test_recipes_may_name_exactly_what_there_is() -> None:
    assert get_args(NetworkName) == tuple(NETWORKS)
    assert get_args(LossName) == tuple(LOSSES)
    assert get_args(PolicyName) == tuple(POLICIES)


@pytest.mark.parametrize("value", ["game.loss=foo", "network.name=foo", "augment.policy=foo"])
def test_a_name_that_is_not_there_is_refused_with_those_that_are(value: str) -> None:
    key, name = value.split("=")
    with pytest.raises(UserError) as caught:
        recipe_for(size=32, pictures=500).with_values({key: name})
    assert caught.value.code == "bad-setting"
    assert "'" in caught.value.values["reason"]


def test_plots_know_where_an_inspector_cannot_tell() -> None:
    known = {name: loss.equilibrium for name, loss in LOSSES.items() if loss.equilibrium}
    assert {name: (d, g) for name, (g, d) in UNDECIDED.items()} == known


def test_recipes_name_only_augmentations_there_are_and_plenty_of_pictures_get_none() -> None:
    policies = [set(recipe_for(size=64, pictures=n).augment.policy) for n in (50, 1_000, 5_000)]
    assert policies == [{"translation", "cutout"}, {"translation", "cutout"}, set()]
    assert all(policy <= set(POLICIES) for policy in policies)


@pytest.mark.parametrize("d_norm", get_args(NormName))
@pytest.mark.parametrize("name", list(NETWORKS))
def test_it_is_known_which_discriminators_compare_by_batch_norm(name: str, d_norm: str) -> None:
    recipe = NetworkRecipe(name=name, size=32, width=8, d_width=8, d_norm=d_norm)
    layers = build_discriminator(recipe, torch.Generator()).modules()
    found = any(isinstance(layer, torch.nn.BatchNorm2d) for layer in layers)
    assert found is (name in BATCH_NORM_INSPECTORS and d_norm == "own")


def test_it_is_known_which_losses_only_compare() -> None:
    assert {n for n, loss in LOSSES.items() if loss.middle is None} == LOSSES_WITHOUT_MIDDLE


def test_one_line_stands_only_where_both_losses_end() -> None:
    lines = {name: undecided_line(name) for name in LOSSES}
    assert lines.pop("relativistic") == pytest.approx(0.6931, abs=5e-5)
    assert set(lines.values()) == {None}
