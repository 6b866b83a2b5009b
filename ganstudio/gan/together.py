"""One training by several processes: the first one leads, and the others play along.

The first process runs the loop of `session` as if it were alone, and gives an order before every
step. So it alone asks the host, reads clocks, writes files, stops and goes back; the others do the
same steps with other pictures of each batch, and decide nothing.

Not responsible for adding up what they find (`distributed`), nor for who opens what (`studio`).
"""

from __future__ import annotations

import contextlib
import dataclasses
import enum
import json
import logging

from pydantic import BaseModel, ConfigDict
from safetensors.torch import load, save

from ganstudio.gan.data import Batches
from ganstudio.gan.device import Precision, is_out_of_memory
from ganstudio.gan.distributed import Team, TeamBroken
from ganstudio.gan.trainer import Trainer, TrainerState
from ganstudio.project.errors import UserError
from ganstudio.project.recipe import Recipe

__all__ = ["Helper", "Leader", "Terms"]

logger = logging.getLogger(__name__)


class _Order(enum.IntEnum):
    END = 0
    BEGIN = 1
    LOAD = 2
    STEP = 3


class Terms(BaseModel):
    """What a helper needs to know before it can play along.

    Attributes:
        recipe: Of the run.
        seed: Of the run.
        device: Where the first process trains; the others do on devices of the same kind.
        threads: CPU threads of each process, where it has so many cores.
        precision: Of the networks' arithmetic.
        pictures: Content hashes of the pictures that are learned from, in their order.
        held_out: Content hashes of those that are not.
        labels: Class of each picture that is learned from; None without classes.
        held_out_labels: Class of each of the others.
    """

    model_config = ConfigDict(frozen=True)

    recipe: Recipe
    seed: int
    device: str
    threads: int
    precision: Precision
    pictures: tuple[str, ...]
    held_out: tuple[str, ...]
    labels: tuple[int, ...] | None = None
    held_out_labels: tuple[int, ...] | None = None


class Leader:
    """The first process's word to the others; alone, nobody hears it and nothing is sent.

    Args:
        team: All processes.
    """

    def __init__(self, team: Team | None = None) -> None:
        self.team = team or Team.alone()
        self._heard = True  # whether the others wait for an order, and for nothing else

    def begin(self, terms: Terms) -> None:
        """Let the others open what they need. Who is gone is noticed in `hand_out`."""
        with contextlib.suppress(TeamBroken):
            self.team.tell(_Order.BEGIN, terms.model_dump_json().encode())

    def hand_out(self, trainer: Trainer) -> None:
        """Let the others go on from a trainer's state; returns when they have it.

        Raises:
            TeamBroken: If one of them could not open what it needs, or is gone.
        """
        if self.team.size > 1:
            numbers, tensors = _packed(trainer.state())
            self.team.tell(_Order.LOAD, trainer.recipe.model_dump_json().encode())
            self.team.tell(_Order.LOAD, numbers)
            self.team.tell(_Order.LOAD, tensors)
            self.team.agree(False)

    def step(self, trainer: Trainer, batches: Batches) -> None:
        """Play one step with everyone.

        Raises:
            RuntimeError, MemoryError, TeamBroken: As `Trainer.step`.
        """
        self.team.tell(_Order.STEP)
        self._heard = False
        try:
            _play(self.team, trainer, batches)
        except (RuntimeError, MemoryError) as error:
            self._heard = is_out_of_memory(error)  # that, all of them have found out together
            raise
        self._heard = True

    def end(self) -> None:
        """Say that it is over. Who is amid a step will notice when this process leaves."""
        if self._heard:
            self._heard = False
            with contextlib.suppress(TeamBroken):
                self.team.tell(_Order.END)


class Helper:
    """A process that plays along.

    Args:
        team: All processes.
    """

    def __init__(self, team: Team) -> None:
        self._team = team

    def begin(self) -> Terms | None:
        """Wait for the first order; None if there is nothing to do."""
        order, data = self._team.hear()
        return Terms.model_validate_json(data) if order == _Order.BEGIN else None

    def play(self, trainer: Trainer, batches: Batches) -> None:
        """Do what the first process says, until it says that it is over.

        Raises:
            UserError: "helper-out-of-memory" where the others cannot know of it; they notice when
                this process has ended.
            TeamBroken: If the first process ended without a word.
        """
        while True:
            order, data = self._team.hear()
            if order == _Order.END:
                return
            if order == _Order.LOAD:
                (_, numbers), (_, tensors) = self._team.hear(), self._team.hear()
                trainer.play_by(Recipe.model_validate_json(data))
                trainer.load_state(_unpacked(numbers, tensors))
                self._team.agree(False)
            else:
                self._step(trainer, batches)

    def _step(self, trainer: Trainer, batches: Batches) -> None:
        try:
            _play(self._team, trainer, batches)
        except TeamBroken as error:
            if error.__cause__ is not None and is_out_of_memory(error.__cause__):
                raise UserError("helper-out-of-memory", rank=self._team.rank) from error
            raise
        except (RuntimeError, MemoryError) as error:
            if not is_out_of_memory(error):
                raise
            logger.warning("out of memory at %d", trainer.clock, exc_info=error)
            trainer.take_smaller_bites()  # as the first process does; or it says that it is over
        trainer.end_row()  # rows are told by the first process alone


def _play(team: Team, trainer: Trainer, batches: Batches) -> None:
    """A step with this process's share of the batch."""
    clock, batch = trainer.clock, trainer.recipe.batch_size
    places = team.share(batch).rows
    trainer.step(batches.at(clock, batch, places), batches.labels_at(clock, batch, places))


def _packed(state: TrainerState) -> tuple[bytes, bytes]:
    """A state as JSON and as a safetensors file."""
    names = [field.name for field in dataclasses.fields(state) if field.name != "tensors"]
    numbers = {name: getattr(state, name) for name in names}
    tensors = {name: tensor.contiguous() for name, tensor in state.tensors.items()}
    return json.dumps(numbers).encode(), save(tensors)


def _unpacked(numbers: bytes, tensors: bytes) -> TrainerState:
    return TrainerState(tensors=load(tensors), **json.loads(numbers))
