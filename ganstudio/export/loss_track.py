"""Both losses as a small plot under a time-lapse, with a line that moves through them.

Not responsible for the film, nor for reading the history.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw

from ganstudio.export.canvas import Canvas
from ganstudio.export.curves import Columns, Floats, in_columns, nice_axis, steady
from ganstudio.export.look import (
    EDGE,
    GENERATOR,
    INSPECTOR,
    LINE,
    STAGE,
    TEXT,
    TEXT_QUIET,
    Colour,
    font,
    mixed,
)
from ganstudio.project.messages import MetricsRow

__all__ = ["TRACK_COLOURS", "LossTrack"]

_HEIGHT = 132
_TOP, _BOTTOM = 34, 12
_LEFT, _RIGHT = 34, 12
_FAINT = 0.38
#: What a palette must have for the lines to keep their meaning.
TRACK_COLOURS: tuple[Colour, ...] = (
    *(STAGE, LINE, TEXT, TEXT_QUIET, GENERATOR, INSPECTOR),
    *(mixed(GENERATOR, _FAINT), mixed(INSPECTOR, _FAINT)),
)
#: So that the wild first moments do not take all the room.
_WILD = 99


@dataclass(frozen=True, slots=True)
class _Line:
    """One loss."""

    name: str
    colour: Colour
    dash: tuple[float, float] | None
    columns: Columns
    smooth: Floats


class LossTrack:
    """The plot of a run, drawn twice: as it was up to a moment, and faintly as it went on.

    Args:
        rows: The whole history, in order of its clock; at least one.
        undecided: Both losses of an inspector that cannot tell; None draws no such line.
        last: The clock at the right end.
        width: Pixels across.
    """

    def __init__(
        self, rows: Sequence[MetricsRow], undecided: float | None, last: int, width: int
    ) -> None:
        self._last, self._width = max(1, last), width
        clocks = np.array([row.images for row in rows], np.float64)
        inside = clocks <= self._last
        self._lines = [
            self._line("Inspector", INSPECTOR, (6, 3), clocks[inside], rows, "loss_d"),
            self._line("Generator", GENERATOR, None, clocks[inside], rows, "loss_g"),
        ]
        tops = [np.percentile(line.smooth, _WILD) for line in self._lines if line.smooth.size]
        lows = [np.percentile(line.smooth, 1) for line in self._lines if line.smooth.size]
        highest = max([1.15 * float(max(tops, default=1.0)), 1.6 * (undecided or 0.0), 0.1])
        lowest = min([1.15 * float(min(lows, default=0.0)), 0.0])
        self._ticks = nice_axis(highest, lowest)
        self._undecided = undecided
        self._strong, self._faint = self._drawn(1.0), self._drawn(_FAINT)

    @property
    def height(self) -> int:
        """Pixels down."""
        return _HEIGHT

    def at(self, clock: int) -> Image.Image:
        """The plot with its line at a clock, both losses of then beside their names."""
        x = round(self._x(clock))
        image = self._faint.copy()
        image.paste(self._strong.crop((0, 0, x, _HEIGHT)), (0, 0))
        draw = ImageDraw.Draw(image)
        draw.line([(x, _TOP - 4), (x, _HEIGHT - _BOTTOM + 3)], fill=TEXT, width=1)
        left = float(_LEFT)
        for line in reversed(self._lines):
            left = self._name(draw, line, clock, left)
        return image

    def _line(
        self,
        name: str,
        colour: Colour,
        dash: tuple[float, float] | None,
        clocks: Floats,
        rows: Sequence[MetricsRow],
        field: str,
    ) -> _Line:
        values = np.array([getattr(row, field) for row in rows[: clocks.size]], np.float64)
        columns = in_columns(clocks, values, self._width - _LEFT - _RIGHT)
        return _Line(name, colour, dash, columns, steady(columns.mean))

    def _drawn(self, share: float) -> Image.Image:
        canvas = Canvas(self._width, _HEIGHT, STAGE)
        right = self._width - _RIGHT
        for tick in self._ticks:
            y = self._y(tick)
            canvas.line([(_LEFT, y), (right, y)], LINE, 1)
            canvas.text((_LEFT - 6, y), f"{tick:.10g}", 11, TEXT_QUIET, anchor="rm")
        if self._undecided is not None:
            y = self._y(self._undecided)
            canvas.line([(_LEFT, y), (right, y)], mixed(EDGE, 0.8), 1, (1, 3))
        for line in self._lines:
            places = zip(line.columns.x, line.smooth, strict=True)
            points = [(self._x(x), self._y(float(y))) for x, y in places]
            if len(points) > 1:
                canvas.line(points, mixed(line.colour, share), 2, line.dash)
        return canvas.finished()

    def _name(self, draw: ImageDraw.ImageDraw, line: _Line, clock: int, left: float) -> float:
        """Name and value of a loss; returns where the next one begins."""
        y = 14
        ends = (
            [(left, left + 16)] if line.dash is None else [(left, left + 6), (left + 9, left + 15)]
        )
        for start, end in ends:
            draw.line([(start, y), (end, y)], fill=line.colour, width=2)
        left += 22
        draw.text((left, y), line.name, font=font(12), fill=TEXT, anchor="lm")
        left += font(12).getlength(line.name) + 6
        value = self._value(line, clock)
        draw.text((left, y), value, font=font(12, "SemiBold"), fill=line.colour, anchor="lm")
        return left + font(12, "SemiBold").getlength("0.00") + 20

    def _value(self, line: _Line, clock: int) -> str:
        """The steady value at a clock, or the first one there is."""
        if not line.smooth.size:
            return ""
        place = int(np.searchsorted(line.columns.x, clock, side="right")) - 1
        return f"{float(line.smooth[max(0, place)]):.2f}"

    def _x(self, clock: float) -> float:
        share = min(1.0, max(0.0, clock / self._last))
        return _LEFT + share * (self._width - _LEFT - _RIGHT)

    def _y(self, value: float) -> float:
        low, high = self._ticks[0], self._ticks[-1]
        share = min(1.0, max(0.0, (value - low) / (high - low)))
        return _HEIGHT - _BOTTOM - share * (_HEIGHT - _TOP - _BOTTOM)
