"""Locks between processes: the operating system's own, so that a dead process holds none.

Not responsible for locks between threads.
"""

from __future__ import annotations

import contextlib
import datetime
import json
import os
import socket
import sys
import time
from dataclasses import dataclass
from io import FileIO
from pathlib import Path
from types import TracebackType

from ganstudio.project.atomic import writing
from ganstudio.project.errors import UserError

__all__ = ["FileLock", "Holder"]

#: The byte that is locked on Windows lies behind the message, so that others can read the message.
_LOCKED_BYTE = 4096
#: Who only looks (`FileLock.holder`) is through with it in far less.
_LOOK_S = 0.02


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a lock, as it said so itself.

    Attributes:
        pid: Its process, 0 if it did not say.
        host: Its computer, "" if it did not say.
        since: When it took the lock, in ISO 8601 with a time zone, "" if it did not say.
    """

    pid: int = 0
    host: str = ""
    since: str = ""

    @property
    def here(self) -> bool:
        """Whether it runs on this computer."""
        return not self.host or self.host == socket.gethostname()

    @property
    def is_me(self) -> bool:
        """Whether it is this very process."""
        return self.here and self.pid == os.getpid()


class FileLock:
    """One lock file, held by at most one process. Use it with `with`, or acquire and release."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: FileIO | None = None

    @property
    def held(self) -> bool:
        """Whether this object holds the lock."""
        return self._file is not None

    def acquire(self) -> None:
        """Take the lock.

        Raises:
            UserError: "locked", naming the process and the host that hold it.
        """
        if self._file is not None:
            return
        with writing(self.path):
            file = self.path.open("ab+", buffering=0)
        if not _try_twice(file):
            file.seek(0)
            holder = _holder(file.read(_LOCKED_BYTE) or b"")
            file.close()
            pid, host = holder.pid or "unknown", holder.host or "this computer"
            raise UserError("locked", path=self.path.parent, pid=pid, host=host)
        self._file = file
        now = datetime.datetime.now().astimezone().isoformat(timespec="seconds")
        who = {"pid": os.getpid(), "host": socket.gethostname(), "since": now}
        _leave(file, json.dumps(who).encode())

    def holder(self) -> Holder | None:
        """Who holds the lock, be it this process; None if nobody does.

        Nothing is written and nothing taken: a folder that may only be read can be asked too.
        """
        try:
            with self.path.open("rb", buffering=0) as file:
                message = file.read(_LOCKED_BYTE)
                # Who died has left its message, but no lock.
                if not message or _nobody_locks(file):
                    return None
        except OSError:
            return None
        return _holder(message)

    def release(self) -> None:
        """Give the lock back; harmless if it is not held."""
        if self._file is not None:
            _leave(self._file, b"")
            _unlock(self._file)
            self._file.close()
            self._file = None

    def __enter__(self) -> FileLock:
        self.acquire()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.release()


def _leave(file: FileIO, message: bytes) -> None:
    """Say who holds it: a courtesy to others, so on a full disk the lock does without."""
    with contextlib.suppress(OSError):
        file.truncate(0)
        file.write(message)


def _holder(message: bytes) -> Holder:
    try:
        value = json.loads(message)
        return Holder(int(value["pid"]), str(value["host"]), str(value.get("since", "")))
    except (ValueError, KeyError, TypeError, AttributeError):
        return Holder()


def _try_twice(file: FileIO) -> bool:
    """Take the lock; somebody who only looks holds it for a moment and keeps nobody out."""
    if _try_lock(file):
        return True
    time.sleep(_LOOK_S)
    return _try_lock(file)


if sys.platform == "win32":
    import msvcrt

    def _try_lock(file: FileIO) -> bool:
        file.seek(_LOCKED_BYTE)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _nobody_locks(file: FileIO) -> bool:
        free = _try_lock(file)
        if free:
            _unlock(file)
        return free

    def _unlock(file: FileIO) -> None:
        file.seek(_LOCKED_BYTE)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _try_lock(file: FileIO) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

    def _nobody_locks(file: FileIO) -> bool:
        """Asked with a shared lock, so that two who look do not take each other for a holder."""
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            return False
        _unlock(file)
        return True

    def _unlock(file: FileIO) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)
