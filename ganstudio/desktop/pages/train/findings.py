"""Brings the Train page in step with what the doctor found: card, evidence, status line, remedy.

Not responsible for finding anything (`doctor`), nor for how a remedy is done: the page says which
ones are possible.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Signal, Slot

from ganstudio.desktop.desk import Desk
from ganstudio.desktop.pages.train.doctor import Doctor
from ganstudio.desktop.pages.train.finding import FindingPart, say_finding
from ganstudio.desktop.pages.train.plots import TrainPlots
from ganstudio.desktop.pages.train.run_view import RunView
from ganstudio.desktop.pages.train.steps import Step, remedy_step
from ganstudio.project.finding_texts import words_of_finding
from ganstudio.project.findings import Finding, Remedy, RemedyKind

__all__ = ["Findings", "Remedies"]

#: How each kind of remedy is done, for those that can be done right now.
Remedies = Mapping[RemedyKind, Callable[[Remedy], None]]


class Findings(QObject):
    """Shows what the doctor says, wherever the page shows it.

    Signals:
        changed: There are other findings, or they say something else.
    """

    changed = Signal()

    def __init__(
        self, desk: Desk, view: RunView, part: FindingPart, plots: TrainPlots, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._desk, self._view, self._part, self._plots = desk, view, part, plots
        self._possible: Remedies = {}
        self.doctor = Doctor(desk, view, self)
        self.doctor.changed.connect(self._show)
        part.left_alone.connect(self.doctor.leave)

    @property
    def worst(self) -> Finding | None:
        """What stands on the card."""
        return self.doctor.findings[0] if self.doctor.findings else None

    def set_situation(self, trains: bool, possible: Remedies) -> None:
        """Whether the run that is looked at is trained just now, and what could be done."""
        self._possible = possible
        self.doctor.set_trains(trains)

    def step(self) -> Step | None:
        """The amber button's step: what would help the worst finding, if it can be done."""
        remedy = self._remedy()
        return None if self.worst is None or remedy is None else remedy_step(self.worst, remedy)

    def take(self) -> None:
        """Do that."""
        remedy = self._remedy()
        if remedy is not None:
            self._possible[remedy.kind](remedy)

    def _remedy(self) -> Remedy | None:
        remedy = self.worst.remedy if self.worst is not None else None
        return remedy if remedy is not None and remedy.kind in self._possible else None

    @Slot()
    def _show(self) -> None:
        found = self.doctor.findings
        self._part.show_findings(found)
        self._plots.show_finding(self.worst)
        self._desk.findings = tuple(words_of_finding(one, say_finding)[0] for one in found)
        self.changed.emit()
