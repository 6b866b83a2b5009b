"""A short measurement before a run begins: which arithmetic is faster here, and how fast.

Not responsible for remembering it: the run's `RunInfo` does, and no run is ever measured again.
"""

from __future__ import annotations

import logging
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

import torch

from ganstudio.gan.device import DeviceChoice, Precision, keep_freed_memory, use_threads
from ganstudio.gan.seeding import generator_for
from ganstudio.gan.trainer import Trainer
from ganstudio.project.recipe import Recipe

__all__ = ["Probe", "probe", "row_images_for"]

logger = logging.getLogger(__name__)

_ROWS_PER_S = 4
_WORTH_IT = 1.05
_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Probe:
    """What was measured.

    Attributes:
        choice: Where to train, its precision and reason completed.
        images_per_s: Rate of training steps; 0 if the measurement was stopped.
        row_images: Pictures of a row of metrics, for about four rows a second.
    """

    choice: DeviceChoice
    images_per_s: float
    row_images: int


def probe(
    recipe: Recipe, choice: DeviceChoice, *, should_stop: Callable[[], bool] = lambda: False
) -> Probe:
    """Play a few turns on noise, in float32 and in bfloat16.

    bfloat16 is taken only where it is more than 5 % faster and every loss stays finite.

    Args:
        recipe: What will be played.
        choice: Where.
        should_stop: Asked between turns; True ends the measurement early.
    """
    keep_freed_memory()
    use_threads(choice.threads)
    rate = _rate(recipe, choice.with_precision("float32"), should_stop)
    best: Precision = "float32"
    narrow = _rate(recipe, choice.with_precision("bfloat16"), should_stop)
    if narrow > rate * _WORTH_IT:
        best, rate = "bfloat16", narrow
    return Probe(choice.with_precision(best), rate, row_images_for(rate, recipe.batch_size))


def row_images_for(images_per_s: float, batch_size: int) -> int:
    """Whole batches that take about a quarter of a second, at least one."""
    return max(1, round(images_per_s / _ROWS_PER_S / batch_size)) * batch_size


def _rate(recipe: Recipe, choice: DeviceChoice, should_stop: Callable[[], bool]) -> float:
    """Images a second; 0 where it does not work, is not finite, or was stopped."""
    trainer = Trainer(recipe, 0, choice)
    network = recipe.network
    shape = (recipe.batch_size, network.channels, network.size, network.size)
    noise = torch.rand(shape, generator=generator_for(0, "probe", 0)) * 2 - 1
    reals = noise.to(trainer.device).contiguous(memory_format=torch.channels_last)
    try:
        rate = _timed(trainer, reals, should_stop)
    except RuntimeError:
        logger.info("%s does not train in %s", choice.device, choice.precision, exc_info=True)
        return 0.0
    return rate if trainer.skipped == 0 else 0.0


def _timed(trainer: Trainer, reals: torch.Tensor, should_stop: Callable[[], bool]) -> float:
    """Turns with penalty take longer, and come once in `penalty_every`: timed apart, then mixed."""
    every = trainer.recipe.game.penalty_every
    _step(trainer, reals, 0)  # the first turns also choose kernels and allocate memory
    _step(trainer, reals, 1)
    heavy = _step(trainer, reals, 0)
    light = [] if every > 1 else [heavy]
    began = time.perf_counter()
    while not light or (time.perf_counter() - began < _SECONDS and len(light) < 20):
        if should_stop():
            return 0.0
        light.append(_step(trainer, reals, 1 if every > 1 else 0))
    typical = statistics.median(light)
    return len(reals) * every / (heavy + (every - 1) * typical)


def _step(trainer: Trainer, reals: torch.Tensor, turn: int) -> float:
    """Seconds of one turn: 0 is one with penalty, 1 one without."""
    began = time.perf_counter()
    trainer.clock = turn * trainer.recipe.batch_size
    trainer.step(reals)
    if trainer.device.type == "cuda":
        torch.cuda.synchronize(trainer.device)
    elif trainer.device.type == "mps":
        torch.mps.synchronize()
    return time.perf_counter() - began
