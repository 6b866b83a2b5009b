"""One step: both learn, nothing else is touched, and what is not finite changes nothing."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Callable
from typing import Any, get_args

import pytest
import torch
from torch import nn

from ganstudio.gan.data import Batches
from ganstudio.gan.device import DeviceChoice
from ganstudio.gan.losses import LOSSES
from ganstudio.gan.pieces import Look
from ganstudio.gan.seeding import generator_for
from ganstudio.gan.trainer import Trainer
from ganstudio.gan.turn import Deal
from ganstudio.project.messages import Pictures
from ganstudio.project.recipe import PenaltyName, Recipe

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
    import ganstudio.gan.look as look

    due: list[int] = []
    plain = look.look_with_penalty

    def spy(*given: Any) -> Look:
        due.append(trainer.clock)
        return plain(*given)

    monkeypatch.setattr(look, "look_with_penalty", spy)
    _train(trainer, batches, 8)
    assert due == [0, 12, 24]


def _slopes(network: nn.Module, pictures: torch.Tensor) -> torch.Tensor:
    pictures = pictures.detach().requires_grad_()
    (slopes,) = torch.autograd.grad(network(pictures).sum(), pictures, create_graph=True)
    return slopes.square().sum(dim=(1, 2, 3))


def _penalty(name: str, network: nn.Module, deal: Deal, fakes: torch.Tensor) -> torch.Tensor:
    """As SCIENCE writes it, with gamma."""
    reals = deal.reals.double()
    r1, r2 = (_slopes(network, kind).mean() for kind in (reals, fakes))
    if name != "wgan-gp":
        return deal.gamma / 2 * {"r1": r1, "r2": r2, "r1+r2": r1 + r2}[name]
    where = torch.rand(4, 1, 1, 1, generator=generator_for(1, "between", 0)).double()
    lengths = _slopes(network, reals + where * (fakes - reals)).sqrt()
    return deal.gamma * (lengths - 1).square().mean()


@pytest.mark.parametrize("network", ["sketch", "dcgan"])
@pytest.mark.parametrize("penalty", get_args(PenaltyName))
def test_the_lazy_penalty_weighs_as_much_as_an_eager_one(
    recipe: Recipe, choice: DeviceChoice, batches: Batches, penalty: str, network: str
) -> None:
    """On every k-th step, k times the penalty is added to the loss."""
    values = {"augment.p": 0, "game.penalty": penalty, "network.name": network}
    trainer = Trainer(recipe.with_values({**values, "network.d_norm": "none"}), 1, choice)
    deal = dataclasses.replace(trainer._deal(batches.at(0, 4), None), gamma=0.8)
    first = trainer._game.first_half(deal)
    found = [weight.grad.clone() for weight in trainer.discriminator.parameters()]

    judge = trainer.discriminator.double()
    assert first.fakes is not None
    fakes = first.fakes.detach().double()
    expected = _penalty(penalty, judge, deal, fakes)
    assert first.penalty is not None
    assert float(first.penalty) == pytest.approx(float(expected.detach()), rel=1e-4)
    loss = LOSSES["relativistic"].d_loss(judge(deal.reals.double()), judge(fakes))
    assert float(first.loss_d) == pytest.approx(float(loss.detach()), rel=1e-5)
    by_hand = torch.autograd.grad(loss + 3 * expected, list(judge.parameters()))
    for mine, theirs in zip(found, by_hand, strict=True):
        torch.testing.assert_close(mine.double(), theirs, rtol=1e-3, atol=1e-6)


@pytest.mark.parametrize("penalty", get_args(PenaltyName))
@pytest.mark.parametrize("classes", [0, 3])
def test_micro_batches_add_up_to_the_whole_batch(
    recipe: Recipe, choice: DeviceChoice, batches: Batches, penalty: str, classes: int
) -> None:
    values: dict[str, object] = {
        "network.name": "mlp",
        "network.classes": classes,
        "game.penalty": penalty,
    }
    # Adam's first step goes by signs, which rounding may turn: so it is a tiny one here.
    values |= {"optimizer.lr": 1e-7, "optimizer.lr_end": 1e-7, "optimizer.beta1": 0}
    recipe = recipe.with_values({**values, "augment.p": 0.5, "augment.ramp_images": 0})
    labels = torch.tensor([0, 1, 2, 0]) if classes else None
    whole, split = Trainer(recipe, 1, choice), Trainer(recipe, 1, choice)
    split.micro_batch = 1
    for trainer in (whole, split):
        trainer.step(batches.at(0, 4), labels)
    assert split.skipped == whole.skipped == 0
    one, other = _copy(whole), _copy(split)
    for name in ("adam_g.mean", "adam_d.mean", "row.numbers", "row.logits", "row.penalty"):
        torch.testing.assert_close(one[name], other[name], rtol=1e-4, atol=1e-6)


def test_the_generator_moves_on_every_kth_step_alone(
    recipe: Recipe, choice: DeviceChoice, batches: Batches
) -> None:
    trainer = Trainer(recipe.with_values({"game.d_steps": 3}), 1, choice)
    moved = []
    for _ in range(7):
        before = _copy(trainer)
        _train(trainer, batches, 1)
        after = _copy(trainer)
        moved.append(
            not torch.equal(before["generator.first.weight"], after["generator.first.weight"])
        )
        name = "discriminator.score.weight"
        assert not torch.equal(before[name], after[name])
        trainer.end_row() if len(moved) == 5 else None
        row = trainer.row()
        assert row is None or math.isfinite(row.loss_g + row.gradient_g)
    assert moved == [True, False, False, True, False, False, True]
    assert trainer.skipped == 0


@pytest.mark.parametrize("half", ["first_half", "second_half"])
def test_a_step_without_memory_changes_nothing(
    trainer: Trainer, batches: Batches, half: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _train(trainer, batches, 2)
    before = _copy(trainer)
    play = getattr(trainer._game, half)

    def full(*given: Any) -> None:
        play(*given)
        raise torch.OutOfMemoryError("CUDA out of memory")

    monkeypatch.setattr(trainer._game, half, full)
    with pytest.raises(torch.OutOfMemoryError):
        _train(trainer, batches, 1)
    assert _same(before, _copy(trainer))
    assert trainer.clock == 8
    assert trainer.whole
    monkeypatch.undo()
    expected = Trainer(trainer.recipe, 1, DeviceChoice("cpu", 1, ""))
    _train(expected, batches, 3)
    _train(trainer, batches, 1)
    assert _same(_copy(expected), _copy(trainer))


def test_the_generator_is_judged_by_the_discriminator_that_has_moved(
    recipe: Recipe, choice: DeviceChoice, batches: Batches
) -> None:
    recipe = recipe.with_values({"augment.p": 0, "game.gamma": 0, "game.gamma_end": 0})
    trainer = Trainer(recipe, 1, choice)
    seen: list[Copy] = []
    plain = trainer._game.second_half

    def spy(*given: Any) -> torch.Tensor:
        seen.append({n: v.clone() for n, v in trainer.discriminator.state_dict().items()})
        return plain(*given)

    trainer._game.second_half = spy  # type: ignore[method-assign]
    before = {n: v.clone() for n, v in trainer.discriminator.state_dict().items()}
    _train(trainer, batches, 1)
    assert not _same(before, seen[0])
    assert _same(seen[0], dict(trainer.discriminator.state_dict()))
    assert all(weight.requires_grad for weight in trainer.discriminator.parameters())


def _poison_reals(_trainer: Trainer, reals: torch.Tensor) -> torch.Tensor:
    return reals.clone().fill_(math.nan)


def _poison_generator_loss(trainer: Trainer, reals: torch.Tensor) -> torch.Tensor:
    def broken(*_given: Any) -> torch.Tensor:
        for weight in trainer.generator.parameters():
            weight.grad = torch.full_like(weight, math.inf)
        return torch.tensor(math.inf)

    trainer._game.second_half = broken  # type: ignore[method-assign]
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
