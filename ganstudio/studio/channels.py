"""Channels between threads, chosen by meaning: events queue, rows batch, pictures latest-wins.

Not responsible for waking anybody: the window looks every 33 ms, the command line after each event.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from typing import Generic, TypeVar

__all__ = ["Batch", "Mailbox"]

T = TypeVar("T")


class Mailbox(Generic[T]):
    """Holds the newest value only: a slow reader sees fewer pictures, never older ones."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._value: T | None = None

    def put(self, value: T) -> None:
        """Replace whatever waits."""
        with self._lock:
            self._value = value

    def take(self) -> T | None:
        """The value that waits, which then waits no longer; None if there is none."""
        with self._lock:
            value, self._value = self._value, None
            return value


class Batch(Generic[T]):
    """Keeps every value, in order, until somebody takes them all."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._values: list[T] = []
        self._arrived = threading.Condition(self._lock)

    def put(self, value: T) -> None:
        """Add one value."""
        self.extend((value,))

    def extend(self, values: Iterable[T]) -> None:
        """Add values, in order."""
        with self._arrived:
            self._values.extend(values)
            self._arrived.notify_all()

    def drain(self) -> list[T]:
        """Take everything that waits."""
        with self._lock:
            values, self._values = self._values, []
            return values

    def wait(self, timeout_s: float) -> list[T]:
        """Take everything that waits; if nothing does, wait so long for something."""
        with self._arrived:
            self._arrived.wait_for(lambda: bool(self._values), timeout_s)
            values, self._values = self._values, []
            return values
