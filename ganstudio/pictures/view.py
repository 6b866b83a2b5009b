"""Pictures to look at: tiles of the grid, a line about one picture, previews of bundled sets.

Not responsible for painting, nor for decoding what is not in the cache (`importer`).
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from typing import Literal

import numpy as np

from ganstudio.pictures.bundles import bundle_named
from ganstudio.pictures.cache import PictureCache, Pixels
from ganstudio.pictures.decode import decode
from ganstudio.pictures.formats import Unusable, open_picture
from ganstudio.pictures.places import open_source
from ganstudio.pictures.sources import SourceAwayError, ZipSource
from ganstudio.project.errors import UserError
from ganstudio.project.folder import Project
from ganstudio.project.picture_list import FramingSettings, PictureEntry, PictureList

__all__ = ["PictureInfo", "PictureView", "bundle_tiles"]

Colour = Literal["colour", "grey", "palette", "transparent"]

_GREY_MODES = frozenset({"1", "L", "I", "F", "I;16", "I;16L", "I;16B", "I;16N"})


@dataclass(frozen=True, slots=True)
class PictureInfo:
    """What can be said about one picture in a line.

    Attributes:
        name: Its name in the source.
        width: Pixels across, as displayed.
        height: Pixels down.
        bytes: Size of the file.
        kind: "PNG", "JPEG", "WEBP", "BMP", "TIFF" or "GIF".
        colour: Whether it has colours of its own, greys, a palette, or transparency.
    """

    name: str
    width: int
    height: int
    bytes: int
    kind: str
    colour: Colour


class PictureView:
    """Tiles and facts of a project's pictures. Make a new one after every import.

    Args:
        project: The project.
        pictures: Its list, whose indices are meant.
    """

    def __init__(self, project: Project, pictures: PictureList) -> None:
        self._project = project
        self._pictures = pictures
        self._cache = PictureCache(project.cache_path, pictures.framing)
        self._rows = self._cache.positions([entry.hash for entry in pictures.pictures])

    def tile(self, index: int) -> Pixels | None:
        """The picture as training sees it.

        Returns:
            uint8, (height, width, channels), read-only, straight from the cache; None if it is not
            there.
        """
        row = int(self._rows[index])
        if row < 0:
            return None
        # A plain array on the mapped memory: slices of numpy's own map class are far slower.
        pixels: Pixels = self._cache.rows[row].view(np.ndarray)
        return pixels

    def info(self, index: int) -> PictureInfo | None:
        """Facts about the original, from its header; None if it is away or cannot be read."""
        entry = self._pictures.pictures[index]
        try:
            data = self._read(entry)
            picture = open_picture(data)
        except (SourceAwayError, UserError, Unusable):
            return None
        return PictureInfo(
            name=entry.name,
            width=entry.width or picture.width,
            height=entry.height or picture.height,
            bytes=len(data),
            kind=picture.format or "",
            colour=_colour(picture.mode, picture.has_transparency_data),
        )

    def _read(self, entry: PictureEntry) -> bytes:
        place = self._pictures.sources[entry.source]
        with open_source(place, self._project.path, [entry.name]) as source:
            return source.read(entry.name)

    def close(self) -> None:
        """Let go of the cache. Tiles handed out before stay readable."""
        self._cache.close()

    def __enter__(self) -> PictureView:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def bundle_tiles(name: str, count: int = 12) -> Pixels:
    """The first pictures of a bundled set, straight from its ZIP.

    Returns:
        uint8, count x size x size x 3, at the set's own size.
    """
    bundle = bundle_named(name)
    framing = FramingSettings(size=bundle.size)
    with closing(ZipSource(bundle.path, dated=False)) as source:
        refs = source.scan(lambda: None).refs[:count]
        return np.stack([decode(source.read(ref.name), framing).pixels for ref in refs])


def _colour(mode: str, transparent: bool) -> Colour:
    if transparent:
        return "transparent"
    if mode == "P":
        return "palette"
    return "grey" if mode in _GREY_MODES else "colour"
