"""The card of what the doctor found, under the progress: the worst finding, and a line for more.

Not responsible for the remedy: that is the amber button.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ganstudio.desktop.widgets.cards import FindingCard
from ganstudio.desktop.widgets.label import Label
from ganstudio.desktop.widgets.surface import Divider
from ganstudio.project.finding_texts import words_of_finding
from ganstudio.project.findings import Finding

__all__ = ["FindingPart", "say_finding"]

_SIDE, _INDENT = 16, 44


def say_finding(text: str) -> str:
    """A text of the doctor's table in the person's language."""
    return QCoreApplication.translate("Findings", text)


class FindingPart(QWidget):
    """The worst finding as a card, others as a line under it.

    Signals:
        left_alone: The person wants to hear no more of this finding (Finding).
    """

    left_alone = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.card = FindingCard("", "")
        tip = self.tr("Hide this finding for this run. Training goes on as it is.")
        self.leave = self.card.add_button(self.tr("Leave it"), "plain", tip)
        self.leave.clicked.connect(self._leave)
        self.others = Label("", "small", "text_quiet", wrap=True)
        self.others.setContentsMargins(_INDENT, 8, _SIDE, 8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.card, self.others, Divider()):
            column.addWidget(widget)
        self._worst: Finding | None = None
        self.hide()

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Say the worst, name the others; nothing is shown where there is none."""
        self._worst = findings[0] if findings else None
        if self._worst is not None:
            headline, term, sentence = words_of_finding(self._worst, say_finding)
            self.card.set_texts(headline, sentence)
            self.card.set_term(term)
        names = [words_of_finding(one, say_finding)[0] for one in findings[1:]]
        self.others.setText(self.tr("Also: {findings}.").format(findings="; ".join(names)))
        self.others.setVisible(bool(names))
        self.setVisible(self._worst is not None)

    @Slot()
    def _leave(self) -> None:
        if self._worst is not None:
            self.left_alone.emit(self._worst)
