"""How a film shall be: its length, shape, size and kind of file.

Not responsible for its pictures (`latent`), nor for writing it (`export`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from ganstudio.project.errors import UserError

__all__ = ["ENDINGS", "SHAPES", "Filling", "FilmSettings", "Kind", "Shape"]

Shape = Literal["1:1", "4:5", "9:16", "16:9"]
Kind = Literal["mp4", "gif", "png"]
#: "fit" shows all of a picture, before a soft and larger one of itself; "fill" cuts what is over.
Filling = Literal["fit", "fill"]

#: Width to height.
SHAPES: Mapping[Shape, tuple[int, int]] = MappingProxyType(
    {"1:1": (1, 1), "4:5": (4, 5), "9:16": (9, 16), "16:9": (16, 9)}
)
#: What a file of each kind is called; a sequence is a folder.
ENDINGS: Mapping[Kind, str] = MappingProxyType({"mp4": ".mp4", "gif": ".gif", "png": ""})

_LEAST_SIDE, _MOST_SIDE = 64, 4_320
_LEAST_SECONDS, _MOST_SECONDS = 1.0, 600.0
#: A GIF knows hundredths of a second alone: 20 frames a second are five of them each.
_RATES: Mapping[Kind, int] = MappingProxyType({"mp4": 30, "gif": 20, "png": 30})


@dataclass(frozen=True, slots=True)
class FilmSettings:
    """A film.

    Attributes:
        seconds: 1 to 600.
        shape: Width to height.
        side: Pixels of the shorter side, 64 to 4,320.
        kind: Of file.
        filling: What becomes of pictures of another shape.
        sharp: Whether pixels stay hard squares when they are enlarged.

    Raises:
        UserError: "bad-film" if a number is out of its range.
    """

    seconds: float = 20.0
    shape: Shape = "1:1"
    side: int = 1_080
    kind: Kind = "mp4"
    filling: Filling = "fit"
    sharp: bool = False

    def __post_init__(self) -> None:
        if not _LEAST_SECONDS <= self.seconds <= _MOST_SECONDS:
            raise UserError("bad-film", what=f"{self.seconds:g} seconds", use="1 to 600 seconds")
        if not _LEAST_SIDE <= self.side <= _MOST_SIDE:
            raise UserError("bad-film", what=f"{self.side} pixels", use="64 to 4320 pixels")

    @property
    def rate(self) -> int:
        """Frames a second."""
        return _RATES[self.kind]

    @property
    def frames(self) -> int:
        """How many in all."""
        return max(2, round(self.seconds * self.rate))

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels, both even, as video wants them."""
        across, down = SHAPES[self.shape]
        short = min(across, down)
        return _even(self.side * across / short), _even(self.side * down / short)


def _even(pixels: float) -> int:
    return 2 * round(pixels / 2)
