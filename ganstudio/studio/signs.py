"""A sign that lies in the log folder while a window is open: the next start knows of a bad end.

Every window has a sign of its own, and holds the lock beside it: several may be open, and one that
ends badly is known though others go on.

Not responsible for what the window says then, nor for exceptions (`crash`).
"""

from __future__ import annotations

import contextlib
import faulthandler
import json
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from ganstudio.project.atomic import write_json
from ganstudio.project.errors import UserError
from ganstudio.project.locks import FileLock
from ganstudio.project.paths import log_folder

__all__ = ["Sign", "UncleanEnd"]

#: After so many starts that ended badly on the same project, it is not opened by itself any more.
_TOO_MANY = 2
_SIGN, _LOCK, _TRACE = "running-{}.json", "running-{}.lock", "fault-{}.txt"


@dataclass(frozen=True, slots=True)
class UncleanEnd:
    """What is known of a start before that did not end well.

    Attributes:
        project: The project that was open, if any.
        times: How many starts in a row ended badly with it.
        trace: What the fault handler wrote, if the process died in native code.
    """

    project: str | None
    times: int
    trace: str

    @property
    def too_often(self) -> bool:
        """Whether opening the same project should be left to the person."""
        return self.times >= _TOO_MANY


class Sign:
    """The sign of this process. It costs nothing but the knowledge where it cannot be written.

    Attributes:
        before: The newest bad end that nobody knew of yet, None if there was none.
    """

    def __init__(self) -> None:
        self._folder = log_folder()
        self.before = self._take_signs()
        name = uuid.uuid4().hex[:12]
        self._path = self._folder / _SIGN.format(name)
        self._lock = FileLock(self._folder / _LOCK.format(name))
        self._trace_path = self._folder / _TRACE.format(name)
        self._trace: TextIO | None = None
        with contextlib.suppress(OSError, UserError):
            self._folder.mkdir(parents=True, exist_ok=True)
            self._lock.acquire()
            self._trace = self._trace_path.open("w", encoding="utf-8")
            faulthandler.enable(self._trace)
        self.project_opened(None)

    def project_opened(self, path: Path | None) -> None:
        """Remember which project is open, for the case that this start ends badly."""
        name = str(path) if path else None
        same = self.before is not None and self.before.project == name
        times = self.before.times if same and self.before is not None else 0
        with contextlib.suppress(UserError, OSError):
            write_json(self._path, {"project": name, "times": times})

    def take_away(self) -> None:
        """It ends well."""
        if self._trace is not None:
            faulthandler.disable()
            self._trace.close()
        self._lock.release()
        _remove(self._path, self._lock.path, self._trace_path)

    def _take_signs(self) -> UncleanEnd | None:
        """Take away what processes left that are gone; the newest of them tells."""
        found = None
        for path in sorted(self._folder.glob(_SIGN.format("*")), key=_written):
            name = path.stem.rpartition("-")[2]
            lock = FileLock(self._folder / _LOCK.format(name))
            if lock.holder() is None:
                trace = self._folder / _TRACE.format(name)
                found = _read(path, trace) or found
                _remove(path, lock.path, trace)
        return found


def _written(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def _read(path: Path, trace: Path) -> UncleanEnd | None:
    try:
        sign = json.loads(path.read_bytes())
        project, times = sign.get("project"), int(sign.get("times", 0)) + 1
    except (OSError, ValueError, AttributeError, TypeError):
        return None
    text = ""
    with contextlib.suppress(OSError):
        text = trace.read_text(encoding="utf-8", errors="replace")
    return UncleanEnd(project, times, text)


def _remove(*paths: Path) -> None:
    for path in paths:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
