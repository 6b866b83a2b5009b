"""What lies in the slots is part of the point: mixing and bending as pure functions."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ganstudio.desktop.pages.explore.bends import (
    move_bend,
    new_bend,
    unbent,
    with_bend,
    with_bends,
    without_bend,
)
from ganstudio.desktop.pages.explore.masks import empty_grid, grid_of, rows_of, stroked
from ganstudio.desktop.pages.explore.mix_blend import in_percents, shared_out
from ganstudio.desktop.pages.explore.mixing import (
    as_other,
    band_place,
    is_mixed,
    kind_weights,
    mask_place,
    own,
    places,
    unmixed,
    weights,
    with_band,
    with_kinds,
    with_mask,
    with_place,
    with_weights,
    without_place,
)
from ganstudio.desktop.point_mime import POINT_MIME, mime_of, place_in
from ganstudio.desktop.widgets.blend_triangle import barycentric, nearest_weights
from ganstudio.project.direction import Direction, direction_key
from ganstudio.project.kept import keep
from ganstudio.project.point import Bend, LatentPoint, Mask, Share

A, B, C, D = (LatentPoint(seed_x=n) for n in (3, 8, 31, 5))
BLEND = with_weights(with_place(with_place(A, 1, B), 2, C), (0.5, 0.3, 0.2))


def test_a_new_place_comes_behind_what_a_mask_alone_lays_out() -> None:
    masked = LatentPoint(mask=Mask(point=LatentPoint(seed_x=1), rows=((1.0,),)))
    three = with_place(masked, 2, LatentPoint(seed_x=2))
    assert [place.seed_x for place in places(three)] == [0.0, 1.0, 2.0]
    assert three.mask == masked.mask
    other = with_place(three, 1, LatentPoint(seed_x=3))
    assert [place.seed_x for place in places(other)] == [0.0, 3.0, 2.0]
    assert other.mask is not None
    assert other.mask.point == LatentPoint(seed_x=3)


def test_a_slot_that_is_filled_changes_nothing_and_is_found_again() -> None:
    point = with_place(A, 1, B)
    assert places(point) == (A, B)
    assert weights(point) == (1.0, 0.0)
    assert not is_mixed(point)
    assert own(point) == A
    again = LatentPoint.model_validate_json(point.model_dump_json())
    assert places(again) == (A, B)


def test_another_place_in_a_slot_does_all_that_the_one_before_did() -> None:
    point = with_mask(with_band(BLEND, "fine", 1), 1, ((1.0, 0.0),))
    point = with_place(point, 1, D)
    assert places(point) == (A, D, C)
    assert weights(point) == pytest.approx((0.5, 0.3, 0.2))
    assert band_place(point, "fine") == mask_place(point) == 1
    assert with_place(point, 3, D) == point  # it lies in a slot already
    elsewhere = with_place(point, 0, B)
    assert own(elsewhere) == B
    assert places(elsewhere)[1:] == (D, C)


def test_an_emptied_slot_does_nothing_any_more() -> None:
    point = with_mask(with_band(BLEND, "coarse", 2), 2, ((1.0,),))
    point = without_place(point, 2)
    assert places(point) == (A, B)
    assert weights(point) == pytest.approx((0.7, 0.3))
    assert not point.mixes
    assert point.mask is None
    assert without_place(without_place(BLEND, 2), 1) == A


def test_places_that_only_mix_or_show_through_have_slots_too() -> None:
    point = LatentPoint(seed_x=3, mask=Mask(point=D, rows=((1.0,),)))
    assert places(point) == (A, D)
    assert places(with_mask(point, 0, ())) == (A, D)  # no more shown, still laid out
    assert places(unmixed(point)) == (A, D)
    assert weights(with_weights(point, (1, 3))) == (0.25, 0.75)


def test_a_place_among_others_is_never_too_deep_for_a_file() -> None:
    deep = A
    for _ in range(9):
        deep = with_place(B, 1, deep)
        LatentPoint.model_validate(deep.model_dump())
    bent = A.model_copy(update={"bends": (Bend(stage=0),), "mask": Mask(point=B, rows=((1.0,),))})
    assert as_other(bent) == A


def test_one_share_typed_leaves_the_others_as_they_compare() -> None:
    assert shared_out((0.5, 0.3, 0.2), 0, 0.0) == pytest.approx([0.0, 0.6, 0.4])
    assert shared_out((1.0, 0.0), 0, 0.4) == pytest.approx([0.4, 0.6])
    assert shared_out((1.0, 0.0, 0.0), 2, 0.25) == pytest.approx([0.75, 0.0, 0.25])
    assert with_weights(BLEND, (0, 0, 0)) == unmixed(BLEND)


def test_kinds_blend_and_one_alone_is_a_kind() -> None:
    point = with_kinds(A, {2: 0.5, 0: 0.5})
    assert point.kinds == ((0, 0.5), (2, 0.5))
    assert kind_weights(point) == {0: 0.5, 2: 0.5}
    alone = with_kinds(point, {0: 0.0, 2: 3.0})
    assert (alone.kind, alone.kinds) == (2, ())
    assert with_kinds(point, {0: 0.0}) == point


def test_the_nearest_weights_lie_inside_and_a_corner_is_a_corner() -> None:
    assert barycentric(0.5, 0.0) == pytest.approx((1, 0, 0))
    assert barycentric(0.0, 1.0) == pytest.approx((0, 1, 0))
    assert barycentric(1.0, 1.0) == pytest.approx((0, 0, 1))
    assert nearest_weights(barycentric(0.5, 2 / 3)) == pytest.approx((1 / 3,) * 3)
    random = np.random.default_rng(0)
    for x, y in random.uniform(-2, 3, (200, 2)):
        for count in (1, 2, 3):
            found = nearest_weights(barycentric(x, y), count)
            assert sum(found) == pytest.approx(1)
            assert min(found) >= 0
            assert not any(found[count:])
    grid = [(i / 40, j / 40, 1 - (i + j) / 40) for i in range(41) for j in range(41 - i)]
    wanted = (1.3, 0.2, -0.5)
    best = min(grid, key=lambda w: _apart(w, wanted))
    assert nearest_weights(wanted) == pytest.approx(best, abs=0.03)


def _apart(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    """Squared distance in an equilateral triangle of two places by their weights."""
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True))


def test_a_stroke_shows_the_other_place_under_the_brush_and_nowhere_else() -> None:
    grid = stroked(empty_grid(64, 64), (0.25, 0.25), (0.75, 0.25), 0.2, 0.0)
    assert grid.shape == (32, 32)
    assert (grid[8, 8:24] == 1).all()
    assert not grid[16:].any()
    soft = stroked(empty_grid(64, 64), (0.5, 0.5), (0.5, 0.5), 0.5, 1.0)
    assert len(np.unique(soft[16])) > 6  # it fades
    rubbed = stroked(grid, (0.25, 0.25), (0.75, 0.25), 0.4, 0.0, rub=True)
    assert not rubbed.any()
    point = with_mask(with_place(A, 1, B), 1, rows_of(soft))
    assert np.allclose(grid_of(point, 64, 64), soft, atol=0.006)
    assert with_mask(point, 1, rows_of(rubbed)).mask is None


def test_a_brush_is_round_on_pictures_that_are_not_square() -> None:
    grid = stroked(empty_grid(96, 64), (0.5, 0.5), (0.5, 0.5), 0.4, 0.0)
    assert grid.shape == (21, 32)
    shown = np.argwhere(grid > 0.5)
    high, wide = np.ptp(shown, axis=0)
    assert abs(int(high) - int(wide)) <= 1


def test_bends_come_go_and_change_places() -> None:
    off, turn = new_bend(2, {5, 1}, "off"), new_bend(1, {0}, "turn")
    assert off.channels == (1, 5)
    point = with_bends(A, (off, turn))
    assert move_bend(point, 1, -1).bends == (turn, off)
    assert move_bend(point, 1, 1) == point
    less = with_bend(point, 1, turn.model_copy(update={"amount": 10.0}))
    assert less.bends[1].amount == 10.0
    assert without_bend(point, 0).bends == (turn,)
    assert unbent(point) == A


def test_a_place_can_be_dragged_and_a_stranger_cannot_harm() -> None:
    point = with_mask(BLEND, 1, ((1.0, 0.5),))
    step = (0.5, 1.0)
    direction = Direction(key=direction_key(step), step=step)
    place = keep(point.with_amount(direction.key, 2.0), [direction], "abc", 5)
    assert place.directions
    assert place_in(mime_of(place)) == place
    broken = mime_of(place)
    broken.setData(POINT_MIME, b'{"point": {"seed_x": "inf"}}')
    assert place_in(broken) is None
    broken.setData(POINT_MIME, Share(point=A, weight=1.0).model_dump_json().encode())
    assert place_in(broken) is None
    false = direction.model_copy(update={"step": (1.0, 1.0)})
    broken = mime_of(place.model_copy(update={"directions": (false,)}))
    assert place_in(broken) is None, "a direction that is not what its key says"


@settings(max_examples=80)
@given(st.lists(st.floats(0.0, 1.0), min_size=2, max_size=4))
def test_percents_are_a_hundred_together_and_near_what_is_meant(drawn: list[float]) -> None:
    total = sum(drawn)
    shares = [one / total for one in drawn] if total > 0 else [1.0, *[0.0] * (len(drawn) - 1)]
    percents = in_percents(shares)
    assert sum(round(100 * one) for one in percents) == 100
    assert all(abs(one - share) < 0.01 + 1e-9 for one, share in zip(percents, shares, strict=True))
