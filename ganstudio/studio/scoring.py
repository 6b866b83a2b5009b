"""Scores the moments of the run that is looked at, behind everything else.

It works in the explorer's thread, in slices: a picture that somebody asks for goes first, and while
training runs it rests nine times as long as it worked. The newest moment has the first turn, then
the one before it.

Not responsible for what a score is (`quality`), nor for showing it.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator

from ganstudio.project.errors import UserError
from ganstudio.project.folder import Project
from ganstudio.project.quality import MomentScore
from ganstudio.project.runs import RunFolder
from ganstudio.studio import engine
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
from ganstudio.studio.states import State

__all__ = ["ScoringService"]

logger = logging.getLogger(__name__)

#: Rest after a slice, as a multiple of the time it took: beside training, and else. What that
#: costs is less than a tenth, for it works on the core that a window keeps free (benchmark).
_REST_TRAINING = 9.0
_REST_IDLE = 1.0
#: How long to rest where scoring would be in the way just now.
_NOT_NOW_S = 1.0
#: Copies are looked for once so many moments have a score.
_SCORES_FIRST = 2

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
    """

    def __init__(
        self,
        events: Batch[Event],
        explorer: ExplorerService,
        state: Callable[[], State],
        may_begin: Callable[[RunFolder], bool],
    ) -> None:
        self._events = events
        self._explorer = explorer
        self._state = state
        self._may_begin = may_begin
        self._wanted: tuple[Project, RunFolder] | None = None
        self._scorer: _RunScorer | None = None
        self._renewed = False

    # -- from the window -------------------------------------------------------------------------

    def look_at(self, project: Project | None, run: RunFolder | None) -> None:
        """Score this run from now on; None for no run."""
        self._wanted = None if project is None or run is None else (project, run)
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
            self._scorer = _RunScorer(*wanted)
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


class _RunScorer:
    """The scores of one run, slice by slice.

    What cannot be read is passed over; a run whose pictures cannot be read has no scores.
    """

    def __init__(self, project: Project, run: RunFolder) -> None:
        self.run = run
        self._project = project
        self._judge: engine.Judge | None = None
        self._hopeless = False
        self._generation = -1
        self._scores: dict[int, MomentScore] = {}
        self._passed_over: set[int] = set()
        self._slices: Iterator[MomentScore | None] | None = None

    def work(self) -> MomentScore | bool | None:
        """Do a slice: a score if one is ready, True for more to come, None if nothing is left."""
        if self._hopeless:
            return None
        try:
            self._slices = self._slices or self._next_work()
            return None if self._slices is None else next(self._slices) or True
        except StopIteration:
            self._slices = None
            return True
        except Exception as error:  # expected or not, it would come again with every slice
            logger.log(
                logging.INFO if isinstance(error, UserError) else logging.ERROR,
                "no scores of %s",
                self.run.id,
                exc_info=error,
            )
            self._hopeless = True
            return None

    def close(self) -> None:
        """Let go of the pictures."""
        if self._judge is not None:
            self._judge.close()

    def _next_work(self) -> Iterator[MomentScore | None] | None:
        """The newest moment without a score; in between, what it takes to tell of copies."""
        info = self.run.info()
        if info.generation != self._generation:
            self._generation, self._scores = info.generation, self.run.scores()
            self._passed_over.clear()
        clocks = [clock for clock in self.run.snapshots() if clock not in self._passed_over]
        waiting = [clock for clock in clocks if clock not in self._scores]
        newest = self._scores.get(clocks[-1]) if clocks else None
        lacks = newest is not None and newest.honest and newest.score.copying is None
        if not waiting and not lacks:
            return None
        if self._judge is None:
            self._judge = engine.Judge(self._project, self.run)
        judge = self._judge
        if len(self._scores) >= _SCORES_FIRST and judge.can_tell_copies and not judge.tells_copies:
            return (None for _ in judge.look_for_copies())
        if waiting:
            return self._score(judge, waiting[-1])
        return self._score(judge, clocks[-1]) if judge.tells_copies else None

    def _score(self, judge: engine.Judge, clock: int) -> Iterator[MomentScore | None]:
        slices = judge.scoring(self.run.snapshot_folder(clock) / "generator.safetensors")
        while True:
            try:
                next(slices)
            except StopIteration as end:
                score: MomentScore = end.value
                break
            except UserError as error:  # it may have made room for a newer one
                logger.info("no score of %s at %d: %s", self.run.id, clock, error)
                self._passed_over.add(clock)
                return
            yield None
        if self.run.info().generation == self._generation and clock in self.run.snapshots():
            self.run.add_score(score)
            self._scores[clock] = score
            yield score
