"""Where pictures come from: folders, single files and ZIPs, all read in place.

Originals are only ever opened for reading. The name of a ZIP's member is a label and a key, never
a path. Not responsible for what is inside a file (`formats`, `decode`), nor for finding out what
somebody dropped (`places`).
"""

from __future__ import annotations

import json
import os
import stat
import threading
import zipfile
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO

from ganstudio.pictures.formats import (
    HEAD_BYTES,
    MAX_BYTES,
    Unusable,
    check_kind,
    counts_without_suffix,
    promises_picture,
    unusable_after,
)
from ganstudio.pictures.names import can_be_written_down, is_hidden, printable
from ganstudio.project.errors import UserError

__all__ = [
    "FolderSource",
    "PictureRef",
    "Scan",
    "Source",
    "SourceAwayError",
    "ZipSource",
    "is_project",
]

_ENCRYPTED = 0x1


@dataclass(frozen=True, slots=True)
class PictureRef:
    """A file or ZIP member that may be a picture.

    Attributes:
        name: Its path below the source with "/" between the parts, or its name inside the ZIP.
        bytes: Size of the file.
        mtime_ns: When it (or the whole ZIP) was last changed; with `bytes` the sign that it is
            as it was.
    """

    name: str
    bytes: int
    mtime_ns: int


@dataclass(slots=True)
class Scan:
    """What a look through a source found.

    Attributes:
        refs: What shall be read, in an order that depends on the names alone.
        passed_over: How many files are no pictures and do not claim to be.
        refused: Names that could not even be looked at, each with the code of its reason.
    """

    refs: list[PictureRef] = field(default_factory=list)
    passed_over: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)


class SourceAwayError(Exception):
    """A source cannot be reached now: a removed disk, a renamed folder."""


class Source(ABC):
    """Something pictures can be read from; safe to read from several threads."""

    @abstractmethod
    def scan(self, check: Callable[[], None]) -> Scan:
        """Find everything that may be a picture.

        Args:
            check: Called now and then; it raises when the person wants no more.
        """

    @abstractmethod
    def find(self, name: str) -> PictureRef | None:
        """The file of this name as it is now; None if it is away."""

    @abstractmethod
    def read(self, name: str) -> bytes:
        """All bytes of one file.

        Raises:
            Unusable: If it is away, no picture, encrypted, damaged or too large.
        """

    def close(self) -> None:  # noqa: B027 - a folder holds nothing open
        """Give back what is held open."""

    def __enter__(self) -> Source:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class FolderSource(Source):
    """A folder with everything below it, or only the named files in it.

    Args:
        root: The folder.
        names: Paths below it of the files that count; None for all.

    Raises:
        SourceAwayError: If there is no such folder.
    """

    def __init__(self, root: Path, names: Sequence[str] | None = None) -> None:
        if not root.is_dir():
            raise SourceAwayError(str(root))
        self._root = root
        self._names = names

    def scan(self, check: Callable[[], None]) -> Scan:
        """Find pictures, without hidden files, project folders and endless links."""
        scan = Scan()
        if self._names is not None:
            refs = (self.find(name) for name in sorted(set(self._names)))
            scan.refs.extend(ref for ref in refs if ref is not None)
            return scan
        for number, (name, path) in enumerate(_walk(self._root, scan)):
            if number % 256 == 0:
                check()
            self._consider(name, path, scan)
        scan.refs.sort(key=lambda ref: ref.name)
        return scan

    def _consider(self, name: str, path: Path, scan: Scan) -> None:
        promised = promises_picture(name)
        try:
            status = path.stat()
            if not stat.S_ISREG(status.st_mode):  # a pipe or a device would never end
                scan.passed_over += 1
            elif not can_be_written_down(name):
                scan.refused.append((printable(name), "picture-name"))
            elif promised or counts_without_suffix(_head(path)):
                scan.refs.append(PictureRef(name, status.st_size, status.st_mtime_ns))
            else:
                scan.passed_over += 1
        except OSError:
            if promised:
                scan.refused.append((printable(name), "picture-forbidden"))
            else:
                scan.passed_over += 1

    def find(self, name: str) -> PictureRef | None:
        """The file of this name as it is now; None if it is away."""
        try:
            status = self._path(name).stat()
        except (OSError, ValueError, Unusable):
            return None
        return PictureRef(name, status.st_size, status.st_mtime_ns)

    def read(self, name: str) -> bytes:
        """All bytes of one file."""
        try:
            path = self._path(name)
            status = path.stat()
            if not stat.S_ISREG(status.st_mode):
                raise Unusable("picture-not-a-picture")
            with path.open("rb") as file:
                return _read_bounded(file, name, status.st_size)
        except FileNotFoundError as error:
            raise Unusable("picture-away") from error
        except PermissionError as error:
            raise Unusable("picture-forbidden") from error
        except (OSError, ValueError) as error:
            raise Unusable("picture-unreadable") from error

    def _path(self, name: str) -> Path:
        parts = PurePosixPath(name).parts
        # The list of a project that somebody sent must not lead out of its sources.
        if not parts or name.startswith("/") or ".." in parts or Path(name).is_absolute():
            raise Unusable("picture-away")
        return self._root.joinpath(*parts)


