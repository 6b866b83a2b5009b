"""The same place through time, behind everything else that the explorer's thread does.

Not responsible for drawing (`engine`), nor for showing it.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from concurrent.futures import Future

from ganstudio.project.kept import KeptPoint
from ganstudio.project.messages import Pictures
from ganstudio.project.runs import RunFolder
from ganstudio.project.tournament import evenly
from ganstudio.studio import engine
from ganstudio.studio.channels import Batch
from ganstudio.studio.events import Event, PlaceAtMoment
from ganstudio.studio.explorer import ExplorerService

__all__ = ["MOST_MOMENTS", "TimesService"]

MOST_MOMENTS = 24


class TimesService:
    """One question at a time; `PlaceAtMoment` tells each picture as it is drawn."""

    def __init__(self, events: Batch[Event], explorer: ExplorerService) -> None:
        self._events, self._explorer = events, explorer
        self._numbers = itertools.count(1)
        self._asked: Future[None] | None = None
        self._opened = explorer.opened

    @staticmethod
    def moments(run: RunFolder, before: Sequence[int] = ()) -> list[int]:
        """An even spread of a run's moments, ascending.

        Args:
            run: The run.
            before: Those that are shown. They stay, as long as all of them are there, until so much
                was learned since the last of them as lies between two.
        """
        clocks = run.snapshots()
        if len(before) == MOST_MOMENTS and set(before) <= set(clocks):
            apart = (before[-1] - before[0]) / (len(before) - 1)
            if clocks[-1] - before[-1] < apart:
                return list(before)
        return evenly(clocks, MOST_MOMENTS)

    @property
    def cut_off(self) -> bool:
        """Whether what was asked for last is given up, since another model was opened."""
        if self._asked is None:
            return False
        elsewhere = self._opened is not self._explorer.opened and not self._asked.done()
        return elsewhere or self._asked.cancelled()

    def ask(self, run: RunFolder, place: KeptPoint, clocks: Sequence[int]) -> int:
        """Draw a place at some moments of a run, in the order given; what was asked before is not.

        Returns:
            The number that the answers carry.
        """
        self.forget()
        number = next(self._numbers)

        def told(clock: int, picture: Pictures) -> None:
            self._events.put(PlaceAtMoment(number, clock, picture))
            self._explorer.on_ready()

        self._opened = self._explorer.opened
        self._asked = self._explorer.search(
            lambda _model: engine.through_time(run, place, clocks, told)
        )
        return number

    def forget(self) -> None:
        """Nobody looks any more."""
        if self._asked is not None:
            self._asked.cancel()
            self._asked = None
