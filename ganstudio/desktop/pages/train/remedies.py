"""What would help the worst finding, and doing it.

After a change only what comes then is evidence, so the doctor says nothing for a while.

Not responsible for finding anything (`doctor`), nor for the words of a remedy (`steps`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QCoreApplication

from ganstudio.desktop.desk import Desk
from ganstudio.desktop.pages.train.branching import BranchOffer
from ganstudio.desktop.pages.train.doctor import Doctor
from ganstudio.desktop.pages.train.situation import Situation
from ganstudio.project.findings import Finding, Remedy, RemedyKind
from ganstudio.project.numbers import say_count

__all__ = ["Remedies"]


class Remedies:
    """The remedy of the amber button."""

    def __init__(self, desk: Desk, doctor: Doctor, branch: BranchOffer) -> None:
        self._desk, self._doctor, self._branch = desk, doctor, branch

    def offered(self, situation: Situation) -> tuple[Finding, Remedy] | None:
        """The worst finding and its remedy, if that can be done right now."""
        worst = self._doctor.findings[0] if self._doctor.findings else None
        if worst is None or worst.remedy is None:
            return None
        return (worst, worst.remedy) if worst.remedy.kind in self._open(situation) else None

    def take(self, situation: Situation) -> None:
        """Do what is offered."""
        offered = self.offered(situation)
        if offered is not None:
            self._open(situation)[offered[1].kind](offered[1])

    def _open(self, situation: Situation) -> Mapping[RemedyKind, Callable[[Remedy], None]]:
        """How each kind is done, for those that can be done right now."""
        ways: dict[RemedyKind, Callable[[Remedy], None]] = {}
        if situation.kind in ("running", "paused"):
            ways |= {"stop": lambda _: self._desk.stop_training(), "change": self._change}
        if self._branch.possible:
            ways["branch"] = self._go_back
        return ways

    def _change(self, remedy: Remedy) -> None:
        self._desk.change_recipe(remedy.values)
        clock = self._desk.studio.training.clock
        words = QCoreApplication.translate("Remedies", "Changed at {n}. It takes a while to show.")
        self._desk.toast(words.replace("{n}", say_count(clock)))

    def _go_back(self, remedy: Remedy) -> None:
        if remedy.clock is not None:
            self._desk.branch(remedy.clock, remedy.values)
