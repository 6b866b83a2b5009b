"""The pictures that recipes compete on: the bundled sets, and Fashion-MNIST where it is installed.

Every set is split once by content: up to 1,500 pictures, or half, that nobody ever learns from, and
the rest. Drawings of one horse stay on one side.

Not responsible for learning from them, nor for scores (`arena`).
"""

from __future__ import annotations

import functools
import gzip
import hashlib
import io
import zipfile
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

from ganstudio.pictures.bundles import BUNDLES

Pixels = npt.NDArray[np.uint8]

FASHION = "fashion-mnist"
#: Where Debian's package dataset-fashion-mnist (MIT) lays its pictures.
FASHION_FOLDER = Path("/usr/share/datasets/fashion-mnist")

#: Pictures held out, where a set has twice as many.
HELD_OUT = 1_500

_FASHION_FILES = ("train-images-idx3-ubyte.gz", "t10k-images-idx3-ubyte.gz")
_IDX_HEADER = 16
_FASHION_SIDE = 28
_BORDER = 2


@dataclass(frozen=True, slots=True)
class PictureSet:
    """One set, split.

    Attributes:
        name: Of a bundled set, or `FASHION`.
        training: uint8 (N, S, S, 3): what may be learned from, in an order by content.
        held_out: uint8 (M, S, S, 3): what nobody learns from, in an order by content.
    """

    name: str
    training: Pixels
    held_out: Pixels

    @property
    def size(self) -> int:
        """Pixels a side."""
        return int(self.training.shape[1])

    def few(self, count: int | None) -> Pixels:
        """So many of the training pictures, always the same ones; None for all."""
        return self.training[:count]


def set_names() -> list[str]:
    """The sets there are here, the smallest pictures first."""
    bundled = sorted(BUNDLES.values(), key=lambda bundle: bundle.size)
    return [*([FASHION] if has_fashion() else []), *(bundle.name for bundle in bundled)]


def has_fashion() -> bool:
    """Whether Fashion-MNIST is installed."""
    return all((FASHION_FOLDER / file).is_file() for file in _FASHION_FILES)


def size_of(name: str) -> int:
    """Pixels a side of a set's pictures."""
    return 32 if name == FASHION else BUNDLES[name].size


@functools.cache
def picture_set(name: str) -> PictureSet:
    """Read a set and split it."""
    pictures, kinds = _fashion() if name == FASHION else _bundled(name)
    hashes = [hashlib.blake2b(picture.tobytes()).hexdigest() for picture in pictures]
    order, given = in_order(hashes, kinds), min(HELD_OUT, len(hashes) // 2)
    held = _whole_kinds(order, kinds, given)
    away = set(held)
    training = [place for place in order if place not in away]
    return PictureSet(name, pictures[training], pictures[held])


def in_order(hashes: Sequence[str], kinds: Sequence[str]) -> list[int]:
    """Places by content: first one picture of every kind, then a second one of each, and so on."""
    members: dict[str, list[int]] = defaultdict(list)
    for place in sorted(range(len(hashes)), key=lambda place: hashes[place]):
        members[kinds[place]].append(place)
    rank = {place: number for group in members.values() for number, place in enumerate(group)}
    return sorted(rank, key=lambda place: (rank[place], hashes[place]))


def _whole_kinds(order: Sequence[int], kinds: Sequence[str], count: int) -> list[int]:
    """At most so many places, all of a kind or none, the last kinds of the order first."""
    sizes: dict[str, int] = defaultdict(int)
    for kind in kinds:
        sizes[kind] += 1
    chosen: set[str] = set()
    left = count
    for place in reversed(order):
        if kinds[place] not in chosen and sizes[kinds[place]] <= left:
            chosen.add(kinds[place])
            left -= sizes[kinds[place]]
    return [place for place in order if kinds[place] in chosen]


def _bundled(name: str) -> tuple[Pixels, list[str]]:
    """A bundled set: its pictures and, for each, which other drawings show the same."""
    with zipfile.ZipFile(BUNDLES[name].path) as archive:
        files = sorted(file for file in archive.namelist() if file.endswith(".png"))
        pictures = [
            np.asarray(Image.open(io.BytesIO(archive.read(file))).convert("RGB")) for file in files
        ]
    return np.stack(pictures), [_kind(file) for file in files]


def _kind(file: str) -> str:
    """`00001_h000_v1.png` is the second drawing of horse h000; other files stand for themselves."""
    parts = file.split("_")
    return parts[1] if len(parts) > 1 else file


def _fashion() -> tuple[Pixels, list[str]]:
    """All 70,000 as RGB of 32 pixels, black around them."""
    parts = []
    for file in _FASHION_FILES:
        with gzip.open(FASHION_FOLDER / file) as stream:
            stream.read(_IDX_HEADER)
            rows = np.frombuffer(stream.read(), dtype=np.uint8)
        parts.append(rows.reshape(-1, _FASHION_SIDE, _FASHION_SIDE))
    grey = np.pad(np.concatenate(parts), ((0, 0), (_BORDER, _BORDER), (_BORDER, _BORDER)))
    pictures = np.ascontiguousarray(np.broadcast_to(grey[..., None], (*grey.shape, 3)))
    return pictures, [str(place) for place in range(len(pictures))]
