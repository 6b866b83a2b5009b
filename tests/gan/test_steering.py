"""Steered augmentation: which way p goes, how far, and that it goes on where it stood."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
import torch

from ganstudio.gan.losses import LOSSES
from ganstudio.gan.steering import LEAKS_FROM, AugmentController, held_out_reading, next_p

BATCH = 50
STEP = 4 * BATCH / 500_000


def by_sign(p: float = 0.0, middle: float = 0.0) -> AugmentController:
    return AugmentController("sign", batch_size=BATCH, middle=middle, p=p)


def by_held_out(p: float = 0.0) -> AugmentController:
    return AugmentController("held-out", batch_size=BATCH, middle=None, p=p)


def real(above: int, middle: float = 0.0) -> torch.Tensor:
    """Logits of 10 pictures, so many of them above the middle."""
    return middle + torch.tensor([2.5] * above + [-0.5] * (10 - above))


def step(
    controller: AugmentController, reals: torch.Tensor, fake: float = 0.0, held_out: float = 0.0
) -> None:
    judged = torch.full((7,), held_out) if controller.wants_held_out else None
    controller.add(controller.numbers(reals, torch.full((9,), fake), judged))


@pytest.mark.parametrize(("above", "moves"), [(9, 1), (7, -1)])
def test_p_goes_towards_a_mean_sign_of_0_6(above: int, moves: int) -> None:
    """Of 10 signs 9 are +1: 0.8; 7: 0.4."""
    controller = by_sign(p=0.5)
    for _ in range(4):
        step(controller, real(above))
    assert controller.p == pytest.approx(0.5 + moves * STEP)


def test_on_its_target_p_stays_where_it_is() -> None:
    assert next_p(0.5, 0.6, 0.6, step=0.1, most=0.8) == 0.5


def test_signs_are_those_of_distances_from_the_middle_of_the_loss() -> None:
    middle = LOSSES["least-squares"].middle
    assert middle == 0.5
    controller = by_sign(p=0.5, middle=middle)
    for _ in range(4):
        step(controller, real(7, middle))  # all but 3 above it, yet all but none above 0
    assert controller.p < 0.5


@pytest.mark.parametrize("name", ["relativistic", "wasserstein"])
def test_a_loss_without_a_middle_has_no_signs(name: str) -> None:
    middle = LOSSES[name].middle  # type: ignore[index]
    with pytest.raises(ValueError, match="middle"):
        AugmentController("sign", batch_size=BATCH, middle=middle)


def test_the_mean_over_four_steps_counts() -> None:
    controller = by_sign()
    for above in (10, 10, 10):
        step(controller, real(above))
        assert controller.p == 0.0
    step(controller, real(3))  # -0.4, so 0.65 in the mean
    assert controller.p == pytest.approx(STEP)
    for above in (2, 10, 10, 9):  # -0.6, 1, 1 and 0.8, so 0.55
        step(controller, real(above))
    assert controller.p == pytest.approx(0.0)


def test_p_could_rise_from_0_to_1_in_half_a_million_images() -> None:
    controller = AugmentController("sign", batch_size=12_500, middle=0.0)
    for _ in range(4):
        step(controller, real(10))
    assert controller.p == pytest.approx(0.1)


def test_p_stops_where_augmentation_leaks() -> None:
    controller = by_sign(p=LEAKS_FROM - 1.5 * STEP)
    found = []
    for _ in range(3):
        for _ in range(4):
            step(controller, real(10))
        found.append(controller.p)
    assert found == [pytest.approx(LEAKS_FROM - STEP / 2), LEAKS_FROM, LEAKS_FROM]


def test_p_never_falls_below_0() -> None:
    controller = by_sign(p=1.5 * STEP)
    for _ in range(3 * 4):
        step(controller, real(0))
    assert controller.p == 0.0
    assert next_p(0.0, -1.0, 0.6, step=0.1, most=0.8) == 0.0


def test_p_never_begins_above_its_most() -> None:
    assert AugmentController("sign", batch_size=2, middle=0.0, p=0.9, most=0.5).p == 0.5


@pytest.mark.parametrize(
    ("held_out", "expected"),
    [(3.0, 0.0), (1.0, 0.5), (-1.0, 1.0), (2.0, 0.25)],
)
def test_held_out_reading_is_the_way_from_real_down_to_generated(
    held_out: float, expected: float
) -> None:
    assert held_out_reading(3.0, held_out, -1.0) == pytest.approx(expected)
    # The same discriminator with an offset that a relativistic loss leaves free.
    assert held_out_reading(103.0, held_out + 100, 99.0) == pytest.approx(expected)


@pytest.mark.parametrize("generated", [1.0, 2.0])
def test_a_discriminator_that_cannot_tell_has_memorised_nothing(generated: float) -> None:
    assert held_out_reading(1.0, -5.0, generated) == 0.0


@pytest.mark.parametrize(("held_out", "moves"), [(0.4, 1), (0.8, -1)])
def test_p_goes_towards_a_held_out_reading_of_0_4(held_out: float, moves: int) -> None:
    controller = by_held_out(p=0.5)
    reals = torch.tensor([0.5, 1.5])
    wanted = []
    for _ in range(8):
        wanted.append(controller.wants_held_out)
        step(controller, reals, fake=0.0, held_out=held_out)
    assert controller.p == pytest.approx(0.5 + 2 * moves * STEP)
    assert wanted == [False, False, False, True] * 2


def test_signs_never_want_held_out_pictures() -> None:
    controller = by_sign()
    for _ in range(5):
        assert not controller.wants_held_out
        step(controller, real(5))


@pytest.mark.parametrize("make", [by_sign, by_held_out])
@pytest.mark.parametrize("cut", range(9))
def test_it_goes_on_exactly_where_its_state_was_taken(
    make: Callable[[], AugmentController], cut: int
) -> None:
    def logits(n: int) -> torch.Tensor:
        rng = torch.Generator().manual_seed(n)
        return torch.randn(7, generator=rng) + 0.7

    whole = make()
    for n in range(40):
        step(whole, logits(n), fake=-1.0, held_out=0.1)
    first, second = make(), make()
    for n in range(cut):
        step(first, logits(n), fake=-1.0, held_out=0.1)
    second.load(json.loads(json.dumps(first.state())))
    assert second.state() == first.state()
    for n in range(cut, 40):
        step(second, logits(n), fake=-1.0, held_out=0.1)
    assert second.p == whole.p > 0
    assert second.state() == whole.state()


def test_numbers_stay_where_they_are_until_the_fourth_step(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Nothing waits for the device."""
    controller = by_sign()
    read: list[int] = []
    plain = torch.Tensor.tolist

    def spy(x: torch.Tensor) -> object:
        read.append(len(x))
        return plain(x)

    monkeypatch.setattr(torch.Tensor, "tolist", spy)
    for _ in range(3):
        step(controller, real(5))
    assert read == []
    step(controller, real(5))
    assert read == [1]
