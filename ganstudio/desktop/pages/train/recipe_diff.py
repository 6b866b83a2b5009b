"""What differs between the recipes of two runs, in a small table.

Not responsible for comparing them (`project.run_summary`).
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from ganstudio.desktop.menus import run_title
from ganstudio.desktop.widgets.label import Label
from ganstudio.desktop.widgets.surface import Surface
from ganstudio.project.errors import UserError
from ganstudio.project.run_summary import differences
from ganstudio.project.runs import RunFolder

__all__ = ["RecipeDiff", "say_value"]

_HIGHEST, _LINE = 190, 22


class RecipeDiff(QWidget):
    """Three columns: the setting, one run, the other; only what they do not share."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setAccessibleName(self.tr("What differs"))
        self.rows: list[tuple[str, str, str]] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.addWidget(self._scroll)
        self.hide()

    def clear(self) -> None:
        """Nothing is compared."""
        self.rows = []
        self.hide()

    def show_runs(self, one: RunFolder, other: RunFolder) -> None:
        """Compare two runs."""
        try:
            found = differences(one.recipe(), other.recipe())
        except UserError as error:
            self._fill([(error.sentence, "", "")])
            return
        rows = [(key, say_value(first), say_value(second)) for key, first, second in found]
        head = (_tr("What differs"), run_title(one), run_title(other))
        self._fill([head, *(rows or [(_tr("Their recipes are the same."), "", "")])])

    def _fill(self, rows: list[tuple[str, str, str]]) -> None:
        self.rows = rows
        table = Surface("panel")
        grid = QGridLayout(table)
        grid.setContentsMargins(16, 10, 16, 10)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(0)
        for column, stretch in enumerate((2, 1, 1)):
            grid.setColumnStretch(column, stretch)
        for line, cells in enumerate(rows):
            grid.setRowMinimumHeight(line, _LINE)
            for column, words in enumerate(cells):
                role = "small-strong" if line == 0 else "small"
                tone = "text" if line == 0 or column else "text_quiet"
                grid.addWidget(Label(words, role, tone), line, column)
        grid.setRowStretch(len(rows), 1)
        self._scroll.setWidget(table)
        self._scroll.setFixedHeight(min(_HIGHEST, len(rows) * _LINE + 22))
        self.show()


def say_value(value: object) -> str:
    """A setting as it is written; nothing where a recipe does not have it."""
    if value is None:
        return "\u2013"
    if isinstance(value, bool):
        return _tr("on") if value else _tr("off")
    if isinstance(value, (list, tuple)):
        return ", ".join(map(str, value)) or "\u2013"
    return str(value)


def _tr(words: str) -> str:
    return QCoreApplication.translate("RecipeDiff", words)
