"""One picture as a file that knows where it came from, so that it can be found again.

Not responsible for drawing it: it takes the finished pixels and the place they were drawn at, whose
words are `project.kept`'s.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import numpy as np
from PIL import Image
from PIL.PngImagePlugin import PngImageFile, PngInfo

from ganstudio import __version__
from ganstudio.export.image import as_image, save_png
from ganstudio.project.errors import UserError
from ganstudio.project.kept import KeptPoint, kept_in, kept_text, read_kept
from ganstudio.project.messages import Pictures
from ganstudio.project.pixels import multiplied

__all__ = [
    "RESAMPLINGS",
    "SCALES",
    "Resampling",
    "enlarged",
    "fitted",
    "read_place",
    "save_still",
]

Resampling = Literal["nearest", "lanczos"]

RESAMPLINGS: dict[Resampling, Image.Resampling] = {
    "nearest": Image.Resampling.NEAREST,
    "lanczos": Image.Resampling.LANCZOS,
}
#: Whole factors a still may be enlarged by; 1 is its own size.
SCALES = range(1, 17)

#: Rows of a large picture that are made in one go.
_BAND = 256

_PLACE = "ganstudio:place"


def enlarged(picture: Pictures, scale: int, resampling: Resampling = "nearest") -> Pictures:
    """A picture by a whole factor.

    Args:
        picture: (H, W, C) uint8, colours multiplied with alpha where there is some.
        scale: One of `SCALES`.
        resampling: "nearest" keeps hard pixels, "lanczos" is smooth.

    Returns:
        (H * scale, W * scale, C) uint8, colours multiplied too.

    Raises:
        UserError: "bad-scale" or "bad-filter".
    """
    if scale not in SCALES:
        raise UserError("bad-scale", text=scale)
    if resampling not in RESAMPLINGS:
        raise UserError("bad-filter", text=resampling)
    height, width, channels = picture.shape
    size = (width * scale, height * scale)
    large = np.asarray(as_image(picture).resize(size, RESAMPLINGS[resampling]), dtype=np.uint8)
    return multiplied(large.reshape(height * scale, width * scale, channels))


def fitted(picture: Pictures, width: int, height: int) -> Pictures:
    """A picture at any size (Lanczos), band by band, so that a large one needs little memory.

    Args:
        picture: (H, W, C) uint8 without alpha: it was laid on something.
        width: In pixels, as a screen wants it.
        height: The same.

    Returns:
        (height, width, C) uint8; bands meet without a seam, as each looks over its own border.
    """
    channels = picture.shape[2]
    # First across, then down: Pillow would choose the order by the shape of each band.
    wide = as_image(picture).resize((width, picture.shape[0]), RESAMPLINGS["lanczos"])
    large = np.empty((height, width, channels), np.uint8)
    scale = wide.height / height
    for top in range(0, height, _BAND):
        bottom = min(height, top + _BAND)
        box = (0, top * scale, width, min(wide.height, bottom * scale))
        band = wide.resize((width, bottom - top), RESAMPLINGS["lanczos"], box)
        large[top:bottom] = np.asarray(band, np.uint8).reshape(bottom - top, width, channels)
    return large


def save_still(
    path: Path,
    picture: Pictures,
    place: KeptPoint,
    *,
    scale: int = 1,
    resampling: Resampling = "nearest",
) -> None:
    """Save one picture as a PNG, its place in a text chunk.

    Args:
        path: Ends in `.png`; replaced in one piece if it is there.
        picture: (H, W, C) uint8, as the generator drew it.
        place: Where it was drawn, and by whom.
        scale: One of `SCALES`.
        resampling: How to enlarge.

    Raises:
        UserError: "bad-scale", "bad-filter", "wrong-ending", "disk-full" or "folder-not-writable".
    """
    image = as_image(enlarged(picture, scale, resampling))
    chunks = PngInfo()
    chunks.add_text("Software", f"GAN Studio {__version__}")
    chunks.add_text(_PLACE, kept_text(place))
    save_png(path, image, chunks)


def read_place(path: Path) -> KeptPoint:
    """Read back where a still was drawn, or a file of a place; no pixels are decoded.

    Args:
        path: A PNG that was saved here, or a `.json` file of a place.

    Raises:
        UserError: "no-such-file", "unreadable-file", "newer-project", or "no-place" for a picture
            that knows none.
    """
    if path.suffix.lower() == ".json":
        return read_kept(path)
    texts = _texts(path)
    if _PLACE not in texts:
        raise UserError("no-place", path=path)
    return kept_in(texts[_PLACE], path)


def _texts(path: Path) -> dict[str, str]:
    """The text chunks of a PNG; other pictures have none."""
    try:
        with Image.open(path) as image:
            if not isinstance(image, PngImageFile):
                raise UserError("no-place", path=path)
            return {str(key): str(value) for key, value in image.text.items()}
    except FileNotFoundError as error:
        raise UserError("no-such-file", path=path) from error
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise UserError("unreadable-file", path=path, reason="it is no whole PNG") from error
