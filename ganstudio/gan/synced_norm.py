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
from torch.nn import functional

from ganstudio.gan.distributed import Team

__all__ = ["SyncedNorm", "with_synced_norm"]

# Without it, a channel that is the same everywhere would have no reciprocal.
_TINY = 1e-12


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

    def forward(self, input: Tensor) -> Tensor:  # noqa: A002 - torch calls it so
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
        means, variances = team.gathered(_statistics(x, weight, bias)).unbind(1)
        mean = means.mean(0)
        variance = (variances + (means - mean).square()).mean(0)
        ctx.save_for_backward(x, weight, mean, variance)
        ctx.team, ctx.eps = team, eps
        ctx.mark_non_differentiable(mean, variance)
        normed = functional.batch_norm(x, mean, variance, weight, bias, eps=eps)
        return normed, mean, variance

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, pull: Tensor, *_: Tensor) -> tuple[Tensor | None, ...]:
        x, weight, mean, variance = ctx.saved_tensors
        # As if mean and variance were given; the sums that the weights need tell the rest.
        by_x, by_weight, by_bias = torch.ops.aten.native_batch_norm_backward(
            pull, x, weight, mean, variance, None, None, False, ctx.eps, [True, True, True]
        )
        sums = torch.stack([by_bias, by_weight])
        ctx.team.sum_(sums)
        narrow = (variance + ctx.eps).rsqrt()
        shift, stretch = sums * (weight * narrow * len(mean) / (ctx.team.size * x.numel()))
        centred = x.float() - _along(mean)
        rest = torch.addcmul(by_x.float(), centred, _along(stretch * narrow), value=-1)
        return rest.sub_(_along(shift)).to(x.dtype), by_weight, by_bias, None, None


def _statistics(x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    """Mean and variance of this process's pictures, (2, C), in the weights' type."""
    # Weights change nothing here but the type of what comes out. It is much the quickest way.
    _, mean, narrow = torch.native_batch_norm(x, weight, bias, None, None, True, 0.0, _TINY)
    return torch.stack([mean, narrow.square().reciprocal() - _TINY])


def _along(channels: Tensor) -> Tensor:
    """(C,) as (1, C, 1, 1)."""
    return channels.view(1, -1, 1, 1)
