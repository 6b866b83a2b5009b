"""What long benchmarks found, kept as JSON, so that one that was broken off goes on where it was.

Not responsible for what is measured.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ganstudio.project.atomic import read_json, write_json

Found = dict[str, float]

#: Where the results lie that belong to the source.
FOLDER = Path(__file__).parent / "results"


class Results:
    """Entries by name, each with a digest of the settings it was measured with.

    Args:
        path: A JSON file; it need not exist.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def get(self, name: str, settings: Mapping[str, object]) -> Found | None:
        """What was found with exactly these settings, if anything was."""
        entry = self._read().get(name)
        return entry["found"] if entry and entry["settings"] == digest(settings) else None

    def keep(self, entries: Mapping[str, Found], settings: Mapping[str, object]) -> None:
        """Write entries down at once; they replace older ones of the same name."""
        new = {
            name: {"settings": digest(settings), "found": found} for name, found in entries.items()
        }
        write_json(self._path, dict(sorted((self._read() | new).items())))

    def _read(self) -> dict[str, Any]:
        entries: dict[str, Any] = read_json(self._path) if self._path.exists() else {}
        return entries


def digest(settings: Mapping[str, object]) -> str:
    """A short name for settings: another one as soon as anything that matters in them changes.

    How a run is watched does not: nothing of what it learns, and of what it takes, depends on it.
    """
    recipe = settings.get("recipe")
    if isinstance(recipe, Mapping):
        played = {name: value for name, value in recipe.items() if name != "watch"}
        settings = {**settings, "recipe": played}
    text = json.dumps(settings, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:12]
