"""The averaged generator: it lags behind the trained one, and draws every picture a person sees.

Not responsible for when it draws: the run loop and the explorer decide that.
"""

from __future__ import annotations

import copy

import torch
from torch import nn

from ganstudio.gan.flat import flatten
from ganstudio.project.recipe import EmaRecipe

__all__ = ["AveragedNetwork", "ema_beta"]


def ema_beta(recipe: EmaRecipe, images_seen: int, batch_size: int) -> float:
    """The share of the old average that stays in one step: 0.5 ** (batch / half-life).

    Args:
        recipe: Half-life in images, never more than `ramp` of the images seen.
        images_seen: The clock; at 0 the half-life is 0, so nothing old stays.
        batch_size: Images of the step.
    """
    half_life = min(float(recipe.half_life_images), recipe.ramp * images_seen)
    return float(0.5 ** (batch_size / half_life)) if half_life > 0 else 0.0


class AveragedNetwork:
    """An exponential moving average of a network's weights and buffers.

    Running means and variances of batch norm are averaged like weights: they belong to the averaged
    weights, not to the newest ones. Counters are copied.

    Args:
        source: The network that is trained; the average starts as its copy.
        weights: The block of memory in which its parameters lie, in their order (see `flat`).
        recipe: How slowly it follows.
    """

    def __init__(self, source: nn.Module, weights: torch.Tensor, recipe: EmaRecipe) -> None:
        self.network = copy.deepcopy(source).eval().requires_grad_(False)
        self._recipe = recipe
        self._mine = [flatten(list(self.network.parameters())), flatten(_statistics(self.network))]
        self._theirs = [weights, flatten(_statistics(source))]
        self._counters = list(zip(_counters(self.network), _counters(source), strict=True))

    @torch.no_grad()
    def update(self, images_seen: int, batch_size: int) -> None:
        """Follow the source by one step; the clock includes its images."""
        beta = ema_beta(self._recipe, images_seen, batch_size)
        torch._foreach_lerp_(self._mine, self._theirs, 1.0 - beta)
        for mine, theirs in self._counters:
            mine.copy_(theirs)


def _statistics(network: nn.Module) -> list[torch.Tensor]:
    return [buffer for buffer in network.buffers() if buffer.is_floating_point()]


def _counters(network: nn.Module) -> list[torch.Tensor]:
    return [buffer for buffer in network.buffers() if not buffer.is_floating_point()]
