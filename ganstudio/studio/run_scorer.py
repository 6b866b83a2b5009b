"""The scores of one run, slice by slice: which of them are missing, and which comes first.

The newest moment has the first turn, then the one before it. With weights of Inception FID comes
last, for the newest and the best moment alone: it takes minutes a moment, and a new moment does not
wait for it.

Not responsible for threads, nor for how long to rest between two slices (`scoring`,
`scoring_between`).
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from ganstudio.project.errors import UserError
from ganstudio.project.folder import Project
from ganstudio.project.messages import Notice
from ganstudio.project.quality import Fid, MomentScore
from ganstudio.project.runs import RunFolder
from ganstudio.studio import engine
from ganstudio.studio.channels import Batch
from ganstudio.studio.events import Event, NoticeEvent

__all__ = ["RunScorer"]

logger = logging.getLogger(__name__)

#: Copies are looked for once so many moments have a score.
_SCORES_FIRST = 2
_MODEL = "generator.safetensors"


class RunScorer:
    """Finds what to do next, and does it.

    What cannot be read is passed over; a run whose pictures cannot be read has no scores.

    Args:
        project: Whose run it is.
        run: The run.
        inception_file: Weights of Inception, empty for none.
        inception_digest: What they were known by when they were chosen.
        events: Where it is told that they cannot be used; None where nobody looks.
    """

    def __init__(
        self,
        project: Project,
        run: RunFolder,
        inception_file: str = "",
        inception_digest: str = "",
        events: Batch[Event] | None = None,
    ) -> None:
        self.run = run
        self._events = events
        self._weights = Path(inception_file) if inception_file else None
        self._digest = inception_digest
        self._weights_taken = False
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
        """Whatever is missing of the scores; else an FID; None if nothing is left."""
        return self._next_score() or self._next_fid()

    def _next_score(self) -> Iterator[MomentScore | None] | None:
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
        judge = self._made_judge()
        if len(self._scores) >= _SCORES_FIRST and judge.can_tell_copies and not judge.tells_copies:
            return (None for _ in judge.look_for_copies())
        if waiting:
            return self._score(judge, waiting[-1])
        return self._score(judge, clocks[-1]) if judge.tells_copies else None

    def _made_judge(self) -> engine.Judge:
        if self._judge is None:
            self._judge = engine.Judge(self._project, self.run)
        return self._judge

    def _next_fid(self) -> Iterator[MomentScore | None] | None:
        """The newest moment, then the best one, if it has no FID by the weights of now."""
        if self._weights is None or not self._scores:
            return None
        best, there = self.run.best(), set(self.run.snapshots()) - self._passed_over
        clocks = [max(there & self._scores.keys(), default=-1), best.clock if best else -1]
        for clock in clocks:
            score = self._scores.get(clock) if clock in there else None
            if score is not None and score.fid_by(self._digest) is None:
                return self._measure_fid(self._weights, clock)
        return None

    def _measure_fid(self, weights: Path, clock: int) -> Iterator[MomentScore | None]:
        """The FID of a moment; new moments get their score in between."""
        judge, generation = self._made_judge(), self._generation
        try:
            if not self._weights_taken:
                if judge.take_inception(weights) != self._digest:
                    raise UserError("inception-changed", path=weights)
                self._weights_taken = True
        except UserError as error:
            self._weights = None
            values: dict[str, object] = {"reason": error.sentence, "hint": error.hint}
            if self._events is not None:
                self._events.put(NoticeEvent(Notice("notice-no-fid", "warning", values)))
            return
        slices = judge.measuring_fid(self.run.snapshot_folder(clock) / _MODEL)
        while True:
            try:
                next(slices)
            except StopIteration as end:
                fid: Fid = end.value
                break
            except UserError as error:
                logger.info("no FID of %s at %d: %s", self.run.id, clock, error)
                self._passed_over.add(clock)
                return
            yield None
            urgent = self._next_score()
            if urgent is not None:
                yield from urgent
        if clock in self._scores and generation == self._generation:  # else the moment is gone
            yield from self._keep(replace(self._scores[clock], fid=fid))

    def _score(self, judge: engine.Judge, clock: int) -> Iterator[MomentScore | None]:
        slices = judge.scoring(self.run.snapshot_folder(clock) / _MODEL)
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
        old = self._scores.get(clock)
        yield from self._keep(score if old is None else replace(score, fid=old.fid))

    def _keep(self, score: MomentScore) -> Iterator[MomentScore]:
        """Write a score down, unless its moment is gone by now."""
        clock = score.images
        if self.run.info().generation == self._generation and clock in self.run.snapshots():
            self.run.add_score(score)
            self._scores[clock] = score
            yield score
