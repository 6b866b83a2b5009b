"""Favourites: places that a person kept, with a name, tags and a small picture, in the project.

Not responsible for drawing them, nor for which project is open (`studio.favourites`).
"""

from __future__ import annotations

import datetime
import uuid
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, field_validator

from ganstudio.project.atomic import write_bytes
from ganstudio.project.errors import UserError
from ganstudio.project.kept import KeptPoint
from ganstudio.project.schema import read_model, stamped

__all__ = [
    "FAVOURITES",
    "LONGEST_NAME",
    "Favourite",
    "favourites_named",
    "new_favourite",
    "parse_tags",
    "read_favourites",
    "write_favourites",
]

#: In the project's folder.
FAVOURITES = "favourites.json"

LONGEST_NAME = 80
_LONGEST_TAG, _MOST_TAGS, _MOST = 40, 20, 10_000

Tag = Annotated[str, Field(min_length=1, max_length=_LONGEST_TAG)]


class Favourite(BaseModel):
    """A kept place with what a person calls it.

    Attributes:
        id: Stays the same whatever else changes.
        name: A person's; empty until there is one.
        tags: In the order they were given.
        kept: The place itself.
        source: Which model drew it: the id of a run of this project, `bundle:NAME`, or the title of
            a file.
        when: ISO 8601, with the offset.
        picture: What it looked like: a small PNG in base 64, so that it shows without its model.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    id: str = Field(pattern=r"^[0-9a-f]{32}$")
    name: str = Field(default="", max_length=LONGEST_NAME)
    tags: tuple[Tag, ...] = Field(default=(), max_length=_MOST_TAGS)
    kept: KeptPoint
    source: str = Field(default="", max_length=300)
    when: str = Field(default="", max_length=40)
    picture: str = Field(default="", max_length=400_000)


class _File(BaseModel):
    """favourites.json."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    favourites: tuple[Favourite, ...] = Field(default=(), max_length=_MOST)

    @field_validator("favourites")
    @classmethod
    def _told_apart(cls, favourites: tuple[Favourite, ...]) -> tuple[Favourite, ...]:
        if len({one.id for one in favourites}) < len(favourites):
            raise ValueError("two favourites have the same id")
        return favourites


def new_favourite(kept: KeptPoint, source: str = "", picture: str = "") -> Favourite:
    """A favourite of this moment, without a name."""
    now = datetime.datetime.now().astimezone().isoformat(timespec="seconds")
    return Favourite(id=uuid.uuid4().hex, kept=kept, source=source, when=now, picture=picture)


def parse_tags(text: str) -> tuple[str, ...]:
    """Tags as a person writes them, with commas between; each once, the first ones if too many."""
    words = (" ".join(word.split())[:_LONGEST_TAG] for word in text.split(","))
    return tuple(dict.fromkeys(word for word in words if word))[:_MOST_TAGS]


def read_favourites(project: Path) -> tuple[Favourite, ...]:
    """All of a project, in the order they were kept; none if there is no such file yet.

    Raises:
        UserError: "unreadable-file" or "newer-project".
    """
    path = project / FAVOURITES
    return read_model(path, _File).favourites if path.is_file() else ()


def write_favourites(project: Path, favourites: tuple[Favourite, ...]) -> None:
    """Replace favourites.json.

    Raises:
        UserError: "disk-full" or "folder-not-writable".
    """
    write_bytes(project / FAVOURITES, stamped(_File(favourites=favourites)))


def favourites_named(project: Path, names: list[str]) -> list[Favourite]:
    """Those that a person names, by their names, their numbers from 1 on, or their ids.

    Raises:
        UserError: "no-such-favourite" with those there are, or as `read_favourites`.
    """
    there = read_favourites(project)
    found = {str(number): one for number, one in enumerate(there, start=1)}
    found |= {one.id: one for one in there}
    found |= {one.name: one for one in reversed(there) if one.name}
    for name in names:
        if name not in found:
            known = ", ".join(one.name or str(n) for n, one in enumerate(there, start=1)) or "none"
            raise UserError("no-such-favourite", name=name, available=known)
    return [found[name] for name in names]
