"""What several networks share: counting doublings, and first weights from a given chance.

Not responsible for any one network.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import TypeVar

import torch
from torch import Tensor, nn

from ganstudio.gan.networks.base import Edit

__all__ = [
    "blocks_of",
    "doublings",
    "edited",
    "glorot",
    "he",
    "normal_weights",
    "outputs_of",
    "pixels_of",
    "through",
]

_FIRST_SIDE = 4

_Layer = TypeVar("_Layer", nn.Linear, nn.Conv2d, nn.Embedding)


def doublings(size: int) -> int:
    """How often a grid's 4 rows or columns double on the way to `size`, a power of two."""
    return (size // _FIRST_SIDE).bit_length() - 1


def blocks_of(pictures: Tensor) -> Tensor:
    """Each 2 x 2 block of pixels as one place: (N, C, H, W) to (N, 4C, H/2, W/2).

    As torch's `pixel_unshuffle`, but for the order of channels (upper left pixel first, with all
    its colours), in which neighbours stay neighbours in channels-last memory: several times faster
    on a CPU.
    """
    count, colours, height, width = pictures.shape
    rows = pictures.permute(0, 2, 3, 1).reshape(count, height // 2, 2, width // 2, 2 * colours)
    blocks = rows.transpose(2, 3).reshape(count, height // 2, width // 2, 4 * colours)
    return blocks.permute(0, 3, 1, 2)


def pixels_of(blocks: Tensor) -> Tensor:
    """The opposite of `blocks_of`: (N, 4C, H, W) to (N, C, 2H, 2W)."""
    count, channels, height, width = blocks.shape
    pairs = blocks.permute(0, 2, 3, 1).reshape(count, height, width, 2, channels // 2)
    rows = pairs.transpose(2, 3).reshape(count, 2 * height, 2 * width, channels // 4)
    return rows.permute(0, 3, 1, 2)


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
        elif isinstance(layer, nn.Embedding):
            layer.weight.normal_(0.0, 1.0, generator=rng)


def glorot(layer: _Layer, rng: torch.Generator, gain: float = 1.0) -> _Layer:
    """The layer itself, with weights uniform around 0 and no bias (Glorot and Bengio 2010).

    Args:
        layer: One with inputs and outputs.
        rng: The only source of chance.
        gain: The variance is 2 gain^2 / (inputs + outputs), each times the kernel's places.
    """
    nn.init.xavier_uniform_(layer.weight, gain, generator=rng)
    if not isinstance(layer, nn.Embedding) and layer.bias is not None:
        nn.init.zeros_(layer.bias)
    return layer


def he(layer: _Layer, rng: torch.Generator, gain: float = 1.0) -> _Layer:
    """The layer itself, with normal weights around 0 and no bias (He 2015).

    Args:
        layer: One with inputs and outputs.
        rng: The only source of chance.
        gain: What comes out is so many times as large as what goes in.
    """
    nn.init.normal_(layer.weight, 0.0, gain / math.sqrt(layer.weight[0].numel()), generator=rng)
    if not isinstance(layer, nn.Embedding) and layer.bias is not None:
        nn.init.zeros_(layer.bias)
    return layer


def edited(edit: Edit | None, stage: int, x: Tensor) -> Tensor:
    """What goes on from a stage: `x` itself where nobody edits."""
    return x if edit is None else edit(stage, x)


def through(stages: Iterable[nn.Module], x: Tensor, edit: Edit | None, first: int = 0) -> Tensor:
    """What comes out of the last stage; the stages are numbered from `first` on."""
    for stage, module in enumerate(stages, start=first):
        x = edited(edit, stage, module(x))
    return x


def outputs_of(stages: Iterable[nn.Module], x: Tensor) -> Iterator[Tensor]:
    """What comes out of each stage, one after the other."""
    for stage in stages:
        x = stage(x)
        yield x
