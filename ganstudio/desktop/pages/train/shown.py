"""Which pictures the grid shows: the newest at a calm pace, or those of the moment that is chosen.

Not responsible for reading them (`run_view`, `film`), nor for painting them.
"""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, Slot

from ganstudio.desktop.pages.train.film import TimeMachine
from ganstudio.desktop.pages.train.run_view import RunView
from ganstudio.desktop.pages.train.stage import TrainStage
from ganstudio.desktop.pages.train.watching import places_note, shown_seed
from ganstudio.project.messages import Pictures
from ganstudio.project.sheets import SAMPLE_COUNT

__all__ = ["ShownPictures"]

_INTERVAL_S = 0.5


class ShownPictures(QObject):
    """Keeps the grid in step with run and moment.

    Attributes:
        calm: Whether newer pictures wait for the clock instead of being shown at once.
        note: That a moment shows other places than are drawn now; else empty.
    """

    def __init__(self, view: RunView, machine: TimeMachine, body: TrainStage) -> None:
        super().__init__(body)
        self._view, self._machine, self._body = view, machine, body
        self.calm = False
        self.note = ""
        self._place = 0
        self._first_seed = -1
        self._up_to_date = False
        self._shown_at = 0.0
        view.newest_changed.connect(self._newest_changed)
        machine.sheet_ready.connect(self._sheet_ready)
        machine.moment_changed.connect(self._moment_changed)
        body.grid.chosen.connect(self._place_chosen)

    def show_newest_seldom(self) -> None:
        """The newest, unless others were shown just now."""
        if time.monotonic() - self._shown_at >= _INTERVAL_S:
            self.show_newest()

    def show_newest(self) -> None:
        """The newest pictures, if now is what is looked at."""
        newest = self._view.newest
        if newest is None or self._up_to_date or self._machine.moment is not None:
            return
        self._up_to_date = True
        self._shown_at = time.monotonic()
        self._show(newest.pictures)

    @Slot()
    def _newest_changed(self) -> None:
        self._up_to_date = False
        if not self.calm:
            self.show_newest()

    @Slot(int, object)
    def _sheet_ready(self, clock: int, pictures: Pictures) -> None:
        if clock == self._machine.moment:
            self._show(pictures)

    @Slot(object)
    def _moment_changed(self, moment: int | None) -> None:
        if moment is None:
            self._up_to_date = False
            self.show_newest()

    @Slot(int)
    def _place_chosen(self, place: int) -> None:
        self._place = place
        if self._view.newest is not None:
            self._body.grid.set_current(place)
        self._machine.set_place(place)

    def _name_places(self, first: int) -> None:
        """Say of each place which seed it is, and of the film where it shows others than now."""
        newest = self._view.newest
        self.note = places_note(first, newest.first_seed) if newest is not None else ""
        self._body.film.set_note(self.note)
        if first != self._first_seed:
            self._first_seed = first
            name = self.tr("Generated picture {n}, seed {seed}")
            places = range(SAMPLE_COUNT)
            self._body.grid.set_names([name.format(n=p + 1, seed=first + p) for p in places])

    def _show(self, pictures: Pictures) -> None:
        self._name_places(shown_seed(self._view, self._machine))
        self._body.grid.set_pictures(pictures)
        self._body.fit_rows()
        self._body.grid.set_current(min(self._place, len(pictures) - 1))
