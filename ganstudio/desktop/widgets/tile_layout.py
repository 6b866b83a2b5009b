"""Where the tiles of a fixed grid lie. Plain arithmetic, no painting.

Not responsible for what is in the tiles.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import floor

from PySide6.QtCore import QPointF, QRectF

__all__ = ["TileLayout", "lay_out"]

_LEAST_GAP = 3


@dataclass(frozen=True, slots=True)
class TileLayout:
    """Places in logical pixels, all tiles alike; columns are spread over the whole width.

    Attributes:
        tile: Width of a tile.
        high: Its height.
        columns: How many stand beside each other.
        rows: How many rows fit.
        pitch_x: From one column to the next.
        pitch_y: From one row to the next.
        ratio: Device pixels of a logical one.
    """

    tile: float
    high: float
    columns: int
    rows: int
    pitch_x: float
    pitch_y: float
    ratio: float

    @property
    def capacity(self) -> int:
        """How many tiles fit."""
        return self.columns * self.rows

    def box(self, index: int) -> QRectF:
        """The room of one tile, on whole device pixels."""
        row, column = divmod(index, self.columns)
        left = round(column * self.pitch_x * self.ratio) / self.ratio
        top = round(row * self.pitch_y * self.ratio) / self.ratio
        return QRectF(left, top, self.tile, self.high)

    def at(self, position: QPointF, count: int) -> int:
        """The tile under a place, or -1."""
        column = int(position.x() // self.pitch_x) if self.pitch_x else 0
        row = int(position.y() // self.pitch_y) if self.pitch_y else 0
        index = row * self.columns + column
        inside = 0 <= column < self.columns and 0 <= index < count
        return index if inside and self.box(index).contains(position) else -1


def lay_out(
    width: int,
    height: int,
    columns: int,
    gap: int,
    tile: int | None,
    picture: int,
    ratio: float,
    proportion: float = 1.0,
) -> TileLayout:
    """Place tiles in `columns` on `width` x `height` logical pixels.

    A `picture` width above 0 asks for whole factors: where the gaps allow it, the tile grows to
    the next one. A given `tile` is a width, not a wish: then columns are not spread. A tile is
    `proportion` times as high as wide.
    """
    side = float(tile) if tile else float((width - gap * (columns - 1)) // columns)
    side = max(side, 1.0)
    wished = side
    if picture and not tile:
        grown = -(-int(side * ratio) // picture) * picture / ratio
        least = min(gap, _LEAST_GAP)
        if grown * columns + least * (columns - 1) <= width:
            side = grown
    spread = (width - side) / (columns - 1) if columns > 1 else side + gap
    pitch_x = side + gap if tile else max(side, spread)
    # Downwards: at a scale of 1.5 the last row would otherwise miss its place by a fraction.
    high = max(1.0, floor(side * proportion * ratio + 1e-6) / ratio)
    rows, pitch_y = max(1, int((height + gap) // (high + gap))), high + gap
    before = int((height + gap) // (wished * proportion + gap))
    if rows < before and before * high + min(gap, _LEAST_GAP) * (before - 1) <= height:
        # A tile that grew takes the room between the rows, not that of a row.
        rows, pitch_y = before, (height - high) / (before - 1)
    return TileLayout(side, high, columns, rows, pitch_x, pitch_y, ratio)
