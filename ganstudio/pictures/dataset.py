"""What training learns from: the usable pictures of a project, in an order of their own.

The order is that of the content hashes, so neither names nor the order of scanning matter.
Not responsible for shuffling or tensors (`gan`), nor for what a run has held out (`project.runs`).
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from types import EllipsisType
from typing import Any

import numpy as np
import numpy.typing as npt

from ganstudio.pictures.cache import PictureCache, Pixels
from ganstudio.pictures.entries import AWAY
from ganstudio.pictures.importer import refresh_pictures
from ganstudio.pictures.places import source_title
from ganstudio.pictures.work import InlineExecutor
from ganstudio.project.errors import UserError
from ganstudio.project.folder import Project
from ganstudio.project.picture_list import PictureList
from ganstudio.project.tasks import Task

__all__ = ["TrainingSet", "indices_of", "open_training_set"]

Indices = npt.NDArray[np.int64]


class TrainingSet:
    """Usable pictures in the order of their hashes. Safe to read from several threads.

    Args:
        rows: The mapped rows of a cache, uint8, (count, height, width, channels).
        positions: Row of each picture of the set.
        hashes: Content hash of each picture, rising.
        names: Name of each picture.
        missing: How many pictures should be in the set but can neither be read nor are cached.
    """

    def __init__(
        self,
        rows: Pixels,
        positions: Indices,
        hashes: Sequence[str],
        names: Sequence[str],
        missing: int = 0,
    ) -> None:
        # A plain array on the mapped memory: indexing numpy's own map class is slower.
        self._rows: Pixels = rows.view(np.ndarray)
        self._positions = positions
        self.hashes = tuple(hashes)
        self.names = tuple(names)
        self.missing = missing
        self.dtype: np.dtype[np.uint8] = np.dtype(np.uint8)
        self.ndim = 4

    def __len__(self) -> int:
        return len(self._positions)

    @property
    def shape(self) -> tuple[int, int, int, int]:
        """(pictures, height, width, channels)."""
        _, height, width, channels = self._rows.shape
        return len(self), height, width, channels

    def gather(self, indices: npt.ArrayLike) -> Pixels:
        """Copy some pictures out.

        Args:
            indices: Places in the set, in any order, also repeated.

        Returns:
            uint8, (n, height, width, channels), contiguous, the caller's own.
        """
        wanted = self._positions[np.asarray(indices, dtype=np.int64)]
        return self._rows.take(wanted, axis=0)

    def __getitem__(self, key: int | slice | EllipsisType | npt.ArrayLike) -> Pixels:
        # numpy takes every kind of key; its stubs name fewer.
        places = np.arange(len(self))[key]  # type: ignore[index]  # see above
        return self.gather(places)

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> npt.NDArray[Any]:
        if copy is False:
            raise ValueError("a training set lies on disk and can only be copied")
        pictures = self.gather(np.arange(len(self)))
        return pictures if dtype is None else pictures.astype(dtype, copy=False)

    def close(self) -> None:
        """Let go of the cache; the set is empty afterwards."""
        self._rows = self._rows[:0].copy()
        self._positions = self._positions[:0]

    def __enter__(self) -> TrainingSet:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_training_set(
    project: Project,
    executor: Executor | None = None,
    task: Task | None = None,
    *,
    decode: bool = True,
) -> TrainingSet:
    """The pictures that training shall see.

    What the cache has lost is decoded anew from its source; what is neither there nor reachable is
    counted in `TrainingSet.missing`. The project's list is not changed.

    Args:
        project: The project.
        executor: Decodes what is missing; None does it in this thread.
        task: Shows progress and cancels, should something have to be decoded.
        decode: Whether to decode what the cache has lost; else that is counted as missing too.

    Raises:
        Cancelled: If the task was cancelled.
        UserError: "no-pictures" if the set is empty, "pictures-away" if nothing of it is left.
    """
    pictures = project.pictures()
    wanted = pictures.usable_count
    found = _from_cache(project, pictures, 0)
    lost = _distinct(pictures) - len(found)
    if lost and not decode:
        found.missing = lost
    elif lost:
        report = refresh_pictures(project, executor or InlineExecutor(), task or Task())
        pictures = report.pictures
        found = _from_cache(project, pictures, max(0, wanted - report.usable))
    if len(found):
        return found
    away = any(entry.left_out == AWAY for entry in pictures.pictures)
    if wanted or away:
        titles = ", ".join(source_title(source) for source in pictures.sources)
        raise UserError("pictures-away", path=titles)
    raise UserError("no-pictures")


def indices_of(hashes: Sequence[str], wanted: Sequence[str]) -> Indices:
    """Places of the wanted hashes among others; those that are not there are passed over.

    Returns:
        int64, rising.
    """
    chosen = frozenset(wanted)
    return np.array([place for place, text in enumerate(hashes) if text in chosen], dtype=np.int64)


def _from_cache(project: Project, pictures: PictureList, missing: int) -> TrainingSet:
    names: dict[str, str] = {}
    for entry in pictures.pictures:
        if entry.usable and entry.hash:
            names.setdefault(entry.hash, entry.name)
    hashes = sorted(names)
    cache = PictureCache(project.cache_path, pictures.framing)
    positions = cache.positions(hashes)
    there = [text for text, row in zip(hashes, positions.tolist(), strict=True) if row >= 0]
    return TrainingSet(
        rows=cache.rows,
        positions=positions[positions >= 0],
        hashes=there,
        names=[names[text] for text in there],
        missing=missing,
    )


def _distinct(pictures: PictureList) -> int:
    return len({entry.hash for entry in pictures.pictures if entry.usable})
