"""The gradient penalty against gradients known in closed form, and against finite differences."""

import pytest
import torch
from torch import nn

from ganstudio.gan.regularisers import zero_centred_penalty


def pictures(count: int = 3) -> torch.Tensor:
    random = torch.Generator().manual_seed(0)
    return torch.randn(count, 2, 4, 4, generator=random, dtype=torch.float64).requires_grad_()


def test_of_a_linear_score_it_is_the_squared_norm_of_its_weights() -> None:
    x = pictures()
    weights = torch.linspace(-1, 1, 32, dtype=torch.float64).view(1, 2, 4, 4)
    penalty = zero_centred_penalty((x * weights).sum((1, 2, 3)), x)
    torch.testing.assert_close(penalty, weights.square().sum().float().expand(3))


def test_of_a_quadratic_score_it_is_known_per_picture() -> None:
    x = pictures()
    penalty = zero_centred_penalty(x.square().sum((1, 2, 3)), x)
    expected = 4 * x.detach().square().sum((1, 2, 3))
    torch.testing.assert_close(penalty, expected.float())


def test_of_a_network_it_equals_finite_differences() -> None:
    torch_random = torch.Generator().manual_seed(1)
    layers = (nn.Conv2d(2, 3, 3), nn.Tanh(), nn.Flatten(), nn.Linear(12, 1))
    network = nn.Sequential(*layers).double()
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.normal_(0, 0.5, generator=torch_random)
    x = pictures(1)
    penalty = zero_centred_penalty(network(x)[:, 0], x)
    step, total = 1e-6, 0.0
    with torch.no_grad():
        for place in range(x.numel()):
            nudge = torch.zeros(x.numel(), dtype=torch.float64)
            nudge[place] = step
            nudge = nudge.view_as(x)
            slope = (network(x + nudge) - network(x - nudge)) / (2 * step)
            total += float(slope) ** 2
    assert penalty.item() == pytest.approx(total, rel=1e-5)


def test_its_own_gradient_reaches_the_weights() -> None:
    # D(x) = w * sum(x): penalty = w^2 * 32, so its derivative is 64 w.
    weight = torch.tensor(1.5, dtype=torch.float64, requires_grad=True)
    x = pictures(1)
    penalty = zero_centred_penalty(weight * x.sum((1, 2, 3)), x)
    (gradient,) = torch.autograd.grad(penalty.mean(), weight)
    assert float(gradient) == pytest.approx(64 * 1.5, rel=1e-6)
