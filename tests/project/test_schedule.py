"""Snapshots: a fixed function of the horizon, dense early, few in all."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from ganstudio.project.schedule import MOST_SNAPSHOTS, next_snapshot, snapshot_clocks

_HORIZONS = st.integers(1, 10**8)
_BATCHES = st.integers(2, 4096)


@given(horizon=_HORIZONS, batch=_BATCHES)
def test_clocks_are_whole_batches_from_noise_to_the_horizon(horizon: int, batch: int) -> None:
    clocks = snapshot_clocks(horizon, batch)
    assert clocks[0] == 0
    assert len(clocks) <= MOST_SNAPSHOTS
    assert all(clock % batch == 0 for clock in clocks)
    assert list(clocks) == sorted(set(clocks))
    assert horizon <= clocks[-1] < horizon + batch


@given(horizon=_HORIZONS, batch=_BATCHES)
def test_a_long_run_keeps_a_whole_film_and_a_short_one_pays_little_for_it(
    horizon: int, batch: int
) -> None:
    count, steps = len(snapshot_clocks(horizon, batch)), horizon // batch
    assert count <= max(24, steps / 32)
    if steps >= 32 * MOST_SNAPSHOTS:
        assert count >= 100
    if steps >= 1_000:
        assert count >= 20


@given(horizon=_HORIZONS, batch=_BATCHES)
def test_early_moments_lie_closer_than_late_ones(horizon: int, batch: int) -> None:
    clocks = snapshot_clocks(horizon, batch)
    gaps = [after - before for before, after in itertools.pairwise(clocks)]
    assert all(later >= earlier - batch for earlier, later in itertools.pairwise(gaps))
    early = sum(clock <= horizon / 4 for clock in clocks)
    assert early >= 0.4 * len(clocks) or horizon < 500 * batch


@given(horizon=st.integers(1, 10**6), batch=st.integers(2, 512), steps=st.integers(0, 400))
def test_going_from_one_to_the_next_meets_every_clock(horizon: int, batch: int, steps: int) -> None:
    clocks = snapshot_clocks(horizon, batch)
    clock = next_snapshot(-1, horizon, batch)
    met = []
    while len(met) < min(steps, len(clocks)):
        met.append(clock)
        clock = next_snapshot(clock, horizon, batch)
    assert tuple(met) == clocks[: len(met)]


@given(horizon=_HORIZONS, batch=_BATCHES)
def test_half_and_twice_as_many(horizon: int, batch: int) -> None:
    half, planned, double = (
        snapshot_clocks(horizon, batch, x) for x in ("half", "planned", "double")
    )
    assert half[0] == planned[0] == double[0]
    assert half[-1] == planned[-1] == double[-1]
    assert len(half) <= len(planned) <= len(double) <= 2 * MOST_SNAPSHOTS
    if horizon >= 64 * 32 * MOST_SNAPSHOTS * batch:
        assert len(half) < 0.6 * len(planned) < 0.4 * len(double)


@given(horizon=_HORIZONS, batch=_BATCHES, beyond=st.integers(0, 10**9))
def test_past_the_horizon_it_goes_on_evenly(horizon: int, batch: int, beyond: int) -> None:
    clocks = snapshot_clocks(horizon, batch)
    clock = clocks[-1] + beyond
    following = next_snapshot(clock, horizon, batch)
    interval = next_snapshot(clocks[-1], horizon, batch) - clocks[-1]
    assert clock < following <= clock + interval
    assert following % batch == 0
    assert (following - clocks[-1]) % interval == 0
