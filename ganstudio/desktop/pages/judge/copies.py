"""Whether the whole model copies, by the scores of its run, in the panel.

Not responsible for scoring (`studio.scoring`).
"""

from __future__ import annotations

from PySide6.QtCore import QObject

from ganstudio.desktop.pages.judge.panel import NearestSection
from ganstudio.desktop.pages.train.later import Later
from ganstudio.project.quality import MomentScore
from ganstudio.project.runs import RunFolder
from ganstudio.studio.events import MomentScored

__all__ = ["Copies"]


class Copies(QObject):
    """Reads a run's scores once, and keeps what comes since."""

    def __init__(self, later: Later, section: NearestSection, parent: QObject) -> None:
        super().__init__(parent)
        self._later, self._section = later, section
        self._run: RunFolder | None = None
        self._clock = 0
        self._scores: dict[int, MomentScore] = {}

    def look_at(self, run: RunFolder, clock: int) -> None:
        """Say it of this moment of this run."""
        if self._run is None or self._run.path != run.path:
            self._run, self._scores = run, {}
            self._later.ask("scores", run.scores, lambda found: self._read(run, found))
        self._clock = clock
        self._show()

    def forget(self) -> None:
        """No run is looked at."""
        self._run = None

    def on_event(self, event: object) -> None:
        """Another moment was scored."""
        run = self._run
        if isinstance(event, MomentScored) and run is not None and event.run == run.path:
            self._scores[event.score.images] = event.score
            self._show()

    def _read(self, run: RunFolder, scores: dict[int, MomentScore]) -> None:
        if self._run is run:
            self._scores = scores | self._scores
            self._show()

    def _show(self) -> None:
        """The newest score up to this moment that knows of copies stands for it."""
        known = [
            clock
            for clock, found in self._scores.items()
            if clock <= self._clock and found.score.copying is not None
        ]
        self._section.show_whole(self._scores[max(known)] if known else None)
