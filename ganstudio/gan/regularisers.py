"""Penalties that keep the discriminator's slope in check.

Not responsible for their weight and how often they are due: the recipe and `trainer` decide that.
"""

from __future__ import annotations

import torch
from torch import Tensor

__all__ = ["zero_centred_penalty"]


def zero_centred_penalty(logits: Tensor, pictures: Tensor) -> Tensor:
    """|grad D(x)|^2 of every picture: R1 on real ones, R2 on generated ones (Mescheder 2018).

    The discriminator's loss gains gamma / 2 times the mean of this over real pictures, and the same
    over generated ones.

    Args:
        logits: (N,), computed from `pictures`. Each may depend on its own picture alone.
        pictures: (N, C, H, W) in [-1, 1], a leaf or not, that requires a gradient.

    Returns:
        (N,) float32, squared norms summed over channels and pixels; a gradient flows through them
        to the discriminator's weights.
    """
    # As every logit depends on one picture, the gradient of their sum is all gradients at once.
    (gradient,) = torch.autograd.grad(logits.sum(), pictures, create_graph=True)
    return gradient.float().square().sum(dim=(1, 2, 3))
