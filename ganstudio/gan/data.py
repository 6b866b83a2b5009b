"""Which pictures a step sees: a pure function of the seed and the clock.

Not responsible for decoding: pictures come as uint8 rows from `pictures`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt
import psutil
import torch

from ganstudio.gan.seeding import generator_for
from ganstudio.project.errors import UserError
from ganstudio.project.processes import processes_here

__all__ = ["Batches", "PictureSource", "order_at", "to_network"]

_ALL = slice(None)

#: Pictures are held in memory when they need no more than this share of what is free.
_SHARE_OF_FREE_MEMORY = 0.25


class PictureSource(Protocol):
    """Pictures that may be too many for the memory."""

    @property
    def shape(self) -> tuple[int, ...]:
        """(N, H, W, C)."""
        ...

    def gather(self, indices: npt.NDArray[np.int64]) -> npt.NDArray[np.uint8]:
        """The pictures at these places: (n, H, W, C) uint8."""
        ...


def order_at(seed: int, clock: int, count: int, pictures: int) -> npt.NDArray[np.int64]:
    """Indices of `count` pictures from a clock on.

    Every epoch is a new permutation of all pictures; a batch may reach over its end.

    Args:
        seed: The run's seed.
        clock: Pictures seen before.
        count: Pictures wanted.
        pictures: How many there are.

    Returns:
        (count,) int64, each from 0 to `pictures - 1`.
    """
    parts = []
    position, end = clock, clock + count
    while position < end:
        epoch, start = divmod(position, pictures)
        stop = min(pictures, start + end - position)
        parts.append(_permutation(seed, epoch, pictures)[start:stop])
        position += stop - start
    return np.concatenate(parts)


def to_network(pictures: torch.Tensor, device: torch.device) -> torch.Tensor:
    """uint8 pictures (N, H, W, C) as float32 (N, C, H, W) in [-1, 1], channels last in memory."""
    moved = pictures.to(device, non_blocking=True).permute(0, 3, 1, 2)
    return moved.to(torch.float32).mul_(2 / 255).sub_(1)


class Batches:
    """The real pictures of a run, batch by batch.

    Args:
        source: uint8 array (N, H, W, C), or a `PictureSource`.
        rows: Which of them, in the run's order; None for all.
        labels: Class of each of these pictures, in the same order; None without classes.
        seed: The run's seed.
        flip: Whether a picture may be mirrored, at random.
        device: Where batches go. They are held there when they fit.

    Raises:
        UserError: "too-few-pictures" for none at all.
        ValueError: Unless there are as many labels as pictures.

    Attributes:
        count: Pictures there are.
        shape: Of each, (H, W, C).
        labels: Class of each, (count,) int64; None without classes.
    """

    def __init__(
        self,
        source: npt.NDArray[np.uint8] | PictureSource,
        *,
        rows: Sequence[int] | npt.NDArray[np.int64] | None = None,
        labels: Sequence[int] | npt.NDArray[np.int64] | None = None,
        seed: int,
        flip: bool = False,
        device: torch.device | str = "cpu",
    ) -> None:
        chosen = np.arange(source.shape[0]) if rows is None else np.asarray(rows, dtype=np.int64)
        if len(chosen) == 0:
            raise UserError("too-few-pictures")
        self.count = len(chosen)
        self.shape = tuple(source.shape[1:])
        self._seed, self._flip, self._device = seed, flip, torch.device(device)
        self._source, self._rows = source, chosen
        self.labels: torch.Tensor | None = None
        if labels is not None:
            self.labels = torch.as_tensor(np.asarray(labels, dtype=np.int64))
            if len(self.labels) != self.count:
                raise ValueError(f"{len(self.labels)} labels for {self.count} pictures")
        self._epoch, self._order = -1, np.empty(0, dtype=np.int64)
        wanted = self.count * int(np.prod(self.shape))
        self._resident: torch.Tensor | None = None
        if wanted <= _free_memory(self._device) * _SHARE_OF_FREE_MEMORY:
            self._resident = torch.from_numpy(_gather(source, chosen)).to(self._device)

    def at(self, clock: int, count: int, places: slice = _ALL) -> torch.Tensor:
        """The batch at a clock: float32 (count, C, H, W) in [-1, 1], channels last.

        Args:
            clock: Pictures seen before.
            count: Pictures of the whole batch.
            places: Which of its pictures are wanted; the others are not touched.
        """
        picked = self._indices(clock, count)[places]
        if self._resident is not None:
            indices = torch.from_numpy(picked).to(self._device)
            pictures = self._resident.index_select(0, indices)
        else:
            pictures = torch.from_numpy(_gather(self._source, self._rows[picked]))
        if self._flip:
            chance = torch.rand(count, generator=generator_for(self._seed, "flip", clock))[places]
            mirrored = (chance < 0.5).to(pictures.device).view(-1, 1, 1, 1)
            pictures = torch.where(mirrored, pictures.flip(2), pictures)
        return to_network(pictures, self._device)

    def labels_at(self, clock: int, count: int, places: slice = _ALL) -> torch.Tensor | None:
        """Classes of the batch at a clock, (count,) int64, as `at`; None without classes."""
        if self.labels is None:
            return None
        picked = torch.from_numpy(self._indices(clock, count)[places])
        return self.labels[picked].to(self._device)

    def _indices(self, clock: int, count: int) -> npt.NDArray[np.int64]:
        """As `order_at`, with the present epoch's permutation at hand."""
        epoch, start = divmod(clock, self.count)
        if start + count > self.count:
            return order_at(self._seed, clock, count, self.count)
        if epoch != self._epoch:
            self._epoch, self._order = epoch, _permutation(self._seed, epoch, self.count)
        return self._order[start : start + count]


def _permutation(seed: int, epoch: int, pictures: int) -> npt.NDArray[np.int64]:
    shuffled = torch.randperm(pictures, generator=generator_for(seed, "order", epoch))
    return np.asarray(shuffled.numpy(), dtype=np.int64)


def _gather(
    source: npt.NDArray[np.uint8] | PictureSource, indices: npt.NDArray[np.int64]
) -> npt.NDArray[np.uint8]:
    if isinstance(source, np.ndarray):
        return np.ascontiguousarray(source[indices])
    return source.gather(indices)


def _free_memory(device: torch.device) -> int:
    if device.type == "cuda":
        return int(torch.cuda.mem_get_info(device)[0])
    return int(psutil.virtual_memory().available) // processes_here()
