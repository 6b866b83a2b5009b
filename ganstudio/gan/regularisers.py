"""Penalties that keep the discriminator's slope in check.

Not responsible for their weight and how often they are due: the recipe and `trainer` decide that.
"""

from __future__ import annotations

import torch
from torch import Tensor

from ganstudio.gan.chance import Chance, Share

__all__ = ["between", "gradient_penalty", "zero_centred_penalty"]


def zero_centred_penalty(logits: Tensor, pictures: Tensor) -> Tensor:
    """|grad D(x)|^2 of every picture: R1 on real ones, R2 on generated ones (Mescheder 2018).

    The discriminator's loss gains gamma / 2 times the mean of this over real pictures, and the same
    over generated ones.

    Args:
        logits: (N,), computed from `pictures`. Each may depend on its own picture alone.
        pictures: (N, ...) in [-1, 1], a leaf or not, that requires a gradient.

    Returns:
        (N,), squared norms over all numbers of a picture, in float32 (float64 for float64
        pictures); a gradient flows through them to the discriminator's weights.
    """
    return _slopes(logits, pictures).square().sum(dim=1)


def gradient_penalty(logits: Tensor, pictures: Tensor, target: float = 1.0) -> Tensor:
    """(|grad D(x)| - target)^2 of every picture (WGAN-GP; Gulrajani 2017, equation 3).

    The discriminator's loss gains a weight, 10 in the paper, times the mean of this over pictures
    that lie `between` real and generated ones.

    Args:
        logits: (N,), computed from `pictures`. Each may depend on its own picture alone.
        pictures: (N, ...), a leaf or not, that requires a gradient.
        target: The slope that costs nothing.

    Returns:
        (N,), in float32 (float64 for float64 pictures). Where D is flat, and every direction would
        be as good, no gradient flows to the discriminator's weights.
    """
    lengths: Tensor = torch.linalg.vector_norm(_slopes(logits, pictures), dim=1)
    return (lengths - target).square()


def between(real: Tensor, fake: Tensor, chance: Chance | torch.Generator) -> Tensor:
    """Pictures by chance on the straight lines from real to generated ones (Gulrajani 2017).

    Args:
        real: (N, ...).
        fake: (N, ...), one for each real one.
        chance: The only source of it, on the pictures' device: a batch's, of which these pairs may
            be a share, or a bare stream for them alone. One number a pair is drawn.

    Returns:
        (N, ...), evenly spread over each line, without a gradient.
    """
    if isinstance(chance, torch.Generator):
        chance = Chance(chance, Share.whole(len(real)))
    part = chance.uniform(*[1] * (real.ndim - 1)).to(real.dtype)
    return torch.lerp(real.detach(), fake.detach(), part)


def _slopes(logits: Tensor, pictures: Tensor) -> Tensor:
    """Grad D(x) of every picture, (N, numbers), never coarser than float32."""
    # As every logit depends on one picture, the gradient of their sum is all gradients at once.
    (gradient,) = torch.autograd.grad(logits.sum(), pictures, create_graph=True)
    exact = torch.promote_types(gradient.dtype, torch.float32)
    slopes: Tensor = gradient.flatten(1).to(exact)
    return slopes
