"""What the discriminator comes to think while the generator stands still: two known densities.

Goodfellow 2014, proposition 1 and theorem 1: under the minimax loss it finds p / (p + q), and the
game is then worth 2 JSD(p, q) - log 4. The other losses have optima of their own. Everything is in
float64, and every mean is over the whole density: a point that is k times as likely as another one
stands in the batch k times.

Not responsible for what the generator does about it (`test_theory`).
"""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np
import numpy.typing as npt
import pytest
import torch
from torch import Tensor

from ganstudio.gan.losses import LOSSES

Floats = npt.NDArray[np.float64]

#: How often each of five points is real, and generated, of 20 times.
P_COUNTS, Q_COUNTS = [1, 2, 5, 8, 4], [6, 3, 5, 1, 5]
P, Q = np.array(P_COUNTS) / 20, np.array(Q_COUNTS) / 20


def trained(
    name: str, real: Tensor, fake: Tensor, *, rate: float, steps: int, start: float = 0.0
) -> tuple[Tensor, float]:
    """Descend to the best weights of a score that is linear in given features.

    Args:
        name: Of the loss.
        real: Features (N, F) of the real points.
        fake: Features (N, F) of the generated points.
        rate: Length of a step in gradients.
        steps: So many, each with the whole densities.
        start: The weights lie that far on either side of 0 at first.

    Returns:
        (weights (F,), d_loss at the end).
    """
    weights = torch.linspace(-start, start, real.shape[1], dtype=torch.float64)
    weights.requires_grad_()
    loss = LOSSES[name]
    if loss.pairs:  # every real point meets every generated one
        real, fake = real.repeat_interleave(len(fake), dim=0), fake.repeat(len(real), 1)
    for _ in range(steps):
        value = loss.d_loss(real @ weights, fake @ weights)
        (gradient,) = torch.autograd.grad(value, weights)
        with torch.no_grad():
            weights -= rate * gradient
    return weights.detach(), value.item()


def points(counts: list[int]) -> Tensor:
    """A free logit for every point: each feature says "this is the point"."""
    return torch.eye(len(counts), dtype=torch.float64).repeat_interleave(torch.tensor(counts), 0)


def divergence(p: Floats, q: Floats) -> float:
    """Jensen and Shannon's, of two distributions over the same points."""
    middle = (p + q) / 2
    return float((p * np.log(p / middle)).sum() + (q * np.log(q / middle)).sum()) / 2


def sigmoid(logits: Tensor) -> Floats:
    return 1 / (1 + np.exp(-logits.numpy()))


@pytest.mark.parametrize("name", ["minimax", "non-saturating"])
def test_of_two_densities_it_finds_p_of_p_plus_q(name: str) -> None:
    logits, d_loss = trained(name, points(P_COUNTS), points(Q_COUNTS), rate=4.0, steps=500)
    np.testing.assert_allclose(sigmoid(logits), P / (P + Q), atol=1e-9)
    assert -d_loss == pytest.approx(2 * divergence(P, Q) - math.log(4), abs=1e-12)


def test_least_squares_finds_the_same_share_as_the_score_itself() -> None:
    """Mao 2016, equation 5, with labels 0 and 1."""
    scores, d_loss = trained(
        "least-squares", points(P_COUNTS), points(Q_COUNTS), rate=1.0, steps=500
    )
    np.testing.assert_allclose(scores.numpy(), P / (P + Q), atol=1e-9)
    assert d_loss == pytest.approx(float((P * Q / (P + Q)).sum()), abs=1e-12)


def test_hinge_finds_only_which_of_both_is_likelier() -> None:
    """Lim and Ye 2017: sign(p - q), worth 2 - 2 TV(p, q); undecided where p = q."""
    scores, d_loss = trained("hinge", points(P_COUNTS), points(Q_COUNTS), rate=0.1, steps=400)
    decided = P != Q
    np.testing.assert_allclose(scores.numpy()[decided], np.sign(P - Q)[decided], atol=0.04)
    assert d_loss == pytest.approx(2 * float(np.minimum(P, Q).sum()), abs=0.02)


def test_relativistic_pairing_finds_the_ratio_but_for_a_constant() -> None:
    scores, d_loss = trained(
        "relativistic", points(P_COUNTS), points(Q_COUNTS), rate=4.0, steps=1_000
    )
    ratio = np.log(P / Q)
    centred = scores.numpy() - scores.numpy().mean()
    np.testing.assert_allclose(centred, ratio - ratio.mean(), atol=1e-9)
    # A real point x and a generated y: r(x) / (r(x) + r(y)) is the chance of telling which is which
    ratios = P / Q
    telling = np.log(ratios[:, None] / (ratios[:, None] + ratios[None, :]))
    assert d_loss == pytest.approx(-float(P @ telling @ Q), abs=1e-12)


@pytest.mark.parametrize(
    ("name", "rate"),
    [("minimax", 4.0), ("non-saturating", 4.0), ("least-squares", 1.0), ("relativistic", 4.0)],
)
def test_where_both_are_the_same_it_unlearns_every_difference(name: str, rate: float) -> None:
    """From any opinion it comes to one score for all, and both losses to their equilibrium."""
    same = points(P_COUNTS)
    scores, d_loss = trained(name, same, same, rate=rate, steps=800, start=3.0)
    assert float(scores.max() - scores.min()) < 1e-9
    loss = LOSSES[name]
    if loss.middle is not None:
        assert scores.mean().item() == pytest.approx(loss.middle, abs=1e-9)
    g_loss = loss.g_loss(same @ scores, same @ scores).item()
    assert (d_loss, g_loss) == pytest.approx(loss.equilibrium, abs=1e-9)


def test_of_two_gaussians_it_finds_p_of_p_plus_q() -> None:
    """log p - log q is a parabola, so a parabola is all that has to be found."""
    p, q = NormalDist(0.0, 1.0), NormalDist(1.0, 1.3)
    x = np.linspace(-4, 6, 2_001)
    p_at_x, q_at_x = (np.array([law.pdf(at) for at in x]) for law in (p, q))
    weights, d_loss = trained(
        "minimax", parabola(drawn(p)), parabola(drawn(q)), rate=2.0, steps=1_500
    )
    logits = parabola(torch.from_numpy(x)) @ weights
    np.testing.assert_allclose(sigmoid(logits), p_at_x / (p_at_x + q_at_x), atol=5e-3)
    step = x[1] - x[0]
    worth = 2 * divergence(p_at_x, q_at_x) * step - math.log(4)
    assert -d_loss == pytest.approx(worth, abs=1e-3)


def drawn(law: NormalDist, count: int = 2_000) -> Tensor:
    """Equally likely numbers that stand for the whole law: the middles of its quantiles."""
    shares = (np.arange(count) + 0.5) / count
    return torch.tensor([law.inv_cdf(share) for share in shares], dtype=torch.float64)


def parabola(x: Tensor) -> Tensor:
    return torch.stack([torch.ones_like(x), x, (x**2 - 1) / 2], dim=1)
