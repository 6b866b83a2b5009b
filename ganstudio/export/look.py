"""Colours and type of everything that is saved as a picture: those of the dark palette.

Not responsible for the window: `desktop` has its own table, and a test keeps the two alike.
"""

from __future__ import annotations

from functools import cache
from typing import Literal

from PIL import ImageFont

from ganstudio.project.paths import resources

__all__ = [
    "ACCENT",
    "EDGE",
    "GENERATOR",
    "INSPECTOR",
    "LINE",
    "REAL",
    "STAGE",
    "TEXT",
    "TEXT_QUIET",
    "Colour",
    "Weight",
    "font",
    "mixed",
]

Colour = tuple[int, int, int]
Weight = Literal["Regular", "Medium", "SemiBold"]

STAGE: Colour = (0x17, 0x17, 0x17)
LINE: Colour = (0x36, 0x36, 0x36)
EDGE: Colour = (0x7C, 0x7C, 0x7C)
TEXT: Colour = (0xED, 0xED, 0xED)
TEXT_QUIET: Colour = (0xB4, 0xB4, 0xB4)
ACCENT: Colour = (0xF5, 0xB0, 0x41)
GENERATOR: Colour = (0xEE, 0x5F, 0xA7)
INSPECTOR: Colour = (0x6C, 0xC6, 0xFF)
REAL: Colour = (0x2F, 0xB5, 0x73)


def mixed(colour: Colour, share: float, ground: Colour = STAGE) -> Colour:
    """A colour laid on a ground: a share of 1 is the colour itself, 0 the ground."""
    red, green, blue = (
        round(over * share + under * (1 - share))
        for over, under in zip(colour, ground, strict=True)
    )
    return red, green, blue


@cache
def font(size: int, weight: Weight = "Regular") -> ImageFont.FreeTypeFont:
    """Inter, from our own resources: saved pictures look the same on every computer.

    Args:
        size: Height of the type in pixels.
        weight: One of the three weights that come with the program.
    """
    path = resources() / "fonts" / "inter" / f"Inter-{weight}.otf"
    return ImageFont.truetype(path, size)
