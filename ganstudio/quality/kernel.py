"""The kernel distance between two sets of features: no bias, even where pictures are few.

Not responsible for the features (`features`).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ganstudio.project.quality import Estimate

__all__ = ["kernel_distance"]

Floats = npt.NDArray[np.float64]


def kernel_distance(first: Floats, second: Floats) -> Estimate:
    """Squared maximum mean discrepancy with the kernel (x.y / d + 1)^3 (Bińkowski 2018, KID).

    The mean over all pairs of different pictures, which is 0 in expectation for equal laws and can
    thus come out below 0. Its error is the jackknife's: each picture is left out once, which sums
    of rows of the kernel give without a second look at the features.

    Args:
        first: (n, d), n at least 3.
        second: (m, d), m at least 3.

    Returns:
        The distance, not multiplied by anything; memory grows with (n + m)^2.
    """
    own, others, both = _kernel(first, first), _kernel(second, second), _kernel(first, second)
    n, m = both.shape
    own_rows = own.sum(axis=1) - own.diagonal()
    other_rows = others.sum(axis=1) - others.diagonal()
    within_first, within_second, across = own_rows.sum(), other_rows.sum(), both.sum()

    def distance(first_sum: Floats, n: int, second_sum: Floats, m: int, mixed: Floats) -> Floats:
        return first_sum / (n * (n - 1)) + second_sum / (m * (m - 1)) - 2 * mixed / (n * m)

    without_first = distance(
        within_first - 2 * own_rows, n - 1, within_second, m, across - both.sum(axis=1)
    )
    without_second = distance(
        within_first, n, within_second - 2 * other_rows, m - 1, across - both.sum(axis=0)
    )
    spread = _jackknife(without_first) + _jackknife(without_second)
    value = distance(within_first, n, within_second, m, across)
    return Estimate(float(value), float(np.sqrt(spread)))


def _kernel(first: Floats, second: Floats) -> Floats:
    kernel: Floats = (first @ second.T / first.shape[1] + 1.0) ** 3
    return kernel


def _jackknife(values: Floats) -> float:
    """Variance of an estimate by what it is without each of its n pictures."""
    n = len(values)
    return float((n - 1) * np.var(values))
