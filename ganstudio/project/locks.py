"""Locks between processes: the operating system's own, so that a dead process holds none.

Not responsible for locks between threads.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
import sys
from io import FileIO
from pathlib import Path
from types import TracebackType

from ganstudio.project.atomic import writing
from ganstudio.project.errors import UserError

__all__ = ["FileLock"]

#: The byte that is locked on Windows lies behind the message, so that others can read the message.
_LOCKED_BYTE = 4096


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
        if not _try_lock(file):
            file.seek(0)
            owner = _owner(file.read(_LOCKED_BYTE) or b"")
            file.close()
            raise UserError("locked", path=self.path.parent, **owner)
        self._file = file
        _leave(file, json.dumps({"pid": os.getpid(), "host": socket.gethostname()}).encode())

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


def _owner(message: bytes) -> dict[str, object]:
    try:
        value = json.loads(message)
        return {"pid": int(value["pid"]), "host": str(value["host"])}
    except (ValueError, KeyError, TypeError):
        return {"pid": "unknown", "host": "this computer"}


if sys.platform == "win32":
    import msvcrt

    def _try_lock(file: FileIO) -> bool:
        file.seek(_LOCKED_BYTE)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

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

    def _unlock(file: FileIO) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)
