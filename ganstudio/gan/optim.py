"""Adam for both players, and the schedules that follow the recipe's horizon.

Not responsible for gradients.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

import torch
from torch import nn
from torch.optim.adam import adam

from ganstudio.project.recipe import OptimizerRecipe, Recipe

__all__ = ["Adam", "cosine", "gamma_at", "learning_rate_at"]

_EPSILON = 1e-8


def cosine(start: float, end: float, clock: int, horizon: int) -> float:
    """Half a cosine from `start` at clock 0 to `end` at the horizon, and `end` ever after."""
    share = min(max(clock / horizon, 0.0), 1.0)
    return end + (start - end) * 0.5 * (1.0 + math.cos(math.pi * share))


def learning_rate_at(recipe: Recipe, clock: int) -> float:
    """Learning rate of both players at a clock."""
    return cosine(recipe.optimizer.lr, recipe.optimizer.lr_end, clock, recipe.horizon)


def gamma_at(recipe: Recipe, clock: int) -> float:
    """Weight of the R1 and R2 penalties at a clock."""
    return cosine(recipe.game.gamma, recipe.game.gamma_end, clock, recipe.horizon)


class Adam:
    """Adam (Kingma and Ba 2015), fused into one kernel.

    It calls torch's own function directly: the class `torch.optim.Adam` imports torch's compiler,
    which takes seconds that a person would wait for before the first step.

    Args:
        weights: What is trained; all on one device.
        recipe: Its betas; the learning rate comes with every step.
    """

    def __init__(self, weights: Iterable[nn.Parameter], recipe: OptimizerRecipe) -> None:
        self._weights = list(weights)
        self._betas = recipe.beta1, recipe.beta2
        self._means = [torch.zeros_like(weight) for weight in self._weights]
        self._squares = [torch.zeros_like(weight) for weight in self._weights]
        self._steps = [torch.zeros((), device=weight.device) for weight in self._weights]

    @torch.no_grad()
    def step(self, learning_rate: float) -> None:
        """One update with the gradients that are there, which are then let go."""
        adam(
            [weight.detach() for weight in self._weights],
            [_gradient(weight) for weight in self._weights],
            self._means,
            self._squares,
            [],
            self._steps,
            fused=True,
            amsgrad=False,
            beta1=self._betas[0],
            beta2=self._betas[1],
            lr=learning_rate,
            weight_decay=0.0,
            eps=_EPSILON,
            maximize=False,
        )
        self.forget_gradients()

    def gradient_norm(self) -> torch.Tensor:
        """Euclidean norm of all gradients together, 0-dim float32."""
        norms = torch._foreach_norm([_gradient(weight) for weight in self._weights])
        norm: torch.Tensor = torch.linalg.vector_norm(torch.stack(norms))
        return norm

    def forget_gradients(self) -> None:
        """Let the gradients go without using them."""
        for weight in self._weights:
            weight.grad = None

    def tensors(self, prefix: str) -> dict[str, torch.Tensor]:
        """Everything it remembers, by name: `PREFIX.INDEX.mean` and so on."""
        return {
            f"{prefix}.{index}.{name}": value
            for name, values in (
                ("mean", self._means),
                ("square", self._squares),
                ("step", self._steps),
            )
            for index, value in enumerate(values)
        }


def _gradient(weight: nn.Parameter) -> torch.Tensor:
    if weight.grad is None:
        raise RuntimeError("a weight took no part in the step")
    return weight.grad
