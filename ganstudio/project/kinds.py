"""Kinds of pictures that a network can be told to draw, taken from the names of folders.

Not responsible for whether a person wants them (`picture_list`), nor for telling a network.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from types import MappingProxyType

from ganstudio.project.picture_list import PictureEntry, PictureList, SourceEntry

__all__ = [
    "MOST_KINDS",
    "NO_KINDS",
    "Kinds",
    "kind_of_seed",
    "kinds_of",
    "shortened",
    "wanted_kinds",
]

#: More folders than this are not kinds: they are an order of another sort.
MOST_KINDS = 1_000


@dataclass(frozen=True, slots=True)
class Kinds:
    """Which kinds there are, and which picture is of which.

    Attributes:
        names: In alphabetical order; a kind's number is its place in here.
        of: Content hash of a picture -> number of its kind.
    """

    names: tuple[str, ...]
    of: Mapping[str, int]


NO_KINDS = Kinds((), MappingProxyType({}))

#: The list that was asked for last is asked for again and again, and may be long.
_newest: list[tuple[PictureList, Kinds]] = []


def kind_of_seed(seed: int, kinds: int) -> int:
    """The kind that a seed is drawn as where nobody says which: all of them in turn."""
    return seed % kinds if kinds else 0


def shortened(names: Sequence[str], most: int = 4) -> str:
    """Names in a line; where there are many, the first ones."""
    line = ", ".join(names[:most])
    return f"{line} and {len(names) - most} more" if len(names) > most else line


def wanted_kinds(pictures: PictureList) -> Kinds:
    """The kinds that a new run shall tell apart; none unless a person wants them."""
    return kinds_of(pictures) if pictures.kinds else NO_KINDS


def kinds_of(pictures: PictureList) -> Kinds:
    """The kinds among the pictures that can be used: their first folders that are not all the same.

    A picture outside of any folder is of the kind that its source is called. Fewer than two kinds,
    or more than `MOST_KINDS`, are none.
    """
    for known, kinds in _newest:
        if known is pictures:
            return kinds
    kinds = _found(pictures)
    _newest[:] = [(pictures, kinds)]
    return kinds


def _found(pictures: PictureList) -> Kinds:
    usable = [entry for entry in pictures.pictures if entry.usable and entry.hash]
    shared = _shared_folders(usable)
    titles = [_title(source) for source in pictures.sources]
    found: dict[str, str] = {}
    for entry in usable:
        inner = entry.name[shared[entry.source] :]
        folder, slash, _ = inner.partition("/")
        found.setdefault(entry.hash, folder if slash else titles[entry.source])
    names = tuple(sorted(set(found.values())))
    if not 2 <= len(names) <= MOST_KINDS:
        return NO_KINDS
    numbers = {name: number for number, name in enumerate(names)}
    return Kinds(names, {content: numbers[name] for content, name in found.items()})


def _shared_folders(entries: Iterable[PictureEntry]) -> dict[int, int]:
    """Length of the folders that all names of a source begin with, the last slash included.

    The first and the last name in order have in common what all have; names come in any order.
    """
    names: dict[int, list[str]] = defaultdict(list)
    for entry in entries:
        names[entry.source].append(entry.name)
    return {source: _common(min(mine), max(mine)) for source, mine in names.items()}


def _common(first: str, last: str) -> int:
    """Length of the folders that two names share; all but the innermost where they are equal."""
    shared = 0
    for one, other in zip(first.split("/")[:-1], last.split("/")[:-1], strict=False):
        if one != other:
            break
        shared += len(one) + 1
    return shared


def _title(source: SourceEntry) -> str:
    place = PurePath(source.location)
    return (place.stem if source.kind == "zip" else place.name) or source.location
