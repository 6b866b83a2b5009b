"""Versions of our files: refuse newer ones, bring older ones up to date in memory.

Not responsible for reading or writing: `folder` and `runs` call `up_to_date` on what they read.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from ganstudio import __version__
from ganstudio.project.atomic import read_json
from ganstudio.project.errors import UserError

__all__ = ["MIGRATIONS", "SCHEMA_VERSION", "read_model", "stamp", "stamped", "up_to_date"]

#: The version this program writes. To change a stored field: raise it, add a step to `MIGRATIONS`
#: that makes version n + 1 of version n, with a fixture and a test.
SCHEMA_VERSION = 1

Migration = Callable[[dict[str, Any]], dict[str, Any]]
MIGRATIONS: Mapping[int, Migration] = MappingProxyType({})

ModelT = TypeVar("ModelT", bound=BaseModel)


def stamp() -> dict[str, Any]:
    """What every JSON file of ours begins with."""
    return {"format": "ganstudio", "schema_version": SCHEMA_VERSION, "app_version": __version__}


def stamped(model: BaseModel) -> bytes:
    """A model as compact JSON with the stamp in front; quick also for a long list of pictures."""
    head, body = json.dumps(stamp()), model.model_dump_json()
    return f"{head[:-1]},{body[1:]}\n".encode()


def up_to_date(path: Path, value: Any) -> dict[str, Any]:
    """Bring a value that was read from a file to the present version; the file is not touched.

    Raises:
        UserError: "newer-project" for a newer file, "unreadable-file" for a strange one.
    """
    if not isinstance(value, dict) or value.get("format") != "ganstudio":
        raise UserError("unreadable-file", path=path, reason="it was not written by GAN Studio")
    version = value.get("schema_version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise UserError("unreadable-file", path=path, reason="its version is missing")
    if version > SCHEMA_VERSION:
        raise UserError("newer-project", path=path, app_version=value.get("app_version", "?"))
    for step in range(version, SCHEMA_VERSION):
        value = MIGRATIONS[step](value)
    return {key: item for key, item in value.items() if key not in stamp()}


def read_model(path: Path, model: type[ModelT]) -> ModelT:
    """Read one of our JSON files into its model.

    Raises:
        UserError: "no-such-file", "unreadable-file" or "newer-project".
    """
    value = up_to_date(path, read_json(path))
    try:
        return model.model_validate(value)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        reason = f"{field}: {first['msg'].lower()}"
        raise UserError("unreadable-file", path=path, reason=reason) from error
