"""One turn of the game on copies of both networks, with everything that is usually not looked at.

The rules, the loss, the penalty, the schedules and Adam are those of the run; only augmentation is
left out, so that the same pictures can be judged before and after. Nothing is written.

Not responsible for choosing pictures, nor for what is told of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from ganstudio.gan.chance import Share
from ganstudio.gan.checkpoint import read_checkpoint
from ganstudio.gan.data import to_network
from ganstudio.gan.device import placed
from ganstudio.gan.frozen import frozen_weights
from ganstudio.gan.losses import LOSSES
from ganstudio.gan.modelfile import load_tensors, put_weights
from ganstudio.gan.networks import build_discriminator, build_generator
from ganstudio.gan.optim import Adam, beta2_at, gamma_at, learning_rate_at
from ganstudio.gan.sampling import to_uint8
from ganstudio.gan.scores import middle_of
from ganstudio.gan.seeding import generator_for
from ganstudio.gan.snapshot import inspector_beside
from ganstudio.gan.turn import Deal, Game
from ganstudio.project.messages import Pictures

__all__ = ["SlowRound", "play_slowly"]

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class SlowRound:
    """What happened.

    Attributes:
        images: The clock of the networks that were copied.
        generated: (N, H, W, C) uint8, as the discriminator saw them.
        before: Scores of the real pictures and of the generated ones, (N,) each, 0 to 1; the
            middle is that of these pictures, or the loss's own.
        after: The same once the discriminator has learned.
        redrawn: (N, H, W, C) uint8: the same latents once the generator has learned.
        redrawn_scores: Of those, (N,).
        loss: The name of the run's loss.
        learning_rate: Of both steps.
    """

    images: int
    generated: Pictures
    before: tuple[Numbers, Numbers]
    after: tuple[Numbers, Numbers]
    redrawn: Pictures
    redrawn_scores: Numbers
    loss: str
    learning_rate: float


def play_slowly(
    model: Path,
    checkpoint: Path | None,
    reals: Pictures,
    kinds: Sequence[int],
    seed: int,
) -> SlowRound:
    """Play one turn with a snapshot's networks.

    Args:
        model: The snapshot's generator, the averaged one, with the discriminator beside it.
        checkpoint: Of the same run, for what Adam remembers; without it, it begins from rest.
        reals: (N, H, W, C) uint8.
        kinds: Of each; the generated pictures are of the same.
        seed: Of all chance.

    Raises:
        UserError: If the networks cannot be read.
    """
    info, theirs = load_tensors(model, "generator")
    _, judges = load_tensors(inspector_beside(model), "discriminator")
    recipe, clock = info.recipe, info.images_seen
    generator = build_generator(recipe.network, generator_for(0, "generator", 0))
    discriminator = build_discriminator(recipe.network, generator_for(0, "inspector", 0))
    for network, weights in ((generator, theirs), (discriminator, judges)):
        placed(network, torch.device("cpu")).train()
        put_weights(network, weights)
    still = frozen_weights(generator, discriminator, recipe.optimizer.frozen)
    adam_g = Adam(generator.parameters(), recipe.optimizer, still[0])
    adam_d = Adam(discriminator.parameters(), recipe.optimizer, still[1])
    if checkpoint is not None:
        _remember(checkpoint, {"adam_g": adam_g, "adam_d": adam_d})
    game = Game(generator, discriminator, recipe, "float32")
    place = Share.whole(len(reals))
    labels = torch.tensor(list(kinds)) if recipe.network.classes else None
    deal = Deal(
        reals=to_network(torch.from_numpy(reals), torch.device("cpu")),
        labels=labels,
        place=place,
        micro_batch=len(reals),
        seed=seed,
        clock=clock,
        augment_p=0.0,
        # Where not every turn has a penalty this is one without, as most of them are.
        gamma=gamma_at(recipe, clock) if recipe.game.penalty_every == 1 else 0.0,
    )
    middle = LOSSES[recipe.game.loss].middle
    rate, beta2 = learning_rate_at(recipe, clock), beta2_at(recipe, clock)

    def judged(fakes: Tensor) -> tuple[Numbers, Numbers]:
        with torch.no_grad():
            return _scores(discriminator(deal.reals, labels), discriminator(fakes, labels), middle)

    first = game.first_half(deal)
    assert first.fakes is not None  # one share, and the generator's turn as well
    fakes = first.fakes.detach()
    adam_d.gather()
    adam_d.step(rate, beta2)
    after = judged(fakes)
    game.second_half(deal, first)
    adam_g.gather()
    adam_g.step(rate, beta2)
    with torch.no_grad():
        latents = deal.chance("latents", place).normal(recipe.network.z_dim)
        again = generator(latents, labels, deal.chance("noise", place)).float()
    return SlowRound(
        images=clock,
        generated=to_uint8(fakes),
        before=_scores(first.real_logits, first.fake_logits, middle),
        after=after,
        redrawn=to_uint8(again),
        redrawn_scores=judged(again)[1],
        loss=recipe.game.loss,
        learning_rate=rate,
    )


def _scores(real: Tensor, fake: Tensor, middle: float | None) -> tuple[Numbers, Numbers]:
    c = middle_of(real, fake, middle)
    found = (torch.sigmoid(logits.double() - c).numpy() for logits in (real, fake))
    return next(found), next(found)


def _remember(checkpoint: Path, optimisers: Mapping[str, Adam]) -> None:
    """Give Adam what it had learned of the gradients' size; one that does not fit is left out."""
    kept = read_checkpoint(checkpoint).state.tensors
    for prefix, adam in optimisers.items():
        for name, mine in adam.tensors(prefix).items():
            if name in kept and kept[name].shape == mine.shape:
                mine.copy_(kept[name])
