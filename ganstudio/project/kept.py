"""A place that is kept: with the directions it moves along, and which model drew it, when.

It is the same JSON in favourites, in files of a place, and inside saved pictures. What comes from a
file may come from anybody: it is measured and checked, and nothing of it is ever run.

Not responsible for lists of such places (`favourites`), nor for text inside pictures (`export`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ganstudio.project.atomic import write_bytes
from ganstudio.project.direction import Direction, direction_key
from ganstudio.project.errors import UserError
from ganstudio.project.point import LatentPoint
from ganstudio.project.schema import stamped, up_to_date

__all__ = ["KeptPoint", "keep", "kept_in", "kept_text", "read_kept", "write_kept"]

#: Of a file; a place with a thousand of the longest directions is about as large.
_MOST_BYTES = 32_000_000


class KeptPoint(BaseModel):
    """A place, and everything that is needed to find it again.

    Attributes:
        point: The place.
        directions: Those that it, or a place inside it, moves along.
        model: Fingerprint of the generator that drew it; empty for the weights of a running
            training, which lie in no file yet.
        images: That generator's clock.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    point: LatentPoint
    directions: tuple[Direction, ...] = Field(default=(), max_length=1_000)
    model: str = Field(default="", max_length=128)
    images: int = Field(default=0, ge=0, le=2**53)


def keep(
    point: LatentPoint, directions: Iterable[Direction], model: str = "", images: int = 0
) -> KeptPoint:
    """A place with those of the directions that it needs."""
    wanted = _keys(point)
    needed = {one.key: one for one in directions if one.key in wanted}
    return KeptPoint(
        point=point, directions=tuple(needed.values()), model=model, images=max(0, images)
    )


def kept_text(kept: KeptPoint) -> str:
    """The JSON of a kept place, as it stands in files and pictures."""
    return stamped(kept).decode()


def kept_in(text: str | bytes, path: Path) -> KeptPoint:
    """Read back what `kept_text` wrote.

    Args:
        text: From anywhere.
        path: Where it was found, for the sentence if it is no place.

    Raises:
        UserError: "unreadable-file" or "newer-project".
    """
    if len(text) > _MOST_BYTES:
        raise UserError("unreadable-file", path=path, reason="it is too large for a place")
    try:
        kept = KeptPoint.model_validate(up_to_date(path, json.loads(text)))
    except (ValueError, RecursionError, ValidationError) as error:
        reason = "the place in it is damaged"
        raise UserError("unreadable-file", path=path, reason=reason) from error
    if any(one.key != direction_key(one.step, one.layers) for one in kept.directions):
        reason = "a direction in it is not what it says"
        raise UserError("unreadable-file", path=path, reason=reason)
    return kept


def write_kept(path: Path, kept: KeptPoint) -> None:
    """Write a file of one place.

    Raises:
        UserError: "disk-full" or "folder-not-writable".
    """
    write_bytes(path, stamped(kept))


def read_kept(path: Path) -> KeptPoint:
    """Read a file of one place.

    Raises:
        UserError: "no-such-file", "unreadable-file" or "newer-project".
    """
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
    except FileNotFoundError as error:
        raise UserError("no-such-file", path=path) from error
    except OSError as error:
        raise UserError("unreadable-file", path=path, reason=error.strerror or "unknown") from error
    return kept_in(data, path)


def _keys(point: LatentPoint) -> set[str]:
    """The directions that a place moves along, and those of the places within."""
    own = {move.direction for move in point.moves}
    return own.union(*(_keys(other) for other in point.others))
