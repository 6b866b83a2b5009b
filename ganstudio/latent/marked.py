"""A direction from pictures that a person marked "more like this" and "less like this".

A regularised linear discriminant in w, in closed form (after InterFaceGAN, Shen 2020). With twenty
marks and hundreds of numbers in a w many planes part the marks; the one is taken that leans on what
the generator's first weights make most of: that is more likely what the person saw. How far to
trust the marks is chosen by leaving one out at a time.

Not responsible for which pictures are shown (`desktop`).
"""

from __future__ import annotations

import torch
from torch import Tensor

from ganstudio.latent.ground import Ground
from ganstudio.latent.sefa import weighing

__all__ = ["marked_step"]

#: Strengths of the regularisation that are tried, in shares of the marks' own spread.
_STRENGTHS = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
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
    spread = kernel.diagonal().mean()
    fits = [_left_out(kernel, sides, float(spread) * strength) for strength in _STRENGTHS]
    weights = min(fits, key=lambda fit: fit[0])[1]
    normal = prior @ w.T @ weights
    # Along C n the score rises most for what w does by itself; where w is z that is n.
    return ground.step(ground.covariance @ normal)


def _prior(ground: Ground) -> Tensor:
    """How likely each way is meant, (w_dim, w_dim), with a mean of 1."""
    believed = weighing(ground)
    believed = believed / believed.diagonal().mean()
    every = torch.eye(len(believed), device=believed.device)
    return _BELIEF * believed + (1 - _BELIEF) * every


def _left_out(kernel: Tensor, sides: Tensor, strength: float) -> tuple[float, Tensor]:
    """The error of a ridge regression on marks that are left out one by one, and its weights."""
    inverse = torch.linalg.inv(kernel + strength * torch.eye(len(kernel), device=kernel.device))
    weights = inverse @ sides
    return float((weights / inverse.diagonal()).square().mean()), weights
