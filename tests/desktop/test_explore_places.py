from __future__ import annotations

import math

import pytest

from ganstudio.desktop.pages.explore.places import (
    MOST,
    NEARBY,
    jump,
    nearby,
    pad,
    surprise,
    walked,
)
from ganstudio.project.point import Bend, LatentPoint, Mask, Mix, Move, Share

KEYS = tuple("abcdefghijkl")
POINT = LatentPoint(
    seed_x=154.3,
    seed_y=88.65,
    diversity=0.7,
    moves=(Move(direction="a", amount=1.7), Move(direction="c", amount=-2.9)),
)


def test_nearby_is_eight_different_places_the_same_for_the_same_throw():
    places = nearby(POINT, 0.4, roll=3, directions=KEYS)
    assert len(set(places)) == NEARBY
    assert places == nearby(POINT, 0.4, roll=3, directions=KEYS)
    assert places != nearby(POINT, 0.4, roll=4, directions=KEYS)
    assert places == nearby(POINT, 0.4, roll=3, directions=KEYS, count=12)[:8]


def test_how_far_is_how_far():
    def reach(how_far: float) -> float:
        places = nearby(POINT, how_far, roll=3, directions=KEYS)
        return max(math.dist((p.seed_x, p.seed_y), (POINT.seed_x, POINT.seed_y)) for p in places)

    assert reach(0.05) < reach(0.5) < reach(1.0) <= 0.51


def test_locked_directions_stay_and_all_stay_within_their_sliders():
    for roll in range(20):
        for place in nearby(POINT, 1.0, roll, directions=KEYS, locked={"a"}):
            assert place.amount("a") == 1.7
            assert place.diversity == POINT.diversity
            assert all(abs(move.amount) <= MOST for move in place.moves)


def test_far_out_nearby_is_near():
    far = LatentPoint(moves=(Move(direction="a", amount=9.0), Move(direction="b", amount=-5.0)))
    for place in nearby(far, 0.2, 1, KEYS):
        assert abs(place.amount("a") - 9.0) < 1.0
        assert abs(place.amount("b") + 5.0) < 1.0


def test_without_directions_only_the_seed_moves():
    assert jump(LatentPoint(), 0.5, 1, directions=()).moves == ()


def test_surprise_keeps_what_is_locked_and_lets_the_rest_rest():
    place = surprise(POINT, roll=1, locked={"c"})
    assert place.moves == (Move(direction="c", amount=-2.9),)
    assert place.seed_x == int(place.seed_x)
    assert place.diversity == POINT.diversity
    assert place != surprise(POINT, roll=2, locked={"c"})


def test_the_pad_holds_whole_seeds_row_by_row_as_they_would_look():
    cells = pad(POINT, -3, 7)
    assert [(c.seed_x, c.seed_y) for c in cells[:7]] == [
        (-3, 7),
        (-2, 7),
        (-1, 7),
        (0, 7),
        (1, 7),
        (2, 7),
        (-3, 8),
    ]
    assert len(cells) == 18
    assert all(cell.moves == POINT.moves for cell in cells)


def test_a_surprise_out_of_a_blend_is_a_place_of_its_own():
    other = LatentPoint(seed_x=3.0)
    mixes = (Mix(band="fine", point=other),)
    blend = LatentPoint(
        blend=(Share(point=other, weight=1.0),),
        mixes=mixes,
        mask=Mask(point=other, rows=((1.0,),)),
        bends=(Bend(stage=0),),
    )
    surprised = surprise(blend, 1)
    assert not surprised.blend
    assert surprised.others == ()
    assert surprised.bends == blend.bends
    assert not surprise(LatentPoint(vector=(1.0,)), 1).vector


@pytest.mark.parametrize(
    "hidden",
    [
        LatentPoint(vector=(1.0, 2.0)),
        LatentPoint(blend=(Share(point=LatentPoint(seed_x=3.0), weight=0.9),)),
    ],
)
def test_who_walks_where_the_pad_shows_nothing_walks_along_directions(hidden: LatentPoint):
    there = walked(hidden, 0.5, -0.25, KEYS)
    assert (there.seed_x, there.seed_y) == (hidden.seed_x, hidden.seed_y)
    assert (there.amount(KEYS[0]), there.amount(KEYS[1])) == (0.5, -0.25)
    half = LatentPoint(blend=(Share(point=LatentPoint(seed_x=3.0), weight=0.5),))
    assert walked(half, 0.5, -0.25, KEYS) == half.moved(0.5, -0.25)
