"""Small files that are written behind the window's back: the newest state of each wins.

A file is never written by two threads at once, and never by an older state after a newer one. What
could not be written stays here, and is tried again with the next state, or when somebody asks.

Not responsible for what is in a file, nor for reading it.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Executor
from pathlib import Path
from typing import Generic, TypeVar

from ganstudio.project.errors import UserError

__all__ = ["Writer"]

logger = logging.getLogger(__name__)

T = TypeVar("T")


class Writer(Generic[T]):
    """Every method may be called from any thread.

    Args:
        pool: Where it writes; asked for when there is something to write.
        write: Writes the state of a file. Called in the pool's thread.
        told: Called there after a state could not be written, with why, and with None once one
            could after that.
    """

    def __init__(
        self,
        pool: Callable[[], Executor],
        write: Callable[[Path, T], None],
        told: Callable[[Exception | None], None],
    ) -> None:
        self._pool, self._write, self._told = pool, write, told
        self._changed = threading.Condition()
        self._states: dict[Path, T] = {}
        self._due: list[Path] = []
        self._failed = False
        self._writing = False

    def put(self, path: Path, state: T) -> None:
        """Have a file written anew; returns at once."""
        with self._changed:
            self._states[path] = state
            self._have_due(path)

    def unwritten(self, path: Path) -> T | None:
        """The newest state of a file that is not on the disk, or not yet; None if it is."""
        with self._changed:
            return self._states.get(path)

    def try_again(self) -> None:
        """Have everything written that could not be; returns at once."""
        with self._changed:
            for path in self._states:
                self._have_due(path)

    @property
    def settled(self) -> bool:
        """Whether nothing is being written, or waits for that; something may have failed."""
        return not self._writing

    @property
    def failed(self) -> bool:
        """Whether something could not be written."""
        return self._failed

    def flush(self, seconds: float | None = None) -> None:
        """Wait until everything is written that can be, or so long."""
        with self._changed:
            self._changed.wait_for(lambda: not self._writing, seconds)

    def _have_due(self, path: Path) -> None:
        if path not in self._due:
            self._due.append(path)
        if not self._writing:
            self._writing = True
            self._pool().submit(self._work)

    def _work(self) -> None:
        """In the pool's thread: one file after the other, until none is due."""
        while True:
            with self._changed:
                if not self._due:
                    self._writing = False
                    self._changed.notify_all()
                    return
                path = self._due.pop(0)
                state = self._states.get(path)
            if state is not None:  # else it was written after somebody had asked for that again
                self._try(path, state)

    def _try(self, path: Path, state: T) -> None:
        try:
            self._write(path, state)
        except UserError as error:
            logger.warning("not written: %s", error)
            self._fail(error)
            return
        except Exception as error:  # a bug of ours must be told, and end no writing
            logger.exception("writing broke")
            self._fail(error)
            return
        with self._changed:
            if self._states.get(path) is state:
                del self._states[path]
            recovered = self._failed and not self._states
            self._failed = self._failed and not recovered
        if recovered:
            self._told(None)

    def _fail(self, error: Exception) -> None:
        self._failed = True
        self._told(error)
