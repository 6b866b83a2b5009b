"""The run loop: trains, tells the host, has moments kept, goes back when it must.

Not responsible for when a moment is kept (`milestones`), for what going back means (`course`), nor
for threads, windows or locks: whoever calls it holds `run.lock` and a thread.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import torch

from ganstudio.gan.course import Course
from ganstudio.gan.data import Batches, PictureSource
from ganstudio.gan.device import DeviceChoice, is_out_of_memory, use_threads
from ganstudio.gan.distributed import TeamBroken
from ganstudio.gan.keeper import Keeper
from ganstudio.gan.live import LiveModel
from ganstudio.gan.milestones import Milestones
from ganstudio.gan.mishaps import ended_by, is_mishap, smaller_bites
from ganstudio.gan.opening import changes, first_notices, opened
from ganstudio.gan.reports import Reporter
from ganstudio.gan.together import Leader
from ganstudio.project.errors import UserError
from ganstudio.project.host import Host, tell_all
from ganstudio.project.numbers import say_count
from ganstudio.project.recipe import Recipe
from ganstudio.project.runs import RunFolder

__all__ = ["Outcome", "TrainingSession"]

logger = logging.getLogger(__name__)

_SKIPPED_BEFORE_RETURN = 3


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a `run` ended: somebody stopped it, or it reached its target."""

    reason: Literal["stopped", "target"]
    images: int


class TrainingSession:
    """A run that is open for training. Make it with `open`."""

    def __init__(
        self,
        course: Course,
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
        self._course = course
        self._trainer = course.trainer
        self._batches = batches
        self._keeper = keeper
        self._threads = choice.threads
        self._live = live
        self._leader = leader
        self._reporter = Reporter(course.run, course.trainer, row_images, watched)
        self._milestones = Milestones(course, keeper, self._reporter, checkpoint_every_s)

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
        course, keeper = Course(run, trainer, leader), Keeper(run, disk_budget)
        checkpoint, notices = keeper.newest()
        course.take_up(checkpoint)
        if checkpoint is None:
            notices += first_notices(recipe, held_out)
        else:
            were = len(run.training_hashes())
            notices += changes(info, choice, leader.team.size, batches.count, were)
        if host is not None:
            tell_all(host, notices)
        course.hand_out()
        session = cls(
            course,
            batches,
            keeper,
            choice=choice,
            row_images=info.row_images,
            live=live,
            checkpoint_every_s=checkpoint_every_s,
            watched=watched,
            leader=leader,
        )
        session._publish()
        return session

    @property
    def recipe(self) -> Recipe:
        """By which it goes on."""
        return self._trainer.recipe

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
        return self._course.watch.seconds

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
        self._course.watch.start()
        self._milestones.begin()
        self._reporter.begin()
        try:
            self._prepare(host)
            reason = self._loop(host, until)
            self._end(host)
        except UserError as error:
            if error.code != "disk-full":
                raise
            self._milestones.save_what_can_be(host)
            raise self._keeper.disk_full(self._trainer.state()) from error
        except (RuntimeError, MemoryError, TeamBroken) as error:
            if not is_mishap(error):
                raise
            logger.warning("broken off at %d", self.clock, exc_info=error)
            self._milestones.save_what_can_be(host)
            raise ended_by(error, self._trainer, self._course.saved) from error
        finally:
            self._course.watch.stop()
        return Outcome(reason, self.clock)

    def change(self, values: Mapping[str, object]) -> None:
        """Change the recipe between two calls of `run`, from the next step on.

        Args:
            values: Dotted fields, of `project.changes.CHANGEABLE`.

        Raises:
            UserError: As `changed_recipe`; then nothing has changed.
        """
        self._course.change(values)

    def tell_samples(self, host: Host) -> None:
        """Show the fixed places between two calls of `run`: a change may have chosen others."""
        self._reporter.tell_samples(host, self._reporter.draw())

    def save(self) -> int:
        """Write a checkpoint unless the newest is of this very clock.

        Returns:
            The newest checkpoint's clock: an earlier one if a step broke half-way.
        """
        self._milestones.save()
        return self._course.saved

    def close(self) -> None:
        """Let go of pictures and networks' memory on the device."""
        device = self._trainer.device
        del self._batches, self._trainer, self._course, self._reporter, self._milestones
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
            saved = say_count(self._course.saved)
            raise UserError("training-out-of-memory", saved=saved) from error
        host.on_notice(smaller_bites(trainer))

    def _after_step(self, host: Host) -> None:
        trainer, reporter = self._trainer, self._reporter
        if trainer.in_a_row >= _SKIPPED_BEFORE_RETURN:
            self._go_back(host)
            return
        if reporter.at_border:
            reporter.tell_row(host, self.seconds)
        self._milestones.snapshot_if_due(host)
        if self._live is not None:
            self._live.publish_if_wanted(trainer.clock, trainer.average.network)
        reporter.tell_samples_if_due(host)
        self._milestones.checkpoint_if_due(host)

    def _go_back(self, host: Host) -> None:
        """Return to the last sound checkpoint; `Course.go_back` says with which errors."""
        checkpoint, notices = self._keeper.newest(finite=True)
        notices.append(self._course.go_back(checkpoint))
        tell_all(host, notices)
        self._reporter.begin()
        self._prepare(host)

    def _prepare(self, host: Host) -> None:
        """Before the first step, and after going back; raises "disk-full"."""
        self._keeper.check_room(self._trainer.state())
        self._reporter.drop_unfinished_row()
        self._milestones.prepare(host)

    def _end(self, host: Host) -> None:
        """After the last step: what is explored later is that moment, too."""
        if not self._reporter.at_border:
            self._reporter.tell_row(host, self.seconds)
        self._publish()
        self._milestones.end(host)

    def _publish(self) -> None:
        if self._live is not None:
            self._live.publish(self.clock, self._trainer.average.network)
