"""The card under the progress when training failed: what happened, what is safe, what to do.

Not responsible for going on: that is the amber button.
"""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QWidget

from ganstudio.desktop.dialogs.report import ReportDialog
from ganstudio.desktop.pages.train.details import DetailsWindow
from ganstudio.desktop.widgets.cards import ErrorCard
from ganstudio.project.numbers import say_count
from ganstudio.studio.events import TrainingFailed
from ganstudio.studio.logs import newest_lines

__all__ = ["FailureCard"]


class FailureCard(ErrorCard):
    """An error card with the log behind "Details"."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "", parent)
        self._failed: TrainingFailed | None = None
        self._log: list[str] = []
        self.window_shown: QDialog | None = None
        self.details = self.add_button(
            self.tr("Details"), "plain", self.tr("Show what the log says.")
        )
        self.details.clicked.connect(self._show_details)
        self.hide()

    def show_failure(self, failed: TrainingFailed) -> None:
        """Say what happened."""
        self._failed = failed
        self._log = newest_lines(40)
        if failed.error is not None:
            self.set_texts(failed.error.sentence, failed.error.hint)
        else:
            self.set_texts(self.tr("Training broke. This is our fault."), self._what_is_safe())
        self.show()

    def withdraw(self) -> None:
        """What it said is no longer so."""
        self._failed = None
        self.hide()

    def _what_is_safe(self) -> str:
        clock = self._failed.images if self._failed else 0
        if clock:
            saved = self.tr("Everything up to {n} pictures is saved.")
            return saved.format(n=say_count(clock)) + " " + self.tr("Go on from there.")
        return self.tr("Your pictures and settings are untouched. Try again.")

    @Slot()
    def _show_details(self) -> None:
        if self._failed is None:
            return
        if self.window_shown is not None:
            self.window_shown.close()
        if self._failed.report:
            shown: QDialog = ReportDialog(self._failed.report, self.window())
        else:
            shown = DetailsWindow(str(self._failed.error), "\n".join(self._log), self.window())
        self.window_shown = shown
        shown.show()
