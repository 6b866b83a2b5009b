"""The copy check against cases whose answer is known without it."""

import numpy as np
import pytest

from ganstudio.quality.copying import copy_check
from ganstudio.quality.neighbours import nearest_distances


def column(*values: float) -> np.ndarray:
    return np.array(values, dtype=np.float64)[:, None]


def test_the_share_nearer_than_the_nearest_of_held_out_pictures_by_hand() -> None:
    training = column(0.0)
    held_out = column(*range(1, 101))  # so 5 is the 5 % quantile, 50.5 the median
    generated = column(0.5, -5.0, 5.01, 80.0)
    check = copy_check(generated, training, held_out)
    assert check.rate == 0.5
    assert check.expected == 0.05
    assert check.ratio == pytest.approx(5.005 / 50.5)


def test_copies_are_all_found_and_strangers_none() -> None:
    random = np.random.default_rng(0)
    training, held_out = random.normal(size=(60, 8)), random.normal(size=(200, 8))
    copies = copy_check(training[::2], training, held_out)
    assert (copies.rate, copies.ratio) == (1.0, 0.0)
    strangers = copy_check(held_out + 100.0, training, held_out)
    assert strangers.rate == 0.0
    assert strangers.ratio > 1.0


def test_new_pictures_of_the_same_kind_are_as_near_as_expected() -> None:
    random = np.random.default_rng(1)
    training, held_out, new = (random.normal(size=(n, 6)) for n in (100, 4_000, 4_000))
    check = copy_check(new, training, held_out)
    # Both shares are of 4,000: their difference has a standard deviation of 0.0049.
    assert check.rate == pytest.approx(0.05, abs=0.015)
    assert check.ratio == pytest.approx(1.0, abs=0.02)
    same = copy_check(held_out, training, held_out)
    assert same.rate == same.expected == pytest.approx(0.05, abs=1e-3)
    assert same.ratio == 1.0


def test_half_copies_and_half_new_pictures_add_up() -> None:
    random = np.random.default_rng(2)
    training, held_out = random.normal(size=(50, 5)), random.normal(size=(1_000, 5))
    mixed = np.concatenate([np.repeat(training, 20, axis=0), held_out])
    assert copy_check(mixed, training, held_out).rate == pytest.approx(0.5 * 1.0 + 0.5 * 0.05)


def test_the_unit_and_the_direction_of_features_do_not_matter() -> None:
    random = np.random.default_rng(3)
    sets = [random.normal(size=(n, 4)) for n in (300, 40, 300)]
    turn, _ = np.linalg.qr(random.normal(size=(4, 4)))
    plain = copy_check(*sets)
    turned = copy_check(*(7.0 * one @ turn + 3.0 for one in sets))
    assert (turned.rate, turned.expected) == (plain.rate, plain.expected)
    assert turned.ratio == pytest.approx(plain.ratio)


def test_distances_are_those_of_all_pairs_over_chunk_borders() -> None:
    random = np.random.default_rng(4)
    # Far from the origin, where a difference of products would have no digits left.
    rows, others = (1e6 + random.normal(size=(n, 3)) for n in (300, 520))
    pairs = np.sqrt(np.square(rows[:, None] - others[None]).sum(axis=2))
    np.testing.assert_allclose(nearest_distances(rows, others), pairs.min(axis=1), rtol=1e-9)
    assert nearest_distances(rows[:0], others).shape == (0,)
