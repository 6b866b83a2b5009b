"""A short measurement before a run begins: how fast, in which arithmetic, on how many threads.

It also finds out how much memory a turn needs.

Not responsible for remembering it: the run's `RunInfo` does, and no run is ever measured again.
"""

from __future__ import annotations

import logging
import math
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import torch

from ganstudio.gan.device import PRECISIONS, DeviceChoice, keep_freed_memory, use_threads
from ganstudio.gan.footprint import Footprint, PeakMemory, memory_free
from ganstudio.gan.networks import build_discriminator
from ganstudio.gan.networks.shapes import shapes_alone
from ganstudio.gan.seeding import generator_for
from ganstudio.gan.trainer import Trainer
from ganstudio.project.errors import Cancelled
from ganstudio.project.outlook import Speed
from ganstudio.project.recipe import Recipe

__all__ = ["Probe", "probe", "row_images_for"]

logger = logging.getLogger(__name__)

_ROWS_PER_S = 4
_WORTH_NARROW = 1.05
#: One thread's pace may change by a third from second to second, where others share the processor.
_WORTH_FEWER = 1.2
_HOPELESS = 1.5  # so many times slower in the first round
_SECONDS = 0.4  # for each way
_ROUNDS = 20
#: A turn that would take longer is measured with fewer pictures: their number changes little.
_LONG_TURN_S = 3.0


@dataclass(frozen=True, slots=True)
class Probe:
    """What was measured.

    Attributes:
        choice: Where to train, its precision and reason completed.
        images_per_s: Rate of training steps; 0 if the measurement was stopped.
        row_images: Pictures of a row of metrics, for about four rows a second.
        memory_bytes: What training needs; 0 if it could not be found out.
        memory_free: What the device has left for it, before training.
    """

    choice: DeviceChoice
    images_per_s: float
    row_images: int
    memory_bytes: int = 0
    memory_free: int = 0

    @property
    def speed(self) -> Speed:
        """What a person wants to know of it."""
        return Speed(self.images_per_s, self.memory_bytes, self.memory_free)


