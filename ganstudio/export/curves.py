"""What a drawn curve needs from a long history: columns, a steady line, round ticks.

Not responsible for drawing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

__all__ = ["Columns", "Floats", "in_columns", "nice_axis", "nice_ticks", "steady"]

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Columns:
    """A curve by columns of pixels: however long a run was, its plot has this many points.

    Attributes:
        x: (K,) mean clock of each column.
        low: (K,) smallest value in it.
        mean: (K,) mean value in it.
        high: (K,) largest value in it.
    """

    x: Floats
    low: Floats
    mean: Floats
    high: Floats


def in_columns(x: Floats, y: Floats, columns: int) -> Columns:
    """Gather a curve into columns; values that are no numbers are left out, and so are gaps.

    Args:
        x: (N,) clocks, ascending.
        y: (N,) values.
        columns: Most points to return.
    """
    whole = np.isfinite(x) & np.isfinite(y)
    x, y = x[whole], y[whole]
    if x.size == 0:
        return Columns(x, y, y, y)
    width = max(float(x[-1] - x[0]), 1e-9) / columns
    column = np.minimum((x - x[0]) // width, columns - 1).astype(np.int64)
    starts = np.flatnonzero(np.diff(column, prepend=-1))
    counts = np.diff(starts, append=x.size)
    return Columns(
        x=np.add.reduceat(x, starts) / counts,
        low=np.minimum.reduceat(y, starts),
        mean=np.add.reduceat(y, starts) / counts,
        high=np.maximum.reduceat(y, starts),
    )


def steady(y: Floats, share: float = 0.02) -> Floats:
    """A curve without its trembling: a Gaussian mean, cut off fairly at both ends.

    Args:
        y: (K,) values, evenly spaced.
        share: Width of the Gaussian (one sigma) as a share of the whole curve.
    """
    sigma = y.size * share
    if sigma < 0.5:
        return y
    reach = math.ceil(3 * sigma)
    offsets = np.arange(-reach, reach + 1)
    weights = np.exp(-0.5 * (offsets / sigma) ** 2)
    totals = np.convolve(np.ones_like(y), weights)[reach : reach + y.size]
    smooth: Floats = np.convolve(y, weights)[reach : reach + y.size] / totals
    return smooth


def nice_ticks(top: float, most: int) -> list[float]:
    """Round numbers from 0 up to a top, at most so many beside 0."""
    step = next(step for step in _round_steps(top) if top / step <= most + 1e-9)
    return [step * index for index in range(math.floor(top / step + 1e-9) + 1)]


def nice_axis(top: float, bottom: float = 0.0) -> list[float]:
    """Two to five round steps that reach both ends and go as little beyond them as they can.

    Args:
        top: Above 0.
        bottom: 0 or less; 0 is among the steps.
    """
    room = top - bottom
    axes = []
    for step in _round_steps(room):
        first, last = math.floor(bottom / step + 1e-9), math.ceil(top / step - 1e-9)
        if 2 <= last - first <= 5:
            axes.append([step * index for index in range(first, last + 1)])
    return min(axes, key=lambda axis: (round((axis[-1] - axis[0]) / room, 6), abs(len(axis) - 4)))


def _round_steps(top: float) -> list[float]:
    """Steps a person counts in, ascending: 1, 2, 2.5 and 5 times a power of ten."""
    power = math.floor(math.log10(top))
    return [
        factor * 10.0**exponent
        for exponent in range(power - 2, power + 2)
        for factor in (1.0, 2.0, 2.5, 5.0)
    ]
