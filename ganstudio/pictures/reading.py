"""Reading a folder once, to look at its pictures: nothing of it becomes part of a project.

Not responsible for imports (`importer`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ganstudio.pictures.cache import Pixels
from ganstudio.pictures.decode import decode
from ganstudio.pictures.formats import Unusable
from ganstudio.pictures.names import printable
from ganstudio.pictures.sources import FolderSource, SourceAwayError
from ganstudio.project.errors import UserError, sentence_and_hint
from ganstudio.project.picture_list import FramingSettings

__all__ = ["FolderPicture", "read_folder"]


@dataclass(frozen=True, slots=True)
class FolderPicture:
    """One file of a folder.

    Attributes:
        name: Its path below the folder, fit to be shown.
        pixels: (H, W, C) uint8; None if it cannot be used.
        problem: Why not, in a sentence.
    """

    name: str
    pixels: Pixels | None
    problem: str = ""


def read_folder(folder: Path, framing: FramingSettings) -> tuple[int, Iterator[FolderPicture]]:
    """Find the pictures in a folder and below it, and decode one after the other.

    Returns:
        How many there are, and the pictures, in the order of their names.

    Raises:
        UserError: "no-such-source".
    """
    try:
        source = FolderSource(folder)
    except SourceAwayError as error:
        raise UserError("no-such-source", path=folder) from error
    found = source.scan(lambda: None)

    def pictures() -> Iterator[FolderPicture]:
        for name, code in found.refused:
            yield FolderPicture(name, None, _sentence(name, Unusable(code)))
        for ref in found.refs:
            name = printable(ref.name)
            try:
                yield FolderPicture(name, decode(source.read(ref.name), framing).pixels)
            except Unusable as problem:
                yield FolderPicture(name, None, _sentence(name, problem))

    return len(found.refused) + len(found.refs), pictures()


def _sentence(name: str, problem: Unusable) -> str:
    return sentence_and_hint(problem.code, {"name": name, **problem.values})[0]
