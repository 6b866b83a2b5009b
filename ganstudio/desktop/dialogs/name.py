"""Asks for a name or a line: one field, one button. Window-modal, so nothing else has to wait.

Not responsible for what the name is for.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QLineEdit, QVBoxLayout

from ganstudio.desktop.tokens import Size
from ganstudio.desktop.widgets.buttons import Button
from ganstudio.desktop.widgets.label import Label

__all__ = ["NameDialog"]

_LONGEST = 80


class NameDialog(QDialog):
    """A small window with one text field.

    Args:
        title: Of the window, and its headline.
        label: What the field is, for screen readers.
        name: What stands in it at first.
        verb: On the button.
        line: A quiet line under the field.
        may_be_empty: Whether nothing is an answer too.
    """

    def __init__(
        self,
        title: str,
        label: str,
        name: str,
        verb: str,
        line: str = "",
        may_be_empty: bool = False,
    ) -> None:
        super().__init__(QApplication.activeWindow())
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(400)
        self._may_be_empty = may_be_empty
        self._answer: Callable[[str], None] | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        column.addWidget(Label(title, "finding"))
        self.field = QLineEdit(name)
        self.field.setMaxLength(_LONGEST)
        self.field.setFixedHeight(Size.FIELD)
        self.field.setAccessibleName(label)
        self.field.setToolTip(title)
        self.field.setProperty("focusRing", False)
        self.field.selectAll()
        column.addWidget(self.field)
        if line:
            column.addWidget(Label(line, "small", "text_quiet", wrap=True))
        row = QHBoxLayout()
        row.addStretch(1)
        cancel = Button(self.tr("Cancel"), "quiet", tip=self.tr("Change nothing."))
        self.accept_button = Button(verb, tip=title)
        self.accept_button.setDefault(True)
        row.addWidget(cancel)
        row.addWidget(self.accept_button)
        column.addLayout(row)
        cancel.clicked.connect(self.reject)
        self.accept_button.clicked.connect(self._take)
        self.field.returnPressed.connect(self._take)
        self.field.textChanged.connect(self._changed)

    def ask(self, answer: Callable[[str], None]) -> None:
        """Show the window; `answer` is called with the name if the person gives one."""
        self._answer = answer
        self.open()
        self.field.setFocus()

    @Slot()
    def _changed(self) -> None:
        self.accept_button.setEnabled(self._may_be_empty or bool(self.field.text().strip()))

    @Slot()
    def _take(self) -> None:
        name = self.field.text().strip()
        if not name and not self._may_be_empty:
            return
        self.accept()
        if self._answer is not None:
            self._answer(name)
