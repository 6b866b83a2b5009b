"""The panel of the Train page: progress, failure, finding, and the sections.

Not responsible for the amber button (`steps`) nor for deciding what is going on (`situation`).
"""

from __future__ import annotations

from PySide6.QtCore import QObject

from ganstudio.desktop.desk import Desk
from ganstudio.desktop.pages.base import Width
from ganstudio.desktop.pages.train.captions import Numbers, balance_sentence
from ganstudio.desktop.pages.train.failure import FailureCard
from ganstudio.desktop.pages.train.finding import FindingPart
from ganstudio.desktop.pages.train.history import HistorySection
from ganstudio.desktop.pages.train.more import MoreSection
from ganstudio.desktop.pages.train.progress import ProgressBlock
from ganstudio.desktop.pages.train.quality import QualitySection
from ganstudio.desktop.pages.train.settings import SettingsSection
from ganstudio.desktop.pages.train.situation import RunFacts, Situation
from ganstudio.desktop.widgets.balance_gauge import BalanceGauge
from ganstudio.desktop.widgets.panel import Panel
from ganstudio.desktop.widgets.section import Section

__all__ = ["TrainPanel"]


class TrainPanel(QObject):
    """Puts the sections into the page's panel and keeps them in step."""

    def __init__(self, desk: Desk, panel: Panel) -> None:
        super().__init__(panel)
        self.progress = ProgressBlock()
        self.failure = FailureCard()
        self.finding = FindingPart()
        self.balance = Section(self.tr("Balance"))
        self.gauge = BalanceGauge(self.tr("Generator ahead"), self.tr("Inspector ahead"))
        self.balance.add(self.gauge)
        self.quality = QualitySection()
        self.settings = SettingsSection(desk)
        self.more = MoreSection(desk)
        self.history = HistorySection()
        for widget in (
            self.progress,
            self.failure,
            self.finding,
            self.balance,
            self.quality,
            self.settings,
            self.more,
            self.history,
        ):
            panel.add(widget)

    def show_situation(self, situation: Situation, facts: RunFacts | None) -> None:
        """Settings and card; called when something changed, not with every row."""
        self.balance.setVisible(situation.begun)
        self.quality.setVisible(situation.begun)
        self.history.setVisible(situation.begun)
        if situation.kind != "failed":
            self.failure.withdraw()
        self.settings.show_plan(situation, facts)
        self.more.show_plan(situation, facts)

    def show_numbers(
        self,
        situation: Situation,
        seconds: float,
        seconds_left: float | None,
        numbers: Numbers,
    ) -> None:
        """Clock, times and gauge; called four times a second.

        Args:
            situation: What is going on.
            seconds: Training time so far.
            seconds_left: To the target, None if unknown.
            numbers: Of the moment that is shown.
        """
        self.progress.show_situation(situation, seconds, seconds_left)
        self.gauge.set_value(numbers.balance)
        over = numbers.past or situation.kind in ("failed", "stopped", "finished")
        self.gauge.set_sentence(balance_sentence(numbers.balance, over))

    def set_width_class(self, width: Width) -> None:
        """Little room: shorter labels; at the first visit only the first section stays open."""
        narrow = width == "narrow"
        self.settings.set_narrow(narrow)
        self.more.set_narrow(narrow)
