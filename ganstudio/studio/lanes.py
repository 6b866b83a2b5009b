"""Work in slices for when nobody asks for anything: a lane each, and whose turn it is.

Not responsible for the thread that does it, nor for what is more urgent (`explorer`).
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

__all__ = ["Lanes", "Slices"]

logger = logging.getLogger(__name__)

#: Does a slice; for how many seconds to rest before the next one, None if nothing is left to do.
Slices = Callable[[], float | None]


@dataclass(slots=True)
class _Behind:
    slices: Slices
    at: float


class Lanes:
    """Every method may be called from any thread; one thread alone works.

    Args:
        names: Of the lanes, the first goes first.
    """

    def __init__(self, names: Sequence[str]) -> None:
        self._names = tuple(names)
        self._lock = threading.Lock()
        self._behind: dict[str, _Behind] = {}

    def give(self, lane: str, slices: Slices) -> None:
        """Replace what a lane was given; a rest that was asked for goes on."""
        with self._lock:
            before = self._behind.get(lane)
            self._behind[lane] = _Behind(slices, before.at if before else time.monotonic())

    def rest(self, seconds: float) -> None:
        """Nothing that was given so far goes on for so long."""
        until = time.monotonic() + seconds
        with self._lock:
            for behind in self._behind.values():
                behind.at = max(behind.at, until)

    def seconds_to_next(self) -> float | None:
        """When the next slice is due; None without work."""
        with self._lock:
            if not self._behind:
                return None
            soonest = min(behind.at for behind in self._behind.values())
        return max(0.0, soonest - time.monotonic())

    def due(self) -> str | None:
        """Whose turn it is now, if anybody's."""
        now = time.monotonic()
        with self._lock:
            given = (name for name in self._names if name in self._behind)
            return next((name for name in given if now >= self._behind[name].at), None)

    def work(self, lane: str) -> None:
        """One slice; what breaks is not tried again until it is given again."""
        with self._lock:
            behind = self._behind[lane]
        try:
            rest = behind.slices()
        except Exception:  # a bug of ours must not end the thread
            logger.exception("work behind everything else broke")
            rest = None
        with self._lock:
            now = self._behind[lane]  # what was given meanwhile has its turn
            if rest is not None:
                now.at = time.monotonic() + rest
            elif now is behind:
                del self._behind[lane]
