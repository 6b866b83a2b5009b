"""Precision, recall, density and coverage: by hand, in expectation, and beside their authors'."""

import itertools

import numpy as np
import prdc
import pytest

from ganstudio.quality.neighbours import nearest_distances, overlap


def normal(seed: int, count: int, dimensions: int, shift: float = 0.0) -> np.ndarray:
    return np.random.default_rng(seed).normal(shift, 1.0, (count, dimensions))


def column(*values: float) -> np.ndarray:
    return np.array(values, dtype=np.float64)[:, None]


def test_the_kth_nearest_by_hand() -> None:
    points, others = column(0.0, 10.0), column(1.0, -2.0, 4.0)
    assert nearest_distances(points, others).tolist() == [1.0, 6.0]
    assert nearest_distances(points, others, 2).tolist() == [2.0, 9.0]
    assert nearest_distances(points, others, 3).tolist() == [4.0, 12.0]
    assert np.isinf(nearest_distances(points, others, 4)).all()


@pytest.mark.parametrize("k", [1, 2, 5])
def test_many_pictures_are_compared_in_handfuls_without_losing_one(k: int) -> None:
    points, others = normal(0, 150, 4), normal(1, 333, 4)
    apart = np.linalg.norm(points[:, None] - others[None], axis=2)
    assert nearest_distances(points, others, k) == pytest.approx(np.sort(apart, axis=1)[:, k - 1])


def test_small_distances_between_large_numbers_are_not_lost() -> None:
    points = 1e8 + column(0.0, 3.0)
    assert nearest_distances(points, points + 1e-3) == pytest.approx([1e-3, 1e-3], rel=1e-4)


def test_overlap_by_hand() -> None:
    real = column(*range(10))  # balls of 3 neighbours reach 2, at the ends 3; of 5: 3, 4, 5
    generated = column(0.5, 0.6, 0.7, 0.8, 100.0)
    found = overlap(real, generated)
    assert found.precision == 0.8
    # Around 0.5 a ball of three neighbours reaches 0.3, around 100 it reaches 99.4.
    assert found.recall == pytest.approx(0.9)  # 1 ... 9 lie around 100, 0 does not
    assert found.coverage == pytest.approx(0.4)  # 0 to 3 see 0.8 within their reach, 4 does not
    assert found.density == pytest.approx(4 * 4 / 5 / 5)


@pytest.mark.parametrize(("real", "generated"), [(300, 300), (200, 350)])
def test_the_figures_are_those_of_the_authors_of_density_and_coverage(
    real: int, generated: int
) -> None:
    ours, theirs = normal(2, real, 12), 0.8 * normal(3, generated, 12, shift=0.1)
    found = overlap(ours, theirs)
    three, five = (
        prdc.compute_prdc(real_features=ours, fake_features=theirs, nearest_k=k) for k in (3, 5)
    )
    assert found.precision == pytest.approx(three["precision"], abs=1e-9)
    assert found.recall == pytest.approx(three["recall"], abs=1e-9)
    assert found.density == pytest.approx(five["density"], abs=1e-9)
    assert found.coverage == pytest.approx(five["coverage"], abs=1e-9)


def test_equal_laws_reach_what_is_expected_of_them() -> None:
    """Naeem 2020: density 1, coverage 1 - prod (N - 1 - i) / (2 N - 1 - i)."""
    count, k = 1000, 5
    expected = 1 - np.prod([(count - 1 - i) / (2 * count - 1 - i) for i in range(k)])
    found = overlap(normal(4, count, 2), normal(5, count, 2))
    assert found.density == pytest.approx(1.0, abs=3 * 0.016)
    assert found.coverage == pytest.approx(expected, abs=3 * 0.008)
    assert min(found.precision, found.recall) > 0.95


def test_each_figure_falls_when_what_it_measures_gets_worse() -> None:
    real = normal(6, 400, 8)
    rough = [overlap(real, normal(7, 400, 8) + np.array([shift] + [0.0] * 7)) for shift in range(6)]
    for one, worse in itertools.pairwise(rough):
        assert worse.precision < one.precision
        assert worse.density < one.density
        assert worse.coverage < one.coverage
    alike = [overlap(real, normal(8, 400, 8) * wide) for wide in (1.0, 0.7, 0.4, 0.1)]
    for one, narrower in itertools.pairwise(alike):
        assert narrower.recall < one.recall
    assert alike[-1].coverage < alike[0].coverage
    assert alike[-1].recall == 0.0
    assert alike[-1].precision > 0.95


def test_one_picture_drawn_again_and_again_is_realistic_and_has_no_variety() -> None:
    real = normal(9, 100, 6)
    found = overlap(real, np.repeat(real[:1], 100, axis=0))
    assert found.precision == 1.0
    assert found.recall == pytest.approx(0.01)
    assert found.coverage < 0.1
