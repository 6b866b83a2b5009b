"""Between arrays of pictures and picture files.

Not responsible for what is in them, nor for where a file goes.
"""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from ganstudio.project.atomic import write_bytes
from ganstudio.project.errors import UserError
from ganstudio.project.messages import Pictures
from ganstudio.project.pixels import straight

__all__ = ["as_image", "ending", "save_png"]


def as_image(picture: Pictures) -> Image.Image:
    """One picture as Pillow sees it.

    Args:
        picture: (H, W, C) uint8 with 1 (grey), 3 (RGB) or 4 (RGBA, colours multiplied) channels.
    """
    told = straight(picture)
    return Image.fromarray(told[:, :, 0] if told.shape[2] == 1 else told)


def ending(path: Path, wanted: str) -> Path:
    """The path, if its name ends as it must.

    Args:
        path: What a person typed; upper and lower case do not matter.
        wanted: Such as ".png".

    Raises:
        UserError: "wrong-ending".
    """
    if path.suffix.lower() != wanted:
        raise UserError("wrong-ending", path=path, ending=wanted)
    return path


def save_png(path: Path, image: Image.Image, chunks: PngInfo | None = None) -> None:
    """Write a PNG in one piece: the old file or the new one, never half.

    Raises:
        UserError: "wrong-ending", "disk-full" or "folder-not-writable".
    """
    ending(path, ".png")
    buffer = io.BytesIO()
    image.save(buffer, "PNG", pnginfo=chunks)
    write_bytes(path, buffer.getvalue())
