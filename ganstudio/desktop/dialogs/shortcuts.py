"""Every command and its keys, from the one table; and the keys that belong to widgets.

Not responsible for the keys themselves: see `commands` and the widgets.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ganstudio.desktop.actions import said, sequences
from ganstudio.desktop.commands import COMMANDS, MENUS
from ganstudio.desktop.dialogs.window import SmallWindow
from ganstudio.desktop.translate import marked
from ganstudio.desktop.widgets.label import Label
from ganstudio.desktop.widgets.surface import Surface

__all__ = ["ShortcutsDialog"]

_SCROLL_BAR = 16
_ROW = 26
_COLUMNS = (("project", "edit", "widgets"), ("view", "help"), ("run", "picture"))

#: Keys that act on the widget with the focus, and so are no commands.
_WIDGET_KEYS = (
    (marked("Commands", "Walk on the picture"), "Arrows"),
    (marked("Commands", "Walk far"), "Shift+Arrows"),
    (marked("Commands", "Change a slider"), "Left, Right"),
    (marked("Commands", "Type a value"), "Return"),
    (marked("Commands", "Give up a drag"), "Esc"),
    (marked("Commands", "Play or pause the film"), "Space"),
    (marked("Commands", "Hold: show before"), "B"),
)


class ShortcutsDialog(SmallWindow):
    """A window with all shortcuts in three columns."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("All shortcuts"), 900, parent)
        inside = Surface("panel")
        row = QHBoxLayout(inside)
        row.setContentsMargins(0, 0, _SCROLL_BAR, 0)
        row.setSpacing(32)
        for groups in _COLUMNS:
            row.addLayout(_column(groups), 1)
        scroll = QScrollArea()
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setMinimumHeight(560)
        scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        scroll.setAccessibleName(self.tr("Shortcuts"))
        self.body.addWidget(scroll)


def _column(groups: tuple[str, ...]) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(4)
    for group in groups:
        title = said(MENUS[group]) if group in MENUS else said(_ON_WIDGETS)
        column.addWidget(Label(title, "head"))
        grid = QGridLayout()
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(0, 1)
        for line, (text, keys) in enumerate(_lines(group)):
            grid.setRowMinimumHeight(line, _ROW)
            grid.addWidget(Label(text, "body", "text_quiet"), line, 0)
            grid.addWidget(Label(keys, "small-medium"), line, 1, Qt.AlignmentFlag.AlignRight)
        column.addLayout(grid)
        column.addSpacing(16)
    column.addStretch(1)
    return column


_ON_WIDGETS = marked("Commands", "Where the focus is")


def _lines(group: str) -> list[tuple[str, str]]:
    if group not in MENUS:
        return [(said(text), keys) for text, keys in _WIDGET_KEYS]
    lines = []
    for command in COMMANDS.values():
        keys = sequences(command)
        if command.menu == group and keys:
            native = keys[0].toString(QKeySequence.SequenceFormat.NativeText)
            lines.append((said(command.text), native))
    return lines
