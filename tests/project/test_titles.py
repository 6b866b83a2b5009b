"""Champion and challengers: the story of titles, my choice, and what never makes room."""

from __future__ import annotations

import dataclasses
import itertools
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ganstudio.project.quality import Estimate, MomentScore
from ganstudio.project.titles import MOST_COPIES, Best, best_moment, kept, starred, titles
from tests.invented_scores import invented_score


def moment(
    clock: int, distance: float, error: float = 2.0, copying: Estimate | None = None
) -> MomentScore:
    score = dataclasses.replace(invented_score(copying=copying), kernel=Estimate(distance, error))
    return MomentScore(clock, score, None, drawn=64, real=64, honest=True)


def story(*distances: float, error: float = 2.0) -> dict[int, MomentScore]:
    """Moments at 0, 100, 200 ... of these distances."""
    return {100 * i: moment(100 * i, value, error) for i, value in enumerate(distances)}


def clocks(won: list[MomentScore]) -> list[int]:
    return [score.images for score in won]


def star(clock: int, kind: str = "star") -> dict[str, object]:
    return {"event": kind, "images": clock, "at": "2026-01-01T00:00:00+00:00"}


many = st.dictionaries(
    st.integers(0, 10_000),
    st.tuples(
        st.floats(-5, 500),
        st.floats(0, 20),
        st.none() | st.tuples(st.floats(0, 1), st.floats(0, 0.2)),
    ),
    max_size=40,
).map(
    lambda found: {
        clock: moment(clock, value, error, None if copies is None else Estimate(*copies))
        for clock, (value, error, copies) in found.items()
    }
)


def test_the_first_moment_with_a_score_has_the_title_and_a_better_one_takes_it() -> None:
    assert titles({}) == []
    assert clocks(titles(story(400, 100, 150, 30))) == [0, 100, 300]


def test_a_challenger_has_to_be_better_by_more_than_its_error() -> None:
    assert clocks(titles(story(30, 28.5))) == [0], "cannot be told apart: the earlier one keeps it"
    assert clocks(titles(story(30, 28))) == [0]
    assert clocks(titles(story(30, 27.9))) == [0, 100]
    assert clocks(titles(story(30, 28.5, 27.5))) == [0, 200], "small steps add up"


def test_a_copier_cannot_take_the_title_and_one_that_is_not_sure_can() -> None:
    surely = Estimate(0.5, 0.05)
    perhaps = Estimate(MOST_COPIES + 0.02, 0.05)
    for copying, won in ((surely, [0]), (perhaps, [0, 100]), (None, [0, 100])):
        assert clocks(titles({0: moment(0, 30), 100: moment(100, 1, copying=copying)})) == won
    assert titles({0: moment(0, 1, copying=surely)}) == []


@pytest.mark.parametrize("broken", [float("nan"), float("inf"), float("-inf")])
def test_what_is_no_number_is_no_challenger(broken: float) -> None:
    found = {0: moment(0, broken), 100: moment(100, 5), 200: moment(200, 1, broken)}
    assert clocks(titles(found)) == [100]


@given(many, st.randoms())
def test_the_story_does_not_depend_on_the_order_in_which_scores_came(
    found: dict[int, MomentScore], dice: random.Random
) -> None:
    mixed = list(found.items())
    dice.shuffle(mixed)
    assert titles(dict(mixed)) == titles(found)


@given(many)
def test_the_story_goes_up_and_nobody_was_passed_over(found: dict[int, MomentScore]) -> None:
    won = titles(found)
    assert clocks(won) == sorted(clocks(won))
    distances = [score.score.kernel.value for score in won]
    assert all(later < earlier for earlier, later in itertools.pairwise(distances))
    for clock, score in found.items():
        copying = score.score.copying
        if copying is not None and copying.interval[0] > MOST_COPIES:
            assert score not in won
        elif won and clock > won[-1].images:
            kernel = score.score.kernel
            assert kernel.value + kernel.error >= distances[-1]


@given(many, st.integers(0, 10_000))
def test_what_comes_later_does_not_change_the_story_before(
    found: dict[int, MomentScore], now: int
) -> None:
    past = {clock: score for clock, score in found.items() if clock <= now}
    assert titles(past) == [score for score in titles(found) if score.images <= now]


def test_the_last_event_of_a_clock_counts_and_the_last_star_is_my_choice() -> None:
    events = [star(100), star(300), star(100, "unstar"), {"event": "note", "images": 7}, {}]
    assert starred(events) == [300]
    assert starred([*events, star(200)]) == [300, 200]
    assert starred([*events, star(200), star(300)]) == [200, 300], "starred anew"
    assert starred([star(1), {"event": "star", "images": "2"}, {"event": "star"}]) == [1]


def test_my_choice_outranks_the_score_as_long_as_it_is_there() -> None:
    scores, there = story(400, 100, 30), [0, 100, 200]
    assert best_moment(scores, [], there) == Best(200, "score")
    assert best_moment(scores, [star(100)], there) == Best(100, "choice")
    assert best_moment({}, [star(100)], there) == Best(100, "choice"), "without any score"
    assert best_moment(scores, [star(100), star(100, "unstar")], there) == Best(200, "score")
    assert best_moment(scores, [star(50)], there) == Best(200, "score"), "its snapshot is gone"
    assert best_moment(scores, [star(0), star(50)], there) == Best(0, "choice")


def test_without_a_score_or_a_star_nothing_is_best() -> None:
    assert best_moment({}, [], [0, 100]) is None
    assert best_moment(story(400, 100), [], []) is None


def test_of_moments_that_are_gone_the_others_have_the_title_among_themselves() -> None:
    scores = story(400, 30, 29)
    assert best_moment(scores, [], [0, 100, 200]) == Best(100, "score")
    assert best_moment(scores, [], [0, 200]) == Best(200, "score")


def test_what_is_kept_is_the_champion_and_every_star() -> None:
    scores, there = story(400, 100, 30, 80), [0, 100, 200, 300]
    assert kept(scores, [], there) == {200}
    assert kept(scores, [star(300), star(0), star(999)], there) == {0, 200, 300}
    assert kept({}, [], there) == frozenset()
