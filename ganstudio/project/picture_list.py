"""pictures.json: which pictures a project learns from, where they lie, and which were left out.

Not responsible for reading pictures: `pictures` fills and follows these values.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from ganstudio.project.recipe import Aspect, picture_shape

__all__ = ["FramingSettings", "PictureEntry", "PictureList", "SourceEntry"]

LEFT_OUT_BY_HAND = "by-hand"


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class SourceEntry(_Value):
    """Where pictures come from.

    Attributes:
        kind: A folder, a ZIP, single files, or a set that came with the program.
        location: An absolute path, one relative to the project when inside it, or a bundle's name.
            For "files" it is the folder that the names of the pictures are relative to.
    """

    kind: Literal["folder", "zip", "files", "bundle"]
    location: str


class FramingSettings(_Value):
    """What every picture is brought to.

    Attributes:
        size: Pixels of the shorter side.
        aspect: Width to height, a key of `recipe.GRIDS`.
        channels: 1 for grey, 3 for colour, 4 for colour that keeps its transparency.
        mode: Cut the middle out, or keep everything and fill the rest.
        background: RGB, each 0 to 255: what lies behind transparency and beside padded pictures;
            where transparency is kept, what it is shown on.
    """

    size: int = 64
    aspect: Aspect = "1:1"
    channels: Literal[1, 3, 4] = 3
    mode: Literal["crop", "pad"] = "crop"
    background: tuple[int, int, int] = (255, 255, 255)

    @property
    def shape(self) -> tuple[int, int, int]:
        """Of a picture: (height, width, channels)."""
        channels, height, width = picture_shape(self.size, self.aspect, self.channels)
        return height, width, channels

    @property
    def pixels(self) -> str:
        """Width and height as a person reads them: "96 × 64"."""
        height, width, _ = self.shape
        return f"{width} × {height}"

    @property
    def colours(self) -> str:
        """What is unusual about the colours, in a word; empty for plain colour."""
        return {1: "grey", 3: "", 4: "transparent"}[self.channels]


class PictureEntry(_Value):
    """One picture.

    Attributes:
        source: Index of its source.
        name: Its path below the source, or its name inside the ZIP.
        bytes: Size of the file, with `mtime_ns` the sign that it did not change.
        mtime_ns: Time of the last change, of a ZIP as a whole, in nanoseconds; 0 in a bundle.
        hash: Hash of the file's content: the picture's identity. Empty if it could not be read.
        width: Pixels across, as in the file; 0 if unknown.
        height: Pixels down.
        left_out: None, "by-hand", or the code of the reason in `errors.TEXTS`.
        values: What the reason's sentence names.
    """

    source: int
    name: str
    bytes: int = 0
    mtime_ns: int = 0
    hash: str = ""
    width: int = 0
    height: int = 0
    left_out: str | None = None
    values: dict[str, str | int | float] = Field(default_factory=dict)

    @property
    def usable(self) -> bool:
        """Whether training would see it."""
        return self.left_out is None


class PictureList(_Value):
    """The whole of pictures.json.

    Attributes:
        sources: Where the pictures come from.
        framing: What they are brought to.
        kinds: Whether folders are kinds of pictures that a new run learns to tell apart.
        pictures: All of them, in the order of sources and names.
    """

    sources: tuple[SourceEntry, ...] = ()
    framing: FramingSettings = FramingSettings()
    kinds: bool = False
    pictures: tuple[PictureEntry, ...] = ()

    @property
    def usable_count(self) -> int:
        """How many pictures training would see."""
        return sum(picture.usable for picture in self.pictures)

    @property
    def has_usable(self) -> bool:
        """Whether training would see any; stops at the first, where a count looks at all."""
        return any(picture.usable for picture in self.pictures)

    def with_left_out(self, indices: set[int], left_out: bool) -> PictureList:
        """The same list with pictures left out by hand, or such pictures brought back.

        What could not be read stays out: only a person's own decision can be taken back.
        """
        reason = LEFT_OUT_BY_HAND if left_out else None
        pictures = tuple(
            picture.model_copy(update={"left_out": reason})
            if index in indices and picture.left_out in (None, LEFT_OUT_BY_HAND)
            else picture
            for index, picture in enumerate(self.pictures)
        )
        return self.model_copy(update={"pictures": pictures})
