"""The same place through time, behind everything else that the explorer's thread does.

Not responsible for drawing (`engine`), nor for showing it.
"""

from __future__ import annotations

import itertools
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

    def ask(self, run: RunFolder, place: KeptPoint) -> tuple[int, list[int]]:
        """Draw a place at an even spread of a run's moments, the newest first.

        Returns:
            The number that the answers carry, and the moments, ascending.
        """
        self.forget()
        number, clocks = next(self._numbers), evenly(run.snapshots(), MOST_MOMENTS)

        def told(clock: int, picture: Pictures) -> None:
            self._events.put(PlaceAtMoment(number, clock, picture))
            self._explorer.on_ready()

        self._asked = self._explorer.search(
            lambda _model: engine.through_time(run, place, clocks[::-1], told)
        )
        return number, clocks

    def forget(self) -> None:
        """Nobody looks any more."""
        if self._asked is not None:
            self._asked.cancel()
            self._asked = None
