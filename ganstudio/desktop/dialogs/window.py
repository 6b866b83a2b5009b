"""What the small windows share: margins, a headline, a Close button, Esc. None of them is modal.

Not responsible for their content.
"""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ganstudio.desktop.widgets.buttons import Button
from ganstudio.desktop.widgets.label import Label

__all__ = ["SmallWindow"]


class SmallWindow(QDialog):
    """A window beside the main one.

    Args:
        title: Its title and headline.
        width: Its width in logical pixels.
        parent: The main window.
    """

    def __init__(self, title: str, width: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(False)
        self.setFixedWidth(width)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        self.headline = Label(title, "title")
        column.addWidget(self.headline)
        self.body = QVBoxLayout()
        self.body.setSpacing(0)
        column.addLayout(self.body, 1)
        self.foot = QHBoxLayout()
        self.foot.setSpacing(8)
        self.foot.addStretch(1)
        close = Button(self.tr("Close"), tip=self.tr("Close this window. (Esc)"))
        close.clicked.connect(self.close)
        close.setDefault(True)
        self.foot.addWidget(close)
        column.addSpacing(4)
        column.addLayout(self.foot)
