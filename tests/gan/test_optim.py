"""Schedules end where they should, and Adam is Adam."""

from __future__ import annotations

import subprocess
import sys

import pytest
import torch
from torch import nn

from ganstudio.gan.optim import Adam, cosine, gamma_at, learning_rate_at
from ganstudio.gan.trainer import augment_p_at
from ganstudio.project.recipe import OptimizerRecipe, Recipe

BETA2 = 0.99


def test_schedules_begin_and_end_with_the_recipes_values(recipe: Recipe) -> None:
    end = recipe.horizon
    assert learning_rate_at(recipe, 0) == pytest.approx(2e-3)
    assert learning_rate_at(recipe, end) == pytest.approx(2e-4)
    assert gamma_at(recipe, 0) == pytest.approx(1.0)
    assert gamma_at(recipe, end) == pytest.approx(0.1)


@pytest.mark.parametrize("factor", [1, 2, 100])
def test_past_the_horizon_the_end_value_stays(recipe: Recipe, factor: int) -> None:
    assert learning_rate_at(recipe, factor * recipe.horizon) == pytest.approx(2e-4)
    assert gamma_at(recipe, factor * recipe.horizon) == pytest.approx(0.1)


def test_half_way_lies_the_middle_and_it_only_falls() -> None:
    assert cosine(3.0, 1.0, 50, 100) == pytest.approx(2.0)
    values = [cosine(3.0, 1.0, clock, 100) for clock in range(120)]
    assert values == sorted(values, reverse=True)


def test_augmentation_grows_along_its_ramp(recipe: Recipe) -> None:
    assert augment_p_at(recipe, 0) == 0.0
    assert augment_p_at(recipe, 30) == pytest.approx(0.35)
    assert augment_p_at(recipe, 60) == augment_p_at(recipe, 10_000) == pytest.approx(0.7)


def test_without_a_ramp_augmentation_is_there_at_once(recipe: Recipe) -> None:
    assert augment_p_at(recipe.with_values({"augment.ramp_images": 0}), 0) == pytest.approx(0.7)


@pytest.mark.parametrize("gradient_format", [torch.contiguous_format, torch.channels_last])
@pytest.mark.parametrize("weight_format", [torch.contiguous_format, torch.channels_last])
def test_it_is_adam_whatever_lies_how_in_memory(
    weight_format: torch.memory_format, gradient_format: torch.memory_format
) -> None:
    rng = torch.Generator().manual_seed(2)
    recipe = OptimizerRecipe(lr=0.1, lr_end=0.1, beta1=0.3, beta2=BETA2)
    shape = (4, 3, 2, 2)
    first = torch.randn(shape, generator=rng)
    weight = nn.Parameter(first.clone().to(memory_format=weight_format))
    bias = nn.Parameter(torch.zeros(3))
    expected = first.double()
    mean, square = torch.zeros(shape).double(), torch.zeros(shape).double()
    optimizer = Adam([bias, weight], recipe)
    assert torch.equal(weight, first)
    for count in range(1, 6):
        gradient = torch.randn(shape, generator=rng)
        weight.grad, bias.grad = gradient.clone().to(memory_format=gradient_format), bias.detach()
        assert float(optimizer.gather()) == pytest.approx(float(gradient.norm()), rel=1e-5)
        assert weight.grad is None
        optimizer.step(0.01 * count, BETA2)
        # Kingma and Ba 2015, algorithm 1.
        mean = 0.3 * mean + 0.7 * gradient
        square = 0.99 * square + 0.01 * gradient.double() ** 2
        fair_mean, fair_square = mean / (1 - 0.3**count), square / (1 - 0.99**count)
        expected -= 0.01 * count * fair_mean / (fair_square.sqrt() + 1e-8)
    torch.testing.assert_close(weight.detach().double(), expected, rtol=1e-5, atol=1e-6)
    assert torch.equal(bias.detach(), torch.zeros(3))