def probe(
    recipe: Recipe,
    choice: DeviceChoice,
    *,
    processes: int = 1,
    should_stop: Callable[[], bool] = lambda: False,
) -> Probe:
    """Play a few turns on noise: in float32 and bfloat16, on all threads and on fewer.

    bfloat16 is taken only where it is more than 5 % faster and every loss stays finite, fewer
    threads only where they are more than 20 % faster. Where a whole batch would not fit the memory,
    or takes long, fewer pictures are looked at.

    Args:
        recipe: What will be played.
        choice: Where.
        processes: How many train together, each on its share of a batch: one such share is played.
        should_stop: Asked between turns; True ends the measurement early.
    """
    keep_freed_memory()
    use_threads(choice.threads)
    free = memory_free(torch.device(choice.device))
    share = max(2, recipe.batch_size // processes)
    exact = choice.with_precision("float32")
    footprint, seconds = _first_turns(recipe, exact, share, should_stop)
    needed = footprint.of(share) if footprint is not None else 0
    count, unit = share, _unit(recipe)
    while count > 2 * unit and (
        (footprint is not None and footprint.of(count) > free) or seconds * count > _LONG_TURN_S
    ):
        count = max(unit, count // 2 // unit * unit)
    played = recipe.with_values({"batch_size": count})
    rates = _rates(played, exact, should_stop)
    best = max(rates, key=lambda choice: rates[choice] / _least_gain(choice, exact))
    use_threads(best.threads)
    rate = processes * rates[best]
    rows = row_images_for(rate, recipe.batch_size)
    return Probe(best, rate, rows, needed, free)


def _least_gain(choice: DeviceChoice, usual: DeviceChoice) -> float:
    """How many times faster than the usual a choice has to be: each difference has its price."""
    precision = _WORTH_NARROW if choice.precision != usual.precision else 1.0
    return precision * (_WORTH_FEWER if choice.threads != usual.threads else 1.0)


def _unit(recipe: Recipe) -> int:
    """Pictures that have to stay together."""
    with shapes_alone():
        return max(2, build_discriminator(recipe.network, torch.Generator()).group)


def _first_turns(
    recipe: Recipe, choice: DeviceChoice, share: int, should_stop: Callable[[], bool]
) -> tuple[Footprint | None, float]:
    """Two small turns: the memory of a turn, None if unknown, and seconds of a picture in one."""
    unit = _unit(recipe)
    few = min(share, max(unit, share // 8 // unit * unit))
    more = min(share, 2 * few)
    found, seconds = [], math.inf
    for count in (few, more):
        candidate = _Candidate(recipe.with_values({"batch_size": count}), choice)
        if should_stop():
            return None, 0.0
        with PeakMemory() as memory:
            seconds = min(seconds, candidate.first_turn() / count)
        if not candidate.works:
            return None, 0.0
        found.append(memory.peak)
    return Footprint.measured(few, found[0], more, found[1]), seconds


def row_images_for(images_per_s: float, batch_size: int) -> int:
    """Whole batches that take about a quarter of a second, at least one."""
    return max(1, round(images_per_s / _ROWS_PER_S / batch_size)) * batch_size


def _rates(
    recipe: Recipe, exact: DeviceChoice, should_stop: Callable[[], bool]
) -> dict[DeviceChoice, float]:
    """Images a second of each choice; 0 where it does not work, is not finite, or was stopped.

    They take turns, so that a moment in which the computer is busy with something else slows all of
    them, and none is chosen for it.
    """
    all_threads = exact.with_threads(exact.threads)
    candidates = [_Candidate(recipe, all_threads.with_precision(name)) for name in PRECISIONS]
    fewer: list[_Candidate] = []
    try:
        _warm_up(candidates, should_stop)
        began = time.perf_counter()
        _play_round(candidates, should_stop)
        if exact.fewer_threads is not None:
            fewer = [each.on_threads(exact.fewer_threads) for each in candidates if each.works]
            _warm_up(fewer, should_stop)
            candidates += fewer
        until = began + _SECONDS * len(candidates)
        for played in range(_ROUNDS):
            if (played or not fewer) and time.perf_counter() > until:
                break
            _play_round(candidates, should_stop)
    except Cancelled:
        return {all_threads: 0.0}
    return {candidate.choice: candidate.rate for candidate in candidates}


def _warm_up(candidates: list[_Candidate], should_stop: Callable[[], bool]) -> None:
    """The first turns also choose kernels, for so many threads, and allocate memory."""
    _play_all(candidates, should_stop)
    for candidate in candidates:
        candidate.forget()


def _play_round(candidates: list[_Candidate], should_stop: Callable[[], bool]) -> None:
    """A turn of each way that is not hopeless."""
    _play_all(candidates, should_stop)
    best = max(candidate.rate for candidate in candidates)
    for candidate in candidates:
        candidate.works &= candidate.rate * _HOPELESS >= best


def _play_all(candidates: list[_Candidate], should_stop: Callable[[], bool]) -> None:
    for candidate in candidates:
        if should_stop():
            raise Cancelled
        candidate.play()


@dataclass(slots=True)
class _Candidate:
    """A trainer that plays on noise.

    Attributes:
        works: Whether it is worth another turn.
    """

    recipe: Recipe
    choice: DeviceChoice
    works: bool = True
    _heavy: list[float] = field(default_factory=list)
    _light: list[float] = field(default_factory=list)
    _trainer: Trainer | None = None
    _reals: torch.Tensor = field(default_factory=lambda: torch.empty(0))
    _labels: torch.Tensor | None = None

    def on_threads(self, count: int) -> _Candidate:
        """The same networks on another number of threads."""
        choice = self.choice.with_threads(count)
        return _Candidate(
            self.recipe, choice, _trainer=self._trainer, _reals=self._reals, _labels=self._labels
        )

    def forget(self) -> None:
        """Take what was measured so far for nothing."""
        self._heavy.clear()
        self._light.clear()

    def first_turn(self) -> float:
        """Seconds of one turn with penalty; 0 if it does not work."""
        self.play(light=False)
        return self._heavy[0] if self._heavy else 0.0

    def _begin(self) -> None:
        """Networks and noise; where they do not fit the memory, it does not work."""
        try:
            self._make()
        except (RuntimeError, MemoryError):
            where = self.choice
            logger.info("%s has no room for %s", where.device, where.precision, exc_info=True)
            self.works = False

    def _make(self) -> None:
        shape = (self.recipe.batch_size, *self.recipe.network.shape)
        noise = torch.rand(shape, generator=generator_for(0, "probe", 0)) * 2 - 1
        self._trainer = Trainer(self.recipe, 0, self.choice)
        self._reals = noise.to(self._trainer.device).contiguous(memory_format=torch.channels_last)
        if self.recipe.network.classes:
            self._labels = torch.zeros(len(noise), dtype=torch.int64, device=self._trainer.device)

    def play(self, light: bool = True) -> None:
        """A turn with penalty, which takes longer, and one without."""
        use_threads(self.choice.threads)
        if self._trainer is None:
            self._begin()
        try:
            if self.works:
                self._heavy.append(self._turn(0))
            if self.works and light:
                self._light.append(self._turn(1))
        except RuntimeError:
            where = self.choice
            logger.info("%s does not train in %s", where.device, where.precision, exc_info=True)
            self.works = False

    @property
    def rate(self) -> float:
        """Images a second: a turn with penalty comes once in `penalty_every`."""
        if not (self.works and self._light):
            return 0.0
        every = self.recipe.game.penalty_every
        heavy, light = statistics.median(self._heavy), statistics.median(self._light)
        return self.recipe.batch_size * every / (heavy + (every - 1) * light)

    def _turn(self, number: int) -> float:
        """Seconds of one turn."""
        trainer = self._trainer
        assert trainer is not None
        began = time.perf_counter()
        trainer.clock = number * self.recipe.batch_size
        trainer.step(self._reals, self._labels)
        _wait_for(trainer.device)
        self.works &= trainer.skipped == 0
        return time.perf_counter() - began


def _wait_for(device: torch.device) -> None:
    if device.type == "cuda":
        torch.cuda.synchronize(device)
    elif device.type == "mps":
        torch.mps.synchronize()
