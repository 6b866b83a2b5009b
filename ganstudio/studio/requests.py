"""What waits for the explorer's thread: a model to open, a point, and jobs in their order.

A new kind of job is a name in `KINDS`, at the place of its urgency; what it does is said where it
is asked for.

Not responsible for doing anything (`explorer`), nor for work behind all this (`lanes`).
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from ganstudio.project.errors import UserError
from ganstudio.project.point import LatentPoint
from ganstudio.project.runs import RunFolder
from ganstudio.studio import engine

if TYPE_CHECKING:
    from ganstudio.gan.live import LiveModel

__all__ = ["KINDS", "Job", "Opening", "Requests", "Wanted"]

T = TypeVar("T")

#: What may be asked of the model at hand, the most urgent first; a point goes before them all.
KINDS = ("file", "amount", "inside", "sheets", "preview", "search")
#: Of these every job is done, in order; of the others a newer one replaces the one that waits.
_EACH = frozenset({"file", "search"})


@dataclass(frozen=True, slots=True)
class Opening:
    """A model to explore: a file, the weights of a training run, or another process's run."""

    title: str
    path: Path | None = None
    live: LiveModel | None = None
    followed: RunFolder | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """The newest point that was asked for, if it was not taken yet, and the newest stamp."""

    point: LatentPoint | None
    stamp: int


@dataclass(frozen=True, slots=True)
class Job:
    """Something to be done with a model, and who waits for what comes of it."""

    work: Callable[[engine.LoadedModel], Any]
    future: Future[Any]

    def do(self, model: engine.LoadedModel) -> None:
        """Do it, unless nobody waits any more; an expected error is for who waits alone."""
        if not self.future.set_running_or_notify_cancel():
            return
        try:
            found = self.work(model)
        except UserError as error:
            self.future.set_exception(error)
        except BaseException as error:  # whoever waits is told too; it goes on after that
            self.future.set_exception(error)
            raise
        else:
            self.future.set_result(found)


class Requests:
    """Newest wins, but for what goes into files. Every method may be called from any thread."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._opening: Opening | None = None
        self._point: LatentPoint | None = None
        self._stamp = 0
        self._jobs: dict[str, deque[Job]] = {kind: deque() for kind in KINDS}
        self._held = False
        self._closed = False

    # -- asking ----------------------------------------------------------------------------------

    def open(self, opening: Opening) -> None:
        """Ask for another model, which is followed from then on."""
        with self._condition:
            self._opening = opening
            self._held = False
            self._condition.notify_all()

    def ask(self, point: LatentPoint) -> int:
        """Ask for a picture; the stamp that it, or a newer one, will carry."""
        with self._condition:
            self._stamp += 1
            self._point = point
            self._condition.notify_all()
            return self._stamp

    def ask_anew(self, point: LatentPoint) -> None:
        """Ask for a picture that was asked for before, unless another one waits."""
        with self._condition:
            self._point = self._point or point
            self._condition.notify_all()

    def add(self, kind: str, work: Callable[[engine.LoadedModel], T]) -> Future[T]:
        """Ask for a job of `KINDS`; one that it replaces is cancelled."""
        future: Future[T] = Future()
        replaced: list[Job] = []
        with self._condition:
            waiting = self._jobs[kind]
            if kind not in _EACH:
                replaced = list(waiting)
                waiting.clear()
            waiting.append(Job(work, future))
            self._condition.notify_all()
        for job in replaced:  # outside of the lock: somebody may listen
            job.future.cancel()
        return future

    def hold(self, held: bool) -> None:
        """Whether newer weights of a live model have to wait."""
        with self._condition:
            self._held = held
            self._condition.notify_all()

    def wake(self) -> None:
        """Something else has changed: look again."""
        with self._condition:
            self._condition.notify_all()

    def close(self) -> None:
        """Nothing more is done."""
        with self._condition:
            self._closed = True
            self._condition.notify_all()

    def cancel_all(self) -> None:
        """Whoever waits for a job waits in vain."""
        with self._condition:
            left = [job for waiting in self._jobs.values() for job in waiting]
            for waiting in self._jobs.values():
                waiting.clear()
        for job in left:
            job.future.cancel()

    # -- taking (the explorer's thread) ----------------------------------------------------------

    @property
    def closed(self) -> bool:
        """Whether nothing more is done."""
        return self._closed

    @property
    def held(self) -> bool:
        """Whether newer weights of a live model have to wait."""
        return self._held

    def wait(self, has_model: bool, patience: Callable[[], float | None]) -> Opening | None:
        """Wait for something to do; a model to open is handed over at once.

        Args:
            has_model: Whether there is one that could draw.
            patience: For how many seconds, None for ever. It is asked once nobody can wake this
                unheard any more.
        """
        with self._condition:
            if not self._something_waits(has_model):
                self._condition.wait(patience())
            opening, self._opening = self._opening, None
            return opening

    def something_waits(self, has_model: bool) -> bool:
        """Whether there is something to do, or the end has come."""
        with self._condition:
            return self._something_waits(has_model)

    @property
    def point_waits(self) -> bool:
        """Whether another point was asked for meanwhile."""
        return self._point is not None

    def take_point(self) -> Wanted:
        """The point that was asked for, which then waits no longer."""
        with self._condition:
            point, self._point = self._point, None
            return Wanted(point, self._stamp)

    def take_job(self) -> Job | None:
        """The most urgent job, which then waits no longer."""
        with self._condition:
            waiting = next((self._jobs[kind] for kind in KINDS if self._jobs[kind]), None)
            return waiting.popleft() if waiting is not None else None

    def _something_waits(self, has_model: bool) -> bool:
        if self._closed or self._opening is not None:
            return True
        return has_model and (self._point is not None or any(self._jobs.values()))
