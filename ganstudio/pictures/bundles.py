"""The bundled sets, as data: what the first-run page and `ganstudio demo` can start with.

Not responsible for reading them: they are ZIPs like any other (`sources`).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ganstudio.project.errors import UserError
from ganstudio.project.paths import resources

__all__ = ["BUNDLES", "PREFIX", "Bundle", "bundle_named"]

#: How a source names a bundled set: `bundle:pixel-avatars`.
PREFIX = "bundle:"


@dataclass(frozen=True, slots=True)
class Bundle:
    """One bundled set of pictures.

    Attributes:
        name: Its folder under `resources/pictures`.
        title: What a person calls it.
        count: How many pictures it holds.
        size: Edge of its pictures, in pixels; they are square.
        description: What they are, in a word or two.
        subject: What the first shapes of a training will be called ("First faces in ...").
        licence: The licence of the pictures, in short.
        credit: Who made them.
        pixel_art: Whether they want to be shown with hard edges.
    """

    name: str
    title: str
    count: int
    size: int
    description: str
    subject: str
    licence: str
    credit: str
    pixel_art: bool = False

    @property
    def source(self) -> str:
        """How a project names this set as a source."""
        return PREFIX + self.name

    @property
    def path(self) -> Path:
        """The ZIP with its pictures."""
        return self.folder / "pictures.zip"

    @property
    def model(self) -> Path:
        """A generator that learned from it, its inspector beside it."""
        return resources() / "models" / self.name / "generator.safetensors"

    @property
    def folder(self) -> Path:
        """The folder with the ZIP, its licence and where it came from."""
        return resources() / "pictures" / self.name


BUNDLES: dict[str, Bundle] = {
    bundle.name: bundle
    for bundle in (
        Bundle(
            name="open-peeps",
            title="Open Peeps",
            count=1_500,
            size=64,
            description="drawn heads",
            subject="faces",
            licence="CC0",
            credit="Pablo Stanley",
        ),
        Bundle(
            name="pixel-avatars",
            title="Pixel avatars",
            count=4_000,
            size=32,
            description="pixel art",
            subject="faces",
            licence="CC0",
            credit="DiceBear",
            pixel_art=True,
        ),
        Bundle(
            name="horse-sketches",
            title="Horse sketches",
            count=1_281,
            size=64,
            description="pencil",
            subject="horses",
            licence="MIT",
            credit="SinaSR-6",
        ),
    )
}


def bundle_named(name: str) -> Bundle:
    """The bundled set of this name, with or without the prefix `bundle:`.

    Raises:
        UserError: If there is none (code "no-such-bundle").
    """
    bundle = BUNDLES.get(name.removeprefix(PREFIX))
    if bundle is None:
        raise UserError("no-such-bundle", name=name, available=", ".join(BUNDLES))
    return bundle
