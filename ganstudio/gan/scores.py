"""The inspector's logits as probabilities a person can read.

Not responsible for collecting them: the trainer keeps the logits of a row.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch

__all__ = ["Scores", "balance_of", "middle_of", "scores"]


@dataclass(frozen=True, slots=True)
class Scores:
    """How the inspector tells real from generated, each from 0 to 1.

    Attributes:
        d_real: Mean score of real pictures.
        d_fake: Mean score of generated pictures.
        balance: P(D(real) > D(generated)); a tie counts half.
    """

    d_real: float
    d_fake: float
    balance: float


def scores(real: torch.Tensor, fake: torch.Tensor, *, middle: float | None) -> Scores:
    """Score a pile of real and of generated pictures.

    A picture's score is sigmoid(D(x) - c), with one c for both kinds: see `middle_of`.

    Args:
        real: Logits of real pictures, (N,).
        fake: Logits of generated pictures, (M,).
        middle: See `losses.Loss`.
    """
    real, fake = real.double().cpu(), fake.double().cpu()
    c = middle_of(real, fake, middle)
    return Scores(
        d_real=float(torch.sigmoid(real - c).mean()),
        d_fake=float(torch.sigmoid(fake - c).mean()),
        balance=balance_of(real, fake),
    )


def middle_of(real: torch.Tensor, fake: torch.Tensor, middle: float | None) -> float:
    """The logit that means "as likely real as generated", the same for both kinds.

    It is the midpoint of both means, because a relativistic loss leaves the inspector without an
    absolute zero; the loss's own middle where it has one.

    Args:
        real: Logits of real pictures, (N,).
        fake: Logits of generated pictures, (M,).
        middle: See `losses.Loss`.
    """
    if middle is not None:
        return middle
    return float(0.5 * (real.double().mean() + fake.double().mean()))


def balance_of(real: torch.Tensor, fake: torch.Tensor) -> float:
    """P(D(real) > D(generated)) of logits (N,) and (M,), a tie counting half."""
    ranked, _ = fake.sort()
    wins = torch.searchsorted(ranked, real, right=False) + torch.searchsorted(
        ranked, real, right=True
    )
    return float(wins.double().mean()) / (2 * len(fake))
