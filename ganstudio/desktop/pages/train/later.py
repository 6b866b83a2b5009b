"""Small reading jobs that must not hold the window up: done in studio's files pool, answered later.

Not responsible for what is read. Answers come in the UI thread; a newer question of the same key
replaces an older one that was not begun.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any

from PySide6.QtCore import QObject, QTimer, Slot

from ganstudio.project.errors import UserError

__all__ = ["Later"]

logger = logging.getLogger(__name__)

_LOOK_MS = 8

Job = tuple[Callable[[], Any], Callable[[Any], None]]


class Later(QObject):
    """One job at a time, the most urgent first.

    A timer looks for the answer only while a job is out, so no thread ever touches Qt.
    """

    def __init__(self, pool: Executor, parent: QObject) -> None:
        super().__init__(parent)
        self._pool = pool
        self._waiting: dict[str, Job] = {}
        self._future: Future[Any] | None = None
        self._then: Callable[[Any], None] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._look)

    @property
    def busy(self) -> bool:
        """Whether something is being read or waits."""
        return self._future is not None or bool(self._waiting)

    def ask(
        self, key: str, work: Callable[[], Any], then: Callable[[Any], None], urgent: bool = False
    ) -> None:
        """Do `work` in the pool, then `then(result)` here; a `UserError` is only logged."""
        self._waiting.pop(key, None)
        if urgent:
            self._waiting = {key: (work, then), **self._waiting}
        else:
            self._waiting[key] = (work, then)
        self._begin()

    def forget(self) -> None:
        """Drop every question; an answer that is under way is thrown away."""
        self._waiting.clear()
        self._then = None

    def _begin(self) -> None:
        if self._future is not None or not self._waiting:
            return
        key = next(iter(self._waiting))
        work, self._then = self._waiting.pop(key)
        try:
            self._future = self._pool.submit(work)
        except RuntimeError:  # the program is closing: the pool takes nothing any more
            self.forget()
            return
        self._timer.start()

    @Slot()
    def _look(self) -> None:
        future, then = self._future, self._then
        if future is None or not future.done():
            return
        self._future = None
        self._timer.stop()
        try:
            result = future.result()
            if then is not None:
                then(result)
        except UserError as error:
            logger.warning("could not be read: %s", error)
        finally:
            self._begin()
