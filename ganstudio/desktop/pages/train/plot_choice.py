"""What the plots show: a button with a list, in the title line of the first one.

Not responsible for the plots (`proof`, `plots`), nor for reading other runs (`overlay`).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

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
        runs_wanted: The list is about to show: which other runs are there?
        run_chosen: Lay this run's losses under those of the first plot (its id; "" for none).
    """

    chosen = Signal(str)
    runs_wanted = Signal()
    run_chosen = Signal(str)

    def __init__(self, scores_title: str, parent: QWidget | None = None) -> None:
        super().__init__("train", "", parent=parent)
        name = self.tr("What the plots show")
        self.setAccessibleName(name)
        self.setToolTip(name)
        self._menu = QMenu(self)
        self._group = QActionGroup(self)
        self._add("", scores_title)
        self._menu.addSeparator()
        for key, plot in PLOTS.items():
            self._add(key, say_proof(plot.title))
        self._menu.addSeparator()
        self._runs = self._menu.addMenu(self.tr("Losses of another run"))
        self._menu.aboutToShow.connect(self.runs_wanted)
        self.setMenu(self._menu)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._group.triggered.connect(self._taken)

    def offer_runs(self, runs: Sequence[tuple[str, str]], current: str) -> None:
        """List other runs.

        Args:
            runs: (id, what it is called) of each.
            current: The id of the one that is laid under; "" for none.
        """
        self._runs.clear()
        self._runs.menuAction().setVisible(bool(runs))
        for key, title in (("", self.tr("None")), *runs):
            action = self._runs.addAction(title)
            action.setCheckable(True)
            action.setChecked(key == current)
            action.triggered.connect(partial(self.run_chosen.emit, key))

    def run_actions(self) -> list[QAction]:
        """The other runs that are offered, after "none"."""
        return self._runs.actions()

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
