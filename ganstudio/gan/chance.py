"""Chance of one step, picture by picture: the same however the step's batch is split.

A batch may be looked at in one go, in micro-batches, or by several processes. So every draw is made
for the whole batch, and a share takes its own rows of it. Draws cost next to nothing beside the
networks.

Not responsible for seeds (`seeding`), nor for what is drawn.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from ganstudio.gan.seeding import generator_for

__all__ = ["Chance", "OwnChance", "Share"]


@dataclass(frozen=True, slots=True)
class Share:
    """Some pictures of a batch.

    Attributes:
        start: The first one's place in the batch.
        stop: The place behind the last one.
        total: Pictures of the batch.
    """

    start: int
    stop: int
    total: int

    @classmethod
    def whole(cls, total: int) -> Share:
        """All pictures of a batch."""
        return cls(0, total, total)

    def split(self, most: int) -> Iterator[Share]:
        """The same pictures in shares of at most so many."""
        for start in range(self.start, self.stop, most):
            yield Share(start, min(start + most, self.stop), self.total)

    @property
    def rows(self) -> slice:
        """For tensors with a row a picture of the batch."""
        return slice(self.start, self.stop)

    @property
    def weight(self) -> float:
        """How much a mean over these pictures counts in the mean over the batch."""
        return (self.stop - self.start) / self.total


class Chance:
    """A stream of random numbers, a row a picture.

    Args:
        rng: Made for one purpose and one step; on the device of what is drawn.
        share: Whose rows are wanted.
    """

    def __init__(self, rng: torch.Generator, share: Share) -> None:
        self._rng, self._share = rng, share

    @classmethod
    def of(
        cls, seed: int, purpose: str, clock: int, share: Share, device: torch.device | str = "cpu"
    ) -> Chance:
        """The stream of a purpose at a clock; see `seeding.generator_for`."""
        return cls(generator_for(seed, purpose, clock, device), share)

    def normal(self, *shape: int) -> Tensor:
        """Standard normal numbers (pictures of the share, *shape), float32."""
        return self._mine(torch.randn(self._sizes(shape), generator=self._rng, device=self.device))

    def uniform(self, *shape: int) -> Tensor:
        """Numbers in [0, 1), (pictures of the share, *shape), float32."""
        return self._mine(torch.rand(self._sizes(shape), generator=self._rng, device=self.device))

    @property
    def device(self) -> torch.device:
        """Where the numbers are made."""
        return self._rng.device

    def _sizes(self, shape: tuple[int, ...]) -> tuple[int, ...]:
        return (self._share.total, *shape)

    def _mine(self, drawn: Tensor) -> Tensor:
        return drawn[self._share.rows]


class OwnChance(Chance):
    """A stream for each picture, so that a picture is the same alone and among others.

    Args:
        seeds: One a picture, 0 to 2**32 - 1.
        device: Of what is drawn; the numbers are the same everywhere.
    """

    def __init__(self, seeds: Sequence[int], device: torch.device | str = "cpu") -> None:
        self._streams = [torch.Generator().manual_seed(seed) for seed in seeds]
        self._device = torch.device(device)

    def normal(self, *shape: int) -> Tensor:
        """See `Chance.normal`."""
        return torch.stack([torch.randn(shape, generator=g) for g in self._streams]).to(self.device)

    def uniform(self, *shape: int) -> Tensor:
        """See `Chance.uniform`."""
        return torch.stack([torch.rand(shape, generator=g) for g in self._streams]).to(self.device)

    @property
    def device(self) -> torch.device:
        """Where the numbers go."""
        return self._device
