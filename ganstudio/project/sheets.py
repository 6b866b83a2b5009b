"""How the fixed places of a snapshot lie in samples.png: row by row, eight across.

Not responsible for the file: `gan` writes it, `studio` reads it.
"""

from __future__ import annotations

import numpy as np

from ganstudio.project.messages import Pictures, frozen_pictures

__all__ = ["SAMPLE_COLUMNS", "SAMPLE_COUNT", "cut_sheet", "laid_out_sheet"]

#: The fixed places that every snapshot draws: so many seeds in a row.
SAMPLE_COUNT = 64
SAMPLE_COLUMNS = 8


def laid_out_sheet(pictures: Pictures) -> Pictures:
    """Lay pictures (64, H, W, C) out as one of (8H, 8W, C)."""
    count, height, width, channels = pictures.shape
    rows = pictures.reshape(-1, SAMPLE_COLUMNS, height, width, channels)
    return rows.swapaxes(1, 2).reshape(
        count // SAMPLE_COLUMNS * height, SAMPLE_COLUMNS * width, channels
    )


def cut_sheet(sheet: Pictures) -> Pictures:
    """The opposite: (8H, 8W, C) into (64, H, W, C), read-only."""
    down = SAMPLE_COUNT // SAMPLE_COLUMNS
    height, width = sheet.shape[0] // down, sheet.shape[1] // SAMPLE_COLUMNS
    tiles = sheet.reshape(down, height, SAMPLE_COLUMNS, width, -1).swapaxes(1, 2)
    return frozen_pictures(np.ascontiguousarray(tiles.reshape(SAMPLE_COUNT, height, width, -1)))
