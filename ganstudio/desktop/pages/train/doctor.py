"""What the training doctor says of the run that is looked at, kept up with rows and scores.

That it is as good as it gets is worth knowing only while it trains.

Not responsible for finding anything (`quality.doctor`, asked through studio behind the window), nor
for showing it.
"""

from __future__ import annotations

import time
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from ganstudio.desktop.desk import Desk
from ganstudio.desktop.pages.train.run_view import RunView
from ganstudio.project.findings import Finding, leave_alone, to_show
from ganstudio.project.runs import RunFolder

__all__ = ["Doctor"]

#: Rows come four times a second; nothing that lasts is found any sooner by looking more often.
_LOOK_EVERY_S = 5.0


class Doctor(QObject):
    """Findings that deserve a card, the worst first.

    Signals:
        changed: There are other findings, or they say something else.

    Attributes:
        findings: Of the run that is looked at, without those that were left alone.
    """

    changed = Signal()

    def __init__(self, desk: Desk, view: RunView, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._view = desk, view
        self.findings: list[Finding] = []
        self._found: list[Finding] = []
        self._trains = False
        self._left: set[tuple[Path, str]] = set()
        self._looked_at = 0.0
        view.rows_added.connect(self._rows_added)
        view.rows_replaced.connect(self.look)
        view.scores_changed.connect(self.look)
        view.events_changed.connect(self.look)

    @Slot()
    def look(self) -> None:
        """Ask anew; the answer comes later."""
        run, view = self._desk.run, self._view
        self._looked_at = time.monotonic()
        rows, scores = list(view.timeline.rows), list(view.scores.values())
        if run is None or not (rows or scores):
            self._found = []
            self._tell()
            return
        view.later.ask(
            "findings",
            lambda: self._desk.studio.diagnose(run, rows, scores),
            lambda answer: self._answered(run, *answer),
        )

    def leave(self, finding: Finding) -> None:
        """Say no more of it in this run; it is written down where that may be."""
        run = self._desk.run
        if run is None:
            return
        self._left.add((run.path, finding.code))
        self._found = [one for one in self._found if one.code != finding.code]
        self._tell()
        if self._desk.trainer is None and not self._desk.studio.projects.read_only:
            self._view.later.ask(
                f"leave {finding.code}",
                lambda: leave_alone(run, finding),
                lambda _: None,
            )

    def set_trains(self, trains: bool) -> None:
        """Whether the run that is looked at is trained just now, here or elsewhere."""
        self._trains = trains
        self._tell()

    @Slot(list)
    def _rows_added(self, rows: list[object]) -> None:
        if time.monotonic() - self._looked_at >= _LOOK_EVERY_S:
            self.look()

    def _answered(self, run: RunFolder, found: list[Finding], left: frozenset[str]) -> None:
        if self._desk.run is None or self._desk.run.path != run.path:
            return
        here = {code for path, code in self._left if path == run.path}
        self._found = to_show(found, left | here)
        self._tell()

    def _tell(self) -> None:
        findings = [one for one in self._found if self._trains or one.severity != "good"]
        if findings != self.findings:
            self.findings = findings
            self.changed.emit()
