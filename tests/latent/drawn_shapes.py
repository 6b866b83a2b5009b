"""A disc whose place, size and colour are known, to be drawn, learned and measured again.

Not responsible for training on it, nor for directions.
"""

from __future__ import annotations

import numpy as np

from ganstudio.project.messages import Pictures

__all__ = ["FACTORS", "drawn_shapes", "measured_factors"]

FACTORS = ("place", "size", "colour")

_SIDE = 16
#: Pixels across, pixels of the radius, share of red: means and deviations, the last ones unequal.
_MEANS = np.array([7.5, 4.0, 0.5])
_DEVIATIONS = np.array([2.0, 1.2, 0.2])
#: All channels of a pixel inside, whatever its colour.
_GREEN = 0.3
_FULL = 255 * (1 + _GREEN)
_LOW, _HIGH = np.array([3.5, 1.5, 0.0]), np.array([11.5, 6.0, 1.0])


def drawn_shapes(count: int, seed: int = 0) -> tuple[Pictures, np.ndarray]:
    """(N, 16, 16, 3) uint8 and their factors (N, 3)."""
    random = np.random.default_rng(seed)
    values = random.normal(_MEANS, _DEVIATIONS, (count, 3)).clip(_LOW, _HIGH)
    rows, columns = np.mgrid[:_SIDE, :_SIDE].astype(float)
    across, radius, red = (values[:, place, None, None] for place in range(3))
    away = np.hypot(columns - across, rows - (_SIDE - 1) / 2)
    inside = np.clip(radius + 0.5 - away, 0.0, 1.0)
    colours = np.stack([red, np.full_like(red, _GREEN), 1 - red], -1)
    return (255 * inside[..., None] * colours).astype(np.uint8), values


def measured_factors(pictures: Pictures) -> np.ndarray:
    """Place, size and colour of each picture, (N, 3), as they are seen in it.

    Faint light is not seen. What is lit less than half is no part of the disc: where nothing is
    more, the size is 0, and there is no place nor colour (not a number).
    """
    light = pictures.astype(float)
    lit = (light.sum(-1) / _FULL).clip(0, 1)
    size = np.sqrt((2 * lit - 0.5).clip(0, 1).sum((1, 2)))
    seen = (lit - 0.1).clip(0)
    place = _ratio((seen.sum(1) * np.arange(pictures.shape[2])).sum(1), seen.sum((1, 2)))
    red, blue = (light[..., channel].sum((1, 2)) for channel in (0, 2))
    colour = _ratio(red - blue, red + blue)
    blank = lit.max((1, 2)) < 0.5
    place[blank] = colour[blank] = np.nan
    return np.stack([place, size, colour], 1)


def _ratio(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    return part / whole.clip(1e-6)
