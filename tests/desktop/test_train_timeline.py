from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from ganstudio.desktop.pages.train.timeline import Timeline
from ganstudio.project.messages import MetricsRow

ROW = MetricsRow(64, 0.7, 0.6, 0.58, 0.44, 0.62, 0.01, 0.4, 0.5, 0.002, 0.0, 286.0, 1.0)


def rows(*clocks: int) -> list[MetricsRow]:
    return [replace(ROW, images=clock, balance=clock / 1_000) for clock in clocks]


def test_history_and_what_came_meanwhile_make_one_line():
    timeline = Timeline()
    timeline.append(rows(300, 400))
    timeline.prepend(rows(100, 200, 300))
    assert [row.images for row in timeline.rows] == [100, 200, 300, 400]


def test_a_row_of_the_past_means_that_training_went_back():
    timeline = Timeline()
    timeline.append(rows(100, 200, 300))
    timeline.set_moments([0, 150, 250])
    assert timeline.append(rows(200, 260)) == 199
    assert [row.images for row in timeline.rows] == [100, 200, 260]
    assert timeline.moments == [0, 150]


def test_a_moment_shows_the_row_before_it():
    timeline = Timeline()
    timeline.append(rows(100, 200, 300))
    assert timeline.row_at(250).images == 200
    assert timeline.row_at(0).images == 100
    assert timeline.row_at(None).images == 300
    assert Timeline().row_at(10) is None


def test_means_look_back_only_and_pass_over_what_is_no_number():
    timeline = Timeline()
    timeline.append([*rows(100, 200), replace(ROW, images=300, balance=float("nan"))])
    assert timeline.mean_at(200, "balance") == (0.1 + 0.2) / 2
    assert timeline.mean_at(None, "balance") == (0.1 + 0.2) / 2
    assert Timeline().mean_at(None, "balance") is None


def test_the_end_is_the_last_of_rows_and_moments():
    timeline = Timeline()
    assert timeline.end == 0
    timeline.append(rows(100))
    timeline.add_moment(128)
    assert timeline.end == 128


@settings(max_examples=50)
@given(st.lists(st.integers(1, 400), max_size=60))
def test_clocks_rise_whatever_comes(clocks: list[int]):
    timeline = Timeline()
    for clock in clocks:
        timeline.append(rows(clock))
        timeline.add_moment(clock)
    seen = [row.images for row in timeline.rows]
    assert seen == sorted(set(seen))
    assert timeline.moments == sorted(set(timeline.moments))
    assert not clocks or seen[-1] == clocks[-1]
