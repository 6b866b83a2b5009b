"""The inspector judges what a person asks for: piles, single pictures, folders, one slow round.

It works in the explorer's thread, in slices, behind what is explored and before what is scored.

Not responsible for the judging itself (`engine.Bench`), nor for showing it.
"""

from __future__ import annotations

import logging
import secrets
import threading
from collections import deque
from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ganstudio.project.errors import UserError
from ganstudio.project.folder import Project
from ganstudio.project.judging import Pile
from ganstudio.project.runs import RunFolder
from ganstudio.studio import engine
from ganstudio.studio.channels import Batch
from ganstudio.studio.crash import report_of
from ganstudio.studio.events import Event, Judged, JudgingFailed
from ganstudio.studio.explorer import ExplorerService

__all__ = ["JudgingService"]

logger = logging.getLogger(__name__)

#: Work that goes in slices: it yields after each, and returns what was found.
Work = Callable[[engine.Bench], Generator[object, None, Any]]


@dataclass(frozen=True, slots=True)
class _Moment:
    """Whose inspector judges."""

    project: Project
    run: RunFolder
    clock: int
    seed: int


@dataclass(frozen=True, slots=True)
class _Request:
    """What was asked for; of one kind only the newest waits."""

    ticket: int
    kind: str
    moment: _Moment
    work: Work


class JudgingService:
    """One moment of one run judges at a time; every answer carries the ticket of its request.

    Args:
        events: Where `Judged` and `JudgingFailed` are told.
        explorer: Whose thread does the work.
    """

    def __init__(self, events: Batch[Event], explorer: ExplorerService) -> None:
        self._events = events
        self._explorer = explorer
        self._lock = threading.Lock()
        self._waiting: deque[_Request] = deque()
        self._moment: _Moment | None = None
        self._ticket = 0
        self._bench: engine.Bench | None = None
        self._bench_of: _Moment | None = None
        self._running: tuple[_Request, Generator[object, None, Any]] | None = None
        self.looked_through = 0

    # -- from the window -------------------------------------------------------------------------

    def look_at(
        self, project: Project, run: RunFolder, clock: int, seed: int | None = None
    ) -> None:
        """Judge with this moment's inspector from now on; what was asked for before is dropped.

        Args:
            project: Whose run it is.
            run: The run.
            clock: Of a snapshot.
            seed: All chance derives from it; None draws one, so that no pile ever comes again.
        """
        chosen = secrets.randbelow(2**63) if seed is None else seed
        self.forget()
        self._moment = _Moment(project, run, clock, chosen)

    def forget(self) -> None:
        """Judge nothing any more, and let go of networks and pictures."""
        with self._lock:
            self._waiting.clear()
            self._moment = None
            had = self._bench is not None or self._running is not None
        if had:
            self._explorer.work_behind(self._work, "judging")

    def new_pile(self) -> int:
        """Ask for a fresh `Pile`, half of it real. Returns the request's ticket, as all below."""
        return self._ask("pile", lambda bench: bench.piling())

    def deal(self, count: int) -> int:
        """Ask for a fresh `Pile` for a game of so many pictures."""
        return self._ask("pile", lambda bench: bench.dealing(count))

    def explain(self, pile: Pile, index: int) -> int:
        """Ask for the `HeatMap` of a picture of a pile."""
        return self._ask("heat", lambda bench: bench.explaining(pile, index))

    def find_nearest(self, pile: Pile, index: int) -> int:
        """Ask for the `Nearest` pictures to one of a pile; `looked_through` counts meanwhile."""
        return self._ask("nearest", lambda bench: bench.finding_nearest(pile, index))

    def judge_folder(self, folder: Path) -> int:
        """Ask for a folder's pictures, judged: `FolderJudged`."""
        return self._ask("folder", lambda bench: bench.judging_folder(folder))

    def play_round(self) -> int:
        """Ask for one `Round` on copies of both networks."""
        return self._ask("round", lambda bench: bench.playing_round())

    def _ask(self, kind: str, work: Work) -> int:
        with self._lock:
            self._ticket += 1
            if self._moment is None:
                return self._ticket
            request = _Request(self._ticket, kind, self._moment, work)
            others = [waiting for waiting in self._waiting if waiting.kind != kind]
            self._waiting = deque([*others, request])
        self._explorer.work_behind(self._work, "judging")
        return request.ticket

    # -- in the explorer's thread ----------------------------------------------------------------

    def _work(self) -> float | None:
        """One slice; there is no rest between two of them, for a person waits."""
        with self._lock:
            moment, dropped = self._moment, self._bench_of is not self._moment
            overtaken = self._running is not None and any(
                waiting.kind == self._running[0].kind for waiting in self._waiting
            )
        if dropped:
            self._let_go()
        elif overtaken:
            self._running = None
        if self._running is None:
            with self._lock:
                request = self._waiting.popleft() if self._waiting else None
            if request is None or moment is None:
                return None
            self._begin(request)
        self._go_on()
        return 0.0

    def _begin(self, request: _Request) -> None:
        """Open the bench where it is not open yet, and get ready for the first slice."""

        def slices() -> Generator[object, None, Any]:
            if self._bench is None:
                moment = request.moment
                self._bench = engine.Bench(moment.project, moment.run, moment.clock, moment.seed)
                self._bench_of = moment
                yield None
            return (yield from request.work(self._bench))

        self._running = request, slices()

    def _go_on(self) -> None:
        assert self._running is not None
        request, slices = self._running
        try:
            found = next(slices)
            self.looked_through = found if isinstance(found, int) else self.looked_through
        except StopIteration as end:
            self._running = None
            self._events.put(Judged(request.ticket, end.value))
        except UserError as error:
            self._running = None
            logger.info("nothing was judged: %s", error)
            self._events.put(JudgingFailed(request.ticket, error))
        except Exception as error:  # a bug of ours must not end exploring silently
            self._running = None
            logger.exception("judging broke")
            failed = UserError("judging-bug", report=report_of(error))
            self._events.put(JudgingFailed(request.ticket, failed))

    def _let_go(self) -> None:
        self._running = None
        if self._bench is not None:
            self._bench.close()
        self._bench = self._bench_of = None
