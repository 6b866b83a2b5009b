"""A direction of an older generator: does it still do what it did, and what does it now?"""

from __future__ import annotations

import torch
from torch import Tensor

from ganstudio.latent.alignment import compared, within
from ganstudio.latent.ground import Ground
from ganstudio.latent.slices import finished
from tests.latent.test_directions import Weighed

EVERY = torch.eye(8).tolist()


class Turned(Weighed):
    """As if it had learned on: another w gives the same picture."""

    def __init__(self, turn: Tensor) -> None:
        super().__init__()
        self.weights = self.weights @ turn.T


def _turn(degrees: float) -> Tensor:
    """In the plane of the first two."""
    angle = torch.deg2rad(torch.tensor(degrees))
    turn = torch.eye(8)
    turn[:2, :2] = torch.stack([angle.cos(), -angle.sin(), angle.sin(), angle.cos()]).view(2, 2)
    return turn


def test_what_does_nearly_what_it_did_is_taken_as_it_is() -> None:
    newer, older = Ground(Turned(_turn(15))), Ground(Weighed())
    fit = finished(compared(newer, older, EVERY[0], EVERY))
    assert fit.verdict == "same"
    assert fit.likeness > 0.7


def test_what_does_something_else_now_is_made_of_the_directions_of_now() -> None:
    turn = _turn(90)
    newer, older = Ground(Turned(turn)), Ground(Weighed())
    fit = finished(compared(newer, older, EVERY[0], EVERY))
    assert fit.verdict == "aligned"
    assert fit.likeness > 0.95
    wanted = turn @ torch.tensor(EVERY[0])
    found = torch.tensor(fit.step)
    assert torch.nn.functional.cosine_similarity(found, wanted, dim=0).item() > 0.95


def test_what_nothing_does_any_more_is_lost() -> None:
    class Other(Weighed):
        def __init__(self) -> None:
            super().__init__()
            self.weights = self.weights.roll(100, 0)

    fit = finished(compared(Ground(Other()), Ground(Weighed()), EVERY[0], EVERY))
    assert fit.verdict == "lost"
    assert fit.step == ()


def test_without_the_older_generator_it_has_to_lie_among_those_of_now() -> None:
    ground = Ground(Weighed())
    assert within(ground, EVERY[0], EVERY[:4]).verdict == "aligned"
    assert within(ground, EVERY[7], EVERY[:4]).verdict == "lost"
    assert within(ground, EVERY[7], EVERY[:0]).verdict == "lost"
