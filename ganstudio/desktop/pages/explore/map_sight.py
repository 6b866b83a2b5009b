"""What of a map is in sight: plain arithmetic between units of a plane and pixels of a screen.

Not responsible for painting, nor for which place lies where (`project.plane`).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

__all__ = ["Sight", "Tile", "coarser"]

#: A tile is at least so wide; when it would be twice that, there are twice as many across.
_LEAST = 72.0
_SCALES = (0.02, 4_000.0)

#: The middle of a tile, in units of the plane: it is the place that is drawn there.
Tile = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Sight:
    """Where one looks.

    Attributes:
        x: Units of the plane in the middle of the screen.
        y: The same, downwards.
        scale: Pixels of one unit.
    """

    x: float = 0.0
    y: float = 0.0
    scale: float = 192.0

    @property
    def step(self) -> float:
        """Units from one tile to the next: a power of 2, so that tiles stay when one zooms."""
        return float(2.0 ** math.ceil(math.log2(_LEAST / self.scale)))

    def panned(self, dx: float, dy: float) -> Sight:
        """So many pixels further."""
        return replace(self, x=self.x + dx / self.scale, y=self.y + dy / self.scale)

    def zoomed(self, factor: float, dx: float = 0.0, dy: float = 0.0) -> Sight:
        """Larger by a factor; what lies so many pixels off the middle stays where it is."""
        scale = min(_SCALES[1], max(_SCALES[0], self.scale * factor))
        change = 1 / self.scale - 1 / scale
        return Sight(self.x + dx * change, self.y + dy * change, scale)

    def between(self, other: Sight, share: float) -> Sight:
        """On the way to another sight; zooming is even, and what is fixed stays fixed."""
        scale = self.scale * (other.scale / self.scale) ** share
        if abs(other.scale / self.scale - 1) < 1e-6:
            part = share
        else:
            part = (1 / self.scale - 1 / scale) / (1 / self.scale - 1 / other.scale)
        x, y = self.x + part * (other.x - self.x), self.y + part * (other.y - self.y)
        return Sight(x, y, scale)

    def tiles(self, width: float, height: float, proportion: float) -> list[Tile]:
        """Every tile in sight, row by row.

        Args:
            width: Of the screen, in pixels.
            height: Of the screen, in pixels.
            proportion: How much higher than wide a picture is; the plane is stretched so.
        """
        step = self.step
        wide, high = width / self.scale / 2, height / self.scale / proportion / 2
        first, last = round((self.x - wide) / step), round((self.x + wide) / step)
        top, bottom = round((self.y - high) / step), round((self.y + high) / step)
        rows, columns = range(top, bottom + 1), range(first, last + 1)
        return [(column * step, row * step) for row in rows for column in columns]


def coarser(tile: Tile, step: float) -> list[Tile]:
    """The tiles around this place when there are half as many across, a quarter, an eighth."""
    larger = (step * factor for factor in (2, 4, 8))
    return [(round(tile[0] / size) * size, round(tile[1] / size) * size) for size in larger]
