"""Curves for drawing: few points, nothing lost, round numbers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ganstudio.export.curves import in_columns, nice_axis, nice_ticks, steady


@given(
    values=st.lists(st.floats(-1e6, 1e6) | st.just(float("nan")), max_size=200),
    columns=st.integers(1, 50),
)
def test_columns_are_few_and_keep_every_peak(values: list[float], columns: int) -> None:
    x = np.arange(len(values), dtype=np.float64)
    curve = in_columns(x, np.array(values, np.float64), columns)
    assert curve.x.size <= columns
    assert (np.diff(curve.x) > 0).all()
    finite = [value for value in values if np.isfinite(value)]
    if finite:
        assert curve.low.min() == min(finite)
        assert curve.high.max() == max(finite)
        assert (curve.low <= curve.mean + 1e-6).all()
        assert (curve.mean <= curve.high + 1e-6).all()


@given(st.lists(st.floats(-100, 100), min_size=1, max_size=300))
def test_a_steady_curve_stays_within_the_raw_one(values: list[float]) -> None:
    raw = np.array(values)
    smooth = steady(raw)
    assert smooth.shape == raw.shape
    assert smooth.min() >= raw.min() - 1e-9
    assert smooth.max() <= raw.max() + 1e-9


def test_a_steady_curve_trembles_less_and_keeps_a_level() -> None:
    rng = np.random.default_rng(0)
    smooth = steady(0.7 + rng.normal(0, 0.1, 500))
    assert smooth.std() < 0.03
    assert steady(np.full(200, 3.0)) == pytest.approx(3.0)


@given(top=st.floats(1e-6, 1e12))
def test_an_axis_reaches_its_top_in_two_to_five_even_steps(top: float) -> None:
    ticks = nice_axis(top)
    assert ticks[0] == 0
    assert ticks[-1] >= top * (1 - 1e-6)
    assert 2 <= len(ticks) - 1 <= 5
    assert ticks[-1] <= 2.1 * top
    assert np.allclose(np.diff(ticks), ticks[1])


@given(top=st.floats(1e-6, 1e9), below=st.floats(0, 1e9))
def test_an_axis_reaches_below_zero_and_counts_from_there(top: float, below: float) -> None:
    ticks = nice_axis(top, -below)
    room = top + below
    assert ticks[0] <= -below + 1e-6 * room
    assert ticks[-1] >= top - 1e-6 * room
    assert 2 <= len(ticks) - 1 <= 5
    assert ticks[-1] - ticks[0] <= 4 * room
    assert any(abs(tick) <= 1e-9 * room for tick in ticks)


@given(top=st.floats(1, 1e9), most=st.integers(1, 8))
def test_ticks_stay_below_the_top_and_are_few(top: float, most: int) -> None:
    ticks = nice_ticks(top, most)
    assert ticks[-1] <= top * (1 + 1e-6)
    assert len(ticks) - 1 <= most


def test_ticks_are_numbers_a_person_counts_in() -> None:
    assert nice_ticks(412_000, 5) == [0, 100_000, 200_000, 300_000, 400_000]
    assert nice_axis(2.9) == [0, 1, 2, 3]
    assert nice_axis(0.69 * 1.6) == [0, 0.25, 0.5, 0.75, 1.0, 1.25]
