"""Looking on while something trains: events as JSON, progress as a line, signals as a wish to stop.

Not responsible for training: `studio.training` does it in its own thread.
"""

from __future__ import annotations

import dataclasses
import sys
import time
from dataclasses import dataclass

from ganstudio.cli.bugs import BrokenError
from ganstudio.cli.output import Output
from ganstudio.cli.progress import training_line
from ganstudio.cli.signals import Stopper
from ganstudio.project.folder import Project
from ganstudio.project.messages import MetricsRow
from ganstudio.project.openmp import let_threads_stay_awake
from ganstudio.project.outlook import Outlook, outlook
from ganstudio.project.processes import place_of_this_process
from ganstudio.project.quality import MomentScore
from ganstudio.project.runs import RunFolder
from ganstudio.studio.app import Studio
from ganstudio.studio.engine import StartRequest
from ganstudio.studio.events import (
    Event,
    MomentScored,
    NoticeEvent,
    RunOpened,
    Saved,
    StateChanged,
    TrainingEnded,
    TrainingFailed,
)
from ganstudio.studio.machine import Machine
from ganstudio.studio.states import State

__all__ = ["Followed", "follow"]

_LOOK_S = 0.1
#: Cores that others keep busy where training may have the whole computer.
_OTHERS_BUSY = 0.25


@dataclass(frozen=True, slots=True)
class Followed:
    """How a training ended.

    Attributes:
        run: The run that trained; None if it was stopped before there was one.
        began: Its clock when training began.
        images: Its clock now.
        reason: "target" or "stopped".
        fresh: Whether the run was made for this.
    """

    run: RunFolder | None
    began: int
    images: int
    reason: str
    fresh: bool


def follow(
    studio: Studio, project: Project, request: StartRequest, stopper: Stopper, output: Output
) -> Followed:
    """Train, and tell what happens until it ends.

    Raises:
        UserError: What stopped training, if a person can mend it.
        BrokenError: If it was a bug of ours; what could be saved is saved.
    """
    if "torch" not in sys.modules and _has_it_all(studio.machine):
        let_threads_stay_awake()
    studio.training.start(project, request)
    follower = _Follower(studio, request, output)
    told_stop = False
    while True:
        if stopper.asked and not told_stop:
            told_stop = True
            output.tell("Stopping after this step, then saving.")
            studio.training.stop()
        events = studio.events.wait(_LOOK_S)
        follower.tell_rows()
        for event in events:
            ended = follower.seen(event)
            if ended is not None:
                studio.training.wait()
                output.end_progress()
                return ended
        follower.tell_progress()


def _has_it_all(machine: Machine) -> bool:
    """Whether training has the whole computer for itself."""
    return place_of_this_process() is None and machine.busy_cores() <= _OTHERS_BUSY


class _Follower:
    """Turns what studio tells into what a terminal shows."""

    def __init__(self, studio: Studio, request: StartRequest, output: Output) -> None:
        self._studio = studio
        self._request = request
        self._output = output
        self._opened: RunOpened | None = None
        self._running_since: float | None = None
        self._score: MomentScore | None = None

    def tell_rows(self) -> None:
        """New rows of metrics; each is one event."""
        for row in self._studio.training.rows.drain():
            self._output.event("metrics", **_row_values(row))

    def seen(self, event: Event) -> Followed | None:
        """Tell one event; an answer ends the training."""
        match event:
            case StateChanged(state=State.PREPARING):
                self._output.progress("Getting ready: loading the engine, measuring this computer")
            case StateChanged(state=State.RUNNING):
                self._running_since = time.monotonic()
            case RunOpened():
                self._tell_run(event)
            case Saved():
                self._output.event(event.kind, images=event.images)
            case NoticeEvent():
                self._tell_notice(event)
            case MomentScored():
                self._score = event.score
                self._output.event("score", **event.score.line())
            case TrainingFailed():
                self._studio.training.wait()
                self._output.event("done", reason="failed", images=event.images)
                raise event.error or BrokenError(event.report, event.images)
            case TrainingEnded():
                return self._ended(event)
            case _:
                pass
        return None

    def tell_progress(self) -> None:
        """Where it stands, for the person at the terminal."""
        training = self._studio.training
        if self._running_since is None or training.state is not State.RUNNING:
            return
        left = training.seconds_left()
        line = training_line(
            training.clock, training.target, self._share(left), training.rate, left, self._score
        )
        self._output.progress(line)

    def _share(self, left_s: float | None) -> float | None:
        training = self._studio.training
        if self._request.minutes is not None and left_s is not None:
            return 1 - left_s / (60 * self._request.minutes)
        return training.clock / training.target if training.target else None

    def _tell_run(self, event: RunOpened) -> None:
        self._opened = event
        info = RunFolder(event.run).info()
        begins = "Begins" if event.fresh else "Goes on with"
        reason = info.device_reason[:1].upper() + info.device_reason[1:]
        seen = self._outlook(RunFolder(event.run), info.speed) if event.fresh else None
        words = [f"{begins} {info.name}.", f"{reason}.", seen.sentence if seen else ""]
        self._output.tell(" ".join(word for word in words if word))
        self._output.event(
            "run",
            run=event.run,
            images=event.images,
            fresh=event.fresh,
            seed=info.seed,
            device=info.device,
            precision=info.precision,
            threads=info.threads,
            target=self._studio.training.target,
            first_look_s=round(seen.first_s) if seen else None,
            good_s=round(seen.good_s) if seen and seen.good_s else None,
        )

    def _outlook(self, run: RunFolder, rate: float) -> Outlook | None:
        end = self._request.images
        if self._request.minutes is not None:
            end = round(60 * self._request.minutes * rate)
        return outlook(run.recipe(), rate, end)

    def _tell_notice(self, event: NoticeEvent) -> None:
        notice = event.notice
        self._output.tell(notice.sentence)
        self._output.event(
            "notice",
            code=notice.code,
            level=notice.level,
            images=notice.images,
            sentence=notice.sentence,
        )

    def _ended(self, event: TrainingEnded) -> Followed:
        opened = self._opened
        run = RunFolder(opened.run) if opened else None
        self._output.event(
            "done",
            reason=event.reason,
            images=event.images,
            run=opened.run if opened else None,
        )
        return Followed(
            run=run,
            began=opened.images if opened else 0,
            images=event.images,
            reason=event.reason,
            fresh=opened.fresh if opened else False,
        )


def _row_values(row: MetricsRow) -> dict[str, object]:
    return dataclasses.asdict(row)
