"""Writing that either happened whole or did not happen: temporary file, flush, replace.

Not responsible for what is written, nor for append-only files (`history`).
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ganstudio.project.errors import UserError

__all__ = [
    "read_json",
    "remove_folder",
    "replace_file",
    "replace_folder",
    "sweep",
    "write_bytes",
    "write_json",
    "writing",
]

_TEMPORARY = ".ganstudio-tmp-"


@contextlib.contextmanager
def writing(path: Path, needed_bytes: int = 50_000_000) -> Iterator[None]:
    """Turn the system's refusal to write into a sentence a person understands.

    Raises:
        UserError: "disk-full" or "folder-not-writable".
    """
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            needed_mb = max(1, round(needed_bytes / 1_000_000))
            raise UserError("disk-full", path=path, needed_mb=needed_mb) from error
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise UserError("folder-not-writable", path=path) from error
        raise


@contextlib.contextmanager
def replace_file(path: Path, needed_bytes: int = 50_000_000) -> Iterator[Path]:
    """Fill a temporary file, which takes the final name only when everything is on disk.

    Yields:
        The temporary file, beside the final one and with the same ending; it does not exist yet.
        On an exception it is removed.
    """
    temporary = path.with_name(f"{_TEMPORARY}{uuid.uuid4().hex}{path.suffix}")
    with writing(path, needed_bytes):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            yield temporary
            _flush_file(temporary)
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
        _flush_folder(path.parent)


def write_bytes(path: Path, data: bytes) -> None:
    """Replace a file by these bytes; a crash leaves the old file or the new one, never half."""
    with replace_file(path, len(data)) as temporary:
        temporary.write_bytes(data)


def write_json(path: Path, value: Any) -> None:
    """Replace a file by a JSON value, in UTF-8, with a line feed at its end."""
    write_bytes(path, (json.dumps(value, indent=1, ensure_ascii=False) + "\n").encode())


def read_json(path: Path) -> Any:
    """Read a JSON file of ours.

    Raises:
        UserError: "no-such-file" or "unreadable-file".
    """
    try:
        return json.loads(path.read_bytes())
    except FileNotFoundError as error:
        raise UserError("no-such-file", path=path) from error
    except OSError as error:
        raise UserError("unreadable-file", path=path, reason=error.strerror or "unknown") from error
    except (ValueError, RecursionError) as error:
        raise UserError("unreadable-file", path=path, reason="it is damaged") from error


@contextlib.contextmanager
def replace_folder(final: Path) -> Iterator[Path]:
    """Fill a temporary folder, which takes the final name only when everything is on disk.

    Yields:
        The temporary folder, beside the final one. On an exception it is removed.
    """
    temporary = final.with_name(f"{_TEMPORARY}{uuid.uuid4().hex}")
    with writing(final):
        temporary.mkdir(parents=True)
        try:
            yield temporary
            for file in temporary.iterdir():
                _flush_file(file)
            _flush_folder(temporary)
            with _set_aside(final):
                temporary.replace(final)
        except BaseException:  # Ctrl+C too leaves no litter; it goes on after that
            shutil.rmtree(temporary, ignore_errors=True)
            raise
        _flush_folder(final.parent)


def remove_folder(path: Path) -> None:
    """Remove a folder; a crash leaves it whole, or under a temporary name for `sweep`."""
    with writing(path):
        doomed = path.rename(path.with_name(f"{_TEMPORARY}{uuid.uuid4().hex}"))
        shutil.rmtree(doomed, ignore_errors=True)


@contextlib.contextmanager
def _set_aside(final: Path) -> Iterator[None]:
    """Make room for a new folder; the old one comes back if the new one does not get there."""
    if not final.exists():
        yield
        return
    old = final.rename(final.with_name(f"{_TEMPORARY}{uuid.uuid4().hex}"))
    try:
        yield
    except BaseException:  # Ctrl+C too brings the old one back; it goes on after that
        old.rename(final)
        raise
    shutil.rmtree(old, ignore_errors=True)


def sweep(folder: Path) -> int:
    """Remove what an interrupted writer left in a folder; returns how many things that were."""
    if not folder.is_dir():
        return 0
    left = list(folder.glob(f"{_TEMPORARY}*"))
    for path in left:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    return len(left)


def _flush_file(path: Path) -> None:
    # Windows flushes only what may be written to; nobody may write to a folder.
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _flush_folder(path: Path) -> None:
    """Make a rename durable. Windows cannot open folders, and does not need it."""
    if os.name != "nt":
        _flush_file(path)
