"""From what somebody dropped or typed to sources, and from a project's list back to them.

Not responsible for reading a source: `sources`.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ganstudio.pictures.bundles import BUNDLES, PREFIX, bundle_named
from ganstudio.pictures.names import can_be_written_down, printable
from ganstudio.pictures.sources import FolderSource, Source, ZipSource, is_project
from ganstudio.project.errors import UserError
from ganstudio.project.picture_list import SourceEntry

__all__ = ["Place", "location_of", "open_source", "places_of", "source_title"]

_ZIP_BEGINNINGS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")


@dataclass(frozen=True, slots=True)
class Place:
    """A source as a project writes it down.

    Attributes:
        entry: Its kind and location.
        names: For single files: which of the folder's files are meant.
    """

    entry: SourceEntry
    names: tuple[str, ...] = ()


def places_of(what: Iterable[str | Path], project: Path) -> list[Place]:
    """What was dropped, as sources of a project; single files of one folder become one source.

    Args:
        what: Folders, ZIPs and picture files; names of bundled sets, with or without `bundle:`.
        project: Folder of the project: what lies inside is written down relative to it.

    Raises:
        UserError: "no-such-source", "no-such-bundle", "source-is-project" or "picture-name".
    """
    places: list[Place] = []
    single: dict[Path, list[str]] = defaultdict(list)
    for item in what:
        path = Path(item)
        if str(item).startswith(PREFIX) or (str(item) in BUNDLES and not path.exists()):
            bundle = bundle_named(str(item))
            places.append(Place(SourceEntry(kind="bundle", location=bundle.name)))
            continue
        path = Path(os.path.abspath(path))  # noqa: PTH100 - resolve() would follow links
        if not can_be_written_down(str(path)):
            raise UserError("picture-name", name=printable(str(path)))
        if path.is_dir():
            if is_project(path):
                raise UserError("source-is-project", path=path)
            places.append(Place(SourceEntry(kind="folder", location=_written(path, project))))
        elif not path.exists():
            raise UserError("no-such-source", path=item)
        elif _is_zip(path):
            places.append(Place(SourceEntry(kind="zip", location=_written(path, project))))
        else:
            single[path.parent].append(path.name)
    for folder, names in single.items():
        entry = SourceEntry(kind="files", location=_written(folder, project))
        places.append(Place(entry, tuple(sorted(set(names)))))
    return places


def location_of(entry: SourceEntry, project: Path) -> Path:
    """Where a source lies on this computer now."""
    if entry.kind == "bundle":
        return bundle_named(entry.location).path
    return project / entry.location  # an absolute location replaces the project's folder


def open_source(entry: SourceEntry, project: Path, names: Sequence[str] = ()) -> Source:
    """Open a source of a project.

    Args:
        entry: As the project has written it down.
        project: The project's folder.
        names: For single files: which they are.

    Raises:
        SourceAwayError: If it cannot be reached.
        UserError: "zip-unreadable" or "no-such-bundle".
    """
    path = location_of(entry, project)
    if entry.kind in {"zip", "bundle"}:
        return ZipSource(path, dated=entry.kind == "zip")
    return FolderSource(path, names if entry.kind == "files" else None)


def source_title(entry: SourceEntry) -> str:
    """What a person calls a source: "Open Peeps", "scans-march.zip", the name of a folder."""
    if entry.kind == "bundle":
        bundle = BUNDLES.get(entry.location)
        return bundle.title if bundle else entry.location
    path = Path(entry.location)
    return path.name or str(path)


def _written(path: Path, project: Path) -> str:
    try:
        return path.relative_to(project.absolute()).as_posix()
    except ValueError:
        return str(path)


def _is_zip(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(4) in _ZIP_BEGINNINGS
    except OSError as error:
        reason = error.strerror or "unknown"
        raise UserError("unreadable-file", path=path, reason=reason) from error
