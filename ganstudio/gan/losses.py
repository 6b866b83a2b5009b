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
from torch.nn.functional import softplus

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
        absolute: Whether a logit of 0 means "as likely real as generated". Otherwise only
            differences of logits mean anything.
        equilibrium: Values of both losses where nobody can tell any more.
    """

    d_loss: LossFunction
    g_loss: LossFunction
    pairs: bool
    absolute: bool
    equilibrium: tuple[float, float]


def _relativistic_d(real: Tensor, fake: Tensor) -> Tensor:
    return softplus(fake - real).mean()


def _relativistic_g(real: Tensor, fake: Tensor) -> Tensor:
    return softplus(real - fake).mean()


def _non_saturating_d(real: Tensor, fake: Tensor) -> Tensor:
    return softplus(-real).mean() + softplus(fake).mean()


def _non_saturating_g(_real: Tensor, fake: Tensor) -> Tensor:
    return softplus(-fake).mean()


#: Losses by the name a recipe uses.
LOSSES: Mapping[str, Loss] = MappingProxyType(
    {
        # Relativistic pairing (Jolicoeur-Martineau 2018; Huang 2024).
        "relativistic": Loss(
            _relativistic_d,
            _relativistic_g,
            pairs=True,
            absolute=False,
            equilibrium=(math.log(2), math.log(2)),
        ),
        # Goodfellow 2014, section 3: the generator makes log D(G(z)) large.
        "non-saturating": Loss(
            _non_saturating_d,
            _non_saturating_g,
            pairs=False,
            absolute=True,
            equilibrium=(2 * math.log(2), math.log(2)),
        ),
    }
)
