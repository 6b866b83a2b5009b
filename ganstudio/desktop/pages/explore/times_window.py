"""The same place through time: what each moment of the run draws there.

Not responsible for drawing it (`studio.times`).
"""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QWidget

from ganstudio.desktop.dialogs.window import SmallWindow
from ganstudio.desktop.pages.explore.walk import Walk
from ganstudio.desktop.widgets.buttons import Button
from ganstudio.desktop.widgets.label import Label
from ganstudio.desktop.widgets.tile_grid import TileGrid
from ganstudio.project.messages import Pictures
from ganstudio.project.numbers import say_count
from ganstudio.project.point import LatentPoint
from ganstudio.project.runs import RunFolder
from ganstudio.studio.app import Studio
from ganstudio.studio.events import PlaceAtMoment
from ganstudio.studio.times import MOST_MOMENTS

__all__ = ["TimesWindow"]

_COLUMNS, _TILE, _GAP = 6, 112, 8


class TimesWindow(SmallWindow):
    """A grid of moments from the first to the newest; it follows the place.

    Signals:
        moment_wanted: A person wants to explore at a moment (its clock).

    Args:
        studio: Draws.
        walk: Where the place is.
        run: Whose moments.
        parent: The main window.
    """

    moment_wanted = Signal(int)

    def __init__(
        self, studio: Studio, walk: Walk, run: RunFolder, parent: QWidget | None = None
    ) -> None:
        super().__init__(
            self.tr("This place through time"), _COLUMNS * (_TILE + _GAP) - _GAP + 48, parent
        )
        self._studio, self._walk, self.run = studio, walk, run
        self._number, self._clocks = 0, list[int]()
        self._asked: LatentPoint | None = None
        self._closed = False
        self._drawn: dict[int, Pictures] = {}
        words = self.tr(
            "What each moment of this run draws here, the first one first. "
            "Choose one to explore with it."
        )
        self.body.addWidget(Label(words, "body", "text_quiet", wrap=True))
        self.body.addSpacing(12)
        self.grid = TileGrid(_COLUMNS, _GAP, MOST_MOMENTS, _TILE)
        self.grid.setToolTip(self.tr("Double click to explore at that moment."))
        self.grid.chosen.connect(self._say)
        self.grid.opened.connect(self._go)
        self.body.addWidget(self.grid)
        self.words = Label("", "small", "text_quiet")
        self.body.addSpacing(8)
        self.body.addWidget(self.words)
        self.explore = Button(self.tr("Explore at this moment"), icon="explore")
        self.explore.setToolTip(self.tr("Let this moment draw from now on."))
        self.explore.clicked.connect(lambda: self._go(self.grid.current()))
        self.foot.insertWidget(1, self.explore)
        walk.rested.connect(self.ask)
        self.ask()

    @Slot()
    def ask(self) -> None:
        """Draw the place where one is now; a place that is shown already is not drawn again."""
        if self._closed or self._walk.point == self._asked:
            return
        self._asked = self._walk.point
        place = self._studio.explorer.keep(self._walk.point)
        self._number, self._clocks = self._studio.times.ask(self.run, place)
        self._drawn = {}
        count = len(self._clocks)
        rows = -(-max(1, count) // _COLUMNS)
        self.grid.setFixedHeight(rows * (_TILE + _GAP) - _GAP)
        self.grid.set_names([say_count(clock) for clock in self._clocks])
        self._say(self.grid.current())
        self.adjustSize()

    def take(self, event: PlaceAtMoment) -> None:
        """One more picture is there; those that are still missing are grey."""
        if event.number != self._number or self._closed:
            return
        self._drawn[event.clock] = event.picture
        missing = np.full_like(event.picture, 64)
        self.grid.set_pictures(np.stack([self._drawn.get(c, missing) for c in self._clocks]))

    @Slot(int)
    def _say(self, index: int) -> None:
        known = 0 <= index < len(self._clocks)
        self.explore.setEnabled(known)
        if known:
            words = self.tr("At {n} pictures seen").format(n=say_count(self._clocks[index]))
        else:
            first, last = (say_count(c) for c in (self._clocks[0], self._clocks[-1]))
            words = self.tr("{n} moments, from {first} to {last}").format(
                n=len(self._clocks), first=first, last=last
            )
        self.words.setText(words)

    @Slot(int)
    def _go(self, index: int) -> None:
        if 0 <= index < len(self._clocks):
            self.moment_wanted.emit(self._clocks[index])

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nothing more is drawn for it."""
        self._studio.times.forget()
        self._closed = True
        super().closeEvent(event)
