"""One picture as a file that knows where it came from, so that it can be found again.

Not responsible for drawing it: it takes the finished pixels and the place they were drawn at.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from PIL import Image
from PIL.PngImagePlugin import PngImageFile, PngInfo
from pydantic import ValidationError

from ganstudio import __version__
from ganstudio.export.image import as_image, save_png
from ganstudio.project.errors import UserError
from ganstudio.project.messages import Pictures
from ganstudio.project.pixels import multiplied
from ganstudio.project.point import LatentPoint

__all__ = [
    "RESAMPLINGS",
    "SCALES",
    "Place",
    "Resampling",
    "enlarged",
    "read_place",
    "read_point",
    "save_still",
]

Resampling = Literal["nearest", "lanczos"]

RESAMPLINGS: dict[Resampling, Image.Resampling] = {
    "nearest": Image.Resampling.NEAREST,
    "lanczos": Image.Resampling.LANCZOS,
}
#: Whole factors a still may be enlarged by; 1 is its own size.
SCALES = range(1, 17)

_POINT = "ganstudio:point"
_MODEL = "ganstudio:model"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a still was drawn.

    Attributes:
        point: The place in latent space.
        model: Fingerprint of the generator's weights; empty if it was not known.
    """

    point: LatentPoint
    model: str


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


def save_still(
    path: Path,
    picture: Pictures,
    point: LatentPoint,
    *,
    model: str = "",
    scale: int = 1,
    resampling: Resampling = "nearest",
) -> None:
    """Save one picture as a PNG, its place in text chunks.

    Args:
        path: Ends in `.png`; replaced in one piece if it is there.
        picture: (H, W, C) uint8, as the generator drew it.
        point: Where it was drawn.
        model: Fingerprint of the generator's weights.
        scale: One of `SCALES`.
        resampling: How to enlarge.

    Raises:
        UserError: "bad-scale", "bad-filter", "wrong-ending", "disk-full" or "folder-not-writable".
    """
    image = as_image(enlarged(picture, scale, resampling))
    chunks = PngInfo()
    chunks.add_text("Software", f"GAN Studio {__version__}")
    chunks.add_text(_POINT, point.model_dump_json())
    if model:
        chunks.add_text(_MODEL, model)
    save_png(path, image, chunks)


def read_place(path: Path) -> Place:
    """Read back where a still was drawn; its pixels are not decoded.

    Raises:
        UserError: "no-such-file", "unreadable-file", or "no-place" for a picture that knows none.
    """
    texts = _texts(path)
    if _POINT not in texts:
        raise UserError("no-place", path=path)
    try:
        point = LatentPoint.model_validate(json.loads(texts[_POINT]))
    except (ValueError, RecursionError, ValidationError) as error:
        reason = "the place in it is damaged"
        raise UserError("unreadable-file", path=path, reason=reason) from error
    return Place(point, texts.get(_MODEL, ""))


def read_point(path: Path) -> LatentPoint:
    """The place alone; raises as `read_place` does."""
    return read_place(path).point


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
