"""The entries of a project's list: what an import writes into them, and what they say to a person.

Not responsible for finding or decoding anything: `importer`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ganstudio.pictures.names import printable
from ganstudio.pictures.sources import PictureRef
from ganstudio.pictures.work import Result
from ganstudio.project.errors import sentence_and_hint
from ganstudio.project.picture_list import (
    LEFT_OUT_BY_HAND,
    PictureEntry,
    PictureList,
)

__all__ = [
    "AWAY",
    "DUPLICATE",
    "TOO_SMALL",
    "Problem",
    "entry_after",
    "problems_of",
    "remove_source",
    "with_duplicates_marked",
]

AWAY = "picture-away"
DUPLICATE = "picture-duplicate"
TOO_SMALL = "picture-too-small"


@dataclass(frozen=True, slots=True)
class Problem:
    """One picture that was left out, for the list of problems.

    Attributes:
        index: Its place in `PictureList.pictures`.
        source: Index of its source.
        name: Its name in the source, fit to be shown.
        code: Why, a key of `ganstudio.project.errors.TEXTS`.
        values: What the sentence names.
    """

    index: int
    source: int
    name: str
    code: str
    values: dict[str, object]

    @property
    def sentence(self) -> str:
        """What happened, in English."""
        return sentence_and_hint(self.code, self.values)[0]

    @property
    def hint(self) -> str:
        """What to do about it, in English; may be empty."""
        return sentence_and_hint(self.code, self.values)[1]


def entry_after(entry: PictureEntry, ref: PictureRef, result: Result) -> PictureEntry:
    """The entry of a picture after it was read (again).

    What a person left out by hand stays out as long as the file is the same.
    """
    kept_out = entry.left_out == LEFT_OUT_BY_HAND and entry.hash == result.hash
    reason = LEFT_OUT_BY_HAND if kept_out else None
    return PictureEntry(
        source=entry.source,
        name=ref.name,
        bytes=ref.bytes,
        mtime_ns=ref.mtime_ns,
        hash=result.hash,
        width=result.width,
        height=result.height,
        left_out=result.problem.code if result.problem else reason,
        values=dict(result.problem.values) if result.problem else {},
    )


def with_duplicates_marked(entries: Iterable[PictureEntry]) -> list[PictureEntry]:
    """The same entries; of pictures that are equal byte for byte only the first counts."""
    first: dict[str, PictureEntry] = {}
    marked: list[PictureEntry] = []
    for entry in entries:
        if not entry.hash or entry.left_out not in {None, LEFT_OUT_BY_HAND, DUPLICATE}:
            marked.append(entry)
            continue
        original = first.setdefault(entry.hash, entry)
        if original is not entry:
            values = {"other": original.name}
            marked.append(entry.model_copy(update={"left_out": DUPLICATE, "values": values}))
        elif entry.left_out == DUPLICATE:  # what it was a copy of is gone
            marked.append(entry.model_copy(update={"left_out": None, "values": {}}))
        else:
            marked.append(entry)
    return marked


def problems_of(pictures: PictureList) -> tuple[Problem, ...]:
    """What could not be used and why; without duplicates and what was left out by hand."""
    return tuple(
        Problem(
            index=index,
            source=entry.source,
            name=printable(entry.name),
            code=entry.left_out,
            values={"name": printable(entry.name), **entry.values},
        )
        for index, entry in enumerate(pictures.pictures)
        if entry.left_out not in {None, LEFT_OUT_BY_HAND, DUPLICATE}
    )


def remove_source(pictures: PictureList, index: int) -> PictureList:
    """The list without one source and all its pictures."""
    kept = [
        entry.model_copy(update={"source": entry.source - (entry.source > index)})
        for entry in pictures.pictures
        if entry.source != index
    ]
    sources = pictures.sources[:index] + pictures.sources[index + 1 :]
    marked = with_duplicates_marked(kept)
    return pictures.model_copy(update={"sources": sources, "pictures": tuple(marked)})
