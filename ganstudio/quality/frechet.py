"""The Frechet distance between two sets of features, each taken as a normal distribution.

Not responsible for the features (`features`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ganstudio.project.quality import Estimate

__all__ = [
    "FeatureStatistics",
    "frechet_between",
    "frechet_distance",
    "frechet_with_error",
    "jackknife",
    "statistics_of",
    "with_error",
]

Floats = npt.NDArray[np.float64]

_GROUPS = 10


@dataclass(frozen=True, slots=True)
class FeatureStatistics:
    """A set of features, as a normal distribution.

    Attributes:
        mean: (d,).
        covariance: (d, d), over n - 1.
        count: How many there were.
    """

    mean: Floats
    covariance: Floats
    count: int


def statistics_of(features: Floats) -> FeatureStatistics:
    """Mean and covariance of features (n, d); n is at least 2."""
    covariance = np.atleast_2d(np.cov(features, rowvar=False))
    return FeatureStatistics(features.mean(axis=0), covariance, len(features))


def frechet_distance(first: FeatureStatistics, second: FeatureStatistics) -> float:
    """|m1 - m2|^2 + tr(S1 + S2 - 2 (S1 S2)^(1/2)) (Frechet 1957; Dowson and Landau 1982).

    The trace of the root is taken from the symmetric S1^(1/2) S2 S1^(1/2), which has the same
    eigenvalues as S1 S2 and needs no root of an unsymmetric matrix.

    Returns:
        0 for equal distributions; never negative but for rounding.
    """
    root = _symmetric_root(first.covariance)
    eigenvalues = np.linalg.eigvalsh(root @ second.covariance @ root)
    overlap = np.sqrt(eigenvalues.clip(min=0.0)).sum()
    apart = np.square(first.mean - second.mean).sum()
    traces = np.trace(first.covariance) + np.trace(second.covariance)
    return float(apart + traces - 2.0 * overlap)


def frechet_between(first: Floats, second: Floats) -> float:
    """The distance of two sets of features, the quick way where pictures are fewer than features.

    With S1 = A'A and S2 = B'B, where the rows of A and B are the centred features over the root of
    n - 1, the trace of (S1 S2)^(1/2) is the sum of the singular values of AB', which is as large as
    the sets are. So 500 pictures with 2,048 features take a moment, and the number is the same.

    Args:
        first: (n, d), n at least 2.
        second: (m, d), m at least 2.
    """
    if min(len(first), len(second)) > first.shape[1]:
        return frechet_distance(statistics_of(first), statistics_of(second))
    a, b = _centred(first), _centred(second)
    overlap = np.linalg.svd(a @ b.T, compute_uv=False).sum()
    apart = np.square(first.mean(axis=0) - second.mean(axis=0)).sum()
    return float(apart + np.square(a).sum() + np.square(b).sum() - 2.0 * overlap)


def frechet_with_error(first: Floats, second: Floats) -> Estimate:
    """The distance of two sets of features, and how much it would vary with other pictures.

    The error is that of a jackknife which leaves out a tenth of each set at a time.

    Args:
        first: (n, d), n at least 4.
        second: (m, d), m at least 4.
    """
    return with_error(first, second, list(jackknife(first, second)))


def jackknife(first: Floats, second: Floats) -> Iterator[float]:
    """The distance without a tenth of each set, for each tenth."""
    groups = min(_GROUPS, len(first), len(second))
    for group in range(groups):
        parts = (statistics_of(_without(one, group, groups)) for one in (first, second))
        yield frechet_distance(*parts)


def with_error(first: Floats, second: Floats, without: Sequence[float]) -> Estimate:
    """The distance, with the error that follows from what `jackknife` gave."""
    value = frechet_distance(statistics_of(first), statistics_of(second))
    return Estimate(value, float(np.sqrt((len(without) - 1) * np.var(without))))


def _without(features: Floats, group: int, groups: int) -> Floats:
    """All rows but those of one tenth; of one piece, as kinds of pictures may come in turn."""
    left_out = np.arange(len(features)) * groups // len(features) == group
    kept: Floats = features[~left_out]
    return kept


def _centred(features: Floats) -> Floats:
    """A with A'A as covariance."""
    centred: Floats = (features - features.mean(axis=0)) / np.sqrt(len(features) - 1)
    return centred


def _symmetric_root(matrix: Floats) -> Floats:
    """The symmetric square root of a symmetric matrix without negative eigenvalues."""
    values, vectors = np.linalg.eigh(matrix)
    scaled: Floats = vectors * np.sqrt(values.clip(min=0.0))
    root: Floats = scaled @ vectors.T
    return root
