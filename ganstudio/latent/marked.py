"""A direction from pictures that a person marked "more like this" and "less like this".

A logistic regression in w (after InterFaceGAN, Shen 2020). With twenty marks and hundreds of
numbers in a w many planes part the marks; the one is taken that leans on what the generator's first
weights make most of: that is more likely what the person saw. How little the marks are trusted is
fixed: to choose it by marks that are left out is a gamble with so few of them, and no better with
any network that was tried.

Not responsible for which pictures are shown (`desktop`).
"""

from __future__ import annotations

import torch
from torch import Tensor

from ganstudio.latent.ground import Ground
from ganstudio.latent.sefa import weighing

__all__ = ["marked_step"]

#: Strength of the regularisation, in shares of the marks' own spread.
_STRENGTH = 0.1
#: Newton's method is there long before.
_ROUNDS = 20
#: How sure it may be of a mark: beyond, its weight in a round is nothing to divide by.
_SURE = 1e-4
_EPSILON = 1e-8
#: What the weights say is believed so far; the rest holds for every way alike.
_BELIEF = 0.9


def marked_step(ground: Ground, more: Tensor, less: Tensor) -> Tensor:
    """The step (w_dim,) from less to more.

    Args:
        ground: Of the generator.
        more: (N, w_dim), or (N, layers, w_dim), N 1 or more.
        less: (M, w_dim), or (M, layers, w_dim), M 1 or more.
    """
    more, less = (one.mean(1) if one.ndim == 3 else one for one in (more, less))
    middle = (more.mean(0) + less.mean(0)) / 2
    w = torch.cat([more, less]) - middle
    sides = torch.cat([w.new_ones(len(more)), -w.new_ones(len(less))])
    prior = _prior(ground)
    kernel = w @ prior @ w.T
    normal = prior @ w.T @ _weights(kernel, sides)
    # Along C n the score rises most for what w does by itself; where w is z that is n.
    return ground.step(ground.covariance @ normal)


def _prior(ground: Ground) -> Tensor:
    """How likely each way is meant, (w_dim, w_dim), with a mean of 1."""
    believed = weighing(ground)
    believed = believed / believed.diagonal().mean()
    every = torch.eye(len(believed), device=believed.device)
    return _BELIEF * believed + (1 - _BELIEF) * every


def _weights(kernel: Tensor, sides: Tensor) -> Tensor:
    """How much each mark counts (N,) in a logistic regression, by Newton's method.

    Args:
        kernel: How alike the marks are, (N, N).
        sides: 1 or -1, (N,).
    """
    strength = _STRENGTH * kernel.diagonal().mean().clamp_min(_EPSILON)
    weights = torch.zeros_like(sides)
    for _ in range(_ROUNDS):
        scores = kernel @ weights
        right = torch.sigmoid(sides * scores)
        bend = (right * (1 - right)).clamp_min(_SURE)
        aim = scores + sides * (1 - right) / bend
        weights = torch.linalg.solve(kernel + torch.diag(strength / bend), aim)
    return weights
