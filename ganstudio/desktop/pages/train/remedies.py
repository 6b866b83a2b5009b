"""How a remedy is done: settings change while it runs, a branch goes back, or it stops.

After a change only what comes then is evidence, so the doctor says nothing for a while.

Not responsible for what would help (`doctor`), nor for offering it (`findings`).
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from ganstudio.desktop.desk import Desk
from ganstudio.desktop.pages.train import findings
from ganstudio.desktop.pages.train.branching import BranchOffer
from ganstudio.desktop.pages.train.situation import Situation
from ganstudio.project.findings import Remedy
from ganstudio.project.numbers import say_count

__all__ = ["Remedies"]


class Remedies:
    """The ways, as far as they are open."""

    def __init__(self, desk: Desk, branch: BranchOffer) -> None:
        self._desk, self._branch = desk, branch

    def possible(self, situation: Situation) -> findings.Remedies:
        """How each kind is done, for those that can be done right now."""
        runs = situation.kind in ("running", "paused")
        ways: findings.Remedies = {"stop": self._stop, "change": self._change} if runs else {}
        return {**ways, "branch": self._go_back} if self._branch.possible else ways

    def _stop(self, remedy: Remedy) -> None:
        self._desk.stop_training()

    def _change(self, remedy: Remedy) -> None:
        self._desk.change_recipe(remedy.values)
        clock = self._desk.studio.training.clock
        words = QCoreApplication.translate("Remedies", "Changed at {n}. It takes a while to show.")
        self._desk.toast(words.replace("{n}", say_count(clock)))

    def _go_back(self, remedy: Remedy) -> None:
        if remedy.clock is not None:
            self._desk.branch(remedy.clock, remedy.values)
