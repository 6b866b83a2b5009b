"""What is held out follows from the contents, is the right number, and has no twin in training."""

from __future__ import annotations

import hashlib

import numpy as np
import pytest

from ganstudio.pictures import held_out
from ganstudio.pictures.held_out import look_codes


def pictures_of(count: int, size: int = 32) -> np.ndarray:
    """Soft random pictures: a coarse pattern, enlarged."""
    coarse = np.random.default_rng(1).integers(0, 256, (count, 8, 8, 3), dtype=np.uint8)
    return coarse.repeat(size // 8, axis=1).repeat(size // 8, axis=2)


def hashes_of(pictures: np.ndarray) -> list[str]:
    return [hashlib.blake2b(picture.tobytes(), digest_size=16).hexdigest() for picture in pictures]


@pytest.mark.parametrize(
    ("count", "expected"),
    [(0, 0), (1, 0), (199, 0), (200, 20), (400, 20), (1_000, 50), (4_000, 200), (12_000, 500)],
)
def test_how_many(count, expected):
    pictures = pictures_of(count)
    found = held_out(hashes_of(pictures), pictures)
    assert len(found) == expected
    assert found.dtype == np.int64
    assert np.array_equal(found, np.unique(found))


def test_the_order_of_the_pictures_does_not_matter():
    pictures = pictures_of(600)
    hashes = hashes_of(pictures)
    order = np.random.default_rng(2).permutation(600)
    shuffled = [hashes[place] for place in order]
    first = {hashes[place] for place in held_out(hashes, pictures)}
    second = {shuffled[place] for place in held_out(shuffled, pictures[order])}
    assert first == second


def test_near_duplicates_stay_on_one_side():
    originals = pictures_of(300)
    originals[:, :, 16:] = 200  # a plain ground, where noise alone must not make a difference
    noise = np.random.default_rng(3).integers(-2, 3, originals.shape)
    pictures = np.concatenate([originals, np.clip(originals + noise, 0, 255).astype(np.uint8)])
    codes = list(look_codes(pictures))
    alike = sum(codes[place] == codes[place + 300] for place in range(300))
    assert alike > 200  # the test means something
    chosen = np.zeros(600, bool)
    chosen[held_out(hashes_of(pictures), pictures)] = True
    codes_out = {code for code, out in zip(codes, chosen, strict=True) if out}
    codes_in = {code for code, out in zip(codes, chosen, strict=True) if not out}
    assert chosen.sum() == 30
    assert not codes_out & codes_in


def test_different_pictures_have_different_codes():
    assert len(set(look_codes(pictures_of(1_000)))) == 1_000


def test_a_set_of_one_look_holds_out_nothing():
    pictures = np.full((300, 32, 32, 3), 7, np.uint8)
    assert len(held_out([f"{number:032x}" for number in range(300)], pictures)) == 0
