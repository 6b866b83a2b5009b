"""Planes: every place on them can be found again, and nothing leaps between three places."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ganstudio.project.plane import ACROSS, DOWN, Triangle, Ways, blended
from ganstudio.project.point import Bend, LatentPoint

HERE = LatentPoint(seed_x=21.3, seed_y=4, diversity=0.8).with_amount("c", 1.2)
A = LatentPoint(seed_x=3).with_amount("a", 2.0)
B = LatentPoint(seed_x=77, seed_y=2, bends=(Bend(stage=1),))
C = LatentPoint(seed_x=500).with_amount("a", -1.0).with_amount("b", 1.0)
_units = st.floats(-15, 15)


@pytest.mark.parametrize("ways", [("a", "b"), (ACROSS, DOWN), ("c", ACROSS)])
@given(x=_units, y=_units)
@settings(max_examples=25, deadline=None)
def test_a_place_on_two_ways_is_found_again(ways: tuple[str, str], x: float, y: float):
    plane = Ways(HERE, *ways)
    point = plane.point_at(x, y)
    assert point is not None
    assert LatentPoint.model_validate(point.model_dump(mode="json")) == point
    assert plane.place_of(point) == pytest.approx((x, y), abs=1e-3)
    assert plane.reaches(x, y)


def test_the_centre_is_on_its_map_and_what_else_changes_leaves_it():
    plane = Ways(HERE, "a", "c")
    assert plane.place_of(HERE) == (0.0, 1.2)
    assert plane.place_of(HERE.with_amount("b", 0.5)) is None
    assert plane.place_of(HERE.moved(1, 0)) is None


def test_a_map_of_seeds_has_no_end_and_one_of_directions_ends_where_moves_do():
    assert Ways(HERE, ACROSS, DOWN).point_at(1e6, -1e6) is not None
    assert Ways(HERE, "a", DOWN).point_at(20.5, 0) is None
    assert not Ways(HERE, "a", DOWN).reaches(20.5, 0)
    assert Ways(HERE, "a", DOWN).point_at(19.5, 1e6) is not None


def test_corners_are_the_places_themselves_and_come_again_without_end():
    plane = Triangle((A, B, C))
    row = [plane.point_at(3.0 * n, 0.0) for n in range(-4, 5)]
    assert row == [(A, B, C)[n % 3] for n in range(-4, 5)]
    assert plane.point_at(1.5, 2.5) == C
    assert plane.point_at(4.5, 2.5) == A
    for corner in (A, B, C):
        place = plane.place_of(corner)
        assert place is not None
        assert plane.point_at(*place) == corner


@given(x=_units, y=_units)
@settings(max_examples=60, deadline=None)
def test_between_three_places_nothing_leaps_and_every_point_is_valid(x: float, y: float):
    plane = Triangle((A, B, C))
    point, near = plane.point_at(x, y), plane.point_at(x + 0.003, y)
    assert LatentPoint.model_validate(point.model_dump(mode="json")) == point
    shares, others = _shares(point), _shares(near)
    assert sum(shares.values()) == pytest.approx(1.0, abs=1e-3)
    for seed in (3, 77, 500):
        assert abs(shares.get(seed, 0) - others.get(seed, 0)) < 0.01
    wanted = 2.0 * shares.get(3, 0) - shares.get(500, 0)
    assert point.amount("a") == pytest.approx(wanted, abs=0.01), "moves are blended as well"


def test_a_blend_of_one_is_that_one():
    assert blended((A, B, C), (0.0, 1.0, 0.0)) == B


def _shares(point: LatentPoint) -> dict[float, float]:
    own = 1.0 - sum(share.weight for share in point.blend)
    return {point.seed_x: own} | {share.point.seed_x: share.weight for share in point.blend}
