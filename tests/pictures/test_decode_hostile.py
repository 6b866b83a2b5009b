"""Whatever the bytes are: pixels of the right shape, or one known kind of refusal."""

from __future__ import annotations

from io import BytesIO

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from ganstudio.pictures import Unusable, decode
from ganstudio.project.errors import sentence_and_hint
from ganstudio.project.picture_list import FramingSettings

KINDS = ("PNG", "JPEG", "WEBP", "BMP", "TIFF", "GIF")
BEGINNINGS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"GIF89a", b"II*\0", b"MM\0*",
              b"RIFF\x40\0\0\0WEBPVP8X", b"BM\0\0\0\0\0\0\0\0")  # fmt: skip


def whole(kind: str) -> bytes:
    pixels = np.random.default_rng(0).integers(0, 256, (24, 40, 3), dtype=np.uint8)
    file = BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6
    options = {} if kind in {"BMP", "GIF"} else {"exif": exif}
    Image.fromarray(pixels).save(file, kind, **options)
    return file.getvalue()


WHOLE = {kind: whole(kind) for kind in KINDS}


def check(data: bytes) -> None:
    problem = None
    try:
        decoded = decode(data, FramingSettings(size=32))
    except Unusable as caught:
        problem = caught
    if problem is None:
        assert decoded.pixels.shape == (32, 32, 3)
        assert decoded.pixels.dtype == np.uint8
    else:
        assert "x.png" in sentence_and_hint(problem.code, {"name": "x.png", **problem.values})[0]


@settings(max_examples=150, derandomize=True)
@given(st.sampled_from(BEGINNINGS), st.binary(max_size=300))
def test_random_bytes_behind_a_right_beginning(beginning, rest):
    check(beginning + rest)


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=80, derandomize=True)
@given(data=st.data())
def test_damaged_pictures(kind, data):
    damaged = bytearray(WHOLE[kind])
    for _ in range(data.draw(st.integers(1, 4))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.none() | st.integers(0, len(damaged)))
    check(bytes(damaged[:cut]))
