"""Directions on the disk: those of a project, one a file, and those a person saves elsewhere.

Not responsible for what a direction is (`direction`), nor for which of them are shown (`studio`).
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from ganstudio.project.atomic import write_bytes
from ganstudio.project.direction import Direction, direction_key
from ganstudio.project.errors import UserError
from ganstudio.project.point import Band
from ganstudio.project.schema import read_model, stamped

__all__ = ["ENDING", "FOLDER", "KeptDirection", "load_directions", "read_kept", "save_directions"]

logger = logging.getLogger(__name__)

#: Of a project.
FOLDER = "directions"
#: Of a file that was saved elsewhere.
ENDING = ".directions.json"

_MOST = 1_000


class _DirectionsFile(BaseModel):
    """What every file of directions holds."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    directions: tuple[Direction, ...] = Field(min_length=1, max_length=_MOST)


class KeptDirection(BaseModel):
    """A direction of a project, and what a person did with it.

    Attributes:
        direction: For all layers.
        number: Where it stood among those that were found: its name until it has one; 0 for one
            that was made.
        band: Which layers it is limited to; None for all.
        reach: Its slider leads so many times as far as suggested.
        locked: It stays as it is when jumping.
        deleted: It stays away, also when it is found again.
        listed: It has a row of its own. Others are only kept because a place leads along them.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    direction: Direction
    number: int = Field(default=0, ge=0)
    band: Band | None = None
    reach: float = Field(default=1.0, gt=0.0, le=4.0)
    locked: bool = False
    deleted: bool = False
    listed: bool = True

    @property
    def key(self) -> str:
        """That of the direction for all layers."""
        return self.direction.key

    def write(self, project: Path) -> None:
        """Write it into the folder of a project.

        Raises:
            UserError: "disk-full" or "folder-not-writable".
        """
        write_bytes(project / FOLDER / f"{self.key}.json", stamped(self))


def read_kept(project: Path) -> list[KeptDirection]:
    """All that can be read of a project's directions; a damaged one is left where it is."""
    kept = []
    for path in sorted((project / FOLDER).glob("*.json")):
        try:
            one = read_model(path, KeptDirection)
        except UserError as error:
            logger.warning("%s", error)
            continue
        kept.append(one)
    return kept


def save_directions(path: Path, directions: Sequence[Direction]) -> None:
    """Save directions as a file that can be taken anywhere.

    Raises:
        UserError: "disk-full" or "folder-not-writable".
    """
    write_bytes(path, stamped(_DirectionsFile(directions=tuple(directions))))


def load_directions(path: Path) -> tuple[Direction, ...]:
    """Directions of a file; their keys are made anew of their steps.

    Raises:
        UserError: "no-such-file", "unreadable-file" or "newer-project".
    """
    read = read_model(path, _DirectionsFile).directions
    return tuple(
        one.model_copy(update={"key": direction_key(one.step, one.layers)}) for one in read
    )
