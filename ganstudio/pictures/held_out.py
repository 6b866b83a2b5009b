"""Which pictures training shall never see, so that something honest is left to compare with.

Not responsible for remembering them: a run writes their hashes down when it is created.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from ganstudio.pictures.cache import Pixels

__all__ = ["held_out", "look_codes"]

#: Under so many pictures none is given away.
_LEAST_SET = 200
_SHARE = 0.05
_LEAST, _MOST = 20, 500
#: Pictures are compared on a grid of 8 rows with 9 columns, so 8 steps a row: 64 bits.
_ROWS, _COLUMNS = 8, 9
#: A step counts when it is brighter by more than this; compression alone makes smaller ones.
_STEP = 6.0
_CHUNK_BYTES = 16_000_000


class Pictures(Protocol):
    """Anything with pictures by number: a `TrainingSet` or a uint8 array N x H x W x 3."""

    @property
    def shape(self) -> tuple[int, ...]:
        """(pictures, height, width, channels)."""
        ...

    def __getitem__(self, key: slice, /) -> Pixels: ...


def held_out(hashes: Sequence[str], images: Pictures) -> npt.NDArray[np.int64]:
    """Choose the pictures to hold out: none under 200, else 5 % (20 to 500).

    The choice follows from the contents alone. Pictures that look nearly the same stay on one side.

    Args:
        hashes: Content hash of each picture.
        images: The pictures, in the same order.

    Returns:
        Their places, int64, rising.
    """
    if len(hashes) < _LEAST_SET:
        return np.empty(0, np.int64)
    wanted = min(_MOST, max(_LEAST, round(len(hashes) * _SHARE)))
    alike: dict[bytes, list[int]] = defaultdict(list)
    for place, code in enumerate(look_codes(images)):
        alike[code].append(place)
    groups = sorted(alike.values(), key=lambda group: min(hashes[place] for place in group))
    chosen: list[int] = []
    for group in groups:
        if len(chosen) + len(group) <= wanted:
            chosen += group
    return np.array(sorted(chosen), dtype=np.int64)


def look_codes(images: Pictures) -> Iterator[bytes]:
    """A code of 8 bytes for each picture that is equal for pictures that look nearly the same.

    Each bit says whether a ninth of a row is clearly brighter than the one to its left.
    """
    count, height, width, channels = images.shape
    step = max(1, _CHUNK_BYTES // (height * width * channels))
    for start in range(0, count, step):
        grey = _coarse(images[start : start + step])
        bits = grey[:, :, 1:] > grey[:, :, :-1] + _STEP
        packed = np.packbits(bits.reshape(len(bits), -1), axis=1)
        for row in packed:
            yield row.tobytes()


def _coarse(pictures: Pixels) -> npt.NDArray[np.float32]:
    """Mean brightness on the coarse grid, n x 8 x 9."""
    _, height, width, _ = pictures.shape
    grey = pictures.mean(axis=3, dtype=np.float32)
    top = np.linspace(0, height, _ROWS + 1).astype(int)
    left = np.linspace(0, width, _COLUMNS + 1).astype(int)
    sums = np.add.reduceat(np.add.reduceat(grey, top[:-1], axis=1), left[:-1], axis=2)
    areas = np.outer(np.diff(top), np.diff(left)).astype(np.float32)
    return np.divide(sums, areas, dtype=np.float32)
