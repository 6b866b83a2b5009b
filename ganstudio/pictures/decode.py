"""From the bytes of a file to a square of pixels.

Every step is chosen so that the same bytes give the same pixels on every computer, and that a
picture which already has the wanted size is not touched.
Not responsible for files, names or memory of what was decoded: `sources` and `cache`.
"""

from __future__ import annotations

import logging
import threading
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFile
from PIL.Image import Resampling, Transpose

from ganstudio.pictures.formats import Unusable, open_picture, unusable_after
from ganstudio.pictures.framing import shortest_side
from ganstudio.project.picture_list import FramingSettings

__all__ = ["Decoded", "decode", "one_large_at_a_time"]

_log = logging.getLogger(__name__)

_ORIENTATION = 0x0112
_TURNS = {
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_270,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_90,
}
_SIDEWAYS = frozenset({5, 6, 7, 8})
#: Several decoders at once would each need gigabytes for pictures beyond this many pixels.
_LARGE_PIXELS = 32_000_000
#: Held by whoever reads or decodes something huge, so that only one of them fills the memory.
one_large_at_a_time = threading.RLock()
#: Before the fine filter, a picture may be averaged down to this many times the wanted size.
_REDUCING_GAP = 3.0
_DEEP_MODES = frozenset({"I", "F", "I;16", "I;16L", "I;16B", "I;16N"})


@dataclass(frozen=True, slots=True)
class Decoded:
    """A picture, brought to its square.

    Attributes:
        pixels: uint8, size x size x 3, red green blue.
        width: Pixels across in the file, as displayed (after its EXIF rotation).
        height: Pixels down.
    """

    pixels: npt.NDArray[np.uint8]
    width: int
    height: int


def decode(data: bytes, framing: FramingSettings) -> Decoded:
    """Decode a picture and bring it to its square.

    Raises:
        Unusable: If it is no picture, damaged, too small or too large.
    """
    picture = open_picture(data)
    wide, high = picture.size
    if min(wide, high) < shortest_side(framing.size):
        needed = shortest_side(framing.size)
        raise Unusable(
            "picture-too-small", width=wide, height=high, size=framing.size, needed=needed
        )
    _read_coarsely(picture, framing)
    try:
        with _turn_for(picture):
            picture.load()
            if picture.format == "TIFF":  # Pillow turns a TIFF while loading it
                wide, high = picture.size
            turn = _orientation(picture)
            upright = picture.transpose(_TURNS[turn]) if turn in _TURNS else picture
            square = _framed(_as_rgb(upright, framing.background), framing)
            pixels = np.array(square, dtype=np.uint8)
    except Exception as error:  # a reader fed with hostile bytes may raise anything
        raise unusable_after(error) from error
    width, height = (high, wide) if turn in _SIDEWAYS else (wide, high)
    return Decoded(pixels, width, height)


def _read_coarsely(picture: ImageFile.ImageFile, framing: FramingSettings) -> None:
    """Let a large JPEG be decoded at a half, a quarter or an eighth: much faster, and as good.

    What is left has at least twice the wanted pixels in both directions.
    """
    wide, high = picture.size
    edge = min(wide, high) if framing.mode == "crop" else max(wide, high)
    factor = edge // (2 * framing.size)
    if factor >= 2:
        picture.draft(None, (max(1, wide // factor), max(1, high // factor)))


def _turn_for(picture: ImageFile.ImageFile) -> AbstractContextManager[object]:
    large = picture.width * picture.height > _LARGE_PIXELS
    return one_large_at_a_time if large else nullcontext()


def _orientation(picture: Image.Image) -> int:
    """EXIF orientation, 1 to 8; 1 where there is none or it cannot be read.

    Asked only after loading: a PNG may say it after its pixels.
    """
    try:
        value = picture.getexif().get(_ORIENTATION, 1)
    except Exception as error:  # noqa: BLE001 - damaged EXIF may raise anything
        _log.debug("no orientation: %s", error)
        return 1
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def _as_rgb(picture: Image.Image, background: tuple[int, int, int]) -> Image.Image:
    """Any kind of picture as 8-bit RGB, transparency laid on the background colour."""
    if picture.mode in _DEEP_MODES:
        return _deep_as_grey(picture).convert("RGB")
    if picture.has_transparency_data:
        clear = picture.convert("LA") if picture.mode == "La" else picture
        clear = clear.convert("RGBA")
        laid = Image.new("RGB", clear.size, background)
        laid.paste(clear, mask=clear.getchannel("A"))
        return laid
    return picture if picture.mode == "RGB" else picture.convert("RGB")


def _deep_as_grey(picture: Image.Image) -> Image.Image:
    """More than 8 bits of grey, scaled to 8.

    16-bit files use their whole range. 32-bit and floating-point files do not say which range they
    use: it is guessed as 0..1 (floats), 0..255 or 0..65535, else taken from darkest to brightest.
    """
    values = np.asarray(picture)
    if values.dtype.kind == "u" and values.dtype.itemsize == 2:
        wide = values.astype(np.uint32)
        return Image.fromarray(((wide * 255 + 32_767) // 65_535).astype(np.uint8))
    numbers = np.nan_to_num(values.astype(np.float64), nan=0.0, posinf=0.0, neginf=0.0)
    low, high = _range_of(float(numbers.min()), float(numbers.max()), values.dtype.kind == "f")
    scaled = (np.clip(numbers, low, high) - low) * (255.0 / (high - low))
    return Image.fromarray(np.rint(scaled).astype(np.uint8))


def _range_of(lowest: float, highest: float, floating: bool) -> tuple[float, float]:
    """The range of values that shall become 0 to 255."""
    if lowest >= 0:
        if floating and highest <= 1:
            return 0.0, 1.0
        for usual in (255.0, 65_535.0):
            if highest <= usual:
                return 0.0, usual
    return lowest, max(highest, lowest + 1)


def _framed(picture: Image.Image, framing: FramingSettings) -> Image.Image:
    """An RGB picture as a square: the middle cut out, or the whole with filled sides."""
    size = framing.size
    width, height = picture.size
    if framing.mode == "crop":
        edge = min(width, height)
        left, top = (width - edge) // 2, (height - edge) // 2
        return _resized(picture, (size, size), (left, top, left + edge, top + edge))
    edge = max(width, height)
    inner = (max(1, round(width * size / edge)), max(1, round(height * size / edge)))
    whole = _resized(picture, inner, (0, 0, width, height))
    if inner == (size, size):
        return whole
    square = Image.new("RGB", (size, size), framing.background)
    square.paste(whole, ((size - inner[0]) // 2, (size - inner[1]) // 2))
    return square


def _resized(
    picture: Image.Image, size: tuple[int, int], box: tuple[int, int, int, int]
) -> Image.Image:
    """A part of a picture at another size; pixel for pixel where the sizes are equal."""
    if picture.size == size:
        return picture
    shrinks = box[2] - box[0] > size[0] or box[3] - box[1] > size[1]
    smooth = Resampling.LANCZOS if shrinks else Resampling.BICUBIC
    return picture.resize(size, smooth, box=box, reducing_gap=_REDUCING_GAP if shrinks else None)
