"""What several networks share: counting doublings, and first weights from a given chance.

Not responsible for any one network.
"""

from __future__ import annotations

import torch
from torch import nn

__all__ = ["doublings", "normal_weights"]

_FIRST_SIDE = 4


def doublings(size: int) -> int:
    """How often 4 pixels double on the way to `size`, a power of two."""
    return (size // _FIRST_SIDE).bit_length() - 1


@torch.no_grad()
def normal_weights(network: nn.Module, deviation: float, rng: torch.Generator) -> None:
    """First weights as in DCGAN (Radford 2015): normal around 0, norms around 1, biases 0.

    Args:
        network: Its linear, convolution and batch norm layers are filled in, in their order.
        deviation: Standard deviation.
        rng: The only source of chance.
    """
    if next(network.parameters()).is_meta:
        return  # somebody wants to know shapes alone, without memory for numbers
    for layer in network.modules():
        if isinstance(layer, nn.Linear | nn.Conv2d | nn.ConvTranspose2d):
            layer.weight.normal_(0.0, deviation, generator=rng)
            if layer.bias is not None:
                layer.bias.zero_()
        elif isinstance(layer, nn.BatchNorm2d) and layer.affine:
            layer.weight.normal_(1.0, deviation, generator=rng)
            layer.bias.zero_()
