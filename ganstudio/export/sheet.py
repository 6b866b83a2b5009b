"""Many pictures as one: a grid with a narrow gap.

Not responsible for what is drawn, nor for reading a sheet back into its pictures.
"""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
from PIL import Image

from ganstudio.export.image import as_image, save_png
from ganstudio.export.look import STAGE, Colour
from ganstudio.project.messages import Pictures

__all__ = ["GAP", "columns_for", "laid_out", "save_sheet"]

#: Pixels between two pictures of a sheet.
GAP = 2


def columns_for(count: int) -> int:
    """How many pictures stand beside each other: as square as whole rows allow, rather wide."""
    return max(1, math.ceil(math.sqrt(count)))


def laid_out(
    pictures: Pictures, columns: int | None = None, gap: int = GAP, ground: Colour = STAGE
) -> Pictures:
    """Lay pictures out, left to right and top to bottom.

    Args:
        pictures: (N, H, W, C) uint8 with N of at least 1 and 1 or 3 channels.
        columns: How many beside each other; None chooses.
        gap: Pixels between them; there is none around them.
        ground: What stands between them, and where the last row is not full.

    Returns:
        (rows * (H + gap) - gap, columns * (W + gap) - gap, 3) uint8.
    """
    count, height, width, _ = pictures.shape
    across = min(count, columns or columns_for(count))
    down = -(-count // across)
    sheet = np.empty((down * (height + gap) - gap, across * (width + gap) - gap, 3), np.uint8)
    sheet[:] = ground
    for index, picture in enumerate(pictures):
        row, column = divmod(index, across)
        top, left = row * (height + gap), column * (width + gap)
        sheet[top : top + height, left : left + width] = picture
    return sheet


def save_sheet(path: Path, pictures: Pictures, columns: int | None = None, scale: int = 1) -> None:
    """Save a grid of pictures as one PNG.

    Args:
        path: Ends in `.png`.
        pictures: (N, H, W, C) uint8.
        columns: How many beside each other; None chooses.
        scale: Whole factor, hard pixels, gaps too: small pictures are seen without zooming.

    Raises:
        UserError: "wrong-ending", "disk-full" or "folder-not-writable".
    """
    image = as_image(laid_out(pictures, columns))
    size = (image.width * scale, image.height * scale)
    save_png(path, image.resize(size, Image.Resampling.NEAREST) if scale > 1 else image)
