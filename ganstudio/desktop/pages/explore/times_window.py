"""The same place through time: what each moment of the run draws there.

Not responsible for drawing it (`studio.times`).
"""

from __future__ import annotations

from collections.abc import Iterable

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
        self._tried: set[int] = set()
        #: The newest picture of each moment, and the place that it shows.
        self._drawn: dict[int, Pictures] = {}
        self._places: dict[int, LatentPoint] = {}
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
        walk.renewal_due.connect(self.ask)
        self.ask()

    @Slot()
    def ask(self) -> None:
        """Draw what is missing of the place where one is now; what is shown stays until it comes.

        An answer to an older question is none: the newest place wins.
        """
        times, point = self._studio.times, self._walk.point
        clocks = times.moments(self.run, self._clocks)
        if self._closed or not clocks:  # of a run that is gone, what was drawn stays
            return
        self._show_moments(clocks)
        if point != self._asked:
            self._asked, self._tried = point, set()
        missing = [clock for clock in self._clocks if self._places.get(clock) != point]
        if not missing or (self._tried.issuperset(missing) and not times.cut_off):
            return
        self._tried.update(missing)
        chosen, place = self._chosen(), self._studio.explorer.keep(point)
        missing.sort(key=lambda clock: (clock != chosen, -clock))
        self._number = times.ask(self.run, place, missing)

    def _chosen(self) -> int | None:
        """The moment that is chosen, by its clock."""
        index = self.grid.current()
        return self._clocks[index] if 0 <= index < len(self._clocks) else None

    def _show_moments(self, clocks: list[int]) -> None:
        """Have places for these moments; the chosen one stays, or the nearest to it is chosen.

        Until a moment that is new here has its own picture, that of the nearest one stands in.
        """
        if clocks == self._clocks:
            return
        chosen, count, before = self._chosen(), len(self._clocks), self._drawn
        self._clocks = clocks
        if before:
            self._drawn = {clock: before[_nearest(clock, before)] for clock in clocks}
        self.grid.set_names([say_count(clock) for clock in clocks])
        if chosen is not None:
            self.grid.set_current(clocks.index(_nearest(chosen, clocks)))
        if len(clocks) != count:
            rows = -(-max(1, len(clocks)) // _COLUMNS)
            self.grid.setFixedHeight(rows * (_TILE + _GAP) - _GAP)
            self.adjustSize()
        self._show_pictures()
        self._say(self.grid.current())

    def take(self, event: PlaceAtMoment) -> None:
        """One more picture is there."""
        if event.number != self._number or self._closed or self._asked is None:
            return
        self._drawn[event.clock], self._places[event.clock] = event.picture, self._asked
        self._show_pictures()

    def _show_pictures(self) -> None:
        """What is drawn so far; those that are still missing are grey."""
        if not self._drawn:
            self.grid.clear(len(self._clocks))
            return
        missing = np.full_like(next(iter(self._drawn.values())), 64)
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


def _nearest(clock: int, clocks: Iterable[int]) -> int:
    """The clock that is nearest to another one."""
    return min(clocks, key=lambda candidate: abs(candidate - clock))
