"""What the explorer hands out: drawn points, and sheets of them.

Not responsible for drawing (`explorer`).
"""

from __future__ import annotations

from dataclasses import dataclass

from ganstudio.project.messages import Pictures
from ganstudio.project.point import LatentPoint

__all__ = ["SHEETS", "Frame", "Sheet"]

#: The sheets that can be asked for, the most urgent first: what a view shows in place of the
#: picture goes before what is around it.
SHEETS = (
    *("before", "breed", "map", "mix", "marks", "strip", "kept"),
    *("nearby", "ends", "family", "path", "pad"),
)


@dataclass(frozen=True, slots=True)
class Frame:
    """A drawn point.

    Attributes:
        stamp: Of the question that it answers.
        point: Which.
        picture: (H, W, C) uint8, read-only.
        images: The model's clock.
        rough: It is about what the picture will be; that one follows, unless another is asked for.
    """

    stamp: int
    point: LatentPoint
    picture: Pictures
    images: int
    rough: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """Several drawn points: `pictures` is (N, H, W, C) uint8, read-only.

    Attributes:
        name: Of `SHEETS`.
        points: All that were asked for, or of what comes bit by bit the next few of them.
        pictures: One for each.
        images: The model's clock.
        stamp: Of the question that it answers.
    """

    name: str
    points: tuple[LatentPoint, ...]
    pictures: Pictures
    images: int
    stamp: int
