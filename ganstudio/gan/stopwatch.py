"""The training time of a run: it goes on where it was, and stands still in pauses.

Not responsible for rates (`reports`) nor for deadlines (the host).
"""

from __future__ import annotations

import time

__all__ = ["Stopwatch"]


class Stopwatch:
    """Stands still at 0 until it is started."""

    def __init__(self) -> None:
        self._before = 0.0
        self._began: float | None = None

    @property
    def seconds(self) -> float:
        """What it shows."""
        now = time.monotonic()
        return self._before + (now - self._began if self._began is not None else 0.0)

    def start(self) -> None:
        """Go on."""
        self._began = time.monotonic()

    def stop(self) -> None:
        """Stand still."""
        self._before = self.seconds
        self._began = None

    def set(self, seconds: float) -> None:
        """Show another time; it goes on from there if it goes."""
        self._before = seconds
        if self._began is not None:
            self.start()
