"""A tournament behind the window: moments' generators against moments' inspectors, in slices.

It works in the explorer's thread, behind what is explored and what single pictures are judged for,
and before what is scored.

Not responsible for the playing itself (`engine.playing`), nor for showing it.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Generator, Sequence
from dataclasses import dataclass, field

from ganstudio.project.errors import Cancelled, UserError
from ganstudio.project.folder import Project
from ganstudio.project.messages import Progress
from ganstudio.project.runs import RunFolder
from ganstudio.project.tasks import Task
from ganstudio.project.tournament import Player, Tournament
from ganstudio.studio import engine
from ganstudio.studio.channels import Batch
from ganstudio.studio.crash import report_of
from ganstudio.studio.events import Event, TournamentEnded
from ganstudio.studio.explorer import ExplorerService

__all__ = ["TournamentService"]

logger = logging.getLogger(__name__)

_LANE = "tournament"


@dataclass(frozen=True, slots=True)
class _Request:
    """Who shall play."""

    ticket: int
    project: Project
    run: RunFolder
    players: tuple[Player, ...]
    task: Task = field(default_factory=Task)


class TournamentService:
    """One tournament at a time; a newer one takes the place of an older one.

    Args:
        events: Where `TournamentEnded` is told.
        explorer: Whose thread does the work.
    """

    def __init__(self, events: Batch[Event], explorer: ExplorerService) -> None:
        self._events = events
        self._explorer = explorer
        self._lock = threading.Lock()
        self._ticket = 0
        self._asked: _Request | None = None
        self._begun: tuple[_Request, Generator[None, None, Tournament]] | None = None

    # -- from the window -------------------------------------------------------------------------

    def play(self, project: Project, run: RunFolder, players: Sequence[Player]) -> int:
        """Let them play; `TournamentEnded` tells the end.

        Args:
            project: Whose pictures are the real ones.
            run: Its held-out pictures are, or those it learned from where it holds none out.
            players: Two or more, in the order in which the result has them.

        Returns:
            The ticket that the end will carry.
        """
        with self._lock:
            self._ticket += 1
            self._asked = _Request(self._ticket, project, run, tuple(players))
        self._explorer.work_behind(self._work, _LANE)
        return self._ticket

    def cancel(self) -> None:
        """End the one that plays, if any does, at its next slice."""
        request = self._asked
        if request is not None:
            request.task.cancel()

    @property
    def progress(self) -> Progress:
        """How far the newest one is, in slices; a total of 0 before it begins."""
        request = self._asked
        return request.task.progress if request is not None else Progress()

    # -- in the explorer's thread ----------------------------------------------------------------

    def _work(self) -> float | None:
        """One slice; there is no rest between two of them, for a person waits."""
        request = self._asked
        if request is None:
            return None
        if self._begun is None or self._begun[0] is not request:
            models = [player.model for player in request.players]
            slices = engine.playing(request.project, request.run, models, request.task)
            self._begun = request, slices
        found: Tournament | None = None
        error: UserError | None = None
        try:
            next(self._begun[1])
            return 0.0
        except StopIteration as end:
            found = end.value
        except Cancelled:
            logger.info("the tournament was cancelled")
        except UserError as caught:
            logger.info("nobody played: %s", caught)
            error = caught
        except Exception as caught:  # a bug of ours must not end exploring silently
            logger.exception("the tournament broke")
            error = UserError("judging-bug", report=report_of(caught))
        self._begun = None
        with self._lock:
            if self._asked is request:
                self._asked = None
        self._events.put(TournamentEnded(request.ticket, request.players, found, error))
        return None if self._asked is None else 0.0
