"""A mask under the brush: pure functions from a grid to grids.

Not responsible for the hand (`mask_canvas`), nor for what shows through (`latent`).
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from ganstudio.project.point import LatentPoint

__all__ = ["Grid", "empty_grid", "grid_of", "rows_of", "stroked"]

#: (rows, columns) float32, 0 to 1: how much shows through.
Grid = npt.NDArray[np.float32]

_LONGEST = 32
#: Dabs of a stroke follow each other at this share of the brush's radius.
_DENSITY = 0.4


def empty_grid(width: int, height: int) -> Grid:
    """Nothing shows through, for pictures of so many pixels."""
    longest = max(width, height)
    sides = (max(1, round(_LONGEST * side / longest)) for side in (height, width))
    return np.zeros(tuple(sides), np.float32)


def grid_of(point: LatentPoint, width: int, height: int) -> Grid:
    """The mask of a place; an empty one where it has none."""
    grid = empty_grid(width, height)
    if point.mask is None:
        return grid
    rows = point.mask.rows
    if {len(row) for row in rows} == {len(rows[0])} and rows[0]:
        return np.array(rows, np.float32)
    return grid


def rows_of(grid: Grid) -> tuple[tuple[float, ...], ...]:
    """As a `Mask` keeps it."""
    return tuple(map(tuple, np.round(grid.astype(np.float64), 2).tolist()))


def stroked(
    grid: Grid,
    start: tuple[float, float],
    end: tuple[float, float],
    size: float,
    softness: float,
    rub: bool = False,
) -> Grid:
    """A grid after one straight stroke.

    Args:
        grid: Before it.
        start: Where the brush is put down: across and down, 0 to 1 of the picture.
        end: Where it is lifted.
        size: The brush's diameter, as a share of the longer side.
        softness: 0 is a hard edge, 1 fades from the middle on.
        rub: Whether what shows through is taken away.
    """
    rows, columns = grid.shape
    longest = max(rows, columns)
    across = (np.arange(columns) + 0.5) / longest
    down = (np.arange(rows) + 0.5)[:, None] / longest
    first = np.array([start[0] * columns, start[1] * rows]) / longest
    way = np.array([end[0] * columns, end[1] * rows]) / longest - first
    radius = max(size / 2, 0.5 / longest)
    dabs = max(1, math.ceil(float(np.hypot(*way)) / (radius * _DENSITY)))
    shown = np.zeros_like(grid)
    for dab in range(dabs + 1):
        x, y = first + way * dab / dabs
        distance = np.hypot(across - x, down - y)
        shown = np.maximum(shown, _brush(distance / radius, softness, 0.5 / longest / radius))
    painted = np.minimum(grid, 1.0 - shown) if rub else np.maximum(grid, shown)
    result: Grid = painted.astype(np.float32)
    return result


def _brush(distance: npt.NDArray[np.float64], softness: float, cell: float) -> Grid:
    """How much a brush shows, by the distance from its middle in radii.

    Its edge is never harder than half a cell of the grid.
    """
    fade = max(softness, cell)
    share = np.clip((1.0 - distance) / fade + 0.5 * (cell / fade), 0.0, 1.0)
    smooth: Grid = (share * share * (3.0 - 2.0 * share)).astype(np.float32)
    return smooth
