"""The trainer: both networks, their optimisers and the average; one pure step at a time.

Not responsible for when to stop, nor for files: `session` loops and saves.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

import torch
from torch import nn

from ganstudio.gan import optim
from ganstudio.gan.data import Batches
from ganstudio.gan.device import DeviceChoice, is_device_lost, is_out_of_memory, placed
from ganstudio.gan.distributed import Team, TeamBroken
from ganstudio.gan.ema import AveragedNetwork
from ganstudio.gan.frozen import frozen_weights
from ganstudio.gan.losses import LOSSES
from ganstudio.gan.modelfile import put_weights
from ganstudio.gan.networks import build_discriminator, build_generator
from ganstudio.gan.pooling import pooled
from ganstudio.gan.row import RowMeans, RowStatistics
from ganstudio.gan.seeding import generator_for
from ganstudio.gan.steering import AugmentController
from ganstudio.gan.synced_norm import with_synced_norm
from ganstudio.gan.turn import Deal, FirstHalf, Game
from ganstudio.project.recipe import Recipe

__all__ = ["Trainer", "TrainerState", "augment_p_at"]

_Found = TypeVar("_Found")


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
        micro_batch: Pictures that are looked at together; None for whole batches.
        steering: Of the share of augmented pictures; None where it follows a ramp.
    """

    clock: int
    lr_scale: float
    skipped: int
    in_a_row: int
    tensors: Mapping[str, torch.Tensor]
    micro_batch: int | None = None
    steering: Mapping[str, float] | None = None


