"""What a plot knows: growing series, thinned to the pixels there are, and smoothed.

Plain numpy. Not responsible for drawing nor for scales.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

__all__ = [
    "Columns",
    "Series",
    "columns_of",
    "logarithm",
    "smooth",
    "smooth_at",
    "spread",
    "zigzag",
]

_FIRST_ROOM = 256
_SPREAD = 0.08
_REACH = 3.0


class Series:
    """Points (x rising, y any float, NaN for unknown) in arrays that grow by doubling."""

    def __init__(self) -> None:
        self._x = np.empty(_FIRST_ROOM)
        self._y = np.empty(_FIRST_ROOM)
        self._count = 0

    def __len__(self) -> int:
        return self._count

    @property
    def x(self) -> np.ndarray:
        """The places, rising, as a view."""
        return self._x[: self._count]

    @property
    def y(self) -> np.ndarray:
        """The values as a view; never infinite."""
        return self._y[: self._count]

    def set(self, x: np.ndarray, y: np.ndarray) -> None:
        """Replace all points."""
        self._count = 0
        self.append(x, y)

    def append(self, x: np.ndarray | float, y: np.ndarray | float) -> None:
        """Add points at the end."""
        new_x = np.atleast_1d(np.asarray(x, dtype=float))
        new_y = np.atleast_1d(np.asarray(y, dtype=float))
        end = self._count + len(new_x)
        if end > len(self._x):
            room = max(end, 2 * len(self._x))
            self._x = np.concatenate([self.x, np.empty(room - self._count)])
            self._y = np.concatenate([self.y, np.empty(room - self._count)])
        self._x[self._count : end] = new_x
        # An infinite loss has no place on a scale; it is a gap like an unknown one.
        self._y[self._count : end] = np.where(np.isfinite(new_y), new_y, np.nan)
        self._count = end


@dataclass(frozen=True, slots=True)
class Columns:
    """What lies in each pixel column that has a finite value. All arrays have one length.

    centre: x in the middle of the column. low, high, mean: over its finite values.
    count: how many finite values there are. number: which column it is.
    """

    number: np.ndarray
    centre: np.ndarray
    low: np.ndarray
    high: np.ndarray
    mean: np.ndarray
    count: np.ndarray


def columns_of(x: np.ndarray, y: np.ndarray, left: float, right: float, columns: int) -> Columns:
    """Sum up the points with left <= x <= right in `columns` equal columns."""
    edges = np.linspace(left, right, columns + 1)
    borders = np.searchsorted(x, edges)
    borders[-1] = np.searchsorted(x, right, side="right")
    starts, ends = borders[:-1], borders[1:]
    filled = np.flatnonzero(ends > starts)
    first, last = borders[0], borders[-1]
    if not len(filled):
        empty = np.empty(0)
        return Columns(filled, empty, empty, empty, empty, empty)
    part = y[first:last]
    finite = np.isfinite(part)
    at = starts[filled] - first
    count = np.add.reduceat(finite.astype(float), at)
    low = np.fmin.reduceat(part, at)
    high = np.fmax.reduceat(part, at)
    total = np.add.reduceat(np.where(finite, part, 0.0), at)
    known = count > 0
    centres = (edges[:-1] + edges[1:]) / 2
    mean = total[known] / count[known]
    return Columns(
        filled[known], centres[filled][known], low[known], high[known], mean, count[known]
    )


def zigzag(columns: Columns) -> tuple[np.ndarray, np.ndarray]:
    """The raw line of thinned points: down and up in every column, two points each.

    The order alternates, so that the line does not double every step.
    """
    x = np.repeat(columns.centre, 2)
    y = np.empty(2 * len(columns.centre))
    odd = np.arange(len(columns.centre)) % 2 == 1
    y[0::2] = np.where(odd, columns.high, columns.low)
    y[1::2] = np.where(odd, columns.low, columns.high)
    return x, y


def spread(total: float, amount: float) -> float:
    """How wide the Gaussian is, in the unit of `total`, for an amount of smoothing from 0 to 1."""
    return _SPREAD * amount * amount * total


def smooth(columns: Columns, total: int, amount: float) -> np.ndarray:
    """Means of the columns under a Gaussian; `amount` 0 to 1, `total` columns in the plot.

    Empty columns weigh nothing, so gaps neither bend the line nor fill it.
    """
    sigma = spread(total, amount)
    if sigma < 0.5 or len(columns.mean) < 2:
        return columns.mean
    reach = int(np.ceil(_REACH * sigma))
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / sigma) ** 2)
    weights = np.zeros(total + 2 * reach)
    values = np.zeros(total + 2 * reach)
    # A few crowded columns must not outshout the rest: the weight grows with the root.
    weight = np.sqrt(columns.count)
    weights[columns.number + reach] = weight
    values[columns.number + reach] = weight * columns.mean
    dense = np.convolve(weights, kernel, mode="valid")
    sums = np.convolve(values, kernel, mode="valid")
    return sums[columns.number] / dense[columns.number]


def smooth_at(series: Series, place: float, span: float, amount: float) -> float | None:
    """The smoothed value at one x of a plot `span` wide; None where nothing is known."""
    sigma = spread(span, amount)
    x, y = series.x, series.y
    first = int(np.searchsorted(x, place - _REACH * sigma))
    last = int(np.searchsorted(x, place + _REACH * sigma, side="right"))
    if first == last:
        first, last = max(0, last - 1), last
    part_x, part_y = x[first:last], y[first:last]
    known = np.isfinite(part_y)
    if not known.any():
        return None
    if sigma <= 0:
        return float(part_y[known][-1])
    weight = np.exp(-0.5 * ((part_x[known] - place) / sigma) ** 2)
    if weight.sum() < 1e-12:
        return float(part_y[known][-1])
    return float((weight * part_y[known]).sum() / weight.sum())


def logarithm(values: np.ndarray) -> np.ndarray:
    """Base ten; values of 0 and below are unknown."""
    with np.errstate(invalid="ignore"):
        return np.log10(np.where(values > 0, values, np.nan))
