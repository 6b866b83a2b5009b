"""What happens when something breaks: hooks, a report that can be copied, and a sign for next time.

Not responsible for showing it: the window and the command line do.
"""

from __future__ import annotations

import contextlib
import faulthandler
import json
import logging
import os
import platform
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from ganstudio import __version__
from ganstudio.project.atomic import write_json
from ganstudio.project.errors import UserError
from ganstudio.project.paths import log_folder
from ganstudio.studio.logs import newest_lines

__all__ = ["CrashGuard", "UncleanEnd", "report_of"]

logger = logging.getLogger(__name__)

#: After so many starts that ended badly on the same project, it is not opened by itself any more.
_TOO_MANY = 2


class UncleanEnd:
    """What is known of the start before, if it did not end well.

    Attributes:
        project: The project that was open, if any.
        times: How many starts in a row ended badly with it.
        trace: What the fault handler wrote, if the process died in native code.
    """

    def __init__(self, project: str | None, times: int, trace: str) -> None:
        self.project = project
        self.times = times
        self.trace = trace

    @property
    def too_often(self) -> bool:
        """Whether opening the same project should be left to the person."""
        return self.times >= _TOO_MANY


class CrashGuard:
    """Hooks for uncaught exceptions, and a file that is there while the program runs.

    Args:
        on_bug: Called with a report, from whichever thread broke: it may only put it into a queue.
    """

    def __init__(self, on_bug: Callable[[str], None]) -> None:
        self._on_bug = on_bug
        self._sign = log_folder() / "running.json"
        self._trace_path = log_folder() / "fault.txt"
        self._hooks = (sys.excepthook, threading.excepthook)
        self._trace_file = None
        self.before = self._read_sign()
        with contextlib.suppress(OSError):
            log_folder().mkdir(parents=True, exist_ok=True)
            self._trace_file = self._trace_path.open("w", encoding="utf-8")
            faulthandler.enable(self._trace_file)
        self.project_opened(None)
        sys.excepthook = self._caught
        threading.excepthook = self._caught_in_thread

    def _read_sign(self) -> UncleanEnd | None:
        try:
            sign = json.loads(self._sign.read_bytes())
            trace = self._trace_path.read_text(encoding="utf-8", errors="replace")
            unclean = UncleanEnd(sign.get("project"), int(sign.get("times", 0)) + 1, trace)
        except (OSError, ValueError, AttributeError, TypeError):
            return None
        return None if _alive(sign.get("pid")) else unclean

    def project_opened(self, path: Path | None) -> None:
        """Remember which project is open, for the case that this start ends badly."""
        name = str(path) if path else None
        same = self.before is not None and self.before.project == name
        times = self.before.times if same and self.before is not None else 0
        with contextlib.suppress(UserError, OSError):
            write_json(self._sign, {"pid": os.getpid(), "project": name, "times": times})

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
        if self._trace_file is not None:
            faulthandler.disable()
            self._trace_file.close()
        with contextlib.suppress(OSError):
            self._sign.unlink(missing_ok=True)


def report_of(error: BaseException) -> str:
    """A text a person can send us: versions, the traceback, the newest lines of the log."""
    trace = "".join(traceback.format_exception(error))
    versions = (
        f"GAN Studio {__version__}, Python {platform.python_version()}, {platform.platform()}"
    )
    return "\n".join([versions, "", trace, "Newest lines of the log:", *newest_lines(60)])


def _alive(pid: object) -> bool:
    """Whether another process of ours still runs: then nothing ended badly."""
    if not isinstance(pid, int) or pid == os.getpid():
        return False
    if os.name == "nt":
        return False
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    return True
