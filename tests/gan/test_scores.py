"""Scores a person can read, by their definition."""

from __future__ import annotations

import pytest
import torch

from ganstudio.gan.scores import scores

REAL = torch.tensor([2.0, 1.0, -0.5, 3.0])
FAKE = torch.tensor([0.5, -1.0, 1.0])


def test_balance_counts_every_pair_and_halves_ties() -> None:
    wins = sum(
        1.0 if r > f else 0.5 if r == f else 0.0 for r in REAL.tolist() for f in FAKE.tolist()
    )
    assert scores(REAL, FAKE, middle=None).balance == pytest.approx(wins / 12)


def test_a_shift_of_all_logits_changes_nothing_without_an_absolute_zero() -> None:
    shifted = scores(REAL + 100, FAKE + 100, middle=None)
    plain = scores(REAL, FAKE, middle=None)
    assert shifted.d_real == pytest.approx(plain.d_real, abs=1e-5)
    assert shifted.d_fake == pytest.approx(plain.d_fake, abs=1e-5)


def test_with_an_absolute_zero_scores_are_plain_sigmoids() -> None:
    found = scores(REAL, FAKE, middle=0.0)
    assert found.d_real == pytest.approx(float(torch.sigmoid(REAL).mean()))
    assert found.d_fake == pytest.approx(float(torch.sigmoid(FAKE).mean()))


def test_two_piles_that_cannot_be_told_apart_score_one_half() -> None:
    found = scores(REAL, REAL, middle=None)
    assert found.balance == pytest.approx(0.5)
    assert found.d_real == pytest.approx(found.d_fake)


def test_single_opposite_logits_lie_symmetrically() -> None:
    found = scores(torch.tensor([5.0]), torch.tensor([1.0]), middle=None)
    assert found.d_real == pytest.approx(1 - found.d_fake)
    assert found.d_real == pytest.approx(float(torch.sigmoid(torch.tensor(2.0))))
    assert found.balance == 1.0
