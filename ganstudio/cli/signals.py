"""Ctrl+C and its relatives: stop after the current step, save, end well.

A handler runs in the middle of anything, so it only leaves a note; whoever works looks at it.

Not responsible for stopping the work.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from types import FrameType, TracebackType
from typing import Any

from ganstudio.project.messages import Progress
from ganstudio.project.tasks import Task

__all__ = ["Stopper"]

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")


class Stopper:
    """While it is open, signals that mean "end" are noted instead of ending the process.

    Attributes:
        asked: Whether somebody asked for the end.
    """

    def __init__(self) -> None:
        self.asked = False
        self._task: Task | None = None
        self._before: dict[signal.Signals, Any] = {}

    def __enter__(self) -> Stopper:
        if threading.current_thread() is threading.main_thread():
            for name in _NAMES:
                number = getattr(signal, name, None)
                if number is not None:
                    self._before[number] = signal.signal(number, self._note)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._before.clear()

    def watched(self, text: str = "", tell: Callable[[Progress], None] | None = None) -> Task:
        """A task that the next signal cancels: for work in the main thread that looks at it."""
        self._task = Task(text, tell)
        return self._task

    def _note(self, number: int, frame: FrameType | None) -> None:
        self.asked = True
        if self._task is not None:
            self._task.cancel()
