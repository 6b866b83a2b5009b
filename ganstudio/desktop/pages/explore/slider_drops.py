"""A place that is dropped on a slider: it takes this one quality over, and all else stays.

Not responsible for how much of a direction a place has (`latent.amounts`), nor for what a slider
does with a value.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject

from ganstudio.desktop.desk import Desk
from ganstudio.desktop.pages.explore.place_drop import PlaceDrop
from ganstudio.desktop.pages.explore.walk import Walk
from ganstudio.desktop.widgets.slider_row import SliderRow
from ganstudio.project.errors import UserError
from ganstudio.project.kept import KeptPoint
from ganstudio.studio.events import AmountTold
from ganstudio.studio.explorer import ExplorerService

__all__ = ["DirectionDrops", "take_value"]


def take_value(
    row: SliderRow, explorer: ExplorerService, value: Callable[[KeptPoint], float]
) -> None:
    """Let a row take over a value that every place has.

    Args:
        row: A slider; while it is locked it refuses places.
        explorer: Who draws them.
        value: Reads it off a place.
    """
    drop = PlaceDrop(row, explorer, lambda: not row.is_locked())
    drop.entered.connect(lambda place: row.set_landing(value(place)))
    drop.left.connect(lambda: row.set_landing(None))

    def take(place: KeptPoint) -> None:
        row.set_landing(None)
        row.go_to(value(place))

    drop.dropped.connect(take)


@dataclass(slots=True)
class _Hanging:
    """A place over a row: how much it has, or why that cannot be told, once either is known."""

    row: SliderRow
    place: KeptPoint
    ticket: int
    amount: float | None = None
    error: UserError | None = None
    dropped: bool = False


class DirectionDrops(QObject):
    """Asks how much of a direction a place has while it hangs over a row; the newest counts."""

    def __init__(self, walk: Walk, desk: Desk) -> None:
        super().__init__(walk)
        self._walk, self._desk = walk, desk
        self._explorer, self._service = desk.studio.explorer, desk.studio.directions
        self._hanging: _Hanging | None = None

    def watch(self, row: SliderRow, key: Callable[[], str | None]) -> None:
        """Let a row take places.

        Args:
            row: A slider; while it is locked it refuses them.
            key: Of the direction that it moves along now, if there is one.
        """

        def entered(place: KeptPoint) -> None:
            self.forget()
            direction = key()
            assert direction is not None
            ticket = self._service.ask_amount(direction, place.point, self._walk.point)
            self._hanging = _Hanging(row, place, ticket)

        def dropped(place: KeptPoint) -> None:
            if self._hanging is None:
                entered(place)
            self._let_go()

        drop = PlaceDrop(row, self._explorer, lambda: not row.is_locked() and key() is not None)
        drop.entered.connect(entered)
        drop.left.connect(self.forget)
        drop.dropped.connect(dropped)

    def forget(self) -> None:
        """Nothing hangs over any row, or another generator draws."""
        hanging, self._hanging = self._hanging, None
        if hanging is not None:
            hanging.row.set_landing(None)

    def take_told(self, told: AmountTold) -> None:
        """How much it is has come: show where it would land, or land."""
        hanging = self._hanging
        if hanging is None or hanging.ticket != told.ticket:
            return
        hanging.error = told.error
        if told.error is None:
            hanging.amount = told.amount
            hanging.row.set_landing(told.amount)
        if hanging.dropped:
            self._land(hanging)

    def _let_go(self) -> None:
        hanging = self._hanging
        if hanging is not None:
            hanging.dropped = True
            if hanging.amount is not None or hanging.error is not None:
                self._land(hanging)

    def _land(self, hanging: _Hanging) -> None:
        self.forget()
        if hanging.error is not None:
            self._desk.show_error(hanging.error)
        if hanging.amount is None:
            return
        hanging.row.go_to(hanging.amount)
        if self._explorer.is_foreign(hanging.place):
            words = self.tr("That place is of another model; {name} is as this one draws it")
            self._desk.toast(words.format(name=hanging.row.name()))
