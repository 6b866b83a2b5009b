"""Things that are done one after the other, so that the window is never held up for long.

Qt paints everything that changed since the last time in one go. When numbers, film, pictures and
plots change together, that takes several frames, and a click waits. So each has its turn, and Qt
paints and listens in between.

Not responsible for what is done, nor for how often a round begins.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer, Slot

__all__ = ["ByTurns"]

_GAP_MS = 45


class ByTurns(QObject):
    """Rounds of works; while one is going on, no other begins.

    Args:
        rounds: What is done in each round, in this order; after the last comes the first again.
        parent: Its owner.
    """

    def __init__(self, rounds: Sequence[Sequence[Callable[[], object]]], parent: QObject) -> None:
        super().__init__(parent)
        self._rounds = itertools.cycle(rounds)
        self._works: list[Callable[[], object]] = []
        self._timer = QTimer(self, interval=_GAP_MS, singleShot=True)
        self._timer.timeout.connect(self._go_on)

    @property
    def going(self) -> bool:
        """Whether a round is not over yet."""
        return self._timer.isActive()

    def begin(self) -> None:
        """Do the first work now, and the others soon."""
        if not self.going:
            self._works = list(next(self._rounds))
            self._go_on()

    def stop(self) -> None:
        """Leave out the rest of this round."""
        self._timer.stop()

    @Slot()
    def _go_on(self) -> None:
        work = self._works.pop(0)
        if self._works:
            self._timer.start()
        work()
