from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from ganstudio.desktop.pages.explore.journey import Journey
from ganstudio.project.point import LatentPoint, Move

HOME = LatentPoint()


def place(number: int) -> LatentPoint:
    return LatentPoint(seed_x=number / 7, diversity=1.0).with_amount("a", number / 3)


def test_two_hundred_random_moves_undone_and_redone_give_equal_points():
    chance = random.Random(5)
    journey, walked = Journey(HOME), [HOME]
    for _ in range(200):
        point = LatentPoint(
            seed_x=chance.uniform(-1e6, 1e6),
            seed_y=chance.gauss(0, 9),
            diversity=chance.random(),
            moves=tuple(Move(direction=key, amount=chance.gauss(0, 1)) for key in "abcdef"),
        )
        assert journey.visit(point)
        walked.append(point)
    back = [journey.jump(journey.index - 1) for _ in range(200)]
    assert back == walked[-2::-1]
    on = [journey.jump(journey.index + 1) for _ in range(200)]
    assert on == walked[1:]


def test_a_new_step_leaves_what_was_taken_back_as_another_way():
    journey = Journey(HOME)
    for number in (1, 2, 3):
        journey.visit(place(number), text=str(number))
    journey.jump(1)
    journey.visit(place(9), text="9")
    assert journey.places == (HOME, place(1), place(9))
    assert journey.index == 2
    assert journey.forks == {1}
    journey.jump(1)
    assert journey.turn() == ("2", "3")
    assert journey.places == (HOME, place(1), place(2), place(3))
    assert journey.here == place(1)
    assert journey.turn() == ("9",)


def test_ways_off_other_ways_come_back_with_them_each_in_its_turn():
    journey = Journey(HOME)
    for number in (1, 2):
        journey.visit(place(number))
    journey.jump(1)
    journey.visit(place(3))
    journey.jump(0)
    journey.visit(place(4))
    journey.jump(0)
    journey.visit(place(5))
    journey.jump(0)
    seen = []
    for _ in range(3):
        seen.append(journey.places)
        journey.turn()
    ways = [(place(5),), (place(1), place(3)), (place(4),)]
    assert seen == [(HOME, *way) for way in ways]
    assert journey.places == seen[0]
    journey.turn()
    assert journey.forks == {0, 1}, "the fork on the other way is still there"
    journey.jump(1)
    journey.turn()
    assert journey.places == (HOME, place(1), place(2))


def test_where_no_other_way_leads_on_nothing_turns():
    journey = Journey(HOME)
    journey.visit(place(1))
    assert journey.turn() == ()
    assert journey.places == (HOME, place(1))


def test_staying_is_no_step():
    journey = Journey(HOME)
    assert not journey.visit(HOME)
    assert len(journey) == 1


def test_quick_steps_of_one_kind_count_as_one():
    journey = Journey(HOME)
    assert journey.visit(place(1), "keys", now=0.0)
    assert not journey.visit(place(2), "keys", now=0.3)
    assert not journey.visit(place(3), "keys", now=0.6)
    assert journey.places == (HOME, place(3))
    assert journey.visit(place(4), "keys", now=2.0)
    assert journey.visit(place(5), "drag", now=2.1)
    assert journey.visit(place(6), "", now=2.2)
    assert journey.visit(place(7), "", now=2.3)


def test_after_an_undo_a_quick_step_is_a_step_of_its_own():
    journey = Journey(HOME)
    journey.visit(place(1), "keys", now=0.0)
    journey.visit(place(2), "pad", now=0.1)
    journey.jump(1)
    assert journey.visit(place(3), "pad", now=0.2)
    assert journey.places == (HOME, place(1), place(3))


@settings(max_examples=80)
@given(st.integers(1, 40), st.integers(0, 60), st.integers(0, 60))
def test_the_strip_always_shows_where_one_is(room: int, steps: int, back: int):
    journey = Journey(HOME)
    for number in range(1, steps + 1):
        journey.visit(place(number))
    journey.jump(steps - back)
    shown = journey.window(room)
    assert journey.index in shown
    assert len(shown) == min(room, len(journey)) or shown[-1] >= journey.index
    assert len(shown) <= room
    assert 0 <= shown[0] <= shown[-1] < len(journey)


@settings(max_examples=80)
@given(st.integers(1, 40), st.integers(0, 60), st.integers(-90, 90))
def test_shifted_the_strip_stays_on_the_path(room: int, steps: int, shifted: int):
    journey = Journey(HOME)
    for number in range(1, steps + 1):
        journey.visit(place(number))
    shown = journey.window(room, shifted)
    assert len(shown) == min(room, len(journey))
    assert 0 <= shown[0] <= shown[-1] < len(journey)
    assert 0 in journey.window(room, -steps - 1)
