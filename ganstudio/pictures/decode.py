"""From the bytes of a file to the pixels of a training set.

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
_GREYS = frozenset({"1", "L"})
_DEEP_MODES = frozenset({"I", "F", "I;16", "I;16L", "I;16B", "I;16N"})


@dataclass(frozen=True, slots=True)
class Decoded:
    """A picture, brought to what training sees.

    Attributes:
        pixels: uint8, (height, width, channels): grey; red green blue; or these and alpha, colours
            already multiplied with it.
        width: Pixels across in the file, as displayed (after its EXIF rotation).
        height: Pixels down.
    """

    pixels: npt.NDArray[np.uint8]
    width: int
    height: int


def decode(data: bytes, framing: FramingSettings) -> Decoded:
    """Decode a picture and bring it to the proportions and colours that are wanted.

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
            framed = _framed(_coloured(upright, framing), framing)
            pixels = np.array(framed, dtype=np.uint8).reshape(framing.shape)
    except Exception as error:  # a reader fed with hostile bytes may raise anything
        raise unusable_after(error) from error
    width, height = (high, wide) if turn in _SIDEWAYS else (wide, high)
    return Decoded(pixels, width, height)


def _read_coarsely(picture: ImageFile.ImageFile, framing: FramingSettings) -> None:
    """Let a large JPEG be decoded at a half, a quarter or an eighth: much faster, and as good.

    What is left has at least twice the wanted pixels in both directions, however it is turned.
    """
    wide, high = picture.size
    edge = min(wide, high) if framing.mode == "crop" else max(wide, high)
    factor = edge // (2 * max(framing.shape[:2]))
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


def _coloured(picture: Image.Image, framing: FramingSettings) -> Image.Image:
    """Any kind of picture in the 8-bit colours that are wanted.

    Where transparency is kept, colours are multiplied with it, so that what nobody sees neither
    bleeds into its neighbours nor has to be learned.
    """
    shallow = _deep_as_grey(picture) if picture.mode in _DEEP_MODES else picture
    if framing.channels == 4:
        return _converted(_with_alpha(shallow), "RGBa")
    laid = _laid_on(shallow, framing.background) if shallow.has_transparency_data else shallow
    coloured = laid if laid.mode in _GREYS and framing.channels == 1 else _converted(laid, "RGB")
    return _converted(coloured, "L" if framing.channels == 1 else "RGB")


def _laid_on(picture: Image.Image, background: tuple[int, int, int]) -> Image.Image:
    clear = _with_alpha(picture)
    laid = Image.new("RGB", clear.size, background)
    laid.paste(clear, mask=clear.getchannel("A"))
    return laid


def _with_alpha(picture: Image.Image) -> Image.Image:
    clear = picture.convert("LA") if picture.mode == "La" else picture
    return _converted(clear, "RGBA")


def _converted(picture: Image.Image, mode: str) -> Image.Image:
    return picture if picture.mode == mode else picture.convert(mode)


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
    """A picture in the wanted proportions: the middle cut out, or the whole with filled sides."""
    high, wide, _ = framing.shape
    width, height = picture.size
    if framing.mode == "crop":
        cut = _middle(width, height, wide, high)
        return _resized(picture, (wide, high), cut)
    inner = _fitted(width, height, wide, high)
    whole = _resized(picture, inner, (0, 0, width, height))
    if inner == (wide, high):
        return whole
    filled = _ground(picture.mode, (wide, high), framing.background)
    filled.paste(whole, ((wide - inner[0]) // 2, (high - inner[1]) // 2))
    return filled


def _middle(width: int, height: int, wide: int, high: int) -> tuple[int, int, int, int]:
    """The largest part of wide x high proportions in the middle: left, top, right, bottom."""
    if width * high <= height * wide:
        across, down = width, max(1, round(width * high / wide))
    else:
        across, down = max(1, round(height * wide / high)), height
    left, top = (width - across) // 2, (height - down) // 2
    return left, top, left + across, top + down


def _fitted(width: int, height: int, wide: int, high: int) -> tuple[int, int]:
    """How large a whole picture is drawn in wide x high."""
    if width * high >= height * wide:
        return wide, max(1, round(height * wide / width))
    return max(1, round(width * high / height)), high


def _ground(mode: str, size: tuple[int, int], background: tuple[int, int, int]) -> Image.Image:
    """What lies beside a padded picture: nothing where transparency is kept."""
    if mode == "RGBa":
        return Image.new("RGBA", size, (0, 0, 0, 0)).convert("RGBa")
    return Image.new("RGB", size, background).convert(mode)


def _resized(
    picture: Image.Image, size: tuple[int, int], box: tuple[int, int, int, int]
) -> Image.Image:
    """A part of a picture at another size; pixel for pixel where the sizes are equal."""
    if picture.size == size:
        return picture
    shrinks = box[2] - box[0] > size[0] or box[3] - box[1] > size[1]
    smooth = Resampling.LANCZOS if shrinks else Resampling.BICUBIC
    return picture.resize(size, smooth, box=box, reducing_gap=_REDUCING_GAP if shrinks else None)
