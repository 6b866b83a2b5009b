"""What the two players play for: losses on the discriminator's raw scores.

Not responsible for penalties on gradients (`regularisers`), nor for who is updated when
(`trainer`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from torch import Tensor
from torch.nn.functional import relu, softplus

from ganstudio.project.recipe import LossName

__all__ = ["LOSSES", "Loss"]

LossFunction = Callable[[Tensor, Tensor], Tensor]


@dataclass(frozen=True, slots=True)
class Loss:
    """A pair of losses. Both take logits of real and of generated pictures, (N,) each, float32.

    Attributes:
        d_loss: What the discriminator makes small: a mean over the batch.
        g_loss: What the generator makes small. Only the generated pictures' logits carry a
            gradient to it.
        pairs: Whether the n-th real picture is compared with the n-th generated one, so that the
            generator's loss needs real pictures too.
        middle: The logit that means "as likely real as generated"; None where only differences of
            logits mean anything.
        equilibrium: Values of d_loss and g_loss where nobody can tell any more; None where a
            shift of all logits changes them.
    """

    d_loss: LossFunction
    g_loss: LossFunction
    pairs: bool
    middle: float | None
    equilibrium: tuple[float, float] | None


def _relativistic_d(real: Tensor, fake: Tensor) -> Tensor:
    return softplus(fake - real).mean()


def _relativistic_g(real: Tensor, fake: Tensor) -> Tensor:
    return softplus(real - fake).mean()


def _non_saturating_d(real: Tensor, fake: Tensor) -> Tensor:
    return softplus(-real).mean() + softplus(fake).mean()


def _non_saturating_g(_real: Tensor, fake: Tensor) -> Tensor:
    return softplus(-fake).mean()


def _minimax_g(_real: Tensor, fake: Tensor) -> Tensor:
    return -softplus(fake).mean()


def _least_squares_d(real: Tensor, fake: Tensor) -> Tensor:
    return (real - 1).square().mean() + fake.square().mean()


def _least_squares_g(_real: Tensor, fake: Tensor) -> Tensor:
    return (fake - 1).square().mean()


def _hinge_d(real: Tensor, fake: Tensor) -> Tensor:
    return relu(1 - real).mean() + relu(1 + fake).mean()


def _wasserstein_d(real: Tensor, fake: Tensor) -> Tensor:
    return fake.mean() - real.mean()


def _higher(_real: Tensor, fake: Tensor) -> Tensor:
    """The generator wants high scores, however high they are."""
    return -fake.mean()


#: Losses by the name a recipe uses.
LOSSES: Mapping[LossName, Loss] = MappingProxyType(
    {
        # Relativistic pairing (Jolicoeur-Martineau 2018; Huang 2024).
        "relativistic": Loss(
            _relativistic_d,
            _relativistic_g,
            pairs=True,
            middle=None,
            equilibrium=(math.log(2), math.log(2)),
        ),
        # Goodfellow 2014, section 3: the generator makes log D(G(z)) large.
        "non-saturating": Loss(
            _non_saturating_d,
            _non_saturating_g,
            pairs=False,
            middle=0.0,
            equilibrium=(2 * math.log(2), math.log(2)),
        ),
        # Goodfellow 2014, equation 1: the generator makes log(1 - D(G(z))) small.
        "minimax": Loss(
            _non_saturating_d,
            _minimax_g,
            pairs=False,
            middle=0.0,
            equilibrium=(2 * math.log(2), -math.log(2)),
        ),
        # Mao 2016 (LSGAN), equation 9, with labels 0 and 1, without the factors of a half.
        "least-squares": Loss(
            _least_squares_d,
            _least_squares_g,
            pairs=False,
            middle=0.5,
            equilibrium=(0.5, 0.25),
        ),
        # Lim and Ye 2017 (geometric GAN); Miyato 2018, equations 16 and 17.
        "hinge": Loss(_hinge_d, _higher, pairs=False, middle=0.0, equilibrium=(2.0, 0.0)),
        # Arjovsky 2017: nothing without a penalty that bounds the slope.
        "wasserstein": Loss(_wasserstein_d, _higher, pairs=False, middle=None, equilibrium=None),
    }
)
