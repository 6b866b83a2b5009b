"""The trainer: both networks, their optimisers and the average; one pure step at a time.

Not responsible for when to stop, nor for files: `session` loops and saves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import torch

from ganstudio.gan import optim
from ganstudio.gan.device import DeviceChoice, placed
from ganstudio.gan.ema import AveragedNetwork
from ganstudio.gan.losses import LOSSES
from ganstudio.gan.networks import build_discriminator, build_generator
from ganstudio.gan.row import RowMeans, RowStatistics
from ganstudio.gan.seeding import generator_for
from ganstudio.gan.turn import FirstHalf, Game
from ganstudio.project.recipe import Recipe

__all__ = ["Trainer", "TrainerState", "augment_p_at"]


def augment_p_at(recipe: Recipe, clock: int) -> float:
    """Share of pictures that are augmented: a ramp from 0 to the recipe's p."""
    ramp = recipe.augment.ramp_images
    return recipe.augment.p * (min(1.0, clock / ramp) if ramp else 1.0)


@dataclass(frozen=True, slots=True)
class TrainerState:
    """Everything a step depends on but for recipe, seed and pictures.

    Attributes:
        clock: Images seen.
        lr_scale: Learning rates are multiplied by it; halved at every return to a checkpoint.
        skipped: Steps skipped so far.
        in_a_row: Steps skipped since the last good one.
        tensors: Weights, averages, optimisers and the unfinished row, by name. They are the
            trainer's own: write or copy them before the next step.
    """

    clock: int
    lr_scale: float
    skipped: int
    in_a_row: int
    tensors: Mapping[str, torch.Tensor]


class Trainer:
    """Two networks that compete.

    Given the same recipe, seed and pictures, on the same device with the same number of threads,
    every step is the same to the last bit, whether or not training was interrupted in between.

    Args:
        recipe: What to play.
        seed: Everything random derives from it and the clock.
        choice: Where, and in which precision.

    Attributes:
        clock: Images seen.
        lr_scale: Learning rates are multiplied by it.
        skipped: Steps skipped so far because something in them was not finite.
        in_a_row: Steps skipped since the last good one.
        whole: False while a step has changed something but not everything: after an exception
            then, there is nothing worth saving.
    """

    def __init__(self, recipe: Recipe, seed: int, choice: DeviceChoice) -> None:
        self.recipe = recipe
        self.device = torch.device(choice.device)
        self.clock = self.skipped = self.in_a_row = 0
        self.lr_scale = 1.0
        self.whole = True
        self._seed = seed
        generator = build_generator(recipe.network, generator_for(seed, "generator", 0))
        discriminator = build_discriminator(recipe.network, generator_for(seed, "inspector", 0))
        self.generator = placed(generator, self.device).train()
        self.discriminator = placed(discriminator, self.device).train()
        self._adam_g = optim.Adam(self.generator.parameters(), recipe.optimizer)
        self._adam_d = optim.Adam(self.discriminator.parameters(), recipe.optimizer)
        self.average = AveragedNetwork(self.generator, self._adam_g.block, recipe.ema)
        self._game = Game(self.generator, self.discriminator, recipe, choice.precision)
        self._row = RowStatistics(self.device)
        self._at_risk = [
            *self.generator.buffers(),
            *self.discriminator.buffers(),
            self._adam_d.block,
            *self._adam_d.tensors("").values(),
        ]
        self._before = [tensor.detach().clone() for tensor in self._at_risk]

    @property
    def learning_rate(self) -> float:
        """Of the next step."""
        return optim.learning_rate_at(self.recipe, self.clock) * self.lr_scale

    @property
    def augment_p(self) -> float:
        """Share of pictures that are augmented in the next step."""
        return augment_p_at(self.recipe, self.clock)

    def step(self, reals: torch.Tensor) -> None:
        """Play one turn, and learn from it unless something in it was not finite.

        Whether it was finite is known only at its end, by one number, so that a GPU is waited for
        once: until then the discriminator's move can be taken back.

        Args:
            reals: (batch_size, C, H, W) float32 in [-1, 1], on the trainer's device.
        """
        recipe, clock, count = self.recipe, self.clock, len(reals)
        rng = generator_for(self._seed, "turn", clock, self.device)
        latents = torch.randn(count, recipe.network.z_dim, generator=rng, device=self.device)
        due = (clock // recipe.batch_size) % recipe.game.penalty_every == 0
        gamma = optim.gamma_at(recipe, clock) if due else 0.0
        self.whole = False
        self._remember()
        first = self._game.first_half(
            reals, latents, augment_p=self.augment_p, gamma=gamma, rng=rng
        )
        gradient_d = self._adam_d.gather()
        self._adam_d.step(self.learning_rate)
        loss_g = self._game.second_half(first)
        gradient_g = self._adam_g.gather()
        self._finish(first, torch.stack([loss_g, first.loss_d, gradient_g, gradient_d]))
        self.clock += count
        self.whole = True

    def _finish(self, first: FirstHalf, numbers: torch.Tensor) -> None:
        """Move the generator too, or take everything back.

        Args:
            first: What the discriminator's half found.
            numbers: (4,): both losses and the norms of both gradients.
        """
        if bool(numbers.isfinite().all()):
            self._adam_g.step(self.learning_rate)
            self.average.update(self.clock + len(first.fakes), len(first.fakes))
            self._row.add(first, numbers)
            self.in_a_row = 0
        else:
            self._take_back()
            self.skipped += 1
            self.in_a_row += 1

    @torch.no_grad()
    def _remember(self) -> None:
        torch._foreach_copy_(self._before, self._at_risk)

    @torch.no_grad()
    def _take_back(self) -> None:
        torch._foreach_copy_(self._at_risk, self._before)

    def row(self) -> RowMeans | None:
        """Means since the last `end_row`; None without a good step. Waits for the device."""
        return self._row.means(middle=LOSSES[self.recipe.game.loss].middle)

    def end_row(self) -> None:
        """Begin a new row."""
        self._row.clear()

    def state(self) -> TrainerState:
        """Everything; the tensors are the living ones."""
        tensors = {name: value.detach() for name, value in self._lasting().items()}
        return TrainerState(
            self.clock,
            self.lr_scale,
            self.skipped,
            self.in_a_row,
            tensors | self._row.tensors(),
        )

    @torch.no_grad()
    def load_state(self, state: TrainerState) -> None:
        """The opposite of `state`.

        Raises:
            KeyError, RuntimeError: If names or shapes are those of other networks.
        """
        for name, tensor in self._lasting().items():
            tensor.copy_(state.tensors[name])
        self._row.load(state.tensors)
        self.clock, self.lr_scale = state.clock, state.lr_scale
        self.skipped, self.in_a_row = state.skipped, state.in_a_row
        self.whole = True

    def _lasting(self) -> dict[str, torch.Tensor]:
        """The tensors that keep their place in memory, by name."""
        networks = {
            "generator": self.generator,
            "discriminator": self.discriminator,
            "average": self.average.network,
        }
        found = {
            f"{prefix}.{name}": tensor
            for prefix, network in networks.items()
            for name, tensor in network.state_dict(keep_vars=True).items()
        }
        return found | self._adam_g.tensors("adam_g") | self._adam_d.tensors("adam_d")
