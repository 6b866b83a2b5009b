"""FID: the same distance on other features, pictures one at a time, kinds of pictures alike."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from ganstudio.project.messages import Pictures, Progress
from ganstudio.project.quality import Fid
from ganstudio.quality.fid import FidReference
from ganstudio.quality.frechet import frechet_distance, statistics_of
from ganstudio.quality.score import Pile


def features_of(pictures: Pictures) -> np.ndarray:
    """Three numbers of each: what a very small Inception sees."""
    assert pictures.shape[3] == 3
    return pictures.mean(axis=(1, 2))


NETWORK: Any = SimpleNamespace(digest="a1", features_of=features_of)


def drawn(count: int, channels: int = 3, seed: int = 0) -> Pictures:
    random = np.random.default_rng(seed)
    return random.integers(0, 256, (count, 4, 4, channels), dtype=np.uint8)


def measured(reference: FidReference, pictures: Pictures) -> tuple[Fid, list[Progress]]:
    slices, steps = reference.measuring(Pile.of(pictures)), []
    while True:
        try:
            steps.append(next(slices))
        except StopIteration as end:
            return end.value, steps


def test_it_is_the_frechet_distance_and_knows_its_weights_and_counts() -> None:
    real, made = drawn(30), drawn(20, seed=1)
    reference = FidReference(NETWORK, Pile.of(real), (255, 255, 255))
    fid, steps = measured(reference, made)
    expected = frechet_distance(statistics_of(features_of(made)), statistics_of(features_of(real)))
    assert fid.value == pytest.approx(expected)
    assert (fid.weights, fid.drawn, fid.real) == ("a1", 20, 30)
    assert steps == [Progress(done, 50) for done in range(1, 51)]
    again, steps = measured(reference, made)
    assert again == fid
    assert len(steps) == 20, "real pictures are looked at once"


def test_pictures_are_taken_one_at_a_time() -> None:
    taken = []

    def take(start: int, stop: int) -> Pictures:
        taken.append(stop - start)
        return drawn(stop - start, seed=start)

    reference = FidReference(NETWORK, Pile(5, take), (0, 0, 0))
    measured(reference, drawn(3))
    assert taken == [1] * 5


def test_grey_pictures_are_repeated_and_transparent_ones_lie_on_their_ground() -> None:
    grey = drawn(9, channels=1)
    reference = FidReference(NETWORK, Pile.of(grey), (0, 0, 0))
    same, _ = measured(reference, np.repeat(grey, 3, axis=3))
    assert same.value == pytest.approx(0.0, abs=1e-6)
    clear = np.zeros((9, 4, 4, 4), np.uint8)
    clear[:5, 0, 0] = (200, 100, 0, 255)
    ground = (10, 20, 30)
    seen = np.broadcast_to(np.array(ground, np.uint8), (9, 4, 4, 3)).copy()
    seen[:5, 0, 0] = (200, 100, 0)
    reference = FidReference(NETWORK, Pile.of(clear), ground)
    assert measured(reference, seen)[0].value == pytest.approx(0.0, abs=1e-6)
    assert measured(reference, clear)[0].value == pytest.approx(0.0, abs=1e-6)
