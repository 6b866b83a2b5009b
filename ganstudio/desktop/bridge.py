"""The bridge between studio's threads and the window: one timer, a few signals.

Not responsible for what anybody does with them. Nothing else in `desktop` reads studio's channels
of training; the explorer's pages read its mailboxes when `explorer_ready` wakes them.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from ganstudio.studio.app import Studio

__all__ = ["Bridge"]

logger = logging.getLogger(__name__)

_TICK_MS = 33
_CLOCK_EVERY = 8  # ticks: about four times a second
_SLOW_MS = 50.0


class Bridge(QObject):
    """Drains studio's channels every 33 ms in the UI thread.

    Signals:
        happened: One of `studio.events`.
        rows: New metrics rows, as a list.
        samples: The newest `SampleFrame`.
        explorer_ready: A frame or a sheet waits in the explorer's mailboxes.
        clock: About four times a second.
        bug: A report of something of ours that broke.
    """

    happened = Signal(object)
    rows = Signal(list)
    samples = Signal(object)
    explorer_ready = Signal()
    clock = Signal()
    bug = Signal(str)
    _wake = Signal()

    def __init__(self, studio: Studio, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._studio = studio
        self._ticks = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self.tick)
        # A finished picture does not wait for the timer: the explorer's thread asks for one queued
        # call, and for another only after that one was answered.
        self._asked = threading.Event()
        self._wake.connect(self._woken, Qt.ConnectionType.QueuedConnection)
        studio.explorer.on_ready = self._ask_to_wake

    def start(self) -> None:
        """Begin to tick."""
        self._timer.start()

    def stop(self) -> None:
        """Tick no more."""
        self._timer.stop()
        self._studio.explorer.on_ready = _nothing

    @Slot()
    def tick(self) -> None:
        """Let studio join what ended, then pass on what has arrived."""
        self._measured("studio", self._studio.tick)
        for event in self._studio.events.drain():
            self._measured(type(event).__name__, partial(self.happened.emit, event))
        rows = self._studio.training.rows.drain()
        if rows:
            self._measured("rows", partial(self.rows.emit, rows))
        frame = self._studio.training.samples.take()
        if frame is not None:
            self._measured("samples", partial(self.samples.emit, frame))
        reports = self._studio.bugs.drain()
        if reports:
            # One window is enough: what broke first is what matters.
            self.bug.emit(reports[0])
        self._ticks += 1
        if self._ticks % _CLOCK_EVERY == 0:
            self._measured("clock", self.clock.emit)

    def _ask_to_wake(self) -> None:
        """In the explorer's thread."""
        if not self._asked.is_set():
            self._asked.set()
            self._wake.emit()

    @Slot()
    def _woken(self) -> None:
        self._asked.clear()
        self._measured("explorer", self.explorer_ready.emit)

    @staticmethod
    def _measured(what: str, work: Callable[[], object]) -> None:
        """Do it, and say in the log when it held the window up."""
        begin = time.perf_counter()
        work()
        took_ms = (time.perf_counter() - begin) * 1_000
        if took_ms > _SLOW_MS:
            logger.debug("the window was held up for %.0f ms by: %s", took_ms, what)


def _nothing() -> None:
    """Nobody listens any more."""
