"""Win rates are what counting says, and skills those that would have made them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from ganstudio.quality.tournament import played, skills, win_rate

logits = hnp.arrays(np.float64, st.integers(1, 12), elements=st.integers(-4, 4))
shares = hnp.arrays(
    np.float64,
    st.tuples(st.integers(1, 5), st.integers(1, 5)),
    elements=st.floats(0, 1),
)


@given(logits, logits)
def test_a_win_rate_is_what_counting_all_pairs_says(drawn, real) -> None:
    pairs = [1.0 if a > b else 0.5 if a == b else 0.0 for a in drawn for b in real]
    assert win_rate(drawn, real) == pytest.approx(np.mean(pairs))
    assert win_rate(drawn, real) + win_rate(real, drawn) == pytest.approx(1.0)


def test_known_skills_are_found_again() -> None:
    generators, inspectors = np.array([-1.0, 0.0, 1.5]), np.array([-0.5, 0.0, 0.2, 0.8])
    level = np.concatenate([generators, inspectors]).mean()
    wins = 1 / (1 + np.exp(inspectors[None, :] - generators[:, None]))
    found, errors = skills(wins, 100_000)
    assert found[:3] == pytest.approx(generators - level, abs=1e-3)
    assert found[3:] == pytest.approx(inspectors - level, abs=1e-3)
    assert (errors > 0).all()
    assert (skills(wins, 400)[1] > 5 * errors).all(), "fewer rounds, less sure"


@given(shares, st.integers(1, 500))
def test_skills_are_finite_and_who_wins_more_has_more(wins, rounds: int) -> None:
    found, errors = skills(wins, rounds)
    assert np.isfinite(found).all()
    assert np.isfinite(errors).all()
    assert found.sum() == pytest.approx(0, abs=1e-6)
    many = wins.shape[0]
    totals = wins.sum(axis=1)
    for one in range(many):
        for other in range(many):
            if totals[one] > totals[other] + 1e-6:
                assert found[one] > found[other]
            elif (wins[one] == wins[other]).all():
                assert found[one] == pytest.approx(found[other], abs=1e-6)


def test_400_points_win_ten_rounds_of_eleven() -> None:
    real, easy = np.arange(11.0), np.full(11, -1.0)
    strong, weak = np.full(1100, 9.5), np.full(1100, 4.5)
    result = played([[strong, weak, easy.repeat(100)]], [real.repeat(100)])
    assert result.wins[:, 0] == pytest.approx([10 / 11, 5 / 11, 0.0])
    gap = result.generators[0] - result.inspectors[0]
    assert gap == pytest.approx(400, abs=5)
    assert result.generators[2] < result.generators[1] < result.generators[0]
    assert result.errors.shape == (4,)
