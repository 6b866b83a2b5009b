"""Losses against formulas written a second time, in numpy and float64."""

import math
from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pytest
import torch

from ganstudio.gan.losses import LOSSES, Loss

Floats = npt.NDArray[np.float64]


def log1p_exp(t: Floats) -> Floats:
    return np.logaddexp(0.0, t)


FORMULAS: dict[str, tuple[Callable[[Floats, Floats], Floats], Callable[[Floats, Floats], Floats]]]
FORMULAS = {
    "relativistic": (lambda a, b: log1p_exp(-(a - b)), lambda a, b: log1p_exp(-(b - a))),
    "non-saturating": (
        lambda a, b: -np.log(1 / (1 + np.exp(-a))) - np.log(1 - 1 / (1 + np.exp(-b))),
        lambda _, b: -np.log(1 / (1 + np.exp(-b))),
    ),
    "minimax": (
        lambda a, b: -np.log(1 / (1 + np.exp(-a))) - np.log(1 - 1 / (1 + np.exp(-b))),
        lambda _, b: np.log(1 - 1 / (1 + np.exp(-b))),
    ),
    "least-squares": (lambda a, b: (a - 1) ** 2 + b**2, lambda _, b: (b - 1) ** 2),
    "hinge": (
        lambda a, b: -np.minimum(0, a - 1) - np.minimum(0, -b - 1),
        lambda _, b: -b,
    ),
    "wasserstein": (lambda a, b: b - a, lambda _, b: -b),
}


def test_every_loss_has_a_formula_here() -> None:
    assert set(FORMULAS) == set(LOSSES)


def logits(seed: int) -> tuple[Floats, Floats]:
    random = np.random.default_rng(seed)
    return random.normal(0.5, 3.0, 31), random.normal(-0.5, 3.0, 31)


@pytest.mark.parametrize("name", sorted(LOSSES))
@pytest.mark.parametrize("seed", [0, 1])
def test_values_equal_the_formulas(name: str, seed: int) -> None:
    loss, (d_formula, g_formula) = LOSSES[name], FORMULAS[name]
    a, b = logits(seed)
    real, fake = torch.from_numpy(a), torch.from_numpy(b)
    assert float(loss.d_loss(real, fake)) == pytest.approx(d_formula(a, b).mean(), rel=1e-12)
    assert float(loss.g_loss(real, fake)) == pytest.approx(g_formula(a, b).mean(), rel=1e-12)


@pytest.mark.parametrize("name", sorted(LOSSES))
def test_gradients_equal_finite_differences_of_the_formulas(name: str) -> None:
    loss, (d_formula, g_formula) = LOSSES[name], FORMULAS[name]
    a, b = logits(2)
    h = 1e-6
    for function, formula in ((loss.d_loss, d_formula), (loss.g_loss, g_formula)):
        real, fake = (torch.from_numpy(values).requires_grad_() for values in (a, b))
        found = torch.autograd.grad(
            function(real, fake), (real, fake), allow_unused=True, materialize_grads=True
        )
        up, down = (formula(a + h, b), formula(a, b + h)), (formula(a - h, b), formula(a, b - h))
        for gradient, above, below in zip(found, up, down, strict=True):
            expected = (above - below) / (2 * h) / len(b)
            np.testing.assert_allclose(gradient.numpy(), expected, rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize("name", sorted(LOSSES))
def test_where_nobody_can_tell_losses_are_at_their_equilibrium(name: str) -> None:
    loss = LOSSES[name]
    middle = loss.middle or 0.0
    found = []
    for shift in (0.0, 1.0) if loss.middle is None else (0.0,):
        same = torch.full((8,), middle + shift, dtype=torch.float64)
        found.append((float(loss.d_loss(same, same)), float(loss.g_loss(same, same))))
    if loss.equilibrium is None:
        assert found[0] != found[1]
    else:
        assert found == [pytest.approx(loss.equilibrium, abs=1e-12)] * len(found)


@pytest.mark.parametrize("name", [name for name in LOSSES if LOSSES[name].middle is not None])
def test_two_kinds_that_look_alike_are_given_the_middle_by_the_best_inspector(name: str) -> None:
    """Where real and generated pictures are equally frequent, d_loss is least at the middle."""
    loss = LOSSES[name]
    logits = torch.linspace(-2, 2, 401, dtype=torch.float64)
    values = torch.stack([loss.d_loss(at[None], at[None]) for at in logits])
    least = logits[values <= values.min() + 1e-12]
    assert float(least.mean()) == pytest.approx(loss.middle, abs=1e-9)


def test_the_equilibria_are_the_known_numbers() -> None:
    assert LOSSES["relativistic"].equilibrium == pytest.approx((0.6931, 0.6931), abs=5e-5)
    assert LOSSES["non-saturating"].equilibrium == pytest.approx((1.3863, 0.6931), abs=5e-5)
    assert LOSSES["minimax"].equilibrium == pytest.approx((1.3863, -0.6931), abs=5e-5)
    assert LOSSES["least-squares"].equilibrium == (0.5, 0.25)
    assert LOSSES["hinge"].equilibrium == (2, 0)


def d_slope(loss: Loss) -> Callable[[torch.Tensor, torch.Tensor], torch.Tensor]:
    return torch.func.grad(loss.d_loss, argnums=1)


def g_slope(loss: Loss) -> Callable[[torch.Tensor, torch.Tensor], torch.Tensor]:
    return torch.func.grad(loss.g_loss, argnums=1)


@pytest.mark.parametrize("name", sorted(LOSSES))
def test_what_a_loss_says_of_itself_is_true(name: str) -> None:
    loss = LOSSES[name]
    a, b = (torch.from_numpy(values) for values in logits(3))
    keeps = all(
        torch.allclose(slope(a, b), slope(a + 1, b + 1)) for slope in (d_slope(loss), g_slope(loss))
    )
    assert (loss.middle is None) == keeps
    reordered = torch.isclose(loss.d_loss(a, b.flip(0)), loss.d_loss(a, b))
    assert loss.pairs is not bool(reordered)


@pytest.mark.parametrize("name", sorted(LOSSES))
@pytest.mark.parametrize("size", [80.0, 1e4])
def test_far_apart_players_give_finite_losses_and_gradients(name: str, size: float) -> None:
    loss = LOSSES[name]
    for sign in (1.0, -1.0):
        real = torch.full((4,), sign * size, requires_grad=True)
        fake = torch.full((4,), -sign * size, requires_grad=True)
        total = loss.d_loss(real, fake) + loss.g_loss(real, fake)
        gradients = torch.autograd.grad(total, (real, fake), allow_unused=True)
        assert math.isfinite(total.item())
        assert all(part is None or bool(part.isfinite().all()) for part in gradients)