def _moved_by_an_outlier(clip: float) -> tuple[float, float]:
    """How far a weight moves in the last usual step, and in one of a thousandfold gradient."""
    recipe = OptimizerRecipe(lr=0.1, lr_end=0.1, beta1=0.0, beta2=BETA2, clip=clip)
    weight = nn.Parameter(torch.zeros(8))
    optimizer = Adam([weight], recipe)
    moves = []
    for length in [*([1.0] * 40), 1000.0]:
        before = weight.detach().clone()
        weight.grad = torch.full((8,), length)
        norm = optimizer.gather()
        assert float(norm) == pytest.approx(length * 8**0.5)
        optimizer.step(0.1, BETA2)
        moves.append(float((weight.detach() - before).norm()))
    return moves[-2], moves[-1]


def test_a_gradient_far_longer_than_usual_is_shortened() -> None:
    usual, outlier = _moved_by_an_outlier(clip=2.0)
    assert outlier < 2.1 * usual
    usual, outlier = _moved_by_an_outlier(clip=0.0)
    assert outlier > 4 * usual


def test_shorter_gradients_are_left_alone() -> None:
    recipe = OptimizerRecipe(lr=0.1, lr_end=0.1, clip=2.0)
    rng = torch.Generator().manual_seed(3)
    gradients = torch.rand(50, 6, generator=rng) + 0.5
    ends = []
    for chosen in (recipe, recipe.model_copy(update={"clip": 0.0})):
        weight = nn.Parameter(torch.zeros(6))
        optimizer = Adam([weight], chosen)
        for gradient in gradients:
            weight.grad = gradient.clone()
            optimizer.gather()
            optimizer.step(0.1, BETA2)
        ends.append(weight.detach().clone())
    assert torch.equal(*ends)


def test_its_memory_is_there_before_the_first_step() -> None:
    weight = nn.Parameter(torch.zeros(4, 3, 2, 2))
    tensors = Adam([weight], OptimizerRecipe(lr=0.1, lr_end=0.1)).tensors("g")
    assert set(tensors) == {"g.step", "g.mean", "g.square", "g.usual"}


def test_a_weight_without_a_gradient_is_a_bug_and_not_a_skipped_weight() -> None:
    with pytest.raises(RuntimeError):
        Adam([nn.Parameter(torch.zeros(2))], OptimizerRecipe(lr=0.1, lr_end=0.1)).gather()


@pytest.mark.slow
def test_nobody_waits_for_torchs_compiler() -> None:
    """`torch.optim.Adam` imports it, and so do normal numbers for a tensor without memory."""
    code = """
import sys
import torch
from ganstudio.gan.device import DeviceChoice
from ganstudio.gan.networks import NETWORKS, build_discriminator, build_generator
from ganstudio.gan.networks.shapes import shapes_alone
from ganstudio.gan.trainer import Trainer
from ganstudio.project.presets import recipe_for
recipe = recipe_for(size=32, pictures=100, strength="small")
trainer = Trainer(recipe, 1, DeviceChoice("cpu", 1, ""))
trainer.step(torch.zeros(4, 3, 32, 32))
for name in NETWORKS:
    values = {"name": name, "classes": 3, "d_norm": "spectral", "width": 8, "d_width": 8}
    network = recipe.network.model_copy(update=values)
    with shapes_alone():
        for build in (build_generator, build_discriminator):
            tensors = build(network, torch.Generator()).state_dict().values()
            assert tensors and all(tensor.is_meta for tensor in tensors)
sys.exit("torch._dynamo" in sys.modules)
"""
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_after_gradients_that_are_no_numbers_the_next_ones_count_as_always() -> None:
    """What lies between the weights in their block is multiplied too, and never written again."""
    recipe = OptimizerRecipe(lr=0.1, lr_end=0.1, clip=2.0)
    weights = [nn.Parameter(torch.zeros(3)), nn.Parameter(torch.zeros(5))]
    adam = Adam(weights, recipe)
    for bad in (torch.nan, torch.inf):
        for weight in weights:
            weight.grad = torch.full_like(weight, bad)
        assert not adam.gather().isfinite()
        for weight in weights:
            weight.grad = torch.ones_like(weight)
        assert adam.gather().item() == pytest.approx(8**0.5)
