"""A place in latent space that can be found again: one small immutable value.

How a picture comes of it, in this order: the place itself (a seed of the pad, or a vector), drawn
towards the average by its diversity; blended with other places; moved along directions; parts of it
taken from other places; and changed inside the network on its way.

Not responsible for tensors: `latent` makes a `w` of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, FiniteFloat, field_validator, model_validator

__all__ = [
    "BANDS",
    "Band",
    "Bend",
    "BendAction",
    "LatentPoint",
    "Mask",
    "Mix",
    "Move",
    "Number",
    "Share",
]

#: One of a vector or a step, small enough to be squared and summed as float32.
Number = Annotated[float, Field(ge=-1e9, le=1e9, allow_inf_nan=False)]

#: Which part of a network decides: where things are, what they are, how they are painted.
Band = Literal["coarse", "middle", "fine"]
BANDS: tuple[Band, ...] = ("coarse", "middle", "fine")

BendAction = Literal["off", "amplify", "move", "turn", "blur"]

_MOST = 64
#: Places within places within places.
_DEEPEST = 6


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Move(_Value):
    """So far along a direction.

    Attributes:
        direction: The key of a `Direction`.
        amount: In standard deviations.
    """

    direction: str = Field(max_length=64)
    amount: float = Field(ge=-20.0, le=20.0, allow_inf_nan=False)


class Share(_Value):
    """Another place, and how much of it there is in a blend.

    Attributes:
        point: Without its masks and bends.
        weight: 1 for nothing else; below 0 the blend lies beyond the others.
    """

    point: LatentPoint
    weight: float = Field(ge=-2.0, le=2.0, allow_inf_nan=False)


class Mix(_Value):
    """A part that another place decides.

    Attributes:
        band: Which part.
        point: Without its masks and bends.
        weight: How much of it is the other place's, 0 to 1.
    """

    band: Band
    point: LatentPoint
    weight: float = Field(default=1.0, ge=0.0, le=1.0, allow_inf_nan=False)


class Mask(_Value):
    """Another place that shows through where a picture lets it.

    Attributes:
        point: Without its masks and bends.
        rows: How much it shows, 0 to 1, a grid from the upper left corner on; as long as needed.
    """

    point: LatentPoint
    rows: tuple[tuple[FiniteFloat, ...], ...] = Field(min_length=1, max_length=_MOST)


class Bend(_Value):
    """What is done to some channels on their way through the network (Broad 2021).

    Attributes:
        stage: What comes out of it is changed; the first is 0.
        channels: Which of it; empty for all.
        action: "off" makes them 0, "amplify" multiplies them, "move" shifts them across and down,
            "turn" rotates them, "blur" smooths them.
        amount: "amplify": a factor; "move": across, in sides; "turn": degrees; "blur": standard
            deviation, in sides.
        down: "move": down, in sides.
        on: Whether it counts; one that does not keeps its place among the others.
    """

    stage: int = Field(ge=0, lt=_MOST)
    channels: tuple[Annotated[int, Field(ge=0)], ...] = ()
    action: BendAction = "off"
    amount: float = Field(default=0.0, ge=-360.0, le=360.0, allow_inf_nan=False)
    down: float = Field(default=0.0, ge=-1.0, le=1.0, allow_inf_nan=False)
    on: bool = True


class LatentPoint(_Value):
    """One reproducible place.

    Attributes:
        seed_x: Place on the seed pad, across. Whole numbers are seeds; between them the vectors of
            the four seeds around are blended.
        seed_y: Place on the seed pad, down. Row 0 holds the seeds of the command line.
        vector: Instead of a seed, the numbers themselves; empty: the seed counts.
        space: What those are: "z" is what is drawn by chance, "w" what the layers see.
        diversity: Truncation psi: 0 is the average picture, 1 everything the generator knows.
        cutoff: Diversity holds for so many of the generator's first layers; None for all. It counts
            where layers can be given a w of their own.
        noise: Seed of the fine grain, where a network has some; None is its own.
        kind: Which of the kinds of pictures that the generator can be told to draw; models without
            kinds pass it over.
        kinds: Instead of one kind a blend: (kind, weight), weights above 0.
        blend: Other places it lies between; what is left to 1 is its own share.
        moves: How far along directions, in the order of their keys; along unknown ones nothing.
        mixes: Parts that other places decide, at most one for each band.
        mask: Another place that shares the picture.
        bends: What is changed inside the network, in this order.
    """

    seed_x: float = Field(default=0.0, ge=-1e9, le=1e9, allow_inf_nan=False)
    seed_y: float = Field(default=0.0, ge=-1e9, le=1e9, allow_inf_nan=False)
    vector: tuple[Number, ...] = Field(default=(), max_length=8_192)
    space: Literal["z", "w"] = "z"
    diversity: float = Field(default=1.0, ge=0.0, le=2.0, allow_inf_nan=False)
    cutoff: int | None = Field(default=None, ge=0, le=_MOST)
    noise: int | None = Field(default=None, ge=0, lt=2**32)
    kind: int = Field(default=0, ge=0, lt=1_000)
    kinds: tuple[tuple[int, float], ...] = Field(default=(), max_length=_MOST)
    blend: tuple[Share, ...] = Field(default=(), max_length=_MOST)
    moves: tuple[Move, ...] = Field(default=(), max_length=1_000)
    mixes: tuple[Mix, ...] = Field(default=(), max_length=len(BANDS))
    mask: Mask | None = None
    bends: tuple[Bend, ...] = Field(default=(), max_length=1_000)

    @field_validator("kinds")
    @classmethod
    def _weighed(cls, kinds: tuple[tuple[int, float], ...]) -> tuple[tuple[int, float], ...]:
        if any(kind < 0 or not 0.0 < weight <= 1.0 for kind, weight in kinds):
            raise ValueError("weights of kinds lie between 0 and 1")
        return kinds

    @model_validator(mode="after")
    def _not_too_deep(self) -> LatentPoint:
        if self.depth > _DEEPEST:
            raise ValueError(f"places lie within places more than {_DEEPEST} deep")
        return self

    @property
    def others(self) -> tuple[LatentPoint, ...]:
        """Every other place it is made of."""
        blended = [share.point for share in self.blend]
        mixed = [mix.point for mix in self.mixes]
        return (*blended, *mixed, *([self.mask.point] if self.mask else []))

    @property
    def own_share(self) -> float:
        """How much of its blend is its own place, 1 without one."""
        return 1.0 - sum(share.weight for share in self.blend)

    @property
    def depth(self) -> int:
        """1 for a place by itself, one more for each place within."""
        return 1 + max((other.depth for other in self.others), default=0)

    def moved(self, dx: float, dy: float) -> LatentPoint:
        """The same place, so far across and down the seed pad."""
        return self.model_copy(update={"seed_x": self.seed_x + dx, "seed_y": self.seed_y + dy})

    def amount(self, direction: str) -> float:
        """How far along a direction, by its key."""
        return next((move.amount for move in self.moves if move.direction == direction), 0.0)

    def with_amount(self, direction: str, amount: float) -> LatentPoint:
        """The same place so far along one direction; 0 forgets it."""
        return self.with_amounts({direction: amount})

    def with_amounts(self, amounts: Mapping[str, float]) -> LatentPoint:
        """The same place so far along these directions; 0 forgets one."""
        others = [move for move in self.moves if move.direction not in amounts]
        mine = [Move(direction=key, amount=amount) for key, amount in amounts.items() if amount]
        moves = sorted(others + mine, key=lambda move: move.direction)
        return self.model_copy(update={"moves": tuple(moves)})

    @property
    def is_edited(self) -> bool:
        """Whether something happens to it inside the network."""
        return bool(self.mixes or self.mask or any(bend.on for bend in self.bends))
