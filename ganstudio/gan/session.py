"""The run loop: trains, tells the host, takes snapshots and checkpoints, goes back when it must.

Not responsible for threads, windows or locks: whoever calls it holds `run.lock` and a thread.
"""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import torch

from ganstudio.gan.checkpoint import Checkpoint
from ganstudio.gan.data import Batches, PictureSource
from ganstudio.gan.device import DeviceChoice, is_out_of_memory, use_threads
from ganstudio.gan.distributed import TeamBroken
from ganstudio.gan.keeper import Keeper
from ganstudio.gan.live import LiveModel
from ganstudio.gan.mishaps import ended_by, is_mishap, smaller_bites
from ganstudio.gan.opening import changes, first_notices, opened, returns_in
from ganstudio.gan.reports import Reporter
from ganstudio.gan.together import Leader
from ganstudio.gan.trainer import Trainer, TrainerState
from ganstudio.project.changes import CHANGE, changed_recipe
from ganstudio.project.errors import UserError
from ganstudio.project.host import Host, tell_all
from ganstudio.project.messages import Notice
from ganstudio.project.numbers import say_count
from ganstudio.project.recipe import Recipe
from ganstudio.project.runs import RunFolder
from ganstudio.project.schedule import next_snapshot

__all__ = ["Outcome", "TrainingSession"]

logger = logging.getLogger(__name__)