class Trainer:
    """Two networks that compete.

    Given the same recipe, seed and pictures, on the same device with the same number of threads,
    every step is the same to the last bit, whether or not training was interrupted in between.

    Args:
        recipe: What to play.
        seed: Everything random derives from it and the clock.
        choice: Where, and in which precision.
        held_out: Gives pictures that are never learned from, (n, C, H, W) in [-1, 1], as
            `Batches.at`; for a recipe whose augmentation they steer. Without them it follows a
            ramp.
        team: Who trains together. Every process has a trainer, plays the same steps with its own
            share of each batch, and holds the same weights, optimisers and average after each.

    Attributes:
        clock: Images seen.
        lr_scale: Learning rates are multiplied by it.
        micro_batch: Pictures that are looked at together; None for whole batches.
        skipped: Steps skipped so far because something in them was not finite.
        in_a_row: Steps skipped since the last good one.
        whole: False while a step has changed something but not everything: after an exception
            then, there is nothing worth saving.
    """

    def __init__(
        self,
        recipe: Recipe,
        seed: int,
        choice: DeviceChoice,
        held_out: Batches | None = None,
        team: Team | None = None,
    ) -> None:
        self.recipe = recipe
        self._team = team or Team.alone()
        self.device = torch.device(choice.device)
        self.clock = self.skipped = self.in_a_row = 0
        self.lr_scale = 1.0
        self.micro_batch: int | None = None
        self.whole = True
        self._seed = seed
        generator = build_generator(recipe.network, generator_for(seed, "generator", 0))
        discriminator = build_discriminator(recipe.network, generator_for(seed, "inspector", 0))
        self.generator = placed(generator, self.device).train()
        self.discriminator = placed(discriminator, self.device).train()
        self._adam_g, self._adam_d = self._optimisers()
        self.average = AveragedNetwork(self.generator, self._adam_g.block, recipe.ema)
        if self._team.size > 1:
            with_synced_norm(self.generator, self._team)
            with_synced_norm(self.discriminator, self._team)
        self._game = Game(self.generator, self.discriminator, recipe, choice.precision)
        self._held_out = held_out
        self._steering = self._controller()
        self._row = RowStatistics(self.device)
        self._at_risk = [
            *self.generator.buffers(),
            *self.discriminator.buffers(),
            self._adam_d.block,
            *self._adam_d.tensors("").values(),
        ]
        self._before = [tensor.detach().clone() for tensor in self._at_risk]

    def _optimisers(self) -> tuple[optim.Adam, optim.Adam]:
        numbers = self.recipe.optimizer
        still_g, still_d = frozen_weights(self.generator, self.discriminator, numbers.frozen)
        return (
            optim.Adam(self.generator.parameters(), numbers, still_g, self._team),
            optim.Adam(self.discriminator.parameters(), numbers, still_d, self._team),
        )

    @property
    def learning_rate(self) -> float:
        """Of the next step."""
        return optim.learning_rate_at(self.recipe, self.clock) * self.lr_scale

    @property
    def augment_p(self) -> float:
        """Share of pictures that are augmented in the next step."""
        if self._steering is not None:
            return self._steering.p
        return augment_p_at(self.recipe, self.clock)

    def _controller(self) -> AugmentController | None:
        augment = self.recipe.augment
        if augment.steer == "ramp" or (augment.steer == "held-out" and self._held_out is None):
            return None
        return AugmentController(
            augment.steer,
            batch_size=self.recipe.batch_size,
            middle=LOSSES[self.recipe.game.loss].middle,
            device=self.device,
            most=augment.p,
        )

    def play_by(self, recipe: Recipe) -> None:
        """Go on with the learning rates, penalty weights and augmentation of another recipe.

        Args:
            recipe: Differs from the one before by what `project.changes` lets change alone.
        """
        self.recipe = recipe
        self._game.play_by(recipe)
        if self._steering is not None:
            self._steering.limit(recipe.augment.p)

    def step(self, reals: torch.Tensor, labels: torch.Tensor | None = None) -> None:
        """Play one turn, and learn from it unless something in it was not finite.

        Whether it was finite is known only at its end, by one number, so that a GPU is waited for
        once: until then the discriminator's move can be taken back.

        Args:
            reals: (batch_size, C, H, W) float32 in [-1, 1], on the trainer's device; of several
                processes: this one's share of them.
            labels: Their classes, int64; None without classes.

        Raises:
            RuntimeError, MemoryError: Out of memory, here or in another process; then nothing has
                changed, in any of them.
            TeamBroken: The processes are no longer in step; then nothing has changed here.
        """
        deal = self._deal(reals, labels)
        self.whole = False
        self._remember()
        try:
            first, numbers, gauge = self._play(deal)
        except (RuntimeError, MemoryError, TeamBroken) as error:
            if isinstance(error, TeamBroken) or is_out_of_memory(error):
                self._forget_turn()
            elif is_device_lost(error):
                with contextlib.suppress(RuntimeError):  # mostly it is out of reach
                    self._forget_turn()
            raise
        self._finish(deal, first, numbers)
        if self._steering is not None and gauge is not None and not self.in_a_row:
            self._steering.add(gauge)
        self.clock += deal.place.total
        self.whole = True

    def _deal(self, reals: torch.Tensor, labels: torch.Tensor | None) -> Deal:
        recipe, clock, count = self.recipe, self.clock, len(reals)
        turn = clock // recipe.batch_size
        due = turn % recipe.game.penalty_every == 0
        return Deal(
            reals=reals,
            labels=labels,
            place=self._team.share(count * self._team.size),
            micro_batch=self.micro_batch or count,
            seed=self._seed,
            clock=clock,
            augment_p=self.augment_p,
            gamma=optim.gamma_at(recipe, clock) if due else 0.0,
            both=turn % recipe.game.d_steps == 0,
        )

    def _play(self, deal: Deal) -> tuple[FirstHalf, torch.Tensor, torch.Tensor | None]:
        """Both halves; the discriminator moves between them.

        Returns:
            What the first half found, of the whole batch; (4,): both losses and the norms of both
            gradients, those of the generator not a number where its half was left out; what steers
            augmentation.
        """
        first, gauge = self._in_step(lambda: self._first_half(deal))
        gradient_d = self._adam_d.gather()
        self._adam_d.step(self.learning_rate, self._beta2)
        loss_g = gradient_g = torch.full_like(gradient_d, torch.nan)
        if deal.both:
            loss_g = self._in_step(lambda: self._game.second_half(deal, first))
            gradient_g = self._adam_g.gather()
        first, loss_g, gauge = pooled(self._team, deal.place, first, loss_g, gauge)
        return first, torch.stack([loss_g, first.loss_d, gradient_g, gradient_d]), gauge

    def _first_half(self, deal: Deal) -> tuple[FirstHalf, torch.Tensor | None]:
        first = self._game.first_half(deal)
        return first, self._gauge(deal, first)

    def _in_step(self, half: Callable[[], _Found]) -> _Found:
        """Play a half; where the memory of one process is full, all of them break it off.

        Raises:
            RuntimeError, MemoryError: Out of memory, here or in another process.
            TeamBroken: Out of memory amid a half in which the others wait for this one's pictures.
        """
        try:
            found = half()
        except (RuntimeError, MemoryError) as error:
            if not is_out_of_memory(error):
                raise
            if self._team.size > 1 and self.compares_pictures:
                raise TeamBroken("the memory was full amid a batch norm") from error
            self._team.agree(True)
            raise
        if self._team.agree(False):
            raise MemoryError("the memory of another process is full")
        return found

    def _gauge(self, deal: Deal, first: FirstHalf) -> torch.Tensor | None:
        """How much the discriminator, which has not moved yet, seems to know by heart."""
        if self._steering is None:
            return None
        judged: torch.Tensor | None = None
        if self._steering.wants_held_out:
            assert self._held_out is not None
            place = deal.place
            wanted = (deal.clock, place.total, place.rows)
            labels = self._held_out.labels_at(*wanted)
            judged = self._game.judged(deal, self._held_out.at(*wanted), labels)
        return self._steering.numbers(first.real_logits, first.fake_logits, judged)

    def _finish(self, deal: Deal, first: FirstHalf, numbers: torch.Tensor) -> None:
        """Move the generator too, or take everything back."""
        checked = numbers if deal.both else numbers[1::2]
        if bool(checked.isfinite().all()):
            if deal.both:
                self._adam_g.step(self.learning_rate, self._beta2)
            batch = deal.place.total
            self.average.update(deal.clock + batch, batch)
            self._row.add(first, numbers, both=deal.both)
            self.in_a_row = 0
        else:
            self._take_back()
            self.skipped += 1
            self.in_a_row += 1

    @property
    def _beta2(self) -> float:
        return optim.beta2_at(self.recipe, self.clock)

    @property
    def compares_pictures(self) -> bool:
        """Whether a network's batch norm makes pictures of a micro-batch depend on each other."""
        networks = (self.generator, self.discriminator)
        return any(isinstance(m, nn.BatchNorm2d) for network in networks for m in network.modules())

    def take_smaller_bites(self) -> bool:
        """Look at half as many pictures at a time, in whole groups; False if that is too few."""
        share, group = self.recipe.batch_size // self._team.size, self.discriminator.group
        smaller = min(self.micro_batch or share, share) // 2 // group * group
        if smaller < (2 if self.compares_pictures else 1):
            return False
        self.micro_batch = smaller
        if self.device.type == "cuda":
            torch.cuda.empty_cache()
        return True

    def _forget_turn(self) -> None:
        """As if the turn had not begun."""
        self._take_back()
        for network in (self.generator, self.discriminator):
            network.zero_grad(set_to_none=True)
            network.requires_grad_(True)
        self.whole = True

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

    def start_from(
        self, generator: Mapping[str, torch.Tensor], discriminator: Mapping[str, torch.Tensor]
    ) -> None:
        """Take over what others learned; the optimisers stay fresh.

        Args:
            generator: Weights and buffers of an averaged generator, which the trained one and the
                average begin as.
            discriminator: The same of the discriminator.
        """
        put_weights(self.generator, generator)
        put_weights(self.average.network, generator)
        put_weights(self.discriminator, discriminator)

    def state(self) -> TrainerState:
        """Everything; the tensors are the living ones."""
        tensors = {name: value.detach() for name, value in self._lasting().items()}
        return TrainerState(
            self.clock,
            self.lr_scale,
            self.skipped,
            self.in_a_row,
            tensors | self._row.tensors(),
            self.micro_batch,
            self._steering.state() if self._steering is not None else None,
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
        self.micro_batch = state.micro_batch
        if self._steering is not None and state.steering is not None:
            self._steering.load(state.steering)
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
