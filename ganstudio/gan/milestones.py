"""When a run keeps a moment of itself: snapshots by its clock, checkpoints by time.

Not responsible for what is in a moment (`course`, `reports`), nor for writing it (`keeper`).
"""

from __future__ import annotations

import contextlib
import time

from ganstudio.gan.course import Course
from ganstudio.gan.keeper import Keeper
from ganstudio.gan.reports import Reporter
from ganstudio.project.errors import UserError
from ganstudio.project.host import Host, tell_all
from ganstudio.project.recipe import Recipe
from ganstudio.project.schedule import next_snapshot

__all__ = ["Milestones"]


class Milestones:
    """The moments that a run keeps while it trains.

    Args:
        course: Where the run is.
        keeper: Who writes.
        reporter: Draws the fixed places, and tells them.
        checkpoint_every_s: At most so much is lost in a crash.
    """

    def __init__(
        self, course: Course, keeper: Keeper, reporter: Reporter, checkpoint_every_s: float
    ) -> None:
        self._course = course
        self._keeper = keeper
        self._reporter = reporter
        self._checkpoint_every_s = checkpoint_every_s
        self._checkpoint_due = 0.0
        self._next_snapshot = -1

    def begin(self) -> None:
        """Start to count the time to the next checkpoint."""
        self._checkpoint_due = time.monotonic() + self._checkpoint_every_s

    def prepare(self, host: Host) -> None:
        """Before the first step: a first snapshot and a place to go back to; raises "disk-full"."""
        clock, run = self._course.clock, self._course.run
        before = run.recipe_before(clock)  # what was due at a change of the rhythm stays
        if self._snapshot_after(clock - 1, before) != clock:
            self._keeper.drop_end(clock)
        elif clock not in run.snapshots():
            self._take_snapshot(host)
        self._next_snapshot = self._snapshot_after(clock)
        if not run.checkpoints():
            self._take_checkpoint(host)

    def snapshot_if_due(self, host: Host) -> None:
        """A snapshot where the schedule wants one; raises "disk-full"."""
        if self._course.clock == self._next_snapshot:
            self._take_snapshot(host)

    def checkpoint_if_due(self, host: Host) -> None:
        """A checkpoint if the newest is of long ago; raises "disk-full"."""
        if time.monotonic() >= self._checkpoint_due:
            self._take_checkpoint(host)

    def end(self, host: Host) -> None:
        """After the last step: what is shown, saved and drawn later are one moment."""
        pictures = self._reporter.draw()
        self._reporter.tell_samples(host, pictures)
        self._save_and_tell(host)
        if self._keeper.save_end(self._course.trainer, pictures):
            host.on_saved("snapshot", self._course.clock)

    def save(self) -> None:
        """Write a checkpoint unless there is one of this clock, or a step broke half-way."""
        if self._course.trainer.whole and not self._course.is_saved:
            self._keeper.save_last(self._course.moment())

    def save_what_can_be(self, host: Host) -> None:
        """Save where training breaks off: the error at hand is the one to tell.

        What a lost device gives away counts only if it is made of numbers.
        """
        with contextlib.suppress(UserError, RuntimeError, MemoryError):
            if self._course.trainer.whole and self._course.moment().finite:
                self._save_and_tell(host)

    def _take_snapshot(self, host: Host) -> None:
        clock, pictures = self._course.clock, self._reporter.draw()
        notices = self._keeper.save_snapshot(self._course.trainer, pictures)
        self._reporter.tell_samples(host, pictures)
        host.on_saved("snapshot", clock)
        self._next_snapshot = self._snapshot_after(clock)
        tell_all(host, notices)

    def _take_checkpoint(self, host: Host) -> None:
        is_saved = self._course.is_saved
        notices = [] if is_saved else self._keeper.save(self._course.moment())
        host.on_saved("checkpoint", self._course.clock)
        self.begin()
        tell_all(host, notices)

    def _save_and_tell(self, host: Host) -> None:
        if not self._course.is_saved:
            self.save()
            host.on_saved("checkpoint", self._course.clock)

    def _snapshot_after(self, clock: int, recipe: Recipe | None = None) -> int:
        recipe = recipe or self._course.trainer.recipe
        return next_snapshot(clock, recipe.horizon, recipe.batch_size, recipe.watch.snapshots)
