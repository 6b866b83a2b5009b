"""Scores the moments of a run in the trainer's own thread, between two of its steps.

Without a window there is no explorer's thread, and no core that is kept free for it. So a slice is
done now and then where the run loop asks whether to stop, by the first process alone; the others
wait for the next step as they do while it saves. What training learns does not depend on it.

Not responsible for the slices (`run_scorer`), nor for scoring beside a window (`scoring`).
"""

from __future__ import annotations

import time

from ganstudio.project.folder import Project
from ganstudio.project.quality import MomentScore
from ganstudio.project.runs import RunFolder
from ganstudio.studio.channels import Batch
from ganstudio.studio.events import Event, MomentScored
from ganstudio.studio.run_scorer import RunScorer

__all__ = ["ScoringBetweenSteps"]

#: Slices are done for so long at a time; most are shorter, one may be longer.
_AT_A_TIME_S = 0.15
#: Rest after them, as a multiple of the time they took: scoring takes a twentieth of all time.
_REST = 19.0
#: So long nothing is scored: the first slice takes a second, as it opens pictures and features.
_FIRST_S = 20.0
#: How long to rest where nothing is left to do.
_LOOK_AGAIN_S = 1.0


class ScoringBetweenSteps:
    """One training, whose moments get scores while it goes on.

    Args:
        project: Whose run it is.
        run: The run that trains.
        events: Where `MomentScored` is told.
    """

    def __init__(self, project: Project, run: RunFolder, events: Batch[Event]) -> None:
        self._run = run
        self._events = events
        self._scorer = RunScorer(project, run)
        self._due = time.monotonic() + _FIRST_S

    def work(self) -> None:
        """Some slices, if it is time for them. Called between two steps."""
        began = now = time.monotonic()
        if began < self._due:
            return
        least = 0.0
        while not least and now - began < _AT_A_TIME_S:
            found = self._scorer.work()
            if isinstance(found, MomentScore):
                self._events.put(MomentScored(self._run.path, found))
            elif found is None:
                least = _LOOK_AGAIN_S
            now = time.monotonic()
        self._due = now + max(least, _REST * (now - began))

    def close(self) -> None:
        """Let go of the pictures; a score that was begun is begun anew another time."""
        self._scorer.close()
