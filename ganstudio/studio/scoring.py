"""Scores the moments of the run that is looked at, behind everything else.

It works in the explorer's thread, in slices: a picture that somebody asks for goes first, and while
training runs it rests nine times as long as it worked. The newest moment has the first turn, then
the one before it.

Not responsible for what a score is (`quality`), for what is missing of a run (`run_scorer`), nor
for showing it; without a window, `scoring_between` does the same between two steps.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from ganstudio.project.folder import Project
from ganstudio.project.quality import MomentScore
from ganstudio.project.runs import RunFolder
from ganstudio.studio.channels import Batch
from ganstudio.studio.events import (
    EngineLoaded,
    Event,
    ImportEnded,
    MomentScored,
    RunNews,
    RunOpened,
    Saved,
    SpeedMeasured,
    StateChanged,
)
from ganstudio.studio.explorer import ExplorerService
from ganstudio.studio.run_scorer import RunScorer
from ganstudio.studio.settings import Settings
from ganstudio.studio.states import State

__all__ = ["ScoringService"]

#: Rest after a slice, as a multiple of the time it took: beside training, and else. What that
#: costs is less than a tenth, for it works on the core that a window keeps free (benchmark).
_REST_TRAINING = 9.0
_REST_IDLE = 1.0
#: How long to rest where scoring would be in the way just now.
_NOT_NOW_S = 1.0

_WAKING = (EngineLoaded, ImportEnded, RunNews, RunOpened, Saved, SpeedMeasured, StateChanged)
#: After these, what could not be scored before perhaps can be.
_RENEWING = (ImportEnded, RunOpened)


class ScoringService:
    """Keeps scores coming, as long as there are moments without one.

    Args:
        events: Where `MomentScored` is told.
        explorer: Whose thread does the work.
        state: What training is doing.
        may_begin: Whether the engine is loaded, the project may be written to, nothing is being
            measured or imported, and nobody else trains the run.
        settings: The settings of now: they name the weights of Inception.
    """

    def __init__(
        self,
        events: Batch[Event],
        explorer: ExplorerService,
        state: Callable[[], State],
        may_begin: Callable[[RunFolder], bool],
        settings: Callable[[], Settings],
    ) -> None:
        self._events = events
        self._explorer = explorer
        self._state = state
        self._may_begin = may_begin
        self._settings = settings
        self._weights = _weights_of(settings())
        self._wanted: tuple[Project, RunFolder] | None = None
        self._scorer: RunScorer | None = None
        self._renewed = False

    # -- from the window -------------------------------------------------------------------------

    def look_at(self, project: Project | None, run: RunFolder | None) -> None:
        """Score this run from now on; None for no run."""
        self._wanted = None if project is None or run is None else (project, run)
        self._renewed = True
        self._wake()

    def settings_changed(self) -> None:
        """There may be other weights of Inception, or none any more."""
        now = _weights_of(self._settings())
        if now != self._weights:
            self._weights = now
            self._renewed = True
            self._wake()

    def on_event(self, event: object) -> None:
        """There may be something to score, or nothing in the way any more."""
        if isinstance(event, _RENEWING):
            self._renewed = True
        if isinstance(event, _WAKING):
            self._wake()

    def _wake(self) -> None:
        wanted = self._wanted
        known = self._scorer is not None  # then there is something to let go of
        if known if wanted is None else self._may_begin(wanted[1]):
            self._explorer.work_behind(self._work)

    # -- in the explorer's thread ----------------------------------------------------------------

    def _work(self) -> float | None:
        """One slice; how long to rest after it."""
        wanted, state = self._wanted, self._state()
        if wanted is None or self._renewed:
            self._renewed = False
            self._forget()
        if wanted is None:
            return None
        if state in (State.PREPARING, State.STOPPING) or not self._may_begin(wanted[1]):
            return _NOT_NOW_S
        began = time.monotonic()
        if self._scorer is None or self._scorer.run.path != wanted[1].path:
            self._forget()
            self._scorer = RunScorer(*wanted, *self._weights, self._events)
        found = self._scorer.work()
        if isinstance(found, MomentScore):
            self._events.put(MomentScored(wanted[1].path, found))
        elif found is None:
            return None
        rest = _REST_TRAINING if state is State.RUNNING else _REST_IDLE
        return rest * (time.monotonic() - began)

    def _forget(self) -> None:
        if self._scorer is not None:
            self._scorer.close()
            self._scorer = None


def _weights_of(settings: Settings) -> tuple[str, str]:
    return settings.inception_file, settings.inception_digest
