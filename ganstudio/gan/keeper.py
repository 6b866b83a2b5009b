"""Which checkpoints a run has, which it keeps, and whether there is room for the next.

Not responsible for when one is due (`session`), nor for what is in it (`checkpoint`).
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Mapping

from ganstudio.gan.checkpoint import Checkpoint, bytes_needed, read_checkpoint, write_checkpoint
from ganstudio.gan.trainer import TrainerState
from ganstudio.project.atomic import remove_folder
from ganstudio.project.errors import UserError
from ganstudio.project.messages import Notice
from ganstudio.project.numbers import say_count
from ganstudio.project.runs import RunFolder

__all__ = ["CheckpointKeeper", "surplus"]

logger = logging.getLogger(__name__)

_ALWAYS_KEPT = 2
#: Left free on the disk, so that rows and a last checkpoint still fit when it runs full.
_RESERVE_BYTES = 50_000_000


def surplus(sizes: Mapping[int, int], budget: int) -> list[int]:
    """Which checkpoints to let go, so that an even spread of the others fits a budget.

    Args:
        sizes: Clock -> bytes on disk.
        budget: Bytes; the newest two stay even over it.

    Returns:
        Clocks. One after the other, the one goes whose neighbours lie closest together.
    """
    kept, gone = sorted(sizes), []
    total = sum(sizes.values())
    while total > budget and len(kept) > _ALWAYS_KEPT:
        older = kept[:-_ALWAYS_KEPT]
        before = [0, *kept]
        gaps = {clock: kept[i + 1] - before[i] for i, clock in enumerate(older)}
        closest = min(older, key=lambda clock: (gaps[clock], clock))
        kept.remove(closest)
        gone.append(closest)
        total -= sizes[closest]
    return gone


class CheckpointKeeper:
    """The checkpoints of one run.

    Args:
        run: Its folder.
        budget: Bytes that checkpoints may take.
    """

    def __init__(self, run: RunFolder, budget: int) -> None:
        self._run = run
        self._budget = budget

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

    def save(self, checkpoint: Checkpoint) -> None:
        """Write a checkpoint and let go of those that are too many.

        Raises:
            UserError: "training-disk-full" if there is no room, or none for the next: then this one
                is on disk.
        """
        state = checkpoint.state
        self.check_room(state)
        write_checkpoint(self._run.checkpoint_folder(state.clock), checkpoint)
        self._thin()
        self.check_room(state, reserve=_RESERVE_BYTES)

    def check_room(self, state: TrainerState, reserve: int = 0) -> None:
        """Raise "training-disk-full" unless a checkpoint of this state and a reserve fit."""
        needed = bytes_needed(state) + reserve
        if shutil.disk_usage(self._run.path).free < needed:
            raise self.disk_full(state)

    def disk_full(self, state: TrainerState) -> UserError:
        """The error that says how much room is needed, and what is safe."""
        saved = self._run.checkpoints()
        return UserError(
            "training-disk-full",
            path=self._run.path,
            clock=say_count(state.clock),
            saved=say_count(saved[-1] if saved else 0),
            needed_mb=round((bytes_needed(state) + _RESERVE_BYTES) * 2 / 1_000_000),
        )

    def _thin(self) -> None:
        folders = {clock: self._run.checkpoint_folder(clock) for clock in self._run.checkpoints()}
        sizes = {
            clock: sum(file.stat().st_size for file in folder.iterdir())
            for clock, folder in folders.items()
        }
        for clock in surplus(sizes, self._budget):
            remove_folder(folders[clock])
