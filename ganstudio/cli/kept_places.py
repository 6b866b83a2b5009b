"""Places that were kept, as the command line names them: files of places, and favourites.

Not responsible for drawing them.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ganstudio.project.errors import UserError
from ganstudio.project.favourites import favourites_named
from ganstudio.project.kept import KeptPoint
from ganstudio.studio import engine
from ganstudio.studio.models import ModelRef

__all__ = ["kept_favourites", "kept_files", "of_another_model"]


def kept_files(paths: Sequence[Path]) -> list[tuple[str, KeptPoint]]:
    """Files of places and saved pictures, by the names of the files.

    Raises:
        UserError: If one holds no place.
    """
    return [(path.stem, engine.read_place(path)) for path in paths]


def kept_favourites(
    model: ModelRef, text: str, names: Sequence[str]
) -> list[tuple[str, KeptPoint]]:
    """Favourites of the model's project, by their names or numbers.

    Args:
        model: Of a project.
        text: What a person wrote for it.
        names: As a person wrote them.

    Raises:
        UserError: "favourites-need-project" or "no-such-favourite".
    """
    if not names:
        return []
    if model.run is None:
        raise UserError("favourites-need-project", model=text)
    found = favourites_named(model.run.path.parent.parent, names)
    return [(one.name or name, one.kept) for one, name in zip(found, names, strict=True)]


def of_another_model(kept: Sequence[tuple[str, KeptPoint]], fingerprint: str) -> str:
    """A sentence that names those that another model drew; empty if none was."""
    others = [name for name, place in kept if place.model not in ("", fingerprint)]
    if not others:
        return ""
    return f"Kept with another model, so they may look different: {', '.join(others)}."