class ZipSource(Source):
    """A ZIP, read in place.

    Args:
        path: The ZIP.
        dated: Whether the ZIP's own time tells that its members changed (not for bundled sets:
            theirs is the time of installation).

    Raises:
        SourceAwayError: If there is no such file.
        UserError: "zip-unreadable".
    """

    def __init__(self, path: Path, dated: bool = True) -> None:
        if not path.is_file():
            raise SourceAwayError(str(path))
        self._lock = threading.Lock()
        try:
            self._mtime_ns = path.stat().st_mtime_ns if dated else 0
            self._archive = zipfile.ZipFile(path, "r")
        except Exception as error:  # a directory of hostile bytes may raise anything
            raise UserError("zip-unreadable", path=path) from error
        self._members = _labelled(self._archive.infolist())

    def scan(self, check: Callable[[], None]) -> Scan:
        """Find pictures; ZIPs inside the ZIP are passed over."""
        scan = Scan()
        for number, name in enumerate(sorted(self._members)):
            if number % 256 == 0:
                check()
            member = self._members[name]
            if promises_picture(name) or self._is_picture_beyond_doubt(member):
                scan.refs.append(PictureRef(name, member.file_size, self._mtime_ns))
            else:
                scan.passed_over += 1
        return scan

    def find(self, name: str) -> PictureRef | None:
        """The member of this name; None if there is none."""
        member = self._members.get(name)
        return PictureRef(name, member.file_size, self._mtime_ns) if member else None

    def read(self, name: str) -> bytes:
        """All bytes of one member; its size is looked at before anything is unpacked."""
        member = self._members.get(name)
        if member is None:
            raise Unusable("picture-away")
        if member.flag_bits & _ENCRYPTED:
            raise Unusable("picture-encrypted")
        try:
            with self._lock, self._archive.open(member) as file:
                return _read_bounded(file, name, member.file_size)
        except Exception as error:  # a member of hostile bytes may raise anything
            raise unusable_after(error) from error

    def close(self) -> None:
        """Close the ZIP."""
        with self._lock:
            self._archive.close()

    def _is_picture_beyond_doubt(self, member: zipfile.ZipInfo) -> bool:
        if member.flag_bits & _ENCRYPTED:
            return False
        try:
            with self._lock, self._archive.open(member) as file:
                return counts_without_suffix(file.read(HEAD_BYTES))
        except Exception:  # noqa: BLE001 - it claims nothing, so its damage is nobody's loss
            return False


def is_project(folder: Path) -> bool:
    """Whether a folder is one of our projects, whose snapshots are nobody's originals."""
    try:
        value = json.loads((folder / "project.json").read_bytes())
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(value, dict) and value.get("format") == "ganstudio"


def _walk(root: Path, scan: Scan) -> Iterator[tuple[str, Path]]:
    """All files below a folder with their names; every real folder is entered once."""
    entered: set[tuple[int, int]] = set()
    waiting = [("", root)]
    while waiting:
        prefix, folder = waiting.pop()
        try:
            status = folder.stat()
            identity = (status.st_dev, status.st_ino)
            if identity in entered or is_project(folder):
                continue
            entered.add(identity)
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError:
            scan.refused.append((printable(prefix) or str(root), "folder-forbidden"))
            continue
        below = []
        for entry in entries:
            if is_hidden(entry.name):
                continue
            if entry.is_dir():
                below.append((f"{prefix}{entry.name}/", Path(entry.path)))
            else:
                yield prefix + entry.name, Path(entry.path)
        waiting.extend(reversed(below))


def _labelled(members: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    """Members that are files, each under a name that can be shown and is there only once."""
    labelled: dict[str, zipfile.ZipInfo] = {}
    for member in members:
        name = printable(member.filename.replace("\\", "/"))
        if member.is_dir() or any(is_hidden(part) for part in name.split("/")):
            continue
        label, number = name, 1
        while label in labelled:
            number += 1
            label = f"{name} ({number})"
        labelled[label] = member
    return labelled


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(HEAD_BYTES)


def _read_bounded(file: IO[bytes], name: str, size: int) -> bytes:
    """Everything of a file that begins like a picture and is not too large to hold."""
    head = file.read(HEAD_BYTES)
    check_kind(name, head)
    rest = file.read(MAX_BYTES - len(head) + 1) if size <= MAX_BYTES else None
    if rest is None or len(head) + len(rest) > MAX_BYTES:
        raise Unusable("picture-file-too-large", limit_mb=MAX_BYTES // 1_000_000)
    return head + rest
