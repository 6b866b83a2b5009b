"""What can be seen inside a generator: its stages, and what the channels of one of them do.

Plain values. Not responsible for finding them (`latent.inside`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ganstudio.project.messages import Pictures
from ganstudio.project.point import LatentPoint

__all__ = ["ChannelOrder", "Inside", "InsideWanted", "StageShape"]

#: The most active first, or as they are numbered.
ChannelOrder = Literal["active", "number"]


@dataclass(frozen=True, slots=True)
class StageShape:
    """What comes out of one stage: `height` and `width` are 0 where a network has no places."""

    channels: int
    height: int
    width: int

    @property
    def has_places(self) -> bool:
        """Whether something lies beside something else."""
        return self.height > 0


@dataclass(frozen=True, slots=True)
class InsideWanted:
    """A question: what do these channels do at this place?

    Attributes:
        point: The place.
        stage: Which stage; the first is 0.
        channels: These, in this order; empty: as many as `count`, from `first` on, in `order`.
        order: See `ChannelOrder`.
        first: How many of them are passed over.
        count: How many are seen at once.
        similar_to: Whose like are wanted too; empty: nobody's.
    """

    point: LatentPoint
    stage: int
    channels: tuple[int, ...] = ()
    order: ChannelOrder = "active"
    first: int = 0
    count: int = 48
    similar_to: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Inside:
    """An answer.

    Attributes:
        wanted: The question.
        channels: Which channels are shown.
        activity: How active each of them is, 0 to 1 of the most active one of its stage.
        pictures: (N, H, W) uint8, read-only: where each of them is active. 1 x 1 without places.
        similar: All channels that do alike as those asked for, those among them.
    """

    wanted: InsideWanted
    channels: tuple[int, ...]
    activity: tuple[float, ...]
    pictures: Pictures
    similar: tuple[int, ...] = ()
