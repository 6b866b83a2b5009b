"""Convolutions in groups of channels whose slopes can be learned from at no extra cost.

torch differentiates a convolution twice group by group, one small convolution after the other
(2.14): with dozens of groups a penalty on a discriminator's slopes takes twenty times as long as
all the rest. But a convolution, its slope by the picture and its slope by the weight are three
sides of one number that is linear in each of three things:

    sum of (x convolved with weight) * pull

Each side leaves one of the three out, and its slopes by the two others are the other two sides. So
all derivatives there are come down to these three, each of them for all groups at once.

Not responsible for ordinary convolutions: in one group torch is as quick.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.autograd import Function
from torch.nn import functional

__all__ = ["GroupedConvolution", "convolve"]


class GroupedConvolution(nn.Conv2d):
    """As `torch.nn.Conv2d` with equal strides and equal padding, in its input's type."""

    def forward(self, input: Tensor) -> Tensor:  # noqa: A002 - torch calls it so
        """From (N, inputs, H, W) to (N, outputs, ...)."""
        stride, padding = self.stride[0], self.padding[0]
        assert isinstance(padding, int)
        return convolve(input, self.weight, self.bias, stride, padding, self.groups)


def convolve(
    x: Tensor, weight: Tensor, bias: Tensor | None, stride: int, padding: int, groups: int
) -> Tensor:
    """As `torch.nn.functional.conv2d`, in the type of x."""
    bias = None if bias is None else bias.to(x.dtype)
    way = _Way(stride, padding, groups, _lost(x, weight, stride, padding))
    convolved: Tensor = _Convolved.apply(x, weight.to(x.dtype), bias, way)
    return convolved


def _lost(x: Tensor, weight: Tensor, stride: int, padding: int) -> tuple[int, int]:
    """Rows and columns at the end that the kernel does not come to."""
    rows, columns = (
        (side + 2 * padding - kernel) % stride
        for side, kernel in zip(x.shape[2:], weight.shape[2:], strict=True)
    )
    return rows, columns


@dataclass(frozen=True, slots=True)
class _Way:
    """How a kernel goes over x: see `torch.nn.functional.conv2d`, and `_lost`."""

    stride: int
    padding: int
    groups: int
    lost: tuple[int, int]


class _Convolved(Function):
    """The side without pull: as x."""

    @staticmethod
    def forward(ctx: Any, x: Tensor, weight: Tensor, bias: Tensor | None, way: _Way) -> Tensor:
        ctx.save_for_backward(x, weight)
        ctx.way = way
        return functional.conv2d(x, weight, bias, way.stride, way.padding, groups=way.groups)

    @staticmethod
    def backward(ctx: Any, pull: Tensor) -> tuple[Tensor | None, ...]:
        x, weight = ctx.saved_tensors
        by_x, by_weight, by_bias, _ = ctx.needs_input_grad
        return (
            _Spread.apply(pull, weight, ctx.way) if by_x else None,
            _Gathered.apply(x, pull, weight, ctx.way) if by_weight else None,
            pull.sum((0, 2, 3)) if by_bias else None,
            None,
        )


class _Spread(Function):
    """The side without x: a pull at what came out, as a pull at x."""

    @staticmethod
    def forward(ctx: Any, pull: Tensor, weight: Tensor, way: _Way) -> Tensor:
        ctx.save_for_backward(pull, weight)
        ctx.way = way
        return functional.conv_transpose2d(
            pull, weight, None, way.stride, way.padding, way.lost, way.groups
        )

    @staticmethod
    def backward(ctx: Any, x: Tensor) -> tuple[Tensor | None, ...]:
        pull, weight = ctx.saved_tensors
        by_pull, by_weight, _ = ctx.needs_input_grad
        return (
            _Convolved.apply(x, weight, None, ctx.way) if by_pull else None,
            _Gathered.apply(x, pull, weight, ctx.way) if by_weight else None,
            None,
        )


class _Gathered(Function):
    """The side without weight: a pull at what came out, as a pull at the weight."""

    @staticmethod
    def forward(ctx: Any, x: Tensor, pull: Tensor, like: Tensor, way: _Way) -> Tensor:
        ctx.save_for_backward(x, pull)
        ctx.way = way
        stride, padding = [way.stride] * 2, [way.padding] * 2
        gathered: tuple[Tensor, ...] = torch.ops.aten.convolution_backward(
            pull,
            x,
            like,
            None,
            stride,
            padding,
            [1, 1],
            False,
            [0, 0],
            way.groups,
            [False, True, False],
        )
        return gathered[1]

    @staticmethod
    def backward(ctx: Any, weight: Tensor) -> tuple[Tensor | None, ...]:
        x, pull = ctx.saved_tensors
        by_x, by_pull, _, _ = ctx.needs_input_grad
        return (
            _Spread.apply(pull, weight, ctx.way) if by_x else None,
            _Convolved.apply(x, weight, None, ctx.way) if by_pull else None,
            None,
            None,
        )
