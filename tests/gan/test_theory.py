"""The game in its smallest form, where theory says what must happen: Dirac-GAN.

Mescheder 2018: all real pictures are the number 0, the generator draws the number theta, the
inspector's score is D(x) = psi x. The program's own losses and penalties play it, and are compared
with trajectories that were computed by hand and with the eigenvalues of the game's Jacobian.

Not responsible for the best inspector of a generator that stands still (`test_best_discriminator`).
"""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest
import torch
from torch import Tensor

from ganstudio.gan.losses import LOSSES
from ganstudio.gan.regularisers import between, gradient_penalty, zero_centred_penalty

STEP, STEPS = 0.2, 500

Penalties = Callable[[Tensor, Tensor], Tensor]


def no_penalty(theta: Tensor, psi: Tensor) -> Tensor:
    return torch.zeros_like(psi)


def r1(gamma: float) -> Penalties:
    return lambda _theta, psi: gamma / 2 * _slope_at(torch.zeros_like(psi), psi)


def r1_and_r2(gamma: float) -> Penalties:
    def both(theta: Tensor, psi: Tensor) -> Tensor:
        return gamma / 2 * (_slope_at(torch.zeros_like(psi), psi) + _slope_at(theta, psi))

    return both


def wgan_gp(weight: float, target: float = 1.0) -> Penalties:
    chance = torch.Generator().manual_seed(0)

    def penalty(theta: Tensor, psi: Tensor) -> Tensor:
        real, fake = torch.zeros_like(theta).view(1, 1), theta.view(1, 1)
        picture = between(real, fake, chance).requires_grad_()
        return weight * gradient_penalty((psi * picture).flatten(), picture, target).sum()

    return penalty


def _slope_at(x: Tensor, psi: Tensor) -> Tensor:
    picture = x.detach().view(1, 1).requires_grad_()
    return zero_centred_penalty((psi * picture).flatten(), picture).sum()


def pull_at_theta(name: str, theta: Tensor, psi: Tensor, again: bool = False) -> Tensor:
    """What the generator's loss pulls at theta; `again` lets it be differentiated once more."""
    loss = LOSSES[name].g_loss((psi * 0.0).view(1), (psi * theta).view(1))
    return torch.autograd.grad(loss, theta, create_graph=again)[0]


def pull_at_psi(
    name: str, theta: Tensor, psi: Tensor, penalty: Penalties, again: bool = False
) -> Tensor:
    """The same for the inspector's loss, its penalty included."""
    loss = LOSSES[name].d_loss((psi * 0.0).view(1), (psi * theta).view(1)) + penalty(theta, psi)
    return torch.autograd.grad(loss, psi, create_graph=again)[0]


def play(
    name: str,
    penalty: Penalties = no_penalty,
    *,
    alternating: bool = False,
    steps: int = STEPS,
    size: float = 1.0,
    bound: float = math.inf,
) -> tuple[float, float]:
    """Where a game ends that begins at (size, -size), with psi clipped to +-bound."""
    theta = torch.tensor(size, dtype=torch.float64, requires_grad=True)
    psi = torch.tensor(-size, dtype=torch.float64, requires_grad=True)
    for _ in range(steps):
        seen = theta if alternating else theta.detach().clone()
        at_theta = pull_at_theta(name, theta, psi)
        with torch.no_grad():
            theta -= STEP * at_theta
        at_psi = pull_at_psi(name, seen, psi, penalty)
        with torch.no_grad():
            psi -= STEP * at_psi
            psi.clamp_(-bound, bound)
    return theta.item(), psi.item()


def eigenvalues(name: str, penalty: Penalties) -> list[complex]:
    """Of the field in which both move, where nobody can tell: (0, 0)."""
    theta, psi = (torch.zeros((), dtype=torch.float64, requires_grad=True) for _ in range(2))
    rows = []
    pulls = pull_at_theta(name, theta, psi, True), pull_at_psi(name, theta, psi, penalty, True)
    for pull in pulls:
        row = torch.autograd.grad(pull, (theta, psi), allow_unused=True, retain_graph=True)
        rows.append([0.0 if part is None else -part.item() for part in row])
    values = torch.linalg.eigvals(torch.tensor(rows, dtype=torch.float64))
    return sorted((complex(value.item()) for value in values), key=lambda value: value.imag)


@pytest.mark.parametrize(
    ("name", "alternating", "end"),
    [
        ("minimax", False, (-2.161611, 2.217775)),
        ("minimax", True, (0.686834, -1.244007)),
        ("non-saturating", False, (0.548337, -0.330441)),
        ("non-saturating", True, (0.204888, -0.196553)),
        ("relativistic", False, (0.548337, -0.330441)),
        ("relativistic", True, (0.204888, -0.196553)),
    ],
)
def test_without_a_penalty_the_game_goes_where_it_was_computed_to_go(
    name: str, alternating: bool, end: tuple[float, float]
) -> None:
    assert play(name, alternating=alternating) == pytest.approx(end, abs=1e-6)


