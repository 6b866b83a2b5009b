"""Which pictures a step sees depends on nothing but the seed and the clock."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
import torch

from ganstudio.gan.data import Batches, order_at, to_network
from ganstudio.project.errors import UserError
from ganstudio.project.messages import Pictures


@pytest.mark.parametrize("batch", [1, 4, 7, 30, 64])
def test_every_epoch_is_a_permutation(batch: int) -> None:
    order = np.concatenate([order_at(3, clock, batch, 30) for clock in range(0, 90 * batch, batch)])
    epochs = order[: len(order) // 30 * 30].reshape(-1, 30)
    assert (np.sort(epochs, axis=1) == np.arange(30)).all()
    assert len({tuple(epoch) for epoch in epochs[:50]}) > 1


def test_other_seeds_give_other_orders() -> None:
    assert order_at(1, 0, 30, 30).tolist() != order_at(2, 0, 30, 30).tolist()


def test_a_batch_is_the_same_whatever_was_asked_before(images: Pictures) -> None:
    straight = Batches(images, seed=3, flip=True)
    seen = [straight.at(clock, 4) for clock in range(0, 200, 4)]
    for clock in (196, 0, 28, 60, 116):
        fresh = Batches(images, seed=3, flip=True)
        assert torch.equal(fresh.at(clock, 4), seen[clock // 4])
        assert torch.equal(straight.at(clock, 4), seen[clock // 4])


def test_batches_hold_the_pictures_themselves(images: Pictures) -> None:
    batch = Batches(images, seed=3).at(8, 4)
    expected = images[order_at(3, 8, 4, len(images))].astype(np.float64) / 127.5 - 1
    np.testing.assert_allclose(batch.permute(0, 2, 3, 1).numpy(), expected, atol=1e-6)
    assert batch.is_contiguous(memory_format=torch.channels_last)


def test_flips_mirror_about_half_and_only_across(images: Pictures) -> None:
    plain, flipped = Batches(images, seed=3), Batches(images, seed=3, flip=True)
    mirrored = 0
    for clock in range(0, 400, 4):
        for a, b in zip(plain.at(clock, 4), flipped.at(clock, 4), strict=True):
            assert torch.equal(a, b) or torch.equal(a.flip(2), b)
            mirrored += not torch.equal(a, b)
    assert 150 < mirrored < 250


class _Elsewhere:
    """Pictures that are not in memory."""

    def __init__(self, images: Pictures) -> None:
        self._images = images
        self.asked = 0

    @property
    def shape(self) -> tuple[int, ...]:
        return self._images.shape

    def gather(self, indices: npt.NDArray[np.int64]) -> Pictures:
        self.asked += 1
        return self._images[indices]


def test_pictures_too_many_for_the_memory_are_fetched_as_needed(
    images: Pictures, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ganstudio.gan.data._free_memory", lambda _device: 1000)
    source = _Elsewhere(images)
    batches = Batches(source, seed=3, flip=True)
    assert source.asked == 0
    resident = Batches(images, seed=3, flip=True)
    for clock in range(0, 80, 4):
        assert torch.equal(batches.at(clock, 4), resident.at(clock, 4))
    assert source.asked == 20


def test_only_chosen_rows_are_seen(images: Pictures) -> None:
    batches = Batches(images, rows=[3, 1, 2], seed=3)
    wanted = {images[row].tobytes() for row in (1, 2, 3)}
    seen = batches.at(0, 6).permute(0, 2, 3, 1).add(1).mul(127.5).round().to(torch.uint8).numpy()
    assert {picture.tobytes() for picture in seen} == wanted


def test_no_pictures_is_an_error_a_person_understands(images: Pictures) -> None:
    with pytest.raises(UserError) as caught:
        Batches(images, rows=[], seed=3)
    assert caught.value.code == "too-few-pictures"


def test_black_and_white_are_exactly_minus_one_and_one() -> None:
    pixels = torch.tensor([0, 255], dtype=torch.uint8).view(2, 1, 1, 1)
    assert to_network(pixels, torch.device("cpu")).flatten().tolist() == [-1.0, 1.0]
