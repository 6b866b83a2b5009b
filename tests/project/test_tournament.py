"""Which moments are worth asking in a tournament."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ganstudio.project.titles import Best
from ganstudio.project.tournament import SPREAD, Player, RunMoments, evenly, guests, usual

ascending = st.lists(st.integers(0, 10**6), unique=True, max_size=130).map(sorted)


@given(ascending, st.integers(2, 12))
def test_an_even_spread_has_both_ends_and_no_more_than_asked(clocks, count: int) -> None:
    found = evenly(clocks, count)
    assert len(found) == min(count, len(clocks))
    assert found == sorted(set(found))
    assert set(found) <= set(clocks)
    assert found[:1] == clocks[:1]
    assert found[-1:] == clocks[-1:]
    places = [clocks.index(clock) for clock in found]
    gaps = [later - earlier for earlier, later in pairwise(places)]
    assert not gaps or max(gaps) - min(gaps) <= 1


@given(ascending.filter(bool), st.data())
def test_the_best_and_the_newest_are_always_proposed(clocks, data: st.DataObject) -> None:
    best = data.draw(st.none() | st.sampled_from(clocks))
    run = RunMoments(
        Path("a"), "Run 1", tuple(clocks), None if best is None else Best(best, "score")
    )
    assert {clocks[0], clocks[-1]} <= set(usual(run))
    assert len(usual(run)) <= SPREAD + 1
    assert guests(run) == tuple(sorted({clocks[-1], clocks[-1] if best is None else best}))
    assert set(guests(run)) <= set(usual(run))


@pytest.mark.parametrize("count", [1, 6])
def test_of_nothing_nothing_is_proposed(count: int) -> None:
    assert evenly([], count) == []
    assert usual(RunMoments(Path("a"), "Run 1", ())) == ()


def test_a_player_knows_its_model() -> None:
    path = Player(Path("runs/a"), "Run 1", 4_000).model
    assert path == Path("runs/a/snapshots/4000/generator.safetensors")
