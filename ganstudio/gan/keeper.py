"""What a run saves, which checkpoint it goes on from, and what is said when the disk fills up.

Not responsible for when something is due (`milestones`), for what is in it (`checkpoint`,
`snapshot`), nor for room on the disk (`room`).
"""

from __future__ import annotations

import logging

from ganstudio.gan.checkpoint import Checkpoint, bytes_needed, read_checkpoint, write_checkpoint
from ganstudio.gan.room import RESERVE_BYTES, DiskRoom
from ganstudio.gan.snapshot import write_snapshot
from ganstudio.gan.trainer import Trainer, TrainerState
from ganstudio.project.errors import UserError
from ganstudio.project.messages import Notice, Pictures
from ganstudio.project.numbers import say_count
from ganstudio.project.runs import RunFolder

__all__ = ["Keeper"]

logger = logging.getLogger(__name__)


class Keeper:
    """The snapshots and checkpoints of one run.

    Args:
        run: Its folder.
        budget: Bytes that they may take together.
    """

    def __init__(self, run: RunFolder, budget: int) -> None:
        self._run = run
        self._room = DiskRoom(run, budget)
        self._warned = False

    def newest(self, *, finite: bool = False) -> tuple[Checkpoint | None, list[Notice]]:
        """The newest checkpoint that can be read, and notices about those that cannot.

        Args:
            finite: Pass over those with a number that is not finite.

        Raises:
            UserError: "newer-project": what a newer program wrote is not for this one to skip.
        """
        unreadable: list[tuple[int, UserError]] = []
        found = None
        for clock in reversed(self._run.checkpoints()):
            try:
                checkpoint = read_checkpoint(self._run.checkpoint_folder(clock))
            except UserError as error:
                if error.code == "newer-project":
                    raise
                logger.warning("checkpoint %d: %s", clock, error)
                unreadable.append((clock, error))
                continue
            if checkpoint.finite or not finite:
                found = checkpoint
                break
        used = found.state.clock if found else 0
        return found, [
            Notice(
                "notice-checkpoint-unreadable",
                "warning",
                {
                    "clock": say_count(clock),
                    "used": say_count(used),
                    "reason": error.values.get("reason", "it is not whole"),
                },
                used,
            )
            for clock, error in unreadable
        ]

    def save_snapshot(self, trainer: Trainer, pictures: Pictures) -> list[Notice]:
        """Write the snapshot of the trainer's clock, and let go of what is over the budget.

        Args:
            trainer: Whose networks.
            pictures: The fixed places drawn now.

        Returns:
            A notice, once, if the disk is filling up.

        Raises:
            UserError: "disk-full": then a last checkpoint fits yet.
        """
        state = trainer.state()
        filling = self._room.make("snapshot", bytes_needed(state))
        write_snapshot(self._run, trainer, pictures, self._run.info().kinds)
        self._room.thin()
        return self._warn(state) if filling else []

    def save_end(self, trainer: Trainer, pictures: Pictures) -> bool:
        """Write the snapshot of where a run stops, unless there is one, or no room; whether it did.

        With it, what is drawn later is what training came to.
        """
        if trainer.clock in self._run.snapshots():
            return False
        try:
            self.save_snapshot(trainer, pictures)
        except UserError as error:
            if error.code != "disk-full":
                raise
            logger.warning("no snapshot of the end: %s", error)
            return False
        return True

    def drop_end(self, clock: int) -> None:
        """Let go of the snapshot of a stop between two moments of the schedule, if there is one.

        The best moment and those that a person starred stay.
        """
        if clock in self._run.snapshots() and clock not in self._run.kept():
            self._room.remove("snapshot", clock)

    def save(self, checkpoint: Checkpoint) -> list[Notice]:
        """Write a checkpoint; otherwise as `save_snapshot`."""
        state = checkpoint.state
        filling = self._room.make("checkpoint", bytes_needed(state))
        self.save_last(checkpoint)
        return self._warn(state) if filling else []

    def save_last(self, checkpoint: Checkpoint) -> None:
        """Write a checkpoint though there may be no room for another one after it.

        Raises:
            UserError: "disk-full" if the disk refuses it.
        """
        write_checkpoint(self._run.checkpoint_folder(checkpoint.state.clock), checkpoint)
        self._room.thin()

    def check_room(self, state: TrainerState) -> None:
        """Raise "disk-full" unless a run in this state can go on saving."""
        self._room.make("checkpoint", bytes_needed(state))

    def disk_full(self, state: TrainerState) -> UserError:
        """The error that says how much room is needed, and what is safe."""
        return UserError(
            "training-disk-full",
            path=self._run.path,
            clock=say_count(state.clock),
            saved=say_count((self._run.checkpoints() or [0])[-1]),
            needed_mb=_room_to_go_on(state),
        )

    def _warn(self, state: TrainerState) -> list[Notice]:
        if self._warned:
            return []
        self._warned = True
        told: dict[str, object] = {"needed_mb": _room_to_go_on(state)}
        return [Notice("notice-disk-filling", "warning", told, state.clock)]


def _room_to_go_on(state: TrainerState) -> int:
    """Megabytes that are worth freeing: enough for a few checkpoints and snapshots more."""
    return round((10 * bytes_needed(state) + RESERVE_BYTES) / 1_000_000)
