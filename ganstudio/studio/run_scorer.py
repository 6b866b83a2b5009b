"""The scores of one run, slice by slice: whoever has a thread and some time calls `work`.

Not responsible for when that is (`scoring`, `scoring_between`), nor for what a score is
(`quality`).
"""

from __future__ import annotations

import logging
from collections.abc import Iterator

from ganstudio.project.errors import UserError
from ganstudio.project.folder import Project
from ganstudio.project.quality import MomentScore
from ganstudio.project.runs import RunFolder
from ganstudio.studio import engine

__all__ = ["RunScorer"]

logger = logging.getLogger(__name__)

#: Copies are looked for once so many moments have a score.
_SCORES_FIRST = 2


class RunScorer:
    """Scores the moments of a run that have no score, the newest first.

    What cannot be read is passed over; a run whose pictures cannot be read has no scores. It
    belongs to the thread that made it.

    Args:
        project: Whose run it is.
        run: The run; nobody else scores it meanwhile.
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
