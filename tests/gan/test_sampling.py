"""The same seed is the same picture, wherever and with whomever it is drawn."""

from __future__ import annotations

import numpy as np
import torch

from ganstudio.gan.modelfile import network_for
from ganstudio.gan.sampling import pictures_of, seed_vector, seed_vectors, to_uint8
from ganstudio.project.recipe import Recipe


def test_a_seeds_vector_knows_no_neighbours() -> None:
    together = seed_vectors([5, 0, 123_456_789], 64)
    assert torch.equal(together[0], seed_vector(5, 64))
    assert torch.equal(together[2], seed_vector(123_456_789, 64))
    assert not torch.equal(together[0], together[1])


def test_vectors_are_gaussian() -> None:
    many = seed_vectors(range(2_000), 16)
    assert abs(float(many.mean())) < 0.02
    assert abs(float(many.std()) - 1) < 0.02


def test_the_global_random_state_is_left_alone() -> None:
    before = torch.get_rng_state()
    seed_vectors(range(4), 8)
    assert torch.equal(torch.get_rng_state(), before)


def test_a_seed_is_the_same_picture_in_any_batch(recipe: Recipe) -> None:
    network = network_for(recipe)
    together = pictures_of(network, seed_vectors(range(70), 8))
    for seed in (0, 3, 63, 64, 69):
        alone = pictures_of(network, seed_vectors([seed], 8))[0]
        # Kernels may add in another order for another batch: one step of rounding at most.
        difference = np.abs(alone.astype(int) - together[seed].astype(int))
        assert difference.max() <= 1


def test_pictures_are_uint8_rows_that_nobody_may_change(recipe: Recipe) -> None:
    pictures = pictures_of(network_for(recipe), seed_vectors(range(3), 8))
    assert pictures.shape == (3, 16, 16, 3)
    assert pictures.dtype == np.uint8
    assert not pictures.flags.writeable


def test_rounding_is_to_the_nearest_and_clips() -> None:
    values = torch.tensor([-2.0, -1.0, 0.0, 1.0, 3.0, 100.4 / 127.5 - 1, 100.6 / 127.5 - 1])
    found = to_uint8(values.view(-1, 1, 1, 1)).ravel().tolist()
    assert found == [0, 0, 128, 255, 255, 100, 101]


def test_diversity_zero_is_one_picture(recipe: Recipe) -> None:
    pictures = pictures_of(network_for(recipe), seed_vectors(range(3), 8), diversity=0.0)
    assert (pictures[0] == pictures[1]).all()
