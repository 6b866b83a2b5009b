"""One turn of the game: first the discriminator's gradients, then, judged anew, the generator's.

Not responsible for updating anything: the trainer does that between and after the two halves.

The pictures are drawn once for both halves, and the discriminator looks at real and generated ones
together. (Moving both players at once, from one look, would save a third look, but learns so much
less from every picture that it is slower.)
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from ganstudio.gan.augment import Augment
from ganstudio.gan.device import Precision
from ganstudio.gan.losses import LOSSES
from ganstudio.gan.pieces import InPieces, look_with_penalty
from ganstudio.gan.regularisers import zero_centred_penalty
from ganstudio.project.recipe import Recipe

__all__ = ["FirstHalf", "Game"]

# Logits (2N,), the loss without a penalty, and |grad D(x)|^2 of every picture where it was due.
_Found = tuple[Tensor, Tensor, Tensor | None]


@dataclass(frozen=True, slots=True)
class FirstHalf:
    """What the discriminator's half found; everything stays on the device.

    Attributes:
        loss_d: Discriminator loss without the penalty, 0-dim float32.
        penalty: gamma / 2 * (R1 + R2), 0-dim float32; None on a turn without penalty.
        real_logits: (N,) float32, without a gradient.
        fake_logits: (N,) float32, without a gradient.
        fakes: Generated pictures as the discriminator saw them, (N, C, H, W), with their graph.
    """

    loss_d: Tensor
    penalty: Tensor | None
    real_logits: Tensor
    fake_logits: Tensor
    fakes: Tensor


class Game:
    """The rules of a recipe, and the two networks that play by them.

    Args:
        generator: In training mode.
        discriminator: In training mode.
        recipe: Loss, penalty and augmentation.
        precision: Arithmetic of the networks; losses and penalties are float32.
    """

    def __init__(
        self, generator: nn.Module, discriminator: nn.Module, recipe: Recipe, precision: Precision
    ) -> None:
        self._generator, self._discriminator = generator, discriminator
        self._d_weights = list(discriminator.parameters())
        self._loss = LOSSES[recipe.game.loss]
        self._every = recipe.game.penalty_every
        self._augment = Augment(recipe.augment.policy)
        self._device_type = next(generator.parameters()).device.type
        self._bfloat16 = precision == "bfloat16"

    def first_half(
        self,
        reals: Tensor,
        latents: Tensor,
        *,
        augment_p: float,
        gamma: float,
        rng: torch.Generator,
    ) -> FirstHalf:
        """Draw, look, and leave the discriminator's gradients in its `.grad`.

        Args:
            reals: (N, C, H, W) float32 in [-1, 1].
            latents: (N, z_dim) float32.
            augment_p: Share of pictures that are augmented.
            gamma: Weight of the penalties on this turn; 0 for a turn without.
            rng: On the pictures' device; augmentation draws from it.
        """
        with self._arithmetic():
            fakes = self._generator(latents)
        reals = self._augment(reals, augment_p, rng)
        fakes = self._augment(fakes.float(), augment_p, rng)
        seen = torch.cat([reals, fakes.detach()])
        if gamma > 0:
            logits, loss_d, squares = self._look_with_penalty(seen, gamma)
        else:
            logits, loss_d, squares = self._look(seen)
        # gamma / 2 (R1 + R2): the means over both halves add up to twice the mean over all.
        penalty = None if squares is None else gamma * squares.mean()
        real, fake = logits.chunk(2)
        return FirstHalf(loss_d, penalty, real, fake, fakes)

    def second_half(self, first: FirstHalf) -> Tensor:
        """Let the discriminator, which has moved, judge the same generated pictures again.

        Leaves the generator's gradients in its `.grad`, and the discriminator's alone.

        Args:
            first: Of this turn; its real logits stand for the real pictures once more.

        Returns:
            The generator's loss, 0-dim float32.
        """
        self._learning(False)
        with self._arithmetic():
            logits = self._discriminator(first.fakes)
        loss_g = self._loss.g_loss(first.real_logits, logits.float())
        torch.autograd.backward(loss_g)
        self._learning(True)
        return loss_g.detach()

    def _learning(self, yes: bool) -> None:
        for weight in self._d_weights:
            weight.requires_grad = yes

    def _look(self, seen: Tensor) -> _Found:
        """Leave the loss's gradients in the discriminator's `.grad`."""
        logits = self._inspect(seen)
        loss_d = self._d_loss(logits)
        torch.autograd.backward(loss_d, inputs=self._d_weights)
        return logits.detach(), loss_d.detach(), None

    def _look_with_penalty(self, seen: Tensor, gamma: float) -> _Found:
        """The same, and the penalty's, as strong as all the turns without it want."""
        weight = self._every * gamma / len(seen)
        if isinstance(self._discriminator, InPieces):
            start, pieces = self._discriminator.in_pieces(
                seen.bfloat16() if self._bfloat16 else seen
            )
            look = look_with_penalty(pieces, start, self._d_loss, weight)
            return look.logits, look.loss, look.squares
        logits = self._inspect(seen.requires_grad_())
        loss_d, squares = self._d_loss(logits), zero_centred_penalty(logits, seen)
        torch.autograd.backward(loss_d + weight * squares.sum(), inputs=self._d_weights)
        return logits.detach(), loss_d.detach(), squares.detach()

    def _d_loss(self, logits: Tensor) -> Tensor:
        """Of logits of as many real as generated pictures, the real ones first."""
        real, fake = logits.chunk(2)
        return self._loss.d_loss(real, fake)

    def _inspect(self, seen: Tensor) -> Tensor:
        """Logits, float32 (2N,). A discriminator that compares pictures must not mix the kinds."""
        with self._arithmetic():
            if self._discriminator.independent:
                logits: Tensor = self._discriminator(seen)
            else:
                logits = torch.cat([self._discriminator(kind) for kind in seen.chunk(2)])
        return logits.float()

    def _arithmetic(self) -> contextlib.AbstractContextManager[object]:
        """Autocast costs time even when it is switched off, so float32 goes without."""
        if self._bfloat16:
            return torch.autocast(self._device_type, dtype=torch.bfloat16)
        return contextlib.nullcontext()
