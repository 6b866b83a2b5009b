from __future__ import annotations

import math

import pytest
import torch

from ganstudio.gan.sampling import seed_vector
from ganstudio.latent.points import lattice_seed, point_vector


def test_places_near_each_other_have_vectors_of_their_own() -> None:
    places = [(x, y) for x in range(-6, 6) for y in range(-6, 6)]
    vectors = torch.stack([seed_vector(lattice_seed(x, y), 64) for x, y in places])
    distances = torch.cdist(vectors, vectors).fill_diagonal_(math.inf)
    assert distances.min().item() > 5  # independent ones are about 11 apart


@pytest.mark.parametrize("seed", [0, 1, 63, 1499, 10**9])
def test_row_zero_holds_the_seeds_of_the_command_line(seed: int) -> None:
    assert torch.equal(point_vector(seed, 0.0, 64), seed_vector(seed, 64))


def test_a_blend_has_the_variance_of_a_seed_everywhere() -> None:
    lengths = [point_vector(seed + 0.5, 0.25, 64).square().mean().item() for seed in range(200)]
    assert sum(lengths) / 200 == pytest.approx(1.0, abs=0.05)


def test_walking_is_continuous() -> None:
    step = 0.01
    places = [(i * step, 0.3 + i * step / 2) for i in range(300)]
    vectors = torch.stack([point_vector(*place, 64) for place in places])
    steps = (vectors[1:] - vectors[:-1]).norm(dim=1)
    assert steps.max().item() < 0.5 * math.sqrt(64) * step * 10
