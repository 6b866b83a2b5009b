"""The kernel distance: against another program, its own definition, and its error's promise."""

import numpy as np
import pytest
import torch
from torchmetrics.image.kid import poly_mmd

from ganstudio.quality.kernel import kernel_distance

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:torchmetrics")


def normal(random: np.random.Generator, count: int, shift: float = 0.0) -> np.ndarray:
    return random.normal(shift, 1.0, (count, 10))


def plain(first: np.ndarray, second: np.ndarray) -> float:
    """The definition: means over pairs."""
    d = first.shape[1]
    own, others, both = (
        (a @ b.T / d + 1) ** 3 for a, b in ((first, first), (second, second), (first, second))
    )
    different = [kernel[~np.eye(len(kernel), dtype=bool)].mean() for kernel in (own, others)]
    return float(sum(different) - 2 * both.mean())


def test_it_is_that_of_torchmetrics() -> None:
    random = np.random.default_rng(0)
    first, second = normal(random, 90), normal(random, 90, 0.3)
    theirs = poly_mmd(torch.from_numpy(first), torch.from_numpy(second))
    assert kernel_distance(first, second).value == pytest.approx(float(theirs), rel=1e-9)


def test_it_is_its_definition_for_sets_of_unequal_size() -> None:
    random = np.random.default_rng(1)
    first, second = normal(random, 40), 1.3 * normal(random, 70)
    assert kernel_distance(first, second).value == pytest.approx(plain(first, second), rel=1e-9)


def test_the_error_is_that_of_leaving_each_picture_out_once() -> None:
    random = np.random.default_rng(2)
    first, second = normal(random, 12), normal(random, 9, 0.5)
    without = [
        [plain(np.delete(first, i, 0), second) for i in range(len(first))],
        [plain(first, np.delete(second, i, 0)) for i in range(len(second))],
    ]
    spread = sum((len(each) - 1) * np.var(each) for each in without)
    assert kernel_distance(first, second).error == pytest.approx(np.sqrt(spread), rel=1e-9)


def test_equal_laws_are_at_no_distance_and_the_interval_says_how_sure_that_is() -> None:
    random = np.random.default_rng(3)
    found = [kernel_distance(normal(random, 60), normal(random, 60)) for _ in range(200)]
    values = np.array([one.value for one in found])
    assert abs(values.mean()) < 3 * values.std() / np.sqrt(len(values))
    inside = np.mean([one.interval[0] <= 0.0 <= one.interval[1] for one in found])
    assert inside > 0.9


def test_the_interval_holds_the_true_distance_of_different_laws() -> None:
    random = np.random.default_rng(4)
    true = kernel_distance(normal(random, 3_000), normal(random, 3_000, 0.4)).value
    found = [kernel_distance(normal(random, 60), normal(random, 60, 0.4)) for _ in range(200)]
    inside = np.mean([one.interval[0] <= true <= one.interval[1] for one in found])
    assert 0.9 < inside <= 1.0
    errors = np.mean([one.error for one in found])
    assert errors == pytest.approx(np.std([one.value for one in found]), rel=0.2)


def test_it_rises_with_every_grade_of_damage() -> None:
    random = np.random.default_rng(5)
    real, drawn = normal(random, 300), normal(random, 300)
    shifted = [kernel_distance(real, drawn + shift).value for shift in (0.0, 0.1, 0.2, 0.4, 0.8)]
    assert shifted == sorted(shifted)
    narrow = [kernel_distance(real, drawn * wide).value for wide in (1.0, 0.8, 0.5, 0.1)]
    assert narrow == sorted(narrow)
