"""Branching from the moment that is shown: a button in the head while it lies in the past.

Not responsible for making the branch (`desk`, `project.branching`).
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from ganstudio.desktop.desk import Desk
from ganstudio.desktop.pages.train.film import TimeMachine
from ganstudio.desktop.pages.train.situation import RunFacts, Situation
from ganstudio.desktop.widgets.buttons import Button

__all__ = ["BranchOffer"]


class BranchOffer(QObject):
    """Knows whether there is something to branch from.

    Attributes:
        button: For the head of the page.
        possible: Whether something is saved to go on from, and nobody else trains it.
    """

    def __init__(self, desk: Desk, machine: TimeMachine, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._machine = desk, machine
        self._clock = 0
        self.possible = False
        self.button = Button(self.tr("Branch from here"), "quiet", icon="branch")
        self.button.setToolTip(
            self.tr("Go on training from this moment, as a run of its own. (Ctrl+B)")
        )
        self.button.hide()
        self.button.clicked.connect(self.take)

    def show_situation(self, situation: Situation, facts: RunFacts | None) -> None:
        """Come and go with the moment and with what is going on."""
        saved = facts is not None and facts.saved > 0
        ready = situation.kind not in ("preparing", "stopping")
        self._clock = situation.clock
        self.possible = saved and ready and not self._desk.barred
        self.button.setVisible(self.possible and self._machine.moment is not None)

    @Slot()
    def take(self) -> None:
        """Branch from the moment that is shown; in the present, from the newest checkpoint."""
        moment = self._machine.moment
        self._desk.branch(self._clock if moment is None else moment)