_SKIPPED_BEFORE_RETURN = 3
_RETURNS_BEFORE_FAILURE = 3


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a `run` ended: somebody stopped it, or it reached its target."""

    reason: Literal["stopped", "target"]
    images: int


class TrainingSession:
    """A run that is open for training. Make it with `open`."""

    def __init__(
        self,
        run: RunFolder,
        trainer: Trainer,
        batches: Batches,
        keeper: Keeper,
        *,
        choice: DeviceChoice,
        row_images: int,
        live: LiveModel | None,
        checkpoint_every_s: float,
        watched: bool,
        leader: Leader,
    ) -> None:
        self.recipe: Recipe = trainer.recipe
        self._run = run
        self._trainer = trainer
        self._batches = batches
        self._keeper = keeper
        self._threads = choice.threads
        self._live = live
        self._leader = leader
        self._checkpoint_every_s = checkpoint_every_s
        self._seconds = 0.0
        self._returns = 0
        self._reporter = Reporter(run, trainer, row_images, watched)
        self._began: float | None = None
        self._checkpoint_due = 0.0

    @classmethod
    def open(
        cls,
        run: RunFolder,
        images: npt.NDArray[np.uint8] | PictureSource,
        *,
        choice: DeviceChoice,
        rows: Sequence[int] | npt.NDArray[np.int64] | None = None,
        live: LiveModel | None = None,
        checkpoint_every_s: float = 120.0,
        watched: bool = True,
        disk_budget: int = 2_000_000_000,
        labels: Sequence[int] | npt.NDArray[np.int64] | None = None,
        held_out: npt.NDArray[np.uint8] | None = None,
        held_out_labels: Sequence[int] | None = None,
        host: Host | None = None,
        leader: Leader | None = None,
    ) -> TrainingSession:
        """Make a run ready to go on from its newest readable checkpoint, or to begin.

        Args:
            run: Its folder; the caller holds its lock.
            images: uint8 (N, H, W, C), or something that gathers such rows.
            choice: Where to train; `choice_of(run.info())` to stay where the run began.
            rows: Which of the images, in the order of `run.training_hashes()`; None for all.
            live: Where the explorer waits for the newest weights.
            checkpoint_every_s: At most so much is lost in a crash.
            watched: Whether somebody looks at samples between two snapshots.
            disk_budget: Bytes that its snapshots and checkpoints may take together.
            labels: Class of each of them, in that order; None where the recipe has no classes.
            held_out: Pictures that are never learned from, uint8 (N, H, W, C); they may steer
                augmentation.
            held_out_labels: Class of each of those.
            host: Is told what a person should know about the opening.
            leader: The word to other processes that train the same run; its caller ends it.

        Raises:
            UserError: "too-few-pictures", "run-other-pictures", "newer-project" and others.
        """
        info, recipe, leader = run.info(), run.recipe(), leader or Leader()
        run.sweep()
        trainer, batches = opened(
            recipe,
            info.seed,
            images,
            choice,
            rows=rows,
            labels=labels,
            held_out=held_out,
            held_out_labels=held_out_labels,
            team=leader.team,
        )
        keeper = Keeper(run, disk_budget)
        session = cls(
            run,
            trainer,
            batches,
            keeper,
            choice=choice,
            row_images=info.row_images,
            live=live,
            checkpoint_every_s=checkpoint_every_s,
            watched=watched,
            leader=leader,
        )
        checkpoint, notices = keeper.newest()
        if checkpoint is not None:
            session._load(checkpoint)
        run.rewind(session.clock)
        session._play_by_history()
        session._returns = max(session._returns, returns_in(run))
        session._trainer.lr_scale = 0.5**session._returns
        if checkpoint is None:
            notices += first_notices(recipe, held_out)
        else:
            were = len(run.training_hashes())
            notices += changes(info, choice, leader.team.size, batches.count, were)
        if host is not None:
            tell_all(host, notices)
        session._hand_out()
        session._publish()
        return session

    @property
    def clock(self) -> int:
        """Images seen."""
        return self._trainer.clock

    @property
    def rate(self) -> float:
        """Images a second over the last row."""
        return self._reporter.rate

    @property
    def seconds(self) -> float:
        """Training time of the run so far, pauses left out."""
        return self._seconds + (time.monotonic() - self._began if self._began is not None else 0.0)

    def run(self, host: Host, until: int | None = None) -> Outcome:
        """Train until the host says stop or a clock is reached. May be called again to go on.

        When it returns, a checkpoint of its clock is on disk. Call it in the thread that opened the
        session. After "training-disk-full" too it may be called again: it goes on from the very
        step, once there is room.

        Args:
            host: Asked after every step; told everything.
            until: Images to reach in all, rounded up to whole batches; None for no end.

        Raises:
            UserError: "training-disk-full", "training-diverged", "training-no-way-back",
                "training-out-of-memory", "training-device-lost" or "training-process-lost".
        """
        use_threads(self._threads)
        self._begin()
        try:
            self._prepare(host)
            reason = self._loop(host, until)
            self._end(host)
        except UserError as error:
            if error.code != "disk-full":
                raise
            self._save_last(host)
            raise self._keeper.disk_full(self._state()) from error
        except (RuntimeError, MemoryError, TeamBroken) as error:
            if not is_mishap(error):
                raise
            logger.warning("broken off at %d", self.clock, exc_info=error)
            self._save_last(host)
            raise ended_by(error, self._trainer, self._saved()) from error
        finally:
            self._seconds = self.seconds
            self._began = None
        return Outcome(reason, self.clock)

    def change(self, values: Mapping[str, object]) -> None:
        """Change the recipe between two calls of `run`, from the next step on.

        Args:
            values: Dotted fields, of `project.changes.CHANGEABLE`.

        Raises:
            UserError: As `changed_recipe`; then nothing has changed.
        """
        changed = changed_recipe(self.recipe, values)
        if changed != self.recipe:
            self._run.add_event(CHANGE, self.clock, values=dict(values))
            self._play_by_history()
            self._hand_out()

    def tell_samples(self, host: Host) -> None:
        """Show the fixed places between two calls of `run`: a change may have chosen others."""
        self._reporter.tell_samples(host, self._reporter.draw())

    def save(self) -> int:
        """Write a checkpoint unless the newest is of this very clock.

        Returns:
            The newest checkpoint's clock: an earlier one if a step broke half-way.
        """
        if self._trainer.whole and self._run.checkpoints()[-1:] != [self.clock]:
            self._keeper.save_last(self._checkpoint())
        return self._saved()

    def close(self) -> None:
        """Let go of pictures and networks' memory on the device."""
        device = self._trainer.device
        del self._batches, self._trainer, self._reporter
        if device.type == "cuda":
            with contextlib.suppress(RuntimeError):  # a device that was lost
                torch.cuda.empty_cache()

    # -- the loop -------------------------------------------------------------------------------

    def _loop(self, host: Host, until: int | None) -> Literal["stopped", "target"]:
        while True:
            if until is not None and self.clock >= until:
                return "target"
            if host.should_stop():
                return "stopped"
            try:
                self._leader.step(self._trainer, self._batches)
            except (RuntimeError, MemoryError) as error:
                if not is_out_of_memory(error):
                    raise
                self._take_smaller_bites(host, error)
                continue
            self._after_step(host)

    def _take_smaller_bites(self, host: Host, error: BaseException) -> None:
        """Go on from the same step with half as many pictures at a time.

        Raises:
            UserError: "training-out-of-memory" when there is nothing left to halve.
        """
        trainer = self._trainer
        logger.warning("out of memory at %d", trainer.clock, exc_info=error)
        if not trainer.take_smaller_bites():
            raise UserError("training-out-of-memory", saved=say_count(self._saved())) from error
        host.on_notice(smaller_bites(trainer))

    def _after_step(self, host: Host) -> None:
        trainer, reporter = self._trainer, self._reporter
        if trainer.in_a_row >= _SKIPPED_BEFORE_RETURN:
            self._go_back(host)
            return
        if reporter.at_border:
            reporter.tell_row(host, self.seconds)
        if trainer.clock == self._next_snapshot:
            self._take_snapshot(host)
        if self._live is not None:
            self._live.publish_if_wanted(trainer.clock, trainer.average.network)
        reporter.tell_samples_if_due(host)
        if time.monotonic() >= self._checkpoint_due:
            self._take_checkpoint(host)

    def _begin(self) -> None:
        self._began = time.monotonic()
        self._checkpoint_due = self._began + self._checkpoint_every_s
        self._reporter.begin()

    def _prepare(self, host: Host) -> None:
        """Before the first step: room on the disk, a first snapshot and a place to go back to."""
        self._keeper.check_room(self._state())
        self._reporter.drop_unfinished_row()
        if not self._keeps_a_moment_here():
            self._keeper.drop_end(self.clock)
        elif self.clock not in self._run.snapshots():
            self._take_snapshot(host)
        self._next_snapshot = self._snapshot_after(self.clock)
        if not self._run.checkpoints():
            self._take_checkpoint(host)

    def _end(self, host: Host) -> None:
        """After the last step: what is shown, saved, explored and drawn later are one moment."""
        if not self._reporter.at_border:
            self._reporter.tell_row(host, self.seconds)
        pictures = self._reporter.draw()
        self._reporter.tell_samples(host, pictures)
        self._publish()
        self._save_and_tell(host)
        if self._keeper.save_end(self._trainer, pictures):
            host.on_saved("snapshot", self.clock)

    def _take_snapshot(self, host: Host) -> None:
        pictures = self._reporter.draw()
        notices = self._keeper.save_snapshot(self._trainer, pictures)
        self._reporter.tell_samples(host, pictures)
        host.on_saved("snapshot", self.clock)
        self._next_snapshot = self._snapshot_after(self.clock)
        tell_all(host, notices)

    def _take_checkpoint(self, host: Host) -> None:
        is_saved = self._run.checkpoints()[-1:] == [self.clock]
        notices = [] if is_saved else self._keeper.save(self._checkpoint())
        host.on_saved("checkpoint", self.clock)
        self._checkpoint_due = time.monotonic() + self._checkpoint_every_s
        tell_all(host, notices)

    def _save_last(self, host: Host) -> None:
        """Save what can be saved where training breaks off: the error at hand is the one to tell.

        What a lost device gives away counts only if it is made of numbers.
        """
        with contextlib.suppress(UserError, RuntimeError, MemoryError):
            if self._trainer.whole and self._checkpoint().finite:
                self._save_and_tell(host)

    def _save_and_tell(self, host: Host) -> None:
        if self._run.checkpoints()[-1:] != [self.clock]:
            self.save()
            host.on_saved("checkpoint", self.clock)

    def _checkpoint(self) -> Checkpoint:
        return Checkpoint(self._state(), self.seconds, self._returns)

    def _publish(self) -> None:
        if self._live is not None:
            self._live.publish(self.clock, self._trainer.average.network)

    # -- going back -----------------------------------------------------------------------------

    def _go_back(self, host: Host) -> None:
        """Return to the last sound checkpoint with half the learning rate.

        Raises:
            UserError: "training-diverged" the third time, "training-no-way-back".
        """
        broke_at = self.clock
        checkpoint, notices = self._keeper.newest(finite=True)
        if checkpoint is None:
            raise UserError("training-no-way-back")
        returns = self._returns + 1
        self._load(checkpoint)
        self._returns = returns
        self._trainer.lr_scale = 0.5**returns
        self._run.rewind(self.clock)
        self._play_by_history()
        self._hand_out()
        self._run.add_event("rollback", self.clock, broke_at=broke_at, returns=returns)
        logger.warning("step at %d not finite; back to %d", broke_at, self.clock)
        used = say_count(self.clock)
        if returns >= _RETURNS_BEFORE_FAILURE:
            raise UserError("training-diverged", clock=say_count(broke_at), saved=used)
        values = {"clock": say_count(broke_at), "used": used}
        tell_all(host, [*notices, Notice("notice-rollback", "warning", dict(values), self.clock)])
        self._reporter.begin()
        self._prepare(host)

    def _play_by_history(self) -> None:
        """Go on by the recipe that the history leads to."""
        self.recipe = self._run.recipe_now()
        self._trainer.play_by(self.recipe)

    def _load(self, checkpoint: Checkpoint) -> None:
        try:
            self._trainer.load_state(checkpoint.state)
        except (KeyError, RuntimeError) as error:
            path = self._run.checkpoint_folder(checkpoint.state.clock)
            reason = "it belongs to other networks"
            raise UserError("unreadable-file", path=path, reason=reason) from error
        self._seconds = checkpoint.seconds
        self._returns = checkpoint.returns
        if self._began is not None:
            self._began = time.monotonic()

    def _hand_out(self) -> None:
        """All processes go on from the same state."""
        try:
            self._leader.hand_out(self._trainer)
        except TeamBroken as error:
            raise ended_by(error, self._trainer, self._saved()) from error

    def _keeps_a_moment_here(self) -> bool:
        """Whether the schedule has a snapshot at this clock, by the rhythm of before it."""
        before = self._run.recipe_before(self.clock)
        return self._snapshot_after(self.clock - 1, before) == self.clock

    def _snapshot_after(self, clock: int, recipe: Recipe | None = None) -> int:
        recipe = recipe or self.recipe
        return next_snapshot(clock, recipe.horizon, recipe.batch_size, recipe.watch.snapshots)

    def _saved(self) -> int:
        return (self._run.checkpoints() or [0])[-1]

    def _state(self) -> TrainerState:
        return self._trainer.state()
