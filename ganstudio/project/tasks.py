"""Long work that can be watched and cancelled.

Not responsible for running it: the pools live in `studio`.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator
from typing import TypeVar

from ganstudio.project.errors import Cancelled
from ganstudio.project.messages import Progress

__all__ = ["Task", "all_at_once"]

T = TypeVar("T")


def all_at_once(slices: Generator[None, None, T]) -> T:
    """Do work that comes in slices without a break; returns what it returns."""
    while True:
        try:
            next(slices)
        except StopIteration as end:
            found: T = end.value
            return found


class Task:
    """A cancel flag and a progress, shared by the one who works and the one who watches.

    Args:
        text: What is done.
        tell: Called with every progress, by the one who works.
    """

    def __init__(self, text: str = "", tell: Callable[[Progress], None] | None = None) -> None:
        self._cancel = threading.Event()
        self._tell = tell
        self._progress = Progress(text=text)

    def cancel(self) -> None:
        """Ask the work to end; it ends at its next `check`."""
        self._cancel.set()

    @property
    def cancelled(self) -> bool:
        """Whether somebody asked for the end."""
        return self._cancel.is_set()

    @property
    def progress(self) -> Progress:
        """The newest progress; safe to read from any thread."""
        return self._progress

    def report(self, done: int, total: int, text: str | None = None) -> None:
        """Say how far the work is; a text of None keeps the one before."""
        self._progress = Progress(done, total, self._progress.text if text is None else text)
        if self._tell is not None:
            self._tell(self._progress)

    def check(self) -> None:
        """End here if somebody asked for the end.

        Raises:
            Cancelled: If `cancel` was called.
        """
        if self._cancel.is_set():
            raise Cancelled
