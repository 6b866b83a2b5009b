"""Gradient penalties against gradients known in closed form, and against finite differences."""

import math

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from ganstudio.gan.regularisers import between, gradient_penalty, zero_centred_penalty

PENALTIES = {
    "zero-centred": (zero_centred_penalty, lambda slope: slope**2),
    "one-centred": (gradient_penalty, lambda slope: (slope - 1) ** 2),
}


def chance(seed: int) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def pictures(*shape: int) -> Tensor:
    drawn = torch.randn(*shape or (3, 2, 4, 4), generator=chance(0), dtype=torch.float64)
    return drawn.requires_grad_()


def test_of_a_linear_score_it_is_the_squared_norm_of_its_weights() -> None:
    x = pictures()
    weights = torch.linspace(-1, 1, 32, dtype=torch.float64).view(1, 2, 4, 4)
    penalty = zero_centred_penalty((x * weights).sum((1, 2, 3)), x)
    torch.testing.assert_close(penalty, weights.square().sum().expand(3))


@pytest.mark.parametrize("shape", [(5, 6), (5, 2, 3), (5, 3, 1, 2)])
@pytest.mark.parametrize("name", PENALTIES)
def test_of_a_quadratic_score_it_is_known_per_picture(name: str, shape: tuple[int, ...]) -> None:
    """D(x) = x A x / 2 + b x with a symmetric A has the slope A x + b, whatever x's shape."""
    penalty, formula = PENALTIES[name]
    random = np.random.default_rng(1)
    a, b = random.normal(size=(6, 6)), random.normal(size=6)
    a = a + a.T
    x = pictures(*shape)
    flat = x.flatten(1)
    score = (flat @ torch.from_numpy(a) * flat).sum(1) / 2 + flat @ torch.from_numpy(b)
    slopes = np.linalg.norm(x.detach().numpy().reshape(5, 6) @ a + b, axis=1)
    found = penalty(score, x).detach().numpy()
    assert found.dtype == np.float64
    np.testing.assert_allclose(found, formula(slopes), rtol=1e-12)


@pytest.mark.parametrize("name", PENALTIES)
def test_of_a_network_it_equals_finite_differences(name: str) -> None:
    penalty, formula = PENALTIES[name]
    random = chance(1)
    layers = (nn.Conv2d(2, 3, 3), nn.Tanh(), nn.Flatten(), nn.Linear(12, 1))
    network = nn.Sequential(*layers).double()
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.normal_(0, 0.5, generator=random)
    x = pictures(1, 2, 4, 4)
    found = penalty(network(x)[:, 0], x)
    step, total = 1e-6, 0.0
    with torch.no_grad():
        for place in range(x.numel()):
            nudge = torch.zeros(x.numel(), dtype=torch.float64)
            nudge[place] = step
            nudge = nudge.view_as(x)
            slope = (network(x + nudge) - network(x - nudge)) / (2 * step)
            total += float(slope) ** 2
    assert found.item() == pytest.approx(formula(math.sqrt(total)), rel=1e-5)


@pytest.mark.parametrize(
    ("name", "derivative"),
    [
        # D(x) = w * sum(x) of 32 numbers: the slope is |w| sqrt(32).
        ("zero-centred", lambda w: 2 * 32 * w),
        ("one-centred", lambda w: 2 * (w * math.sqrt(32) - 1) * math.sqrt(32)),
    ],
)
def test_its_own_gradient_reaches_the_weights(name: str, derivative: object) -> None:
    assert callable(derivative)
    weight = torch.tensor(1.5, dtype=torch.float64, requires_grad=True)
    x = pictures(1, 2, 4, 4)
    penalty = PENALTIES[name][0](weight * x.sum((1, 2, 3)), x)
    (gradient,) = torch.autograd.grad(penalty.mean(), weight)
    assert float(gradient) == pytest.approx(derivative(1.5), rel=1e-12)


@pytest.mark.parametrize("target", [0.0, 0.3, 1.0, 2.5])
def test_the_slope_that_costs_nothing_can_be_chosen(target: float) -> None:
    x = pictures(4, 3)
    weights = torch.tensor([2.0, -1.0, 2.0], dtype=torch.float64)
    penalty = gradient_penalty(x @ weights, x, target)
    torch.testing.assert_close(penalty, torch.full((4,), (3 - target) ** 2, dtype=torch.float64))


@pytest.mark.parametrize("name", PENALTIES)
def test_a_flat_score_has_a_finite_gradient(name: str) -> None:
    """The norm has no derivative at 0; a new discriminator may well begin there."""
    penalty, formula = PENALTIES[name]
    weight = torch.zeros((), requires_grad=True)
    x = pictures().float().detach().requires_grad_()
    found = penalty(weight * x.sum((1, 2, 3)), x)
    torch.testing.assert_close(found, torch.full((3,), float(formula(0.0))))
    (gradient,) = torch.autograd.grad(found.sum(), weight)
    assert float(gradient) == 0.0


@pytest.mark.parametrize("name", PENALTIES)
def test_of_half_precision_the_squares_are_summed_in_float32(name: str) -> None:
    penalty, formula = PENALTIES[name]
    x = torch.zeros(2, 4096, dtype=torch.bfloat16, requires_grad=True)
    found = penalty(x.sum(1), x)
    torch.testing.assert_close(found, torch.full((2,), float(formula(64.0))))


@pytest.mark.parametrize("shape", [(400, 2), (400, 3, 2, 2)])
def test_points_between_lie_on_the_segments_and_everywhere_on_them(shape: tuple[int, ...]) -> None:
    real, fake = pictures(*shape), pictures(*shape).detach().flip(0)
    points = between(real, fake, chance(2))
    assert points.shape == shape
    assert not points.requires_grad
    shares = ((points - real) / (fake - real)).detach().flatten(1)
    torch.testing.assert_close(shares, shares[:, :1].expand_as(shares), rtol=1e-6, atol=1e-6)
    share = shares[:, 0].sort().values
    evenly = (torch.arange(400, dtype=torch.float64) + 0.5) / 400
    # Kolmogorov and Smirnov: further away with a chance of 1 in 1,000.
    assert float((share - evenly).abs().max()) < 1.95 / math.sqrt(400)


def test_points_between_come_from_the_given_chance_alone() -> None:
    real, fake = pictures(6, 2).detach(), torch.zeros(6, 2, dtype=torch.float64)
    before = torch.random.get_rng_state()
    first, again = (between(real, fake, chance(3)) for _ in range(2))
    assert torch.equal(first, again)
    assert not torch.equal(first, between(real, fake, chance(4)))
    assert torch.equal(torch.random.get_rng_state(), before)
