"""Adam for both players, and the schedules that follow the recipe's horizon.

Not responsible for gradients.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence

import torch
from torch import nn
from torch.optim.adam import adam

from ganstudio.gan.distributed import Team
from ganstudio.gan.flat import flatten, views_of
from ganstudio.project.recipe import OptimizerRecipe, Recipe

__all__ = ["Adam", "beta2_at", "cosine", "gamma_at", "learning_rate_at"]

_EPSILON = 1e-8
# What is usual: a mean over the last hundred steps or so, once there are some.
_USUAL_DECAY = 0.99
_USUAL_FROM = 16


def cosine(start: float, end: float, clock: int, horizon: int) -> float:
    """Half a cosine from `start` at clock 0 to `end` at the horizon, and `end` ever after."""
    share = min(max(clock / horizon, 0.0), 1.0)
    return end + (start - end) * 0.5 * (1.0 + math.cos(math.pi * share))


def learning_rate_at(recipe: Recipe, clock: int) -> float:
    """Learning rate of both players at a clock."""
    return cosine(recipe.optimizer.lr, recipe.optimizer.lr_end, clock, recipe.horizon)


def beta2_at(recipe: Recipe, clock: int) -> float:
    """How slowly Adam forgets squared gradients, at a clock."""
    numbers = recipe.optimizer
    if numbers.beta2_end is None:
        return numbers.beta2
    return cosine(numbers.beta2, numbers.beta2_end, clock, recipe.horizon)


def gamma_at(recipe: Recipe, clock: int) -> float:
    """Weight of the penalty at a clock."""
    return cosine(recipe.game.gamma, recipe.game.gamma_end, clock, recipe.horizon)


class Adam:
    """Adam (Kingma and Ba 2015) over one block of memory, in one kernel.

    It calls torch's own function directly: the class `torch.optim.Adam` imports torch's compiler,
    which takes seconds that a person would wait for before the first step. And that kernel pairs
    numbers by their place in memory: a gradient with other strides than its weight would be mixed
    up without a word (torch 2.14). Here gradients are first copied to where they belong.

    A discriminator whose slopes run away between two penalties makes gradients that grow from step
    to step, and a thousandfold gradient still moves Adam's weights ten times as far as a usual one:
    within some steps everything learned is lost. So a gradient much longer than usual is shortened
    (adaptive clipping; compare Seetharaman 2020, AutoClip).

    Args:
        weights: What is trained, float32, all on one device; they are moved into one block.
        recipe: Its beta1 and its `clip`; what changes comes with every step.
        frozen: Which of the weights stay as they are; none without it.
        team: Whose gradients add up; all of them hold the same weights.
    """

    def __init__(
        self,
        weights: Iterable[nn.Parameter],
        recipe: OptimizerRecipe,
        frozen: Sequence[bool] = (),
        team: Team | None = None,
    ) -> None:
        self._weights = list(weights)
        self._team = team or Team.alone()
        self._beta1 = recipe.beta1
        self._clip = recipe.clip
        self.block = flatten(self._weights)
        self._gradient = torch.zeros_like(self.block)
        self._gradients = views_of(self._gradient, self._weights)
        self._still = list(itertools.compress(self._gradients, frozen))
        self._mean, self._square = torch.zeros_like(self.block), torch.zeros_like(self.block)
        self._steps = torch.zeros((), device=self.block.device)
        self._usual = torch.zeros_like(self._steps)  # mean of squared lengths, from 0
        self._newest = torch.zeros_like(self._steps)

    @torch.no_grad()
    def gather(self) -> torch.Tensor:
        """Take the gradients of everyone's backward pass, shortened if they are far too long.

        Returns:
            Their Euclidean norm as it was, 0-dim float32.
        """
        torch._foreach_copy_(self._gradients, [_gradient(weight) for weight in self._weights])
        for weight in self._weights:
            weight.grad = None
        for gradient in self._still:
            gradient.zero_()  # from rest, Adam stays where it is without a pull
        self._team.sum_(self._gradient)
        norm: torch.Tensor = torch.linalg.vector_norm(self._gradient)
        if self._clip > 0:
            share = (self._longest() / norm.clamp(min=_EPSILON)).clamp(max=1.0)
            # What lies between the weights' places is never written again: it has to stay a number.
            share = share.nan_to_num(nan=1.0)
            self._gradient.mul_(share)
            self._newest = (norm * share).square()
        return norm

    def _longest(self) -> torch.Tensor:
        """How long a gradient may be, 0-dim: infinity before there is anything usual."""
        usual = self._usual / (1.0 - _USUAL_DECAY**self._steps)
        return torch.where(self._steps < _USUAL_FROM, torch.inf, self._clip * usual.sqrt())

    @torch.no_grad()
    def step(self, learning_rate: float, beta2: float) -> None:
        """One update with the gradients that were gathered."""
        self._usual.lerp_(self._newest, 1.0 - _USUAL_DECAY)
        adam(
            [self.block],
            [self._gradient],
            [self._mean],
            [self._square],
            [],
            [self._steps],
            fused=True,
            amsgrad=False,
            beta1=self._beta1,
            beta2=beta2,
            lr=learning_rate,
            weight_decay=0.0,
            eps=_EPSILON,
            maximize=False,
        )

    def tensors(self, prefix: str) -> dict[str, torch.Tensor]:
        """Everything it remembers, by name: `PREFIX.mean` and so on."""
        found = {
            "mean": self._mean,
            "square": self._square,
            "step": self._steps,
            "usual": self._usual,
        }
        return {f"{prefix}.{name}": value for name, value in found.items()}


def _gradient(weight: nn.Parameter) -> torch.Tensor:
    if weight.grad is None:
        raise RuntimeError("a weight took no part in the step")
    return weight.grad
