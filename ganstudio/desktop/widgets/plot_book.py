"""The lines of one plot: their points, their smoothing and the scale they ask for.

Plain values and numpy. Not responsible for drawing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np

from ganstudio.desktop.widgets.plot_data import (
    Columns,
    Series,
    columns_of,
    logarithm,
    smooth,
    smooth_at,
    spread,
    zigzag,
)
from ganstudio.desktop.widgets.plot_scale import Scale, fixed_scale, linear_scale, log_scale

__all__ = ["Drawn", "Line", "PlotBook"]

_START = 0.1

Points = tuple[np.ndarray, np.ndarray]


@dataclass(slots=True)
class Line:
    """One series and how it is told apart."""

    label: str
    token: str
    style: str
    data: Series = field(default_factory=Series)


@dataclass(frozen=True, slots=True)
class Drawn:
    """The points to draw of one line: all of it, faint, and the smoothed one."""

    raw: Points
    strong: Points


class PlotBook:
    """Everything a plot knows; `drawn` and `scale` are what is to be seen of it."""

    def __init__(self, y_range: tuple[float, float] | None, unit: str) -> None:
        self.lines: dict[str, Line] = {}
        self.unit = unit
        self.smoothing = 0.5
        self.start_hidden = False
        self.logarithmic = False
        self.asked_extent = 0.0
        self._fixed = y_range or ((0.0, 1.0) if unit == "%" else None)
        self.scale = fixed_scale(*(self._fixed or (0.0, 1.0)), unit)

    def extent(self) -> float:
        """The right end of the clock."""
        ends = (float(line.data.x[-1]) for line in self.lines.values() if len(line.data))
        return max([self.asked_extent, *ends])

    def rows(self) -> tuple[list[str], list[tuple[float, ...]]]:
        """All values as a table: a header, then one row a clock; unknown values are NaN."""
        names = list(self.lines)
        header = ["images", *names]
        if not names:
            return header, []
        clocks = np.unique(np.concatenate([self.lines[name].data.x for name in names]))
        table = np.full((len(clocks), len(names) + 1), np.nan)
        table[:, 0] = clocks
        for column, name in enumerate(names, 1):
            data = self.lines[name].data
            table[np.searchsorted(clocks, data.x), column] = data.y
        return header, [tuple(map(float, row)) for row in table]

    def value(self, name: str, place: float | None) -> float | None:
        """The smoothed value of a line at a clock, or at its end."""
        data = self.lines[name].data
        if not len(data):
            return None
        at = float(data.x[-1]) if place is None else place
        return smooth_at(data, at, self.extent(), self.smoothing)

    def share(self, value: float) -> float:
        """How high a value lies on the scale, 0 to 1."""
        if self.logarithmic:
            value = math.log10(value) if value > 0 else self.scale.low
        share = (value - self.scale.low) / ((self.scale.high - self.scale.low) or 1.0)
        return min(1.0, max(0.0, share))

    def drawn(self, left: float, right: float, columns: int) -> dict[str, Drawn]:
        """What is seen of each line between two clocks; chooses the scale as well."""
        parts = {
            name: self._columns(line.data, left, right, columns)
            for name, line in self.lines.items()
        }
        calm = {name: smooth(part, columns, self.smoothing) for name, part in parts.items()}
        self.scale = self._choose_scale(parts, calm)
        return {
            name: Drawn(zigzag(part), _thinner(part.centre, calm[name], columns, self.smoothing))
            for name, part in parts.items()
        }

    def _columns(self, data: Series, left: float, right: float, columns: int) -> Columns:
        y = logarithm(data.y) if self.logarithmic else data.y
        return columns_of(data.x, y, left, right, columns)

    def _choose_scale(self, parts: dict[str, Columns], calm: dict[str, np.ndarray]) -> Scale:
        if self._fixed is not None and not self.logarithmic:
            return fixed_scale(*self._fixed, self.unit)
        border = _START * self.extent() if self.start_hidden else -1.0
        lows: list[float] = []
        highs: list[float] = []
        for name, part in parts.items():
            seen = part.centre >= border
            if seen.any():
                # Single wild points may leave the plot; the calm line may not.
                lows += [np.percentile(part.low[seen], 2), calm[name][seen].min()]
                highs += [np.percentile(part.high[seen], 98), calm[name][seen].max()]
        if not lows:
            return fixed_scale(0.0, 1.0, self.unit)
        if self.logarithmic:
            return log_scale(float(min(lows)), float(max(highs)))
        return linear_scale(float(min(lows)), float(max(highs)), self.unit)


def _thinner(x: np.ndarray, y: np.ndarray, columns: int, smoothing: float) -> Points:
    """Leave columns out of a calm line: four to the width of its smoothing are enough.

    A thick, antialiased line is the dearest thing in the plot, and its cost is its points.
    """
    step = max(1, int(spread(columns, smoothing) / 4))
    if step == 1 or len(x) <= columns // step:
        return x, y
    return np.append(x[:-1:step], x[-1]), np.append(y[:-1:step], y[-1])
