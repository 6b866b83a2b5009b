"""What the log says of a training that failed, in a small window.

Not responsible for sending it anywhere: nothing leaves this computer.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from ganstudio.desktop.dialogs.window import SmallWindow
from ganstudio.desktop.widgets.label import Label

__all__ = ["DetailsWindow"]


class DetailsWindow(SmallWindow):
    """One sentence, and the newest lines of the log.

    Args:
        sentence: What happened.
        log: The newest lines.
        parent: The main window.
    """

    def __init__(self, sentence: str, log: str, parent: QWidget | None = None) -> None:
        super().__init__(
            QCoreApplication.translate("DetailsWindow", "What the log says"), 720, parent
        )
        self.body.addWidget(Label(sentence, "body", "text_quiet", wrap=True))
        self.body.addSpacing(12)
        self.text = QPlainTextEdit(log)
        self.text.setReadOnly(True)
        self.text.setMinimumHeight(280)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setAccessibleName(self.tr("Log"))
        self.text.setToolTip(self.tr("The newest lines of the log"))
        self.text.setProperty("focusRing", False)
        self.body.addWidget(self.text)
