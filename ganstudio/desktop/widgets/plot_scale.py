"""Scales of plots: round ends, few ticks, and numbers as one would say them.

Plain arithmetic. Not responsible for drawing.
"""

from __future__ import annotations

import math

from ganstudio.project.numbers import say_count

__all__ = ["Scale", "clock_ticks", "fixed_scale", "linear_scale", "log_scale", "say_value"]

_ROUND = (1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
_CLOCK_STEPS = (1, 2, 2.5, 5, 10)


class Scale:
    """Both ends of a scale in plot units, and its ticks as (place, words)."""

    __slots__ = ("high", "low", "ticks")

    def __init__(self, low: float, high: float, ticks: list[tuple[float, str]]) -> None:
        self.low, self.high, self.ticks = low, high, ticks


def say_value(value: float, unit: str = "") -> str:
    """A value in words: fractions as percent, losses with two decimals."""
    if unit == "%":
        return f"{round(value * 100)} %"
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.2f}" if abs(value) >= 0.01 or value == 0 else f"{value:.1e}"


def _tick_words(value: float, unit: str) -> str:
    return f"{round(value * 100)} %" if unit == "%" else f"{value:g}"


def fixed_scale(low: float, high: float, unit: str) -> Scale:
    """Ends that never change, with a tick at each and one between."""
    places = (low, (low + high) / 2, high)
    return Scale(low, high, [(place, _tick_words(place, unit)) for place in places])


def _round_up(value: float) -> float:
    power = 10.0 ** math.floor(math.log10(value))
    return next(step * power for step in _ROUND if value <= step * power * (1 + 1e-9))


def linear_scale(least: float, most: float, unit: str = "") -> Scale:
    """Round ends around the values; zero is one of them unless values lie on both sides."""
    high = _round_up(most) if most > 0 else 0.0
    low = -_round_up(-least) if least < 0 else 0.0
    if high == low:
        high = 1.0
    if low < 0 < high:
        high = max(high, -low)
        low = -high
    return fixed_scale(low, high, unit)


def log_scale(least: float, most: float) -> Scale:
    """Whole powers of ten around values that are logarithms already."""
    low, high = math.floor(least), math.ceil(most)
    if low == high:
        high += 1
    step = max(1, math.ceil((high - low) / 4))
    places = range(low, high + 1, step)
    return Scale(low, high, [(float(place), f"{10.0**place:g}") for place in places])


def clock_ticks(left: float, right: float, room: float) -> list[tuple[float, str]]:
    """Ticks of the time axis in pictures seen, at least `room` units apart."""
    if right <= left or room <= 0:
        return []
    power = 10.0 ** math.floor(math.log10(room))
    step = next((s * power for s in _CLOCK_STEPS if s * power >= room), 10 * power)
    step = max(1.0, step)
    first = math.ceil(left / step)
    last = math.floor(right / step)
    return [(n * step, say_count(round(n * step))) for n in range(first, last + 1)]
