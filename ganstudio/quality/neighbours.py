"""Which pictures lie near which, and what that says of two sets: precision, recall and their kin.

Every picture has a ball that reaches to its k-th nearest neighbour in its own set; all balls
together are where the set is. Not responsible for features (`features`), nor for what counts as
copying (`copying`).
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ganstudio.project.tasks import all_at_once

__all__ = [
    "Overlap",
    "mean_apart",
    "nearest_distances",
    "nearest_of",
    "overlap",
    "overlapping",
]

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]

_CHUNK = 64
_PAIRED = 256
#: As in the papers: k of precision and recall, and of density and coverage.
_K_RECALL = 3
_K_COVERAGE = 5


@dataclass(frozen=True, slots=True)
class Overlap:
    """How much of each of two sets the other one covers.

    Attributes:
        precision: Share of generated pictures within the balls of real ones, 0 to 1: realism
            (Kynkäänniemi 2019, k = 3).
        recall: Share of real pictures within the balls of generated ones, 0 to 1: variety.
        density: Balls of real pictures that a generated one lies in, over k (Naeem 2020, k = 5);
            1 for equal laws, and more where all pictures are of the most usual kind.
        coverage: Share of real pictures with a generated one in their ball, 0 to 1; 0.97 for equal
            laws and equally many pictures.
    """

    precision: float
    recall: float
    density: float
    coverage: float


def overlap(real: Floats, generated: Floats) -> Overlap:
    """Compare two sets of features.

    Args:
        real: (n, d), n at least 6.
        generated: (m, d), m at least 4; the shares mean what they are said to mean where m and n
            are about equal.
    """
    return all_at_once(overlapping(real, generated))


def overlapping(real: Floats, generated: Floats) -> Generator[None, None, Overlap]:
    """As `overlap`, in five slices."""
    narrow = _reach(real, _K_RECALL)
    yield
    wide = _reach(real, _K_COVERAGE)
    coverage = float(np.mean(nearest_distances(real, generated) <= wide))
    yield
    recall = float(np.mean(_balls_around(real, generated, _reach(generated, _K_RECALL)) > 0))
    yield
    precision = float(np.mean(_balls_around(generated, real, narrow) > 0))
    yield
    density = float(np.mean(_balls_around(generated, real, wide))) / _K_COVERAGE
    return Overlap(precision=precision, recall=recall, density=density, coverage=coverage)


def nearest_distances(features: Floats, others: Floats, k: int = 1) -> Floats:
    """Euclidean distance of each row of features (n, d) to its k-th nearest of others (m, d): (n,).

    Infinite where there are fewer than k others.
    """
    found = np.empty(len(features))
    for start in range(0, len(features), _CHUNK):
        rows = features[start : start + _CHUNK]
        nearest = np.full((len(rows), k), np.inf)
        for _, squares in _squares(rows, others):
            both = np.concatenate((nearest, squares), axis=1)
            nearest = np.partition(both, k - 1, axis=1)[:, :k]
        found[start : start + _CHUNK] = np.sqrt(nearest.max(axis=1))
    return found


def mean_apart(features: Floats) -> float:
    """Mean Euclidean distance of two different rows of features (n, d); 0 of fewer than two.

    More than 256 rows would make it hardly any surer.
    """
    features = features[:_PAIRED]
    count, total = len(features), 0.0
    for start in range(0, count, _CHUNK):
        for _, squares in _squares(features[start : start + _CHUNK], features):
            total += float(np.sqrt(squares).sum())
    return total / (count * (count - 1)) if count > 1 else 0.0


def nearest_of(feature: Floats, others: Floats, k: int) -> tuple[Whole, Floats]:
    """The k nearest of others (m, d) to one row of features (d,), the nearest first.

    Returns:
        Their rows and their Euclidean distances, (k,) each; fewer where there are fewer.
    """
    parts = [squares[0] for _, squares in _squares(feature[None, :], others)]
    distances = np.sqrt(np.concatenate(parts)) if parts else np.empty(0)
    rows = np.argsort(distances, kind="stable")[:k]
    return rows, distances[rows]


def _reach(features: Floats, k: int) -> Floats:
    """How far the ball of each row reaches: to its k-th neighbour, itself not counted."""
    return nearest_distances(features, features, k + 1)


def _balls_around(points: Floats, centres: Floats, reach: Floats) -> Whole:
    """In how many balls each point lies: (n,)."""
    found = np.zeros(len(points), dtype=np.int64)
    for start in range(0, len(points), _CHUNK):
        rows = points[start : start + _CHUNK]
        for place, squares in _squares(rows, centres):
            inside = np.sqrt(squares) <= reach[place]
            found[start : start + _CHUNK] += inside.sum(axis=1)
    return found


def _squares(rows: Floats, others: Floats) -> Iterator[tuple[slice, Floats]]:
    """Squared distances of rows (n, d) to handfuls of others: (which others, (n, handful)).

    By differences, not by products, which would lose small distances between large numbers.
    """
    for start in range(0, len(others), _CHUNK):
        place = slice(start, start + _CHUNK)
        apart = rows[:, None, :] - others[None, place, :]
        yield place, np.einsum("nmd,nmd->nm", apart, apart)
