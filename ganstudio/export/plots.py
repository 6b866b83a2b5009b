"""The history of a run as one picture: both losses above, both scores below, one time axis.

Not responsible for the live plots of the window, nor for reading the history.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from ganstudio.export.canvas import Canvas
from ganstudio.export.curves import Columns, Floats, in_columns, nice_axis, nice_ticks, steady
from ganstudio.export.image import save_png
from ganstudio.export.look import (
    EDGE,
    GENERATOR,
    INSPECTOR,
    LINE,
    REAL,
    STAGE,
    TEXT,
    TEXT_QUIET,
    Colour,
    mixed,
)
from ganstudio.project.errors import UserError
from ganstudio.project.messages import MetricsRow
from ganstudio.project.numbers import say_count

__all__ = ["drawn_history", "save_plots"]

_SIZE = (1600, 980)
_LEFT, _RIGHT = 132, 1352
_LOSSES = (152, 532)
_SCORES = (636, 896)
_SMALL, _NORMAL, _HEAD, _TITLE = 20, 23, 24, 36
_FAINT = 0.29


@dataclass(frozen=True, slots=True)
class _Curve:
    """One line: its words, colour and dashes, and how its newest value is said."""

    name: str
    colour: Colour
    dash: tuple[float, float] | None
    columns: Columns
    say: Callable[[float], str]


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where one plot stands: pixels from top to bottom, values from `lowest` to `highest`."""

    top: int
    bottom: int
    lowest: float
    highest: float
    first: float
    last: float

    def x(self, clock: float) -> float:
        """The pixel of a clock."""
        return _LEFT + (clock - self.first) / (self.last - self.first) * (_RIGHT - _LEFT)

    def y(self, value: float) -> float:
        """The pixel of a value; what is beyond the frame stops at its edge."""
        share = (value - self.lowest) / (self.highest - self.lowest)
        share = min(1.0, max(0.0, share))
        return self.bottom - share * (self.bottom - self.top)


def drawn_history(
    rows: Sequence[MetricsRow], *, undecided: float | None = None, title: str = "Losses and scores"
) -> Image.Image:
    """Draw a run's history.

    Args:
        rows: In order of their clock.
        undecided: Both losses of an inspector that cannot tell, as the game defines it; None
            draws no such line.
        title: What stands above: such as the run's name.

    Returns:
        A 1600 x 980 RGB picture.

    Raises:
        UserError: "no-history" if there is nothing to draw.
    """
    if not rows:
        raise UserError("no-history")
    clocks = np.array([row.images for row in rows], np.float64)
    first, last = float(min(clocks[0], 0.0)), float(max(clocks[-1], 1.0))
    canvas = Canvas(*_SIZE, STAGE)
    canvas.text((_LEFT, 64), title, _TITLE, TEXT, weight="SemiBold")

    def curve(name: str, field: str, colour: Colour, dash: tuple[float, float] | None) -> _Curve:
        values = np.array([getattr(row, field) for row in rows], np.float64)
        columns = in_columns(clocks, values, _RIGHT - _LEFT)
        return _Curve(name, colour, dash, columns, _percent if field[1] == "_" else _plain)

    losses = [
        curve("Inspector", "loss_d", INSPECTOR, (14, 6)),
        curve("Generator", "loss_g", GENERATOR, None),
    ]
    scores = [
        curve("On generated", "d_fake", GENERATOR, (4, 6)),
        curve("On your pictures", "d_real", REAL, None),
    ]
    ticks = nice_axis(_highest(losses, undecided), _lowest(losses, undecided))
    frame = _Frame(*_LOSSES, ticks[0], ticks[-1], first, last)
    _draw_plot(canvas, frame, "Losses", losses, ticks, _tick)
    if undecided is not None:
        _draw_undecided(canvas, frame, undecided)
    frame = _Frame(*_SCORES, 0.0, 1.0, first, last)
    ticks = [0.0, 0.5, 1.0]
    _draw_plot(canvas, frame, "How real the inspector finds them", scores, ticks, _percent)
    _draw_time(canvas, frame)
    return canvas.finished()


def save_plots(
    path: Path,
    rows: Sequence[MetricsRow],
    *,
    undecided: float | None = None,
    title: str = "Losses and scores",
) -> None:
    """Save a run's history as a PNG; see `drawn_history`.

    Raises:
        UserError: "no-history", "wrong-ending", "disk-full" or "folder-not-writable".
    """
    save_png(path, drawn_history(rows, undecided=undecided, title=title))


def _plain(value: float) -> str:
    return f"{value:.2f}"


def _percent(value: float) -> str:
    return f"{value * 100:.0f} %"


def _tick(value: float) -> str:
    return f"{value:.10g}"