@pytest.mark.parametrize(
    ("alternating", "end"), [(False, (-0.065641, -1.000000)), (True, (0.979076, -0.300382))]
)
def test_a_clipped_critic_keeps_circling(alternating: bool, end: tuple[float, float]) -> None:
    found = play("wasserstein", alternating=alternating, bound=1.0)
    assert found == pytest.approx(end, abs=1e-6)


@pytest.mark.parametrize(
    ("alternating", "end"), [(False, (-0.180849, 1.792694)), (True, (-0.132559, -1.213850))]
)
def test_with_a_gradient_penalty_a_critic_keeps_circling_too(
    alternating: bool, end: tuple[float, float]
) -> None:
    """Its slope is drawn to 1, not to 0. A "reg" of 0.7 weighs 0.35 in Gulrajani's formula."""
    found = play("wasserstein", wgan_gp(0.7 / 2), alternating=alternating)
    assert found == pytest.approx(end, abs=1e-6)


@pytest.mark.parametrize("name", ["minimax", "non-saturating", "relativistic"])
@pytest.mark.parametrize("alternating", [False, True])
@pytest.mark.parametrize(
    ("gamma", "steps", "rest"),
    [(1.0, 200, 1e-6), pytest.param(0.3, STEPS, 4e-6, marks=pytest.mark.slow)],
)
def test_with_r1_it_comes_to_rest_where_nobody_can_tell(
    name: str, alternating: bool, gamma: float, steps: int, rest: float
) -> None:
    assert math.hypot(*play(name, r1(gamma), alternating=alternating, steps=steps)) < rest


@pytest.mark.parametrize(
    ("name", "slope"),
    [("minimax", 0.5), ("non-saturating", 0.5), ("relativistic", 0.5), ("wasserstein", 1.0),
     ("hinge", 1.0)],
)  # fmt: skip
def test_without_a_penalty_it_circles_for_ever(name: str, slope: float) -> None:
    """Eigenvalues of +-i f'(0): no pull to the middle at all, so each step leads a little away."""
    low, high = eigenvalues(name, no_penalty)
    assert (low, high) == (pytest.approx(-1j * slope), pytest.approx(1j * slope))
    assert abs(1 + STEP * high) == pytest.approx(math.sqrt(1 + (STEP * slope) ** 2))


@pytest.mark.parametrize(("alternating", "growth"), [(False, 1.0049876), (True, 1.0)])
@pytest.mark.parametrize("name", ["minimax", "non-saturating", "relativistic"])
def test_near_the_middle_every_step_leads_away_as_far_as_it_should(
    name: str, alternating: bool, growth: float
) -> None:
    steps = 200
    away = math.hypot(*play(name, alternating=alternating, steps=steps, size=1e-3))
    # Taking turns it goes round an ellipse instead of a circle, hence the wider margin.
    margin = 5e-4 if alternating else 1e-6
    assert (away / math.hypot(1e-3, 1e-3)) ** (1 / steps) == pytest.approx(growth, abs=margin)


def test_from_afar_minimax_runs_away_more_slowly() -> None:
    away = math.hypot(*play("minimax"))
    assert (away / math.sqrt(2)) ** (1 / STEPS) == pytest.approx(1.00157, abs=5e-6)


@pytest.mark.parametrize("name", ["minimax", "non-saturating"])
def test_with_r1_every_step_leads_nearer_by_the_same_share(name: str) -> None:
    _, high = eigenvalues(name, r1(0.3))
    assert high == pytest.approx(-0.15 + 0.4769696j, abs=1e-7)
    assert abs(1 + STEP * high) == pytest.approx(0.9746794, abs=1e-7)
    away = math.hypot(*play(name, r1(0.3), steps=400))
    # The way in is an ellipse too, and begins where the slope of the loss is another one.
    assert (away / math.sqrt(2)) ** (1 / 400) == pytest.approx(0.97393, abs=1e-3)


@pytest.mark.parametrize(("name", "slope"), [("non-saturating", 0.5), ("wasserstein", 1.0)])
@pytest.mark.parametrize("gamma", [0.3, 0.7])
def test_with_r1_the_pull_is_what_the_theorem_says(name: str, slope: float, gamma: float) -> None:
    """-gamma / 2 +- sqrt(gamma^2 / 4 - f'(0)^2) (Mescheder 2018, lemma 4.1)."""
    low, high = eigenvalues(name, r1(gamma))
    turn = math.sqrt(slope**2 - gamma**2 / 4)
    assert (low, high) == (
        pytest.approx(complex(-gamma / 2, -turn)),
        pytest.approx(complex(-gamma / 2, turn)),
    )


@pytest.mark.parametrize(
    ("name", "penalty", "critical"),
    [
        ("non-saturating", r1, 1.0),
        ("wasserstein", r1, 2.0),
        ("relativistic", r1_and_r2, 0.5),
    ],
)
def test_above_the_critical_gamma_nothing_turns_any_more(
    name: str, penalty: Callable[[float], Penalties], critical: float
) -> None:
    below, above = (eigenvalues(name, penalty(critical * by)) for by in (0.99, 1.01))
    assert max(abs(value.imag) for value in below) > 0.01
    assert max(abs(value.imag) for value in above) < 1e-9
