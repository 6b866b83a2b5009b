"""The coin's arithmetic, and when the inspector is right."""

from __future__ import annotations

import itertools

import pytest

from ganstudio.project.judging import JudgedPicture, coin_chance, most_right


def test_a_coin_is_as_good_as_counting_all_throws_says() -> None:
    throws = list(itertools.product((0, 1), repeat=10))
    for right in range(11):
        share = sum(sum(throw) >= right for throw in throws) / len(throws)
        assert coin_chance(right, 10) == pytest.approx(share)
    assert round(100 * coin_chance(7, 10)) == 17


@pytest.mark.parametrize(("right", "total"), [(0, 10), (5, 10), (26, 50), (49, 50)])
def test_the_bound_is_where_so_few_right_answers_become_unlikely(right: int, total: int) -> None:
    bound = most_right(right, total)
    assert right / total < bound < 1

    def at_most(share: float) -> float:
        throws = itertools.accumulate(
            itertools.repeat(None, total),
            lambda odds, _: [
                (odds[k] if k < len(odds) else 0) * (1 - share) + (odds[k - 1] * share if k else 0)
                for k in range(len(odds) + 1)
            ],
            initial=[1.0],
        )
        *_, last = throws
        return sum(last[: right + 1])

    assert at_most(bound) == pytest.approx(0.05, abs=1e-6)


def test_who_is_always_right_has_no_bound_below_1() -> None:
    assert most_right(10, 10) == 1.0


@pytest.mark.parametrize(
    ("real", "score", "right"), [(True, 0.51, True), (True, 0.49, False), (False, 0.49, True)]
)
def test_the_inspector_is_right_on_the_right_side_of_a_half(
    real: bool, score: float, right: bool
) -> None:
    assert JudgedPicture(real, score).right == right
