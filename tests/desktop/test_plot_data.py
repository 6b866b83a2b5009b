from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from ganstudio.desktop.widgets.plot_book import Line, PlotBook
from ganstudio.desktop.widgets.plot_data import (
    Series,
    columns_of,
    logarithm,
    smooth,
    smooth_at,
    zigzag,
)
from ganstudio.desktop.widgets.plot_scale import (
    clock_ticks,
    linear_scale,
    log_scale,
    say_value,
)


def _series(y: np.ndarray) -> Series:
    series = Series()
    series.set(np.arange(len(y), dtype=float), y)
    return series


@given(
    some.lists(some.floats(-1e6, 1e6) | some.just(float("nan")), min_size=1, max_size=400),
    some.integers(2, 90),
)
@settings(max_examples=60)
def test_thinning_keeps_the_extremes(values: list[float], columns: int) -> None:
    series = _series(np.array(values))
    x, y = zigzag(columns_of(series.x, series.y, 0, len(values), columns))
    finite = series.y[np.isfinite(series.y)]
    assert len(x) == len(y) <= 2 * columns
    assert np.isfinite(y).all()
    assert (np.diff(x) >= 0).all()
    if len(finite):
        assert (y.min(), y.max()) == (finite.min(), finite.max())
    else:
        assert not len(y)


def test_only_what_is_seen_is_thinned() -> None:
    series = _series(np.arange(100.0))
    part = columns_of(series.x, series.y, 20, 40, 10)
    assert (part.low.min(), part.high.max()) == (20, 40)


def test_a_million_points_are_thinned_within_a_frame() -> None:
    series = _series(np.random.default_rng(1).normal(size=1_000_000))
    book = PlotBook(None, "")
    book.lines["loss"] = Line("Loss", "generator", "solid", series)
    book.drawn(0, 1e6, 900)
    start = time.perf_counter()
    drawn = book.drawn(0, 1e6, 900)["loss"]
    assert time.perf_counter() - start < 0.5
    assert len(drawn.raw[0]) <= 1800
    assert len(drawn.strong[0]) <= 900


def test_points_appended_one_by_one_are_all_there() -> None:
    series = Series()
    for index in range(1000):
        series.append(index, -index)
    series.append(np.arange(1000, 1500), -np.arange(1000, 1500))
    assert np.array_equal(series.x, np.arange(1500))
    assert np.array_equal(series.y, -np.arange(1500))


def test_infinite_and_unknown_values_are_gaps() -> None:
    series = _series(np.array([1.0, np.inf, np.nan, -np.inf, 2.0]))
    part = columns_of(series.x, series.y, 0, 4, 5)
    assert list(part.number) == [0, 4]
    calm = smooth(part, 5, 0.9)
    assert np.isfinite(calm).all()
    assert calm.min() >= 1
    assert calm.max() <= 2


def test_smoothing_keeps_a_level_and_calms_noise() -> None:
    noise = np.random.default_rng(2).normal(1.0, 0.3, 5000)
    part = columns_of(np.arange(5000.0), noise, 0, 5000, 500)
    calm = smooth(part, 500, 0.5)
    assert calm.mean() == pytest.approx(1.0, abs=0.02)
    assert calm.std() < part.mean.std() / 2
    assert np.array_equal(smooth(part, 500, 0.0), part.mean)


def test_the_value_at_the_end_is_that_of_the_smoothed_line() -> None:
    series = _series(np.r_[np.zeros(500), np.ones(500)])
    assert smooth_at(series, 999, 1000, 0.5) == pytest.approx(1.0, abs=1e-3)
    assert smooth_at(series, 0, 1000, 0.5) == pytest.approx(0.0, abs=1e-3)
    assert smooth_at(_series(np.full(5, np.nan)), 4, 5, 0.5) is None


def test_a_logarithm_of_nothing_is_unknown_and_silent() -> None:
    assert np.array_equal(
        logarithm(np.array([100.0, 0.0, -3.0, np.nan])), [2, np.nan, np.nan, np.nan], equal_nan=True
    )


def test_the_table_has_one_row_a_clock() -> None:
    book = PlotBook(None, "")
    for name, clocks in (("g", [1, 2, 3]), ("d", [2, 3, 4])):
        book.lines[name] = Line(name, "generator", "solid")
        book.lines[name].data.set(np.array(clocks), np.array(clocks) * 10.0)
    header, rows = book.rows()
    assert header == ["images", "g", "d"]
    assert [row[0] for row in rows] == [1, 2, 3, 4]
    assert rows[1] == (2, 20, 20)
    assert np.isnan(rows[0][2])


def test_the_wild_start_can_be_left_out_of_the_scale() -> None:
    book = PlotBook(None, "")
    y = np.ones(1000)
    y[:50] = 40
    book.lines["g"] = Line("g", "generator", "solid", _series(y))
    book.drawn(0, 999, 400)
    assert book.scale.high >= 40
    book.start_hidden = True
    book.drawn(0, 999, 400)
    assert book.scale.high <= 2


@pytest.mark.parametrize(
    ("least", "most", "ends"),
    [(0.1, 2.7, (0, 3)), (0, 0.62, (0, 0.8)), (-0.2, 1.1, (-1.5, 1.5)), (-3.2, -1, (-4, 0)),
     (0, 0, (0, 1)), (0, 1234, (0, 1500))],
)  # fmt: skip
def test_scales_have_round_ends(least: float, most: float, ends: tuple[float, float]) -> None:
    scale = linear_scale(least, most)
    assert (scale.low, scale.high) == pytest.approx(ends)
    assert len(scale.ticks) == 3


def test_logarithmic_scales_have_whole_powers() -> None:
    scale = log_scale(-1.3, 0.4)
    assert (scale.low, scale.high) == (-2, 1)
    assert [words for _, words in scale.ticks] == ["0.01", "0.1", "1", "10"]


def test_clock_ticks_are_round_and_far_enough_apart() -> None:
    ticks = clock_ticks(0, 412_000, 60_000)
    assert [words for _, words in ticks] == ["0", "100 k", "200 k", "300 k", "400 k"]
    assert clock_ticks(5, 5, 1) == []
    assert [place for place, _ in clock_ticks(0, 3, 0.1)] == [0, 1, 2, 3]


def test_values_are_said_as_one_would() -> None:
    assert say_value(0.981) == "0.98"
    assert say_value(0.58, "%") == "58 %"
    assert say_value(1234.5) == "1,234"
    assert say_value(0.0004) == "4.0e-04"
