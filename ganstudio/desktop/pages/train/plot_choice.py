"""What the second plot shows: a button with a list, in the title line of the first one.

Not responsible for the plots (`proof`, `plots`).
"""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from ganstudio.desktop.pages.train.proof import PLOTS, say_proof
from ganstudio.desktop.widgets.buttons import IconButton

__all__ = ["PlotChoice"]


class PlotChoice(IconButton):
    """One of `PLOTS`, or "" for the scores.

    Signals:
        chosen: A person took another one (its key).
    """

    chosen = Signal(str)

    def __init__(self, scores_title: str, parent: QWidget | None = None) -> None:
        super().__init__("train", "", parent=parent)
        name = self.tr("What the second plot shows")
        self.setAccessibleName(name)
        self.setToolTip(name)
        self._menu = QMenu(self)
        self._group = QActionGroup(self)
        self._add("", scores_title)
        self._menu.addSeparator()
        for key, plot in PLOTS.items():
            self._add(key, say_proof(plot.title))
        self.setMenu(self._menu)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._group.triggered.connect(self._taken)

    def actions_by_key(self) -> dict[str, QAction]:
        """What the list offers."""
        return {str(action.data()): action for action in self._group.actions()}

    def _add(self, key: str, title: str) -> None:
        action = self._menu.addAction(title)
        action.setData(key)
        action.setCheckable(True)
        action.setChecked(not key)
        self._group.addAction(action)

    @Slot(QAction)
    def _taken(self, action: QAction) -> None:
        self.chosen.emit(str(action.data()))
