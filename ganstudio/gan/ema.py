"""The averaged generator: it lags behind the trained one, and draws every picture a person sees.

Not responsible for when it draws: the run loop and the explorer decide that.
"""

from __future__ import annotations

import copy
import itertools
from collections.abc import Iterator

import torch
from torch import nn

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
        recipe: How slowly it follows.
    """

    def __init__(self, source: nn.Module, recipe: EmaRecipe) -> None:
        self.network = copy.deepcopy(source).eval().requires_grad_(False)
        self._recipe = recipe
        pairs = list(zip(_tensors(self.network), _tensors(source), strict=True))
        self._averaged = [(mine, theirs) for mine, theirs in pairs if mine.is_floating_point()]
        self._copied = [(mine, theirs) for mine, theirs in pairs if not mine.is_floating_point()]

    @torch.no_grad()
    def update(self, images_seen: int, batch_size: int) -> None:
        """Follow the source by one step; the clock includes its images."""
        beta = ema_beta(self._recipe, images_seen, batch_size)
        mine = [pair[0] for pair in self._averaged]
        theirs = [pair[1].detach() for pair in self._averaged]
        torch._foreach_lerp_(mine, theirs, 1.0 - beta)
        for copied, original in self._copied:
            copied.copy_(original)


def _tensors(network: nn.Module) -> Iterator[torch.Tensor]:
    return itertools.chain(network.parameters(), network.buffers())
