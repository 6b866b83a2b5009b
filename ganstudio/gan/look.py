"""A look of the discriminator: scores, and what they and their slopes teach it.

Not responsible for where the pictures come from (`turn`), nor for updating anything.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

import torch
from torch import Tensor

from ganstudio.gan.chance import Chance, Share
from ganstudio.gan.losses import LOSSES
from ganstudio.gan.networks.base import Discriminator, SelfSupervised
from ganstudio.gan.pieces import InPieces, look_with_penalty
from ganstudio.gan.regularisers import between, gradient_penalty, zero_centred_penalty
from ganstudio.project.recipe import GameRecipe, PenaltyName

__all__ = ["Inspection", "Looks", "Sight"]

# How much the slopes at real and at generated pictures count.
_KINDS: dict[PenaltyName, tuple[float, float]] = {
    "r1+r2": (1.0, 1.0),
    "r1": (1.0, 0.0),
    "r2": (0.0, 1.0),
}


@dataclass(frozen=True, slots=True)
class Sight:
    """What is looked at together.

    Attributes:
        reals: (N, C, H, W) float32.
        fakes: As many generated ones, without a graph.
        labels: Classes of both, (N,) int64, or None.
        share: Their rows of the batch.
        chance: Randomness for one purpose.
    """

    reals: Tensor
    fakes: Tensor
    labels: Tensor | None
    share: Share
    chance: Callable[[str], Chance]


@dataclass(frozen=True, slots=True)
class Inspection:
    """What was found; nothing carries a gradient.

    Attributes:
        loss: Without the penalty, as much as it counts in the batch, 0-dim float32.
        penalty: As much as it counts on every turn, 0-dim float32; None where it was not due.
        real_logits: (N,) float32.
        fake_logits: (N,) float32.
    """

    loss: Tensor
    penalty: Tensor | None
    real_logits: Tensor
    fake_logits: Tensor


class Looks:
    """How a discriminator learns from what it sees.

    Args:
        discriminator: In training mode.
        game: Loss and penalty.
        arithmetic: A context in which the networks work.
        bfloat16: Whether that context is of bfloat16.
    """

    def __init__(
        self,
        discriminator: Discriminator,
        game: GameRecipe,
        arithmetic: Callable[[], AbstractContextManager[object]],
        bfloat16: bool,
    ) -> None:
        self._discriminator, self._game = discriminator, game
        self._weights = list(discriminator.parameters())
        self._d_loss = LOSSES[game.loss].d_loss
        self._arithmetic, self._bfloat16 = arithmetic, bfloat16

    def learn(self, sight: Sight, gamma: float) -> Inspection:
        """Look, and add to the gradients in the discriminator's `.grad`.

        Args:
            sight: The pictures.
            gamma: Weight of the penalty; 0 for a look without.
        """
        if gamma <= 0:
            return self._plain(sight)
        if self._game.penalty == "wgan-gp":
            return self._with_slopes_between(sight, gamma)
        if isinstance(self._discriminator, InPieces) and sight.labels is None:
            return self._in_pieces(self._discriminator, sight, gamma)
        return self._with_slopes(sight, gamma)

    def _plain(self, sight: Sight) -> Inspection:
        return self._learned(sight, *self._judge(sight))

    def _with_slopes_between(self, sight: Sight, gamma: float) -> Inspection:
        """WGAN-GP: slopes on the way from a real to a generated picture shall be 1."""
        real, fake, lesson = self._judge(sight)
        pictures = between(sight.reals, sight.fakes, sight.chance("between")).requires_grad_()
        squares = gradient_penalty(self._scores(pictures, sight.labels), pictures)
        return self._learned(sight, real, fake, lesson, gamma * squares.sum() / sight.share.total)

    def _with_slopes(self, sight: Sight, gamma: float) -> Inspection:
        """R1 and R2: slopes at the pictures themselves shall be 0."""
        kinds = [kind.detach().requires_grad_() for kind in (sight.reals, sight.fakes)]
        real, fake, lesson = self._judge(dataclasses.replace(sight, reals=kinds[0], fakes=kinds[1]))
        counts = _KINDS[self._game.penalty]
        squares = [
            zero_centred_penalty(logits, pictures).sum()
            for logits, pictures, counted in zip((real, fake), kinds, counts, strict=True)
            if counted
        ]
        penalty = torch.stack(squares).sum() * (gamma / 2 / sight.share.total)
        return self._learned(sight, real, fake, lesson, penalty)

    def _in_pieces(self, network: InPieces, sight: Sight, gamma: float) -> Inspection:
        """The same, by the short way."""
        seen = torch.cat([sight.reals, sight.fakes])
        start, pieces = network.in_pieces(seen.bfloat16() if self._bfloat16 else seen)
        counts = torch.tensor(_KINDS[self._game.penalty], device=seen.device)
        each = counts.repeat_interleave(len(sight.reals)) * (gamma / 2 / sight.share.total)

        def loss(logits: Tensor) -> Tensor:
            return self._d_loss(*logits.chunk(2)) * sight.share.weight

        look = look_with_penalty(pieces, start, loss, each * self._game.penalty_every)
        real, fake = look.logits.chunk(2)
        return Inspection(look.loss, (each * look.squares).sum(), real, fake)

    def _learned(
        self,
        sight: Sight,
        real: Tensor,
        fake: Tensor,
        lesson: Tensor | None,
        penalty: Tensor | None = None,
    ) -> Inspection:
        """Add the gradients of loss, lesson and penalty: as strong as all turns without it want."""
        loss = self._d_loss(real, fake) * sight.share.weight
        total = loss if lesson is None else loss + lesson * sight.share.weight
        if penalty is not None:
            total = total + self._game.penalty_every * penalty
        torch.autograd.backward(total, inputs=self._weights)
        kept = None if penalty is None else penalty.detach()
        return Inspection(loss.detach(), kept, real.detach(), fake.detach())

    def _judge(self, sight: Sight) -> tuple[Tensor, Tensor, Tensor | None]:
        """Logits of real and of generated pictures, and what else the real ones teach."""
        network, labels = self._discriminator, sight.labels
        lesson: Tensor | None = None
        if isinstance(network, SelfSupervised):
            with self._arithmetic():
                real, lesson = network.logits_and_lesson(
                    sight.reals, labels, sight.chance("lesson")
                )
        elif network.independent and not sight.reals.requires_grad:
            # One pass for both kinds; where slopes are wanted, each kind has its own graph.
            both = None if labels is None else torch.cat([labels, labels])
            real, fake = self._scores(torch.cat([sight.reals, sight.fakes]), both).chunk(2)
            return real, fake, None
        else:
            real = self._scores(sight.reals, labels)
        return real.float(), self._scores(sight.fakes, labels), lesson

    def _scores(self, pictures: Tensor, labels: Tensor | None) -> Tensor:
        """Logits (N,), float32."""
        with self._arithmetic():
            logits: Tensor = self._discriminator(pictures, labels)
        return logits.float()
