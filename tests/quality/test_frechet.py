"""The Frechet distance against closed forms that need no other program."""

import numpy as np
import pytest

from ganstudio.quality.frechet import (
    FeatureStatistics,
    frechet_between,
    frechet_distance,
    statistics_of,
)


def normal(mean: list[float], deviations: list[float]) -> FeatureStatistics:
    return FeatureStatistics(np.array(mean), np.diag(np.square(deviations)), 1000)


def test_the_distance_of_shifted_and_scaled_normals_is_the_closed_form() -> None:
    dimensions = 16
    one = normal([0.0] * dimensions, [1.0] * dimensions)
    other = normal([1.0] * dimensions, [2.0] * dimensions)
    assert frechet_distance(one, other) == pytest.approx(16 * 1 + 16 * (1 - 2) ** 2, abs=1e-9)


def test_commuting_covariances_compare_their_deviations() -> None:
    one, other = normal([0.0, 2.0, 5.0], [1.0, 3.0, 0.5]), normal([0.0, 0.0, 5.0], [4.0, 1.0, 0.5])
    expected = 2.0**2 + (1 - 4) ** 2 + (3 - 1) ** 2
    assert frechet_distance(one, other) == pytest.approx(expected, abs=1e-9)


def test_covariances_that_do_not_commute_match_a_rotation_by_hand() -> None:
    # For 2 x 2: tr (S T)^(1/2) = sqrt(tr(S T) + 2 sqrt(det S det T)).
    first = np.array([[4.0, 1.0], [1.0, 1.0]])
    second = np.array([[2.0, -1.0], [-1.0, 3.0]])
    determinants = np.linalg.det(first) * np.linalg.det(second)
    root_trace = np.sqrt(np.trace(first @ second) + 2 * np.sqrt(determinants))
    expected = np.trace(first) + np.trace(second) - 2 * root_trace
    zero = np.zeros(2)
    distance = frechet_distance(
        FeatureStatistics(zero, first, 9), FeatureStatistics(zero, second, 9)
    )
    assert distance == pytest.approx(expected, abs=1e-9)


def test_a_set_is_at_no_distance_from_itself_and_the_distance_is_symmetric() -> None:
    random = np.random.default_rng(1)
    one = statistics_of(random.normal(size=(300, 20)) @ random.normal(size=(20, 20)))
    other = statistics_of(random.normal(size=(300, 20)))
    assert frechet_distance(one, one) == pytest.approx(0.0, abs=1e-7)
    assert frechet_distance(one, other) == pytest.approx(frechet_distance(other, one), rel=1e-9)


def test_fewer_features_than_dimensions_still_give_a_number() -> None:
    random = np.random.default_rng(2)
    one, other = (statistics_of(random.normal(size=(10, 40))) for _ in range(2))
    assert np.isfinite(frechet_distance(one, other))
    assert frechet_distance(one, one) == pytest.approx(0.0, abs=1e-5)


def test_covariance_is_over_one_less_than_the_count() -> None:
    statistics = statistics_of(np.array([[0.0, 1.0], [2.0, 5.0]]))
    np.testing.assert_allclose(statistics.mean, [1.0, 3.0])
    np.testing.assert_allclose(statistics.covariance, [[2.0, 4.0], [4.0, 8.0]])
    assert statistics.count == 2


def test_equal_distributions_show_the_known_bias_of_finite_samples() -> None:
    # To leading order E FD = (d^2 + 5 d) / (2 n) for n samples of N(0, I_d) on both sides.
    dimensions, count = 64, 1000
    random = np.random.default_rng(3)
    distances = [
        frechet_distance(
            statistics_of(random.normal(size=(count, dimensions))),
            statistics_of(random.normal(size=(count, dimensions))),
        )
        for _ in range(12)
    ]
    expected = (dimensions**2 + 5 * dimensions) / (2 * count)
    assert expected == pytest.approx(2.208)
    assert np.mean(distances) == pytest.approx(expected, rel=0.03)


@pytest.mark.parametrize(("n", "m"), [(12, 9), (9, 200), (200, 9), (150, 200), (2, 2)])
def test_the_quick_way_for_few_pictures_gives_the_same_number(n: int, m: int) -> None:
    random = np.random.default_rng(4)
    mixing = random.normal(size=(30, 30))
    one, other = random.normal(size=(n, 30)) @ mixing, random.normal(1.0, size=(m, 30))
    expected = frechet_distance(statistics_of(one), statistics_of(other))
    assert frechet_between(one, other) == pytest.approx(expected, rel=1e-6)
    assert frechet_between(one, one) == pytest.approx(0.0, abs=1e-6 * float(np.square(one).sum()))
