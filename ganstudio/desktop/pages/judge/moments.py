"""Which moment of a run judges: the best one, the newest while it trains; newer ones are offered.

Not responsible for judging, nor for which moment is the best (`project.titles`).
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from ganstudio.desktop.desk import Desk
from ganstudio.desktop.pages.judge.panel import ShowSection
from ganstudio.desktop.pages.judge.tools import JudgeTools
from ganstudio.desktop.pages.train.later import Later
from ganstudio.project.errors import UserError
from ganstudio.project.runs import RunFolder
from ganstudio.project.titles import Best

__all__ = ["Moments"]

#: What may be wrong with one moment, while another one may be whole.
_DAMAGED = ("model-damaged", "model-not-finite", "no-such-file", "unreadable-file")


class Moments(QObject):
    """Keeps head and panel in step with the moments that there are.

    Signals:
        wanted: A person wants another moment to judge (its clock).
        best_changed: Another moment is the best.

    Attributes:
        best: The best moment of the run; None while nothing was scored or starred.
    """

    wanted = Signal(int)
    best_changed = Signal()

    def __init__(
        self, desk: Desk, later: Later, tools: JudgeTools, show: ShowSection, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._desk, self._later, self._tools, self._show = desk, later, tools, show
        self._run: RunFolder | None = None
        self._clock = self._newest = self._offered = 0
        self.best: Best | None = None
        tools.newer_asked.connect(lambda: self.wanted.emit(self._offered))
        show.moment_chosen.connect(self.wanted)

    def first(self) -> int | None:
        """The moment of the run that is looked at to begin with; None while there is none."""
        run = self._desk.run
        try:
            found = self._desk.studio.moment_to_judge(run) if run is not None else None
        except UserError:  # nothing was saved yet
            return None
        return found.images if found is not None else None

    def before(self, error: UserError) -> int | None:
        """The moment before the one that cannot judge, if another one may be whole."""
        run = self._run if error.code in _DAMAGED else None
        clocks = run.snapshots() if run is not None else []
        return max((clock for clock in clocks if clock < self._clock), default=None)

    def look_at(self, run: RunFolder, clock: int) -> None:
        """This moment judges now: only what is newer than all of now is offered."""
        self._run, self._clock = run, clock
        self._newest = run.snapshots()[-1]
        self.best = run.best()
        self._tools.offer_newer(None)
        self.read()

    def forget(self) -> None:
        """Nobody judges."""
        self._run = self.best = None

    def read(self) -> None:
        """Look again which moments there are, and which is the best."""
        run = self._run
        if run is not None:
            self._later.ask(
                "moments",
                lambda: (run.snapshots(), run.best()),
                lambda found: self._read(run, *found),
            )

    def _read(self, run: RunFolder, clocks: list[int], best: Best | None) -> None:
        if self._run is not run:
            return
        self._offered = clocks[-1] if clocks else self._clock
        is_newer = self._offered > max(self._newest, self._clock)
        self._tools.offer_newer(self._offered if is_newer else None)
        self._show.show_moments(clocks, self._clock, best)
        if best != self.best:
            self.best = best
            self.best_changed.emit()
