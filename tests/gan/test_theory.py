"""The game in its smallest form, where theory says what must happen: Dirac-GAN.

Mescheder 2018: all real pictures are the number 0, the generator draws the number theta, the
inspector's score is D(x) = psi x. The program's own losses and penalties play it, and are compared
with trajectories that were computed by hand and with the eigenvalues of the game's Jacobian.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest
import torch
from torch import Tensor

from ganstudio.gan.losses import LOSSES
from ganstudio.gan.regularisers import zero_centred_penalty

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


def _slope_at(x: Tensor, psi: Tensor) -> Tensor:
    picture = x.detach().view(1, 1, 1, 1).requires_grad_()
    return zero_centred_penalty((psi * picture).flatten(), picture).double().sum()


def pulls(name: str, theta: Tensor, psi: Tensor, penalty: Penalties) -> tuple[Tensor, Tensor]:
    """What both losses pull at theta and psi, ready to be differentiated once more."""
    loss = LOSSES[name]
    real, fake = (psi * 0.0).view(1), (psi * theta).view(1)
    inspector = loss.d_loss(real, fake) + penalty(theta, psi)
    (at_theta,) = torch.autograd.grad(loss.g_loss(real, fake), theta, create_graph=True)
    (at_psi,) = torch.autograd.grad(inspector, psi, create_graph=True)
    return at_theta, at_psi


def play(
    name: str, penalty: Penalties = no_penalty, *, alternating: bool = False, steps: int = STEPS
) -> tuple[float, float]:
    """Where a game ends that begins at (1, -1)."""
    theta = torch.tensor(1.0, dtype=torch.float64, requires_grad=True)
    psi = torch.tensor(-1.0, dtype=torch.float64, requires_grad=True)
    for _ in range(steps):
        at_theta, at_psi = pulls(name, theta, psi, penalty)
        with torch.no_grad():
            theta -= STEP * at_theta
        if alternating:
            _, at_psi = pulls(name, theta, psi, penalty)
        with torch.no_grad():
            psi -= STEP * at_psi
    return theta.item(), psi.item()


def eigenvalues(name: str, penalty: Penalties) -> list[complex]:
    """Of the field in which both move, where nobody can tell: (0, 0)."""
    theta, psi = (torch.zeros((), dtype=torch.float64, requires_grad=True) for _ in range(2))
    rows = []
    for pull in pulls(name, theta, psi, penalty):
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


@pytest.mark.parametrize("name", ["minimax", "non-saturating", "relativistic"])
@pytest.mark.parametrize("alternating", [False, True])
def test_with_r1_it_comes_to_rest_where_nobody_can_tell(name: str, alternating: bool) -> None:
    assert math.hypot(*play(name, r1(0.3), alternating=alternating)) < 4e-6
    assert math.hypot(*play(name, r1(1.0), alternating=alternating)) < 1e-6


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
