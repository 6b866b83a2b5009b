"""Adam for both players, and the schedules that follow the recipe's horizon.

Not responsible for gradients.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

import torch
from torch import nn

from ganstudio.project.recipe import OptimizerRecipe, Recipe

__all__ = ["cosine", "gamma_at", "learning_rate_at", "make_optimizer", "optimizer_tensors", "step"]


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


def make_optimizer(parameters: Iterable[nn.Parameter], recipe: OptimizerRecipe) -> torch.optim.Adam:
    """Adam, fused into one kernel, with its state made at once, so that it can always be saved."""
    optimizer = torch.optim.Adam(
        parameters, lr=recipe.lr, betas=(recipe.beta1, recipe.beta2), fused=True
    )
    for parameter in optimizer.param_groups[0]["params"]:
        optimizer.state[parameter] = {
            "step": torch.zeros((), dtype=torch.float32, device=parameter.device),
            "exp_avg": torch.zeros_like(parameter, memory_format=torch.preserve_format),
            "exp_avg_sq": torch.zeros_like(parameter, memory_format=torch.preserve_format),
        }
    return optimizer


def step(
    optimizer: torch.optim.Adam, learning_rate: float, bad: torch.Tensor | None = None
) -> None:
    """One update with the gradients that are there, which are then let go.

    Args:
        optimizer: From `make_optimizer`.
        learning_rate: For this step.
        bad: 0-dim float32 on the parameters' device: 1 leaves parameters and state untouched,
            decided on the device, so that the CPU need not wait for the answer.
    """
    optimizer.param_groups[0]["lr"] = learning_rate
    if bad is not None:
        vars(optimizer)["found_inf"] = bad  # the fused kernel reads it; torch.amp does the same
    optimizer.step()
    optimizer.zero_grad(set_to_none=True)


def optimizer_tensors(optimizer: torch.optim.Adam, prefix: str) -> dict[str, torch.Tensor]:
    """Everything the optimiser remembers, by name: `PREFIX.INDEX.exp_avg` and so on."""
    return {
        f"{prefix}.{index}.{name}": value
        for index, parameter in enumerate(optimizer.param_groups[0]["params"])
        for name, value in optimizer.state[parameter].items()
    }
