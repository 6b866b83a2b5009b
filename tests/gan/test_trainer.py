"""One step: both learn, nothing else is touched, and what is not finite changes nothing."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest
import torch
from torch import nn

from ganstudio.gan.data import Batches
from ganstudio.gan.device import DeviceChoice
from ganstudio.gan.losses import LOSSES
from ganstudio.gan.pieces import Look
from ganstudio.gan.trainer import Trainer
from ganstudio.project.messages import Pictures
from ganstudio.project.recipe import Recipe

Copy = dict[str, torch.Tensor]


def _copy(trainer: Trainer) -> Copy:
    return {name: value.clone() for name, value in trainer.state().tensors.items()}


def _same(one: Copy, other: Copy) -> bool:
    return one.keys() == other.keys() and all(
        torch.equal(value, other[name]) for name, value in one.items()
    )


def _train(trainer: Trainer, batches: Batches, steps: int) -> None:
    for _ in range(steps):
        trainer.step(batches.at(trainer.clock, trainer.recipe.batch_size))


@pytest.fixture
def batches(images: Pictures) -> Batches:
    return Batches(images, seed=1, flip=True)


@pytest.fixture
def trainer(recipe: Recipe, choice: DeviceChoice) -> Trainer:
    return Trainer(recipe, 1, choice)


def test_both_networks_learn_and_the_average_lags(trainer: Trainer, batches: Batches) -> None:
    before = _copy(trainer)
    _train(trainer, batches, 5)
    after = _copy(trainer)
    for name, value in before.items():
        if name.endswith("weight") and value.is_floating_point():
            assert not torch.equal(value, after[name]), name
    assert trainer.clock == 5 * trainer.recipe.batch_size
    assert any(
        not torch.equal(after[f"generator.{name}"], after[f"average.{name}"])
        for name, _ in trainer.generator.named_parameters()
    )


def test_every_number_of_a_row_is_finite_and_in_its_range(
    trainer: Trainer, batches: Batches
) -> None:
    _train(trainer, batches, 4)
    row = trainer.row()
    assert row is not None
    for value in (row.loss_g, row.loss_d, row.penalty, row.gradient_g, row.gradient_d):
        assert math.isfinite(value)
        assert value > 0
    assert 0 <= row.scores.d_fake <= 1
    assert 0 <= row.scores.d_real <= 1
    assert 0 <= row.scores.balance <= 1


def test_the_global_random_state_is_left_alone(trainer: Trainer, batches: Batches) -> None:
    before = torch.get_rng_state()
    _train(trainer, batches, 2)
    assert torch.equal(torch.get_rng_state(), before)


def test_another_seed_plays_another_game(
    recipe: Recipe, choice: DeviceChoice, batches: Batches
) -> None:
    one, same, other = (Trainer(recipe, seed, choice) for seed in (1, 1, 2))
    for trainer in (one, same, other):
        _train(trainer, batches, 2)
    assert _same(_copy(one), _copy(same))
    assert not _same(_copy(one), _copy(other))


@pytest.mark.parametrize("steps", [1, 2, 3, 4, 5])
def test_going_on_from_a_state_is_bit_equal(
    trainer: Trainer, recipe: Recipe, choice: DeviceChoice, batches: Batches, steps: int
) -> None:
    _train(trainer, batches, steps)
    state = trainer.state()
    kept = {name: value.clone() for name, value in state.tensors.items()}
    later = Trainer(recipe, 1, choice)
    later.load_state(type(state)(state.clock, state.lr_scale, 0, 0, kept))
    _train(trainer, batches, 4)
    _train(later, batches, 4)
    assert _same(_copy(trainer), _copy(later))
    assert trainer.row() == later.row()


def test_penalties_come_on_every_kth_step_alone(
    trainer: Trainer, batches: Batches, monkeypatch: pytest.MonkeyPatch
) -> None:
    import ganstudio.gan.turn as turn

    due: list[int] = []
    plain = turn.look_with_penalty

    def spy(*given: Any) -> Look:
        due.append(trainer.clock)
        return plain(*given)

    monkeypatch.setattr(turn, "look_with_penalty", spy)
    _train(trainer, batches, 8)
    assert due == [0, 12, 24]


def test_the_lazy_penalty_weighs_as_much_as_an_eager_one(
    recipe: Recipe, choice: DeviceChoice, batches: Batches
) -> None:
    """The gradient of a penalty step minus that of a plain one is k * gamma / 2 * (R1 + R2)'s."""
    from ganstudio.gan.seeding import generator_for

    trainer = Trainer(recipe.with_values({"augment.p": 0}), 1, choice)
    reals = batches.at(0, 4)
    rng = generator_for(1, "turn", 0)
    latents = torch.randn(4, 8, generator=rng)
    first = trainer._game.first_half(reals, latents, augment_p=0.0, gamma=0.8, rng=rng)
    found = [weight.grad.clone() for weight in trainer.discriminator.parameters()]

    network = trainer.discriminator.double()
    weights = list(network.parameters())
    total: torch.Tensor | float = 0.0
    logits = []
    for kind in (reals.double(), first.fakes.detach().double()):
        pictures = kind.requires_grad_()
        logits.append(network(pictures))
        (slopes,) = torch.autograd.grad(logits[-1].sum(), pictures, create_graph=True)
        total = total + 3 * 0.8 / 2 * slopes.square().sum(dim=(1, 2, 3)).mean()
    total = total + LOSSES["relativistic"].d_loss(*logits)
    expected = torch.autograd.grad(total, weights)
    for mine, theirs in zip(found, expected, strict=True):
        torch.testing.assert_close(mine.double(), theirs, rtol=1e-3, atol=1e-6)


