"""Batch norm over the pictures of all processes (Ioffe 2015), on any device.

A batch that several processes look at is normalised as if one of them saw all of it: means and
variances are those of the whole batch, and a gradient flows through them to everybody's pictures.
torch's own `SyncBatchNorm` is for GPUs alone.

Not responsible for networks of a single process: they keep torch's batch norm.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn
from torch.autograd import Function
from torch.autograd.function import once_differentiable

from ganstudio.gan.distributed import Team

__all__ = ["SyncedNorm", "with_synced_norm"]

_ALL_BUT_CHANNELS = (0, 2, 3)


def with_synced_norm(network: nn.Module, team: Team) -> None:
    """Let every batch norm of a network see the whole batch; weights and buffers stay the same."""
    for parent in list(network.modules()):
        for name, child in list(parent.named_children()):
            if isinstance(child, nn.BatchNorm2d):
                setattr(parent, name, SyncedNorm(child, team))


class SyncedNorm(nn.BatchNorm2d):
    """As the batch norm it replaces, with the same names, weights and buffers.

    Args:
        norm: With weights and running statistics, as torch makes it.
        team: Whose pictures are normalised together, as many of each process.
    """

    def __init__(self, norm: nn.BatchNorm2d, team: Team) -> None:
        super().__init__(norm.num_features, norm.eps, norm.momentum)
        self.weight, self.bias = norm.weight, norm.bias
        self.running_mean, self.running_var = norm.running_mean, norm.running_var
        self.num_batches_tracked = norm.num_batches_tracked
        self._team = team

    def forward(self, input: Tensor) -> Tensor:  # noqa: A002
        """From (N, C, H, W) to the same shape and type."""
        if not self.training:
            return super().forward(input)
        normed, mean, variance = _Normed.apply(input, self.weight, self.bias, self.eps, self._team)
        self._follow(mean, variance, self._team.size * input.numel() // self.num_features)
        result: Tensor = normed
        return result

    @torch.no_grad()
    def _follow(self, mean: Tensor, variance: Tensor, places: int) -> None:
        """Running statistics, as torch counts them: the variance without its bias."""
        assert self.running_mean is not None
        assert self.running_var is not None
        assert self.num_batches_tracked is not None
        assert self.momentum is not None
        self.running_mean.lerp_(mean, self.momentum)
        self.running_var.lerp_(variance * (places / max(places - 1, 1)), self.momentum)
        self.num_batches_tracked.add_(1)


class _Normed(Function):
    """Normalised pictures, and the batch's mean and variance, (C,) each, without a gradient."""

    @staticmethod
    def forward(
        ctx: Any, x: Tensor, weight: Tensor, bias: Tensor, eps: float, team: Team
    ) -> tuple[Tensor, Tensor, Tensor]:
        exact = x.float()
        own_variance, own_mean = torch.var_mean(exact, _ALL_BUT_CHANNELS, correction=0)
        means, variances = team.gathered(torch.stack([own_mean, own_variance])).unbind(1)
        mean = means.mean(0)
        variance = (variances + (means - mean).square()).mean(0)
        narrow = (variance + eps).rsqrt()
        ctx.save_for_backward(x, weight, mean, narrow)
        ctx.team = team
        ctx.mark_non_differentiable(mean, variance)
        factor = weight * narrow
        offset = torch.addcmul(bias, mean, factor, value=-1)
        normed = torch.addcmul(_along(offset), exact, _along(factor))
        return normed.to(x.dtype), mean, variance

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, pull: Tensor, *_: Tensor) -> tuple[Tensor | None, ...]:
        x, weight, mean, narrow = ctx.saved_tensors
        exact, centred = pull.float(), x.float() - _along(mean)
        own = torch.stack([exact.sum(_ALL_BUT_CHANNELS), (exact * centred).sum(_ALL_BUT_CHANNELS)])
        by_bias, by_weight = own[0], own[1] * narrow
        whole = own.clone()
        ctx.team.sum_(whole)
        shift, stretch = whole / (ctx.team.size * x.numel() // len(mean))
        rest = exact - _along(shift) - centred * _along(stretch * narrow.square())
        by_x = (rest * _along(weight * narrow)).to(x.dtype)
        return by_x, by_weight, by_bias, None, None


def _along(channels: Tensor) -> Tensor:
    """(C,) as (1, C, 1, 1)."""
    return channels.view(1, -1, 1, 1)
