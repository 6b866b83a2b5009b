"""The report of something of ours that broke: read it, copy it.

Not responsible for sending it anywhere: nothing leaves this computer.
"""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from ganstudio.desktop.dialogs.window import SmallWindow
from ganstudio.desktop.widgets.buttons import Button
from ganstudio.desktop.widgets.label import Label

__all__ = ["ReportDialog"]


class ReportDialog(SmallWindow):
    """A window with a report.

    Args:
        report: Versions, traceback, newest lines of the log.
        parent: The main window.
    """

    def __init__(self, report: str, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Something broke"), 720, parent)
        line = self.tr(
            "This is our fault, not yours. What was saved is safe. "
            "The report names versions and files, and stays on this computer until you send it."
        )
        self.body.addWidget(Label(line, "body", "text_quiet", wrap=True))
        self.body.addSpacing(12)
        self.text = QPlainTextEdit(report)
        self.text.setReadOnly(True)
        self.text.setMinimumHeight(320)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setAccessibleName(self.tr("Report"))
        self.text.setToolTip(self.tr("The report"))
        self.text.setProperty("focusRing", False)
        self.body.addWidget(self.text)
        self.copy_button = Button(
            self.tr("Copy report"), tip=self.tr("Put the report on the clipboard.")
        )
        self.copy_button.clicked.connect(self._copy)
        self.foot.insertWidget(1, self.copy_button)

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self.copy_button.setText(self.tr("Copied"))
