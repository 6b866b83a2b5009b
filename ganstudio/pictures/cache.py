"""Decoded pictures on disk: uint8 rows in one memory-mapped file, found by the hash of their file.

    cache/64-crop-ffffff/rows.bin     one picture after the other, nothing between
    cache/64-crop-ffffff/index.txt    a header line, then the hash of each row, one a line

Both files only ever grow. A row counts once its whole line stands in the index and all its pixels
in the data, so whatever a crash leaves is passed over and written anew. A header that is not
exactly ours means an empty cache: everything in it can be made again from the originals.
Not responsible for making rows (`importer`) nor for which of them are in a set (`dataset`).
"""

from __future__ import annotations

import json
import math
import os
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ganstudio.pictures.framing import framing_key
from ganstudio.project.atomic import writing
from ganstudio.project.picture_list import FramingSettings

__all__ = ["HASH_LETTERS", "PictureCache"]

#: Length of a content hash: blake2b of 16 bytes, in hexadecimal.
HASH_LETTERS = 32
_LINE = HASH_LETTERS + 1
_VERSION = 1

Pixels = npt.NDArray[np.uint8]
Positions = npt.NDArray[np.int64]


class PictureCache:
    """The rows of one project for one framing. One writer; readers keep what they have mapped.

    Args:
        folder: The project's `cache` folder. Nothing is written before the first `append`.
        framing: What the rows were brought to.
    """

    def __init__(self, folder: Path, framing: FramingSettings) -> None:
        self.folder = folder / framing_key(framing)
        self.shape = framing.shape
        self.row_bytes = math.prod(framing.shape)
        self._data_path = self.folder / "rows.bin"
        self._index_path = self.folder / "index.txt"
        self._header = _header(framing)
        self._hashes, self._fresh = self._read_index()
        self._order = np.argsort(self._hashes, kind="stable")
        self._new: dict[str, int] = {}
        self._mapped: Pixels | None = None

    def __len__(self) -> int:
        return len(self._hashes) + len(self._new)

    @property
    def rows(self) -> Pixels:
        """All rows as a read-only memory map, (count, height, width, channels)."""
        count = len(self)
        if self._mapped is None or len(self._mapped) != count:
            shape = (count, *self.shape)
            if count:
                self._mapped = np.memmap(self._data_path, np.uint8, mode="r", shape=shape)
            else:
                self._mapped = np.empty(shape, np.uint8)
                self._mapped.flags.writeable = False
        return self._mapped

    def positions(self, hashes: Sequence[str]) -> Positions:
        """The row of each hash; -1 where there is none."""
        wanted = np.array([text.encode("ascii", "replace") for text in hashes], dtype=self._dtype)
        found = np.full(len(wanted), -1, dtype=np.int64)
        if len(self._hashes) and len(wanted):
            places = np.searchsorted(self._hashes, wanted, sorter=self._order)
            rows = self._order[np.minimum(places, len(self._hashes) - 1)]
            found = np.where(self._hashes[rows] == wanted, rows, found)
        if self._new:
            for place, text in enumerate(hashes):
                found[place] = self._new.get(text, found[place])
        return found

    def append(self, hashes: Sequence[str], rows: Sequence[Pixels]) -> None:
        """Add rows; hashes that are there already are passed over.

        Args:
            hashes: Content hashes, `HASH_LETTERS` hexadecimal digits each.
            rows: uint8, (height, width, channels) each.

        Raises:
            UserError: "disk-full" or "folder-not-writable".
        """
        there = self.positions(hashes)
        fresh: dict[str, Pixels] = {}
        for text, row, position in zip(hashes, rows, there, strict=True):
            if len(text) != HASH_LETTERS or row.shape != self.shape:
                raise ValueError(f"not a row of this cache: {text!r}, {row.shape}")
            if position < 0:
                fresh.setdefault(text, row)
        if not fresh:
            return
        with writing(self.folder, len(fresh) * self.row_bytes):
            self._write(b"".join(row.tobytes() for row in fresh.values()), list(fresh))
        for text in fresh:
            self._new[text] = len(self)

    def close(self) -> None:
        """Let go of the memory map. Arrays handed out before stay readable."""
        self._mapped = None

    @property
    def _dtype(self) -> np.dtype[np.bytes_]:
        return np.dtype(f"S{HASH_LETTERS}")

    def _write(self, data: bytes, hashes: list[str]) -> None:
        """Pixels first and safely on disk, then the lines that make them count.

        Lines that lost their pixels go before anything: new pixels would make them count again.
        """
        count = len(self)
        if self._fresh:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._data_path.write_bytes(b"")
            self._index_path.write_bytes(self._header)
            self._fresh = False
        lines_end = len(self._header) + count * _LINE
        os.truncate(self._index_path, lines_end)
        with self._data_path.open("r+b") as file:
            file.seek(count * self.row_bytes)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        with self._index_path.open("r+b") as file:
            file.seek(lines_end)
            file.write("".join(text + "\n" for text in hashes).encode("ascii"))

    def _read_index(self) -> tuple[npt.NDArray[np.bytes_], bool]:
        """The hashes of all whole rows, and whether the cache has to be begun anew."""
        nothing = np.empty(0, self._dtype)
        try:
            index = self._index_path.read_bytes()
            data_bytes = self._data_path.stat().st_size
        except OSError:
            return nothing, True
        if not index.startswith(self._header):
            return nothing, True
        count = min((len(index) - len(self._header)) // _LINE, data_bytes // self.row_bytes)
        letters = np.frombuffer(index, np.uint8, count * _LINE, len(self._header))
        lines = letters.reshape(count, _LINE)
        whole = (lines[:, -1] == ord("\n")) & _hexadecimal(lines[:, :-1]).all(axis=1)
        if not whole.all():
            count = int(np.argmin(whole))
        texts = np.ascontiguousarray(lines[:count, :-1]).view(self._dtype)
        return texts.reshape(count), False


def _hexadecimal(letters: Pixels) -> npt.NDArray[np.bool_]:
    digits = (letters >= ord("0")) & (letters <= ord("9"))
    small = (letters >= ord("a")) & (letters <= ord("f"))
    return digits | small


def _header(framing: FramingSettings) -> bytes:
    about = {"format": "ganstudio-cache", "version": _VERSION, "framing": framing_key(framing)}
    return json.dumps(about).encode() + b"\n"
