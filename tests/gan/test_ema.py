"""The averaged generator follows its closed form."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from ganstudio.gan.ema import AveragedNetwork, ema_beta
from ganstudio.gan.flat import flatten
from ganstudio.project.recipe import EmaRecipe


def test_nothing_old_stays_where_there_is_nothing_old() -> None:
    assert ema_beta(EmaRecipe(half_life_images=1_000, ramp=0.05), 0, 64) == 0.0


def test_a_half_life_of_zero_copies() -> None:
    assert ema_beta(EmaRecipe(half_life_images=0), 100_000, 64) == 0.0


def test_after_a_half_life_half_is_left() -> None:
    recipe = EmaRecipe(half_life_images=640, ramp=1.0)
    assert ema_beta(recipe, 100_000, 64) ** 10 == pytest.approx(0.5)


def test_early_the_half_life_is_a_share_of_the_clock() -> None:
    recipe = EmaRecipe(half_life_images=10_000, ramp=0.05)
    assert ema_beta(recipe, 1_000, 50) == pytest.approx(0.5)
    assert ema_beta(recipe, 10_000_000, 10_000) == pytest.approx(0.5)


def test_the_average_is_the_weighted_sum_of_all_that_was() -> None:
    network = nn.Sequential(nn.Linear(3, 2), nn.BatchNorm1d(2))
    weights = flatten(list(network.parameters()))
    average = AveragedNetwork(network, weights, EmaRecipe(half_life_images=8, ramp=1.0))
    expected = {name: value.clone().double() for name, value in network.state_dict().items()}
    rng = torch.Generator().manual_seed(1)
    for step in range(1, 7):
        for tensor in [*network.parameters(), network[1].running_mean, network[1].running_var]:
            tensor.data.copy_(torch.rand(tensor.shape, generator=rng))
        network[1].num_batches_tracked += 1
        average.update(4 * step, 4)
        beta = 0.5 ** (4 / min(8, 4 * step))
        for name, value in network.state_dict().items():
            expected[name] = beta * expected[name] + (1 - beta) * value
    found = average.network.state_dict()
    for name in ("0.weight", "0.bias", "1.weight", "1.running_mean", "1.running_var"):
        torch.testing.assert_close(found[name].double(), expected[name], rtol=1e-5, atol=1e-6)
    assert int(found["1.num_batches_tracked"]) == 6


def test_the_average_never_trains_and_never_counts_batches_itself() -> None:
    network = nn.Sequential(nn.Linear(3, 2), nn.BatchNorm1d(2))
    weights = flatten(list(network.parameters()))
    average = AveragedNetwork(network, weights, EmaRecipe(half_life_images=8))
    assert not average.network.training
    assert not any(weight.requires_grad for weight in average.network.parameters())
    assert network.training
    assert all(weight.requires_grad for weight in network.parameters())
