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
_LOW, _HIGH = np.array([3.5, 1.5, 0.0]), np.array([11.5, 6.0, 1.0])


def drawn_shapes(count: int, seed: int = 0) -> tuple[Pictures, np.ndarray]:
    """(N, 16, 16, 3) uint8 and their factors (N, 3)."""
    random = np.random.default_rng(seed)
    values = random.normal(_MEANS, _DEVIATIONS, (count, 3)).clip(_LOW, _HIGH)
    rows, columns = np.mgrid[:_SIDE, :_SIDE].astype(float)
    across, radius, red = (values[:, place, None, None] for place in range(3))
    away = np.hypot(columns - across, rows - (_SIDE - 1) / 2)
    inside = np.clip(radius + 0.5 - away, 0.0, 1.0)
    colours = np.stack([red, np.full_like(red, 0.3), 1 - red], -1)
    return (255 * inside[..., None] * colours).astype(np.uint8), values


def measured_factors(pictures: Pictures) -> np.ndarray:
    """Place, size and colour of each picture, (N, 3), as they are seen in it."""
    light = pictures.astype(float)
    weight = light.sum(-1)
    total = weight.sum((1, 2)).clip(1e-6)
    place = (weight.sum(1) * np.arange(pictures.shape[2])).sum(1) / total
    size = np.sqrt((weight / weight.max((1, 2), keepdims=True).clip(1e-6)).sum((1, 2)))
    red, blue = (light[..., channel].sum((1, 2)) for channel in (0, 2))
    return np.stack([place, size, (red - blue) / (red + blue).clip(1e-6)], 1)
