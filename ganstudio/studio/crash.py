"""What happens when something breaks: hooks, and a report that can be copied.

Not responsible for showing it (the window and the command line do), nor for the sign of a bad end
(`signs`).
"""

from __future__ import annotations

import logging
import platform
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from ganstudio import __version__
from ganstudio.studio.logs import newest_lines
from ganstudio.studio.signs import Sign

__all__ = ["CrashGuard", "report_of"]

logger = logging.getLogger(__name__)


class CrashGuard:
    """Hooks for uncaught exceptions, and a sign while the program runs.

    Args:
        on_bug: Called with a report, from whichever thread broke: it may only put it into a queue.
        leaves_sign: Whether the next window shall know of a bad end: of another window's, not of
            a command line's.

    Attributes:
        before: The bad end of a start before, if there was one that nobody knew of yet.
    """

    def __init__(self, on_bug: Callable[[str], None], *, leaves_sign: bool = True) -> None:
        self._on_bug = on_bug
        self._sign = Sign() if leaves_sign else None
        self.before = self._sign.before if self._sign is not None else None
        self._hooks = (sys.excepthook, threading.excepthook)
        sys.excepthook = self._caught
        threading.excepthook = self._caught_in_thread

    def project_opened(self, path: Path | None) -> None:
        """Remember which project is open, for the case that this start ends badly."""
        if self._sign is not None:
            self._sign.project_opened(path)

    def _caught(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._hooks[0](kind, error, trace)
            return
        logger.error("uncaught", exc_info=(kind, error, trace))
        self._on_bug(report_of(error))

    def _caught_in_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None and not issubclass(args.exc_type, SystemExit):
            self._caught(args.exc_type, args.exc_value, args.exc_traceback)

    def close(self) -> None:
        """A good end: put the hooks back and take the sign away."""
        sys.excepthook, threading.excepthook = self._hooks
        if self._sign is not None:
            self._sign.take_away()


def report_of(error: BaseException) -> str:
    """A text a person can send us: versions, the traceback, the newest lines of the log."""
    trace = "".join(traceback.format_exception(error))
    versions = (
        f"GAN Studio {__version__}, Python {platform.python_version()}, {platform.platform()}"
    )
    return "\n".join([versions, "", trace, "Newest lines of the log:", *newest_lines(60)])
