"""Room on the disk: what a run has saved obeys its budget, and the disk is never run full.

Before anything is saved there has to be room for it, and after it for one more checkpoint, so that
a run can always end well. Where the disk gets close to that, whoever fills it, older moments of the
run go first.

Not responsible for what is saved, nor for telling anybody.
"""

from __future__ import annotations

import logging
import shutil
from pathlib import Path

from ganstudio.project.atomic import remove_folder
from ganstudio.project.errors import UserError
from ganstudio.project.host import SavedKind
from ganstudio.project.runs import RunFolder
from ganstudio.project.thinning import Shelf, anchors, surplus

__all__ = ["RESERVE_BYTES", "DiskRoom", "free_bytes"]

logger = logging.getLogger(__name__)

#: Left free on the disk in any case, so that rows, logs and other programs can go on.
RESERVE_BYTES = 50_000_000
#: With room for fewer saves than this, the disk is filling up.
_SAVES_LEFT = 4
#: A disk that others fill does not cost a run more of its film than this leaves.
_FILM = 24
_KINDS: tuple[SavedKind, ...] = ("snapshot", "checkpoint")


def free_bytes(path: Path) -> int:
    """Bytes free on the disk of a path."""
    return shutil.disk_usage(path).free


class DiskRoom:
    """The disk under one run.

    Args:
        run: Its folder.
        budget: Bytes that its snapshots and checkpoints may take together.
    """

    def __init__(self, run: RunFolder, budget: int) -> None:
        self._run = run
        self._budget = budget
        self._measured: dict[tuple[SavedKind, int], int] = {}

    def make(self, kind: SavedKind, checkpoint_bytes: int) -> bool:
        """Make room for a snapshot or a checkpoint, and for one checkpoint after it.

        Args:
            kind: What will be written next.
            checkpoint_bytes: How large a checkpoint is, nearly.

        Returns:
            Whether the disk is filling up although older moments went.

        Raises:
            UserError: "disk-full" if there is no such room: nothing should be written any more but
                the last checkpoint, which fits.
        """
        saves = {name: self._next(name, checkpoint_bytes) for name in _KINDS}
        least = saves[kind] + checkpoint_bytes + RESERVE_BYTES
        enough = least + _SAVES_LEFT * sum(saves.values())
        lacking = enough - free_bytes(self._run.path)
        if lacking > 0:
            self._let_go(min(self._budget, self._used() - lacking), film=_FILM)
        free = free_bytes(self._run.path)
        if free < least:
            needed_mb = round((enough - free) / 1_000_000)
            raise UserError("disk-full", path=self._run.path, needed_mb=max(1, needed_mb))
        return free < enough

    def thin(self) -> None:
        """Let go of what is over the budget: all but an even spread."""
        self._let_go(self._budget, film=0)

    def remove(self, kind: SavedKind, clock: int) -> None:
        """Take a moment away; where somebody is just reading it, another time."""
        folder = self._folder(kind, clock)
        try:
            remove_folder(folder)
        except (OSError, UserError) as error:
            logger.info("%s stays for now: %s", folder, error)
        else:
            self._measured.pop((kind, clock), None)

    def _let_go(self, budget: int, film: int) -> None:
        snapshots, checkpoints = (self._sizes(kind) for kind in _KINDS)
        if sum(snapshots.values()) + sum(checkpoints.values()) <= budget:
            return
        # The best and the starred moments stay, with the checkpoints that lead back to them.
        kept = self._run.kept()
        first = frozenset(sorted(snapshots)[:1])
        shelves = [
            Shelf(snapshots, first | kept, film),
            Shelf(checkpoints, anchors(kept, sorted(checkpoints))),
        ]
        for kind, clocks in zip(_KINDS, surplus(shelves, budget), strict=True):
            for clock in clocks:
                self.remove(kind, clock)
            if clocks:
                logger.info("let go of %d %ss: %s", len(clocks), kind, clocks)

    def _used(self) -> int:
        return sum(sum(self._sizes(kind).values()) for kind in _KINDS)

    def _next(self, kind: SavedKind, checkpoint_bytes: int) -> int:
        """As large as the newest one; a snapshot holds less than a checkpoint."""
        sizes = self._sizes(kind)
        return sizes[max(sizes)] if sizes else checkpoint_bytes

    def _sizes(self, kind: SavedKind) -> dict[int, int]:
        """Clock -> bytes; each folder is measured once, as it never changes."""
        clocks = self._run.snapshots() if kind == "snapshot" else self._run.checkpoints()
        return {clock: self._size(kind, clock) for clock in clocks}

    def _size(self, kind: SavedKind, clock: int) -> int:
        if (kind, clock) not in self._measured:
            files = self._folder(kind, clock)
            try:
                self._measured[kind, clock] = sum(file.stat().st_size for file in files.iterdir())
            except OSError:  # it is just being taken away
                return 0
        return self._measured[kind, clock]

    def _folder(self, kind: SavedKind, clock: int) -> Path:
        run = self._run
        return run.snapshot_folder(clock) if kind == "snapshot" else run.checkpoint_folder(clock)
