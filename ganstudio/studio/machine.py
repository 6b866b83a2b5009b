"""Questions about this computer that need no torch: cores, memory, disk, display.

Not responsible for choosing a device: `gan.device` does, and says why.
"""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

import psutil

__all__ = ["Machine", "MachineReport"]

_WATCHED_S = 0.2


@dataclass(frozen=True, slots=True)
class MachineReport:
    """What the engine found out about this computer.

    Attributes:
        device: "cpu", "cuda:0" or "mps".
        reason: Why, in words.
        has_gpu: Whether there is a GPU that can train.
        threads: CPU threads that training would use.
        torch_version: Of the engine, for reports.
    """

    device: str
    reason: str
    has_gpu: bool
    threads: int
    torch_version: str


class Machine:
    """This computer, as far as the operating system tells."""

    def __init__(self) -> None:
        self.cores = max(1, len(os.sched_getaffinity(0)) if _HAS_AFFINITY else os.cpu_count() or 1)
        self.memory_bytes = psutil.virtual_memory().total
        self.report: MachineReport | None = None
        self._process = psutil.Process()

    def memory_used(self) -> int:
        """Bytes this program holds in memory."""
        return int(self._process.memory_info().rss)

    def memory_free(self) -> int:
        """Bytes that can still be had."""
        return int(psutil.virtual_memory().available)

    def busy_cores(self) -> float:
        """How many cores are kept busy just now, by anyone; looks for a fifth of a second."""
        return float(psutil.cpu_percent(interval=_WATCHED_S)) / 100 * (os.cpu_count() or 1)

    def disk_free(self, path: Path) -> int:
        """Bytes free where a path lies, or would lie."""
        place = path
        while not place.exists() and place != place.parent:
            place = place.parent
        return shutil.disk_usage(place).free

    @staticmethod
    def has_display() -> bool:
        """Whether a window could be shown: on Linux a display must be named."""
        if sys.platform in ("win32", "darwin"):
            return True
        if os.environ.get("QT_QPA_PLATFORM", "") in ("offscreen", "minimal", "vnc"):
            return True
        return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


_HAS_AFFINITY = hasattr(os, "sched_getaffinity")
