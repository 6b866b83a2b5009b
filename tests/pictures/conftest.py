"""Pictures made on the spot, a project to bring them into, and workers to do it."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from ganstudio.project.folder import Project


class Maker:
    """Makes pictures and files of pictures."""

    @staticmethod
    def noise(seed: int, width: int = 64, height: int = 64) -> Image.Image:
        """Colour noise, another one for each seed."""
        pixels = np.random.default_rng(seed).integers(0, 256, (height, width, 3), dtype=np.uint8)
        return Image.fromarray(pixels)

    @staticmethod
    def encoded(image: Image.Image, kind: str = "PNG", **options: object) -> bytes:
        """An image as the bytes of a file."""
        file = BytesIO()
        image.save(file, kind, **options)
        return file.getvalue()

    def png(self, seed: int, width: int = 64, height: int = 64) -> bytes:
        """A PNG of colour noise."""
        return self.encoded(self.noise(seed, width, height), compress_level=1)

    def folder(self, path: Path, count: int, size: int = 32, first: int = 0) -> Path:
        """A folder of PNGs named 000.png, 001.png ..."""
        path.mkdir(parents=True, exist_ok=True)
        for number in range(first, first + count):
            (path / f"{number:03}.png").write_bytes(self.png(number, size, size))
        return path

    @staticmethod
    def png_header(width: int, height: int) -> bytes:
        """A PNG that promises a size and brings no pixels."""

        def chunk(kind: bytes, data: bytes) -> bytes:
            body = kind + data
            return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

        about = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
        end = chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")
        return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", about) + end


@pytest.fixture
def make() -> Maker:
    return Maker()


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project.create(tmp_path / "project")


@pytest.fixture
def executor() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(2) as pool:
        yield pool