def test_the_generator_is_judged_by_the_discriminator_that_has_moved(
    recipe: Recipe, choice: DeviceChoice, batches: Batches
) -> None:
    recipe = recipe.with_values({"augment.p": 0, "game.gamma": 0, "game.gamma_end": 0})
    trainer = Trainer(recipe, 1, choice)
    seen: list[Copy] = []
    plain = trainer._game.second_half

    def spy(first: object) -> torch.Tensor:
        seen.append({n: v.clone() for n, v in trainer.discriminator.state_dict().items()})
        return plain(first)  # type: ignore[arg-type]

    trainer._game.second_half = spy  # type: ignore[method-assign, assignment]
    before = {n: v.clone() for n, v in trainer.discriminator.state_dict().items()}
    _train(trainer, batches, 1)
    assert not _same(before, seen[0])
    assert _same(seen[0], dict(trainer.discriminator.state_dict()))
    assert all(weight.requires_grad for weight in trainer.discriminator.parameters())


def _poison_reals(_trainer: Trainer, reals: torch.Tensor) -> torch.Tensor:
    return reals.clone().fill_(math.nan)


def _poison_generator_loss(trainer: Trainer, reals: torch.Tensor) -> torch.Tensor:
    def broken(first: object) -> torch.Tensor:
        for weight in trainer.generator.parameters():
            weight.grad = torch.full_like(weight, math.inf)
        return torch.tensor(math.inf)

    trainer._game.second_half = broken  # type: ignore[method-assign, assignment]
    return reals


@pytest.mark.parametrize("poison", [_poison_reals, _poison_generator_loss])
def test_a_step_that_is_not_finite_changes_nothing_but_the_clock(
    trainer: Trainer,
    batches: Batches,
    poison: Callable[[Trainer, torch.Tensor], torch.Tensor],
) -> None:
    _train(trainer, batches, 2)
    before, row = _copy(trainer), trainer.row()
    trainer.step(poison(trainer, batches.at(trainer.clock, 4)))
    assert _same(before, _copy(trainer))
    assert trainer.row() == row
    assert (trainer.clock, trainer.skipped, trainer.in_a_row) == (12, 1, 1)


def test_a_good_step_ends_a_streak(trainer: Trainer, batches: Batches) -> None:
    bad = torch.full((4, 3, 16, 16), math.nan)
    for reals in (bad, bad, batches.at(8, 4), bad):
        trainer.step(reals)
    assert (trainer.skipped, trainer.in_a_row) == (3, 1)


def test_a_poisoned_network_is_noticed_at_once(trainer: Trainer, batches: Batches) -> None:
    with torch.no_grad():
        next(trainer.generator.parameters()).fill_(math.nan)
    _train(trainer, batches, 3)
    assert trainer.in_a_row == 3
    assert trainer.row() is None
    assert all(torch.isfinite(weight).all() for weight in trainer.discriminator.parameters())


def test_a_batch_norm_discriminator_looks_at_both_kinds_apart(
    recipe: Recipe, choice: DeviceChoice, batches: Batches
) -> None:
    values = {"network.name": "dcgan", "game.loss": "non-saturating", "game.gamma": 0}
    trainer = Trainer(recipe.with_values({**values, "game.gamma_end": 0}), 1, choice)
    sizes: list[int] = []
    trainer.discriminator.register_forward_hook(
        lambda _module, inputs, _output: sizes.append(len(inputs[0]))
    )
    _train(trainer, batches, 2)
    assert sizes == [4, 4, 4] * 2
    assert trainer.skipped == 0


def test_bfloat16_arithmetic_trains_with_float32_weights(
    recipe: Recipe, choice: DeviceChoice, batches: Batches
) -> None:
    trainer = Trainer(recipe, 1, choice.with_precision("bfloat16"))
    _train(trainer, batches, 4)
    assert trainer.skipped == 0
    assert all(weight.dtype == torch.float32 for weight in trainer.generator.parameters())


def test_weights_lie_channels_last(trainer: Trainer) -> None:
    for network in (trainer.generator, trainer.discriminator, trainer.average.network):
        for module in network.modules():
            if isinstance(module, nn.Conv2d | nn.ConvTranspose2d):
                assert module.weight.is_contiguous(memory_format=torch.channels_last)


@pytest.mark.parametrize("loss", sorted(LOSSES))
def test_every_loss_is_played_and_told(
    loss: str, recipe: Recipe, choice: DeviceChoice, batches: Batches
) -> None:
    trainer = Trainer(recipe.with_values({"game.loss": loss}), 1, choice)
    before = _copy(trainer)
    _train(trainer, batches, 8)
    row = trainer.row()
    assert row is not None
    assert trainer.skipped == 0
    assert not _same(before, _copy(trainer))
    assert all(math.isfinite(value) for value in (row.loss_g, row.loss_d))
    assert 0 <= row.scores.d_fake <= 1
    assert 0 <= row.scores.d_real <= 1
