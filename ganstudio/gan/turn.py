"""One turn of the game: first the discriminator's gradients, then, judged anew, the generator's.

Not responsible for updating anything: the trainer does that between and after the two halves.

The pictures are drawn once for both halves, and the discriminator looks at real and generated ones
together. (Moving both players at once, from one look, would save a third look, but learns so much
less from every picture that it is slower.) Where the memory does not hold a whole batch it is
played in micro-batches, whose gradients add up; generated pictures are then drawn a second time
for the generator's half, by the very same chance.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass

import torch
from torch import Tensor

from ganstudio.gan.augment import Augment
from ganstudio.gan.chance import Chance, Share
from ganstudio.gan.device import Precision
from ganstudio.gan.look import Inspection, Looks, Sight
from ganstudio.gan.losses import LOSSES
from ganstudio.gan.networks import Discriminator, Generator
from ganstudio.project.recipe import Recipe

__all__ = ["Deal", "FirstHalf", "Game"]


@dataclass(frozen=True, slots=True)
class Deal:
    """What a turn is played with.

    Attributes:
        reals: (N, C, H, W) float32 in [-1, 1]: the pictures of `place`.
        labels: Their classes, (N,) int64, which the generated pictures shall belong to as well;
            None without classes.
        place: Which of the batch they are.
        micro_batch: Pictures of each kind that are looked at together.
        seed: Of the run.
        clock: Of the turn; all chance of the turn derives from it and the seed.
        augment_p: Share of pictures that are augmented.
        gamma: Weight of the penalty on this turn; 0 for a turn without.
        both: Whether the generator's half follows.
    """

    reals: Tensor
    labels: Tensor | None
    place: Share
    micro_batch: int
    seed: int
    clock: int
    augment_p: float
    gamma: float
    both: bool = True

    def shares(self) -> list[Share]:
        """The micro-batches."""
        return list(self.place.split(self.micro_batch))

    def chance(self, purpose: str, share: Share) -> Chance:
        """The turn's randomness for one purpose."""
        return Chance.of(self.seed, purpose, self.clock, share, self.reals.device)

    def mine(self, share: Share) -> slice:
        """Rows of a micro-batch among this deal's pictures."""
        return slice(share.start - self.place.start, share.stop - self.place.start)

    def labels_of(self, share: Share) -> Tensor | None:
        """Classes of a micro-batch."""
        return None if self.labels is None else self.labels[self.mine(share)]


@dataclass(frozen=True, slots=True)
class FirstHalf:
    """What the discriminator's half found; everything stays on the device.

    Attributes:
        loss_d: Discriminator loss without the penalty, 0-dim float32.
        penalty: As weighed on every turn, 0-dim float32; None on a turn without.
        real_logits: (N,) float32, without a gradient.
        fake_logits: (N,) float32, without a gradient.
        fakes: Generated pictures as the discriminator saw them, (N, C, H, W), with their graph;
            None where they have to be drawn again.
    """

    loss_d: Tensor
    penalty: Tensor | None
    real_logits: Tensor
    fake_logits: Tensor
    fakes: Tensor | None


class Game:
    """The rules of a recipe, and the two networks that play by them.

    Args:
        generator: In training mode.
        discriminator: In training mode.
        recipe: Loss, penalty and augmentation.
        precision: Arithmetic of the networks; losses and penalties are float32.
    """

    def __init__(
        self,
        generator: Generator,
        discriminator: Discriminator,
        recipe: Recipe,
        precision: Precision,
    ) -> None:
        self._generator, self._discriminator = generator, discriminator
        self._d_weights = list(discriminator.parameters())
        self._loss = LOSSES[recipe.game.loss]
        self._z_dim = recipe.network.z_dim
        self._augment = Augment(recipe.augment.policy)
        self._device_type = next(generator.parameters()).device.type
        self._bfloat16 = precision == "bfloat16"
        self._looks = Looks(discriminator, recipe.game, self._arithmetic, self._bfloat16)

    def play_by(self, recipe: Recipe) -> None:
        """Go on with the augmentation of another recipe."""
        self._augment = Augment(recipe.augment.policy)

    def first_half(self, deal: Deal) -> FirstHalf:
        """Draw, look, and leave the discriminator's gradients in its `.grad`."""
        parts = deal.shares()
        keep = deal.both and len(parts) == 1
        found: list[Inspection] = []
        fakes: Tensor | None = None
        for share in parts:
            with contextlib.nullcontext() if keep else torch.no_grad():
                fakes = self._draw(deal, share)
            found.append(self._looks.learn(self._sight(deal, share, fakes.detach()), deal.gamma))
        penalties = [look.penalty for look in found if look.penalty is not None]
        return FirstHalf(
            loss_d=torch.stack([look.loss for look in found]).sum(),
            penalty=torch.stack(penalties).sum() if penalties else None,
            real_logits=torch.cat([look.real_logits for look in found]),
            fake_logits=torch.cat([look.fake_logits for look in found]),
            fakes=fakes if keep else None,
        )

    def second_half(self, deal: Deal, first: FirstHalf) -> Tensor:
        """Let the discriminator, which has moved, judge the same generated pictures again.

        Leaves the generator's gradients in its `.grad`, and the discriminator's alone.

        Args:
            deal: Of this turn.
            first: Of this turn; its real logits stand for the real pictures once more.

        Returns:
            The generator's loss, 0-dim float32.
        """
        self._learning(False)
        total = torch.zeros((), device=deal.reals.device)
        for share in deal.shares():
            fakes = self._draw(deal, share) if first.fakes is None else first.fakes
            with self._arithmetic():
                logits = self._discriminator(fakes, deal.labels_of(share))
            loss = self._loss.g_loss(first.real_logits[deal.mine(share)], logits.float())
            torch.autograd.backward(loss * share.weight)
            total += loss.detach() * share.weight
        self._learning(True)
        return total

    def judged(self, deal: Deal, pictures: Tensor, labels: Tensor | None) -> Tensor:
        """Logits (N,) of as many other real pictures, augmented as this turn's are."""
        chance = deal.chance("augment held out", deal.place)
        seen = self._augment(pictures, deal.augment_p, chance)
        with torch.no_grad(), self._arithmetic():
            logits: Tensor = self._discriminator(seen, labels)
        return logits.float()

    def _draw(self, deal: Deal, share: Share) -> Tensor:
        """Generated pictures of a micro-batch, augmented."""
        latents = deal.chance("latents", share).normal(self._z_dim)
        with self._arithmetic():
            fakes = self._generator(latents, deal.labels_of(share), deal.chance("noise", share))
        return self._augment(fakes.float(), deal.augment_p, deal.chance("augment fakes", share))

    def _sight(self, deal: Deal, share: Share, fakes: Tensor) -> Sight:
        chance = deal.chance("augment reals", share)
        reals = self._augment(deal.reals[deal.mine(share)], deal.augment_p, chance)
        return Sight(reals, fakes, deal.labels_of(share), share, lambda p: deal.chance(p, share))

    def _learning(self, yes: bool) -> None:
        for weight in self._d_weights:
            weight.requires_grad = yes

    def _arithmetic(self) -> contextlib.AbstractContextManager[object]:
        """Autocast costs time even when it is switched off, so float32 goes without."""
        if self._bfloat16:
            return torch.autocast(self._device_type, dtype=torch.bfloat16)
        return contextlib.nullcontext()
