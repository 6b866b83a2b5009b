from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ganstudio.project.thinning import Shelf, anchors, surplus


def test_under_the_budget_all_stay() -> None:
    assert surplus([Shelf({0: 10, 100: 10, 200: 10})], 30) == [[]]
    assert surplus([Shelf({}), Shelf({})], 0) == [[], []]


def test_the_newest_two_stay_whatever_they_cost() -> None:
    assert surplus([Shelf({0: 10, 100: 10, 200: 10})], 0) == [[0]]
    assert surplus([Shelf({100: 10, 200: 10})], 0) == [[]]


def test_what_must_stay_stays_over_any_budget() -> None:
    sizes = dict.fromkeys(range(0, 1_000, 100), 10)
    assert sorted(surplus([Shelf(sizes, frozenset({0, 300}))], 0)[0]) == [
        100, 200, 400, 500, 600, 700,
    ]  # fmt: skip
    assert len(surplus([Shelf(sizes, fewest=7)], 0)[0]) == 3


def test_what_stays_is_spread_evenly() -> None:
    kept: dict[int, int] = {}
    for clock in range(0, 100_000, 1_000):
        kept[clock] = 10
        for gone in surplus([Shelf(kept)], 100)[0]:
            del kept[gone]
    clocks = sorted(kept)
    assert len(clocks) == 10
    assert clocks[-2:] == [98_000, 99_000]
    older = clocks[:-1]
    gaps = [later - earlier for earlier, later in itertools.pairwise(older)]
    assert max(gaps) <= 4 * min(gaps)


def test_two_kinds_share_a_budget_and_none_crowds_out_the_other() -> None:
    small, large = dict.fromkeys(range(50), 4), dict.fromkeys(range(50), 20)
    gone = surplus([Shelf(small), Shelf(large)], 400)
    left = [4 * (50 - len(gone[0])), 20 * (50 - len(gone[1]))]
    assert sum(left) <= 400
    assert min(left) >= 180
    assert surplus([Shelf(small), Shelf({0: 1})], 100)[1] == []


def test_no_more_goes_than_has_to() -> None:
    sizes = dict.fromkeys(range(20), 10)
    assert len(surplus([Shelf(sizes)], 195)[0]) == 1


@given(
    st.sets(st.integers(0, 60), max_size=30),
    st.sets(st.integers(0, 60), max_size=8),
    st.integers(0, 300),
)
def test_what_must_stay_stays_and_the_rest_obeys_the_budget(
    clocks: set[int], stay: set[int], budget: int
) -> None:
    shelf = Shelf(dict.fromkeys(clocks, 10), frozenset(stay))
    left = clocks - set(surplus([shelf], budget)[0])
    free = set(sorted(clocks)[:-2]) - stay
    assert stay & clocks <= left
    assert set(sorted(clocks)[-2:]) <= left
    assert 10 * len(left) <= budget or not left & free


@pytest.mark.parametrize(
    ("moments", "found"),
    [((), ()), ((5,), ()), ((10,), (10,)), ((11, 19, 20, 99), (10, 20, 30)), ((35, 36), (30,))],
)
def test_an_anchor_is_what_was_saved_last_before_a_moment(
    moments: tuple[int, ...], found: tuple[int, ...]
) -> None:
    assert anchors(moments, [10, 20, 30]) == set(found)
    assert anchors(moments, []) == frozenset()
