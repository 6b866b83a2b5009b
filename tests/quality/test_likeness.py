"""The nearest pictures are the nearest, and what is too near is told by pictures nobody saw."""

from __future__ import annotations

import numpy as np
import pytest

from ganstudio.quality.copying import suspicious_below
from ganstudio.quality.features import features_of
from ganstudio.quality.likeness import Likeness
from ganstudio.quality.neighbours import nearest_distances, nearest_of
from ganstudio.quality.score import LEAST_REAL, Pile

RANDOM = np.random.default_rng(4)


def test_the_nearest_rows_are_found_in_order() -> None:
    others = RANDOM.normal(size=(150, 6))
    one = RANDOM.normal(size=6)
    rows, distances = nearest_of(one, others, 5)
    wanted = np.linalg.norm(others - one, axis=1)
    assert rows.tolist() == np.argsort(wanted)[:5].tolist()
    assert distances == pytest.approx(np.sort(wanted)[:5])
    assert len(nearest_of(one, others[:2], 5)[0]) == 2


def pictures(count: int) -> np.ndarray:
    return RANDOM.integers(0, 256, (count, 16, 16, 3)).astype(np.uint8)


def test_a_copy_is_its_original_and_lies_below_the_limit() -> None:
    learned, held_out = pictures(20), pictures(LEAST_REAL)
    likeness = Likeness(Pile.of(learned), Pile.of(held_out))
    assert likeness.limit is None
    for _ in likeness.look():
        pass
    assert likeness.searched == 20
    near = nearest_distances(features_of(held_out), features_of(learned))
    assert likeness.limit == pytest.approx(suspicious_below(near), rel=1e-4)
    found = likeness.nearest(learned[7], 3)
    assert found.numbers[0] == 7
    assert found.distances[0] == pytest.approx(0, abs=1e-6)
    assert found.distances[0] <= likeness.limit


def test_what_was_looked_at_is_not_looked_at_again_and_few_give_no_limit() -> None:
    learned = pictures(12)
    taken: list[tuple[int, int]] = []

    def take(start: int, stop: int) -> np.ndarray:
        taken.append((start, stop))
        return learned[start:stop]

    likeness = Likeness(Pile(12, take), Pile.of(pictures(LEAST_REAL - 1)))
    first = likeness.look()
    next(first)
    first.close()  # somebody wanted something else
    for _ in likeness.look():
        pass
    assert taken == [(0, 8), (8, 12)]
    assert likeness.limit is None
    assert list(likeness.look()) == []
