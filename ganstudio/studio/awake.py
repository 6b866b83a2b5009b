"""Keeping the computer from sleeping while it trains, by each system's own means.

Not responsible for the screen: it may go dark.
"""

from __future__ import annotations

import contextlib
import logging
import os
import shutil
import subprocess
import sys
from pathlib import Path

__all__ = ["KeepAwake"]

logger = logging.getLogger(__name__)

_CONTINUOUS = 0x80000000
_SYSTEM_REQUIRED = 0x00000001


class KeepAwake:
    """Awake between `start` and `stop`; where the system offers no way, training goes on anyway."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Ask the system to stay awake; harmless if asked already."""
        if self._process is not None:
            return
        if sys.platform == "win32":
            import ctypes

            ctypes.windll.kernel32.SetThreadExecutionState(_CONTINUOUS | _SYSTEM_REQUIRED)
            return
        command = self._command()
        if command is not None:
            with contextlib.suppress(OSError):
                self._process = subprocess.Popen(  # a fixed command of the system's own
                    command,
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                )

    def stop(self) -> None:
        """Let the system sleep again when it wants to."""
        if sys.platform == "win32":
            import ctypes

            ctypes.windll.kernel32.SetThreadExecutionState(_CONTINUOUS)
        elif self._process is not None:
            self._process.terminate()
            self._process.wait()
            self._process = None

    @staticmethod
    def _command() -> list[str] | None:
        """A helper of the system that ends by itself when this process does."""
        if sys.platform == "darwin":
            return ["/usr/bin/caffeinate", "-i", "-w", str(os.getpid())]
        inhibit = shutil.which("systemd-inhibit")
        tail = shutil.which("tail")
        if inhibit is None or tail is None or not Path("/run/systemd/system").is_dir():
            return None
        wait = [tail, f"--pid={os.getpid()}", "-f", "/dev/null"]
        why = ["--what=sleep:idle", "--who=GAN Studio", "--why=Training", "--mode=block"]
        return [inhibit, *why, *wait]
