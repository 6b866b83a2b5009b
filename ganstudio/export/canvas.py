"""A small drawing surface: lines drawn large and reduced, so that they are smooth; type on top.

Not responsible for what is drawn. Coordinates are pixels of the finished picture, as floats.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator, Sequence

from PIL import Image, ImageDraw

from ganstudio.export.look import Colour, Weight, font

__all__ = ["Canvas", "Point"]

Point = tuple[float, float]

#: Lines are drawn this many times larger.
_LARGER = 3


class Canvas:
    """A picture in the making.

    Args:
        width: Pixels across.
        height: Pixels down.
        ground: Its colour before anything is drawn.
    """

    def __init__(self, width: int, height: int, ground: Colour) -> None:
        self._size = (width, height)
        self._large = Image.new("RGB", (width * _LARGER, height * _LARGER), ground)
        self._lines = ImageDraw.Draw(self._large)
        self._later: list[Callable[[ImageDraw.ImageDraw], None]] = []

    def line(
        self,
        points: Sequence[Point],
        colour: Colour,
        width: float,
        dash: tuple[float, float] | None = None,
    ) -> None:
        """Draw a line through points.

        Args:
            points: At least two.
            colour: RGB.
            width: Its thickness in pixels.
            dash: Lengths of dash and gap in pixels; None draws it through.
        """
        thick = max(1, round(width * _LARGER))
        for piece in [points] if dash is None else _dashes(points, *dash):
            large = [(x * _LARGER, y * _LARGER) for x, y in piece]
            self._lines.line(large, fill=colour, width=thick, joint="curve")

    def disc(self, centre: Point, radius: float, colour: Colour) -> None:
        """Draw a filled disc."""
        x, y, r = (value * _LARGER for value in (*centre, radius))
        self._lines.ellipse((x - r, y - r, x + r, y + r), fill=colour)

    def text(
        self,
        place: Point,
        words: str,
        size: int,
        colour: Colour,
        *,
        weight: Weight = "Regular",
        anchor: str = "ls",
    ) -> None:
        """Write words, above all lines.

        Args:
            place: Where the anchor stands.
            words: One line.
            size: Height of the type in pixels.
            colour: RGB.
            weight: Which of Inter's weights.
            anchor: Pillow's two letters: l, m or r for across, s (base line) or m for down.
        """

        def write(draw: ImageDraw.ImageDraw) -> None:
            draw.text(place, words, font=font(size, weight), fill=colour, anchor=anchor)

        self._later.append(write)

    def finished(self) -> Image.Image:
        """The picture, lines reduced and type on top."""
        image = self._large.resize(self._size, Image.Resampling.BOX)
        draw = ImageDraw.Draw(image)
        for write in self._later:
            write(draw)
        return image


def _dashes(points: Sequence[Point], on: float, off: float) -> Iterator[list[Point]]:
    """Cut a line into dashes, measured along it, so that steep parts look like flat ones."""
    piece, drawing, left = [points[0]], True, on
    for start, end in itertools.pairwise(points):
        length = math.dist(start, end)
        done = 0.0
        while length - done > left:
            done += left
            share = done / length
            corner = (
                start[0] + (end[0] - start[0]) * share,
                start[1] + (end[1] - start[1]) * share,
            )
            if drawing:
                yield [*piece, corner]
            piece, drawing = [corner], not drawing
            left = on if drawing else off
        left -= length - done
        piece.append(end)
    if drawing and len(piece) > 1:
        yield piece
