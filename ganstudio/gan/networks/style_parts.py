"""What both style-based networks are built of: equalised layers, one blur, and their widths.

Not responsible for either network.
"""

from __future__ import annotations

import math
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from ganstudio.gan.networks.parts import doublings

__all__ = ["RELU_GAIN", "Blur", "EqualConv2d", "EqualLinear", "channels_of", "leaky"]

#: Behind a leaky ReLU: what comes out is then about as large as what went in.
RELU_GAIN = math.sqrt(2.0)

_SLOPE = 0.2
_SAME_BELOW = 32
_MOST = 512


def channels_of(width: int, size: int) -> list[int]:
    """Channels at 4 pixels, 8 pixels and so on: `width` at `size`, twice as many at half of it.

    They stop doubling at 32 pixels a side, and at 512 channels. So width times size is the paper's
    base: 16384 (width 16 at 1024 pixels) is its configuration E, 32768 its configuration F.
    """
    steps = doublings(size)
    most = max(width, _MOST)
    same = min(doublings(_SAME_BELOW), steps)
    return [min(width * 2 ** (steps - max(step, same)), most) for step in range(steps + 1)]


def leaky(x: Tensor) -> Tensor:
    """A leaky ReLU, in place. Its gain is multiplied into the layer before, which costs nothing."""
    return functional.leaky_relu(x, _SLOPE, inplace=True)


class EqualLinear(nn.Linear):
    """A linear layer with an equalised learning rate (Karras 2018, section 4.1).

    Weights begin as normal numbers of deviation 1 / pace, and are multiplied by
    gain * pace / sqrt(inputs) at every use, the bias by gain * pace. So Adam, which moves every
    number at one pace, changes all layers alike, and those with a small `pace` slower.

    Args:
        inputs: Numbers that come in.
        outputs: Numbers that go out.
        gain: Size of what goes out, by what comes in.
        pace: The paper's learning rate multiplier.
        equal: False where something else keeps the weights' size: then by `gain` alone.
    """

    def __init__(
        self,
        inputs: int,
        outputs: int,
        *,
        gain: float = 1.0,
        pace: float = 1.0,
        equal: bool = True,
    ) -> None:
        super().__init__(inputs, outputs)
        self.pace = pace
        self._weight_factor = gain * pace * (inputs**-0.5 if equal else 1.0)
        self._bias_factor = gain * pace

    def forward(self, x: Tensor) -> Tensor:
        """(N, inputs) to (N, outputs)."""
        weight, bias = self.weight * self._weight_factor, self.bias * self._bias_factor
        return functional.linear(x, weight, bias)


class EqualConv2d(nn.Conv2d):
    """A convolution with an equalised learning rate, as `EqualLinear`.

    Args:
        inputs: Channels that come in.
        outputs: Channels that go out.
        side: Of the kernel.
        stride: In both directions.
        padding: On all four edges.
        bias: Whether it has one.
        gain: As in `EqualLinear`.
        equal: As in `EqualLinear`.
    """

    def __init__(
        self,
        inputs: int,
        outputs: int,
        side: int,
        *,
        stride: int = 1,
        padding: int = 0,
        bias: bool = True,
        gain: float = 1.0,
        equal: bool = True,
    ) -> None:
        super().__init__(inputs, outputs, side, stride, padding, bias=bias)
        self._weight_factor = gain * ((inputs * side * side) ** -0.5 if equal else 1.0)
        self._bias_factor = gain

    def forward(self, x: Tensor) -> Tensor:
        """(N, inputs, H, W) to (N, outputs, H', W')."""
        bias = None if self.bias is None else self.bias * self._bias_factor
        weight = self.weight * self._weight_factor
        return functional.conv2d(x, weight, bias, self.stride, self.padding)


class Blur(nn.Module):
    """Every channel by the kernel [1, 3, 3, 1] in both directions, with zeros around the picture.

    Args:
        padding: Rows or columns of zeros on each edge: 1 makes a side one pixel shorter, 2 longer.
        stride: 2 keeps every other pixel.
        gain: What a constant is multiplied by.
    """

    kernel: Tensor

    def __init__(self, padding: int, *, stride: int = 1, gain: float = 1.0) -> None:
        super().__init__()
        line = (0.125, 0.375, 0.375, 0.125)
        kernel = torch.tensor([[[[gain * a * b for b in line] for a in line]]])
        self.register_buffer("kernel", kernel, persistent=False)
        self._stride, self._padding = stride, padding

    def forward(self, x: Tensor) -> Tensor:
        """(N, C, H, W) to (N, C, H', W')."""
        blurred: Tensor = _Filter.apply(x, self.kernel, self._stride, self._padding, False)
        return blurred


class _Filter(torch.autograd.Function):
    """One kernel on every channel by itself, or the transpose of that.

    Each is linear in the pictures, so the other one is its gradient, to any order. torch finds the
    second derivative of such a convolution channel by channel, which takes several times as long.
    """

    @staticmethod
    def forward(
        ctx: Any, x: Tensor, kernel: Tensor, stride: int, padding: int, transposed: bool
    ) -> Tensor:
        ctx.way = kernel, stride, padding, transposed
        channels = x.shape[1]
        kernels = kernel.to(x.dtype).expand(channels, -1, -1, -1)
        convolution = functional.conv_transpose2d if transposed else functional.conv2d
        return convolution(x, kernels, stride=stride, padding=padding, groups=channels)

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor | None, ...]:
        kernel, stride, padding, transposed = ctx.way
        gradient = _Filter.apply(gradients[0], kernel, stride, padding, not transposed)
        return gradient, None, None, None, None