def _highest(curves: Sequence[_Curve], undecided: float | None) -> float:
    """A top that shows the whole story without giving the room to its single wildest moment."""
    means = [curve.columns.mean for curve in curves if curve.columns.mean.size]
    wild = max((float(np.percentile(mean, 99)) for mean in means), default=1.0)
    return max(1.15 * wild, 1.6 * (undecided or 0.0), 0.1)


def _lowest(curves: Sequence[_Curve], undecided: float | None) -> float:
    """The same for losses that can fall below 0."""
    means = [curve.columns.mean for curve in curves if curve.columns.mean.size]
    wild = min((float(np.percentile(mean, 1)) for mean in means), default=0.0)
    return min(1.15 * wild, 1.6 * (undecided or 0.0), 0.0)


def _draw_plot(
    canvas: Canvas,
    frame: _Frame,
    title: str,
    curves: Sequence[_Curve],
    ticks: Sequence[float],
    say: Callable[[float], str],
) -> None:
    canvas.text((_LEFT, frame.top - 22), title, _HEAD, TEXT, weight="SemiBold")
    for tick in ticks:
        y = frame.y(tick)
        canvas.line([(_LEFT, y), (_RIGHT, y)], LINE, 1)
        canvas.text((_LEFT - 16, y), say(tick), _SMALL, TEXT_QUIET, anchor="rm")
    for curve in curves:
        _draw_raw(canvas, frame, curve)
    ends: list[tuple[_Curve, float, float]] = []
    for curve in curves:
        smooth = steady(curve.columns.mean)
        if smooth.size:
            _draw_smooth(canvas, frame, curve, smooth)
            ends.append((curve, frame.y(float(smooth[-1])), float(smooth[-1])))
    _draw_names(canvas, frame, ends)


def _draw_undecided(canvas: Canvas, frame: _Frame, value: float) -> None:
    """A dotted line at what an inspector loses who cannot tell; its name stands out of the way."""
    y = frame.y(value)
    canvas.line([(_LEFT, y), (_RIGHT, y)], EDGE, 2, (2, 7))
    y = frame.top - 22
    canvas.text((_RIGHT, y), f"cannot tell, {_plain(value)}", _SMALL, TEXT_QUIET, anchor="rs")
    canvas.line([(_RIGHT - 222, y - 7), (_RIGHT - 168, y - 7)], EDGE, 2, (2, 7))


def _draw_raw(canvas: Canvas, frame: _Frame, curve: _Curve) -> None:
    """The trembling itself, faint: two points a column keep every peak."""
    points: list[tuple[float, float]] = []
    for x, low, high in zip(curve.columns.x, curve.columns.low, curve.columns.high, strict=True):
        points.append((frame.x(x), frame.y(low)))
        if high > low:
            points.append((frame.x(x), frame.y(high)))
    if len(points) > 1:
        canvas.line(points, mixed(curve.colour, _FAINT), 1)


def _draw_smooth(canvas: Canvas, frame: _Frame, curve: _Curve, smooth: Floats) -> None:
    points = [(frame.x(x), frame.y(y)) for x, y in zip(curve.columns.x, smooth, strict=True)]
    if len(points) > 1:
        canvas.line(points, curve.colour, 3.2, curve.dash)
    canvas.disc(points[-1], 6, curve.colour)


def _draw_names(canvas: Canvas, frame: _Frame, ends: Sequence[tuple[_Curve, float, float]]) -> None:
    """Name and value at the end of each line, moved apart where two lines end together."""
    needed = 66.0
    places = sorted(ends, key=lambda end: end[1])
    heights = [min(max(y, frame.top + 20), frame.bottom - 20) for _, y, _ in places]
    for index in range(1, len(heights)):
        short = needed - (heights[index] - heights[index - 1])
        if short > 0:
            heights[index - 1] -= short / 2
            heights[index] += short / 2
    for (curve, _, value), y in zip(places, heights, strict=True):
        canvas.line([(_RIGHT + 18, y - 8), (_RIGHT + 42, y - 8)], curve.colour, 3.2, curve.dash)
        canvas.text((_RIGHT + 54, y), curve.name, _NORMAL, TEXT)
        now = curve.say(value)
        canvas.text((_RIGHT + 54, y + 30), now, _NORMAL, curve.colour, weight="SemiBold")


def _draw_time(canvas: Canvas, frame: _Frame) -> None:
    """The axis both plots share. The end says what it counts; ticks too near to it give way."""
    y = frame.bottom + 40
    canvas.line([(_RIGHT, _LOSSES[0]), (_RIGHT, _SCORES[1])], mixed(TEXT, 0.5), 1.5)
    canvas.text(
        (_RIGHT, y), f"{say_count(int(frame.last))} pictures seen", _SMALL, TEXT_QUIET, anchor="rs"
    )
    for tick in nice_ticks(frame.last, 5):
        x = frame.x(tick)
        if x < _RIGHT - 260:
            words = say_count(round(tick))
            canvas.text((x, y), words, _SMALL, TEXT_QUIET, anchor="ls" if tick == 0 else "ms")
