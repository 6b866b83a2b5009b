"""A direction through latent space: a step, a name, how far it leads.

Not responsible for finding directions (`latent`), nor for files (`directions_file`).
"""

from __future__ import annotations

import hashlib
import math
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from ganstudio.project.point import Number

__all__ = ["ALIKE", "WAYS", "Direction", "Fit", "Origin", "alike", "direction_key"]

#: How it was found: in what the layers see or in the first layer's activations ("pca"), in the
#: weights ("sefa"), from marked pictures, between two favourites, between two kinds of pictures.
Origin = Literal["pca", "sefa", "marked", "between", "kinds"]
#: How directions are looked for where nobody says what is wanted.
WAYS: tuple[Origin, ...] = ("pca", "sefa")

_Layer = Annotated[int, Field(ge=0, lt=64)]

#: Absolute cosine above which two directions are one and the same to a person.
ALIKE = 0.9


def direction_key(step: Sequence[float], layers: Sequence[int] = ()) -> str:
    """What a direction is called in a `LatentPoint`: the same step has the same key everywhere."""
    numbers = struct.pack(f"<{len(step)}f", *step) + bytes(sorted(layers))
    return hashlib.blake2b(numbers, digest_size=8).hexdigest()


def alike(one: Sequence[float], other: Sequence[float]) -> bool:
    """Whether two steps are nearly parallel; the sign does not count."""
    if len(one) != len(other):
        return False
    together = math.fsum(a * b for a, b in zip(one, other, strict=True))
    return abs(together) > ALIKE * math.hypot(*one) * math.hypot(*other)


@dataclass(frozen=True, slots=True)
class Fit:
    """What becomes of a direction in another generator of its run.

    Attributes:
        verdict: "same": it does what it did; "aligned": another step does; "lost": nothing does.
        likeness: How alike the changes are, -1 to 1.
        step: What does now what it did; empty unless "aligned".
    """

    verdict: Literal["same", "aligned", "lost"]
    likeness: float
    step: tuple[float, ...] = ()


class Direction(BaseModel):
    """A unit of change that can be added to any place.

    Attributes:
        key: See `direction_key`; a `Move` names it.
        step: One standard deviation, w_dim numbers.
        layers: Which layers it moves; empty for all. It counts where layers can be given a w of
            their own.
        name: A person's; empty until there is one.
        origin: How it was found.
        effect: Mean change of a pixel over its range, relative to the strongest found with it.
        low: Suggested end, in standard deviations.
        high: The other one.
        model: Fingerprint of the generator it was found in.
        images: That generator's clock.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str = Field(max_length=64)
    step: tuple[Number, ...] = Field(min_length=1, max_length=8_192)
    layers: tuple[_Layer, ...] = Field(default=(), max_length=64)
    name: str = Field(default="", max_length=80)
    origin: Origin = "pca"
    effect: float = Field(default=1.0, ge=0.0, le=1.0)
    low: float = Field(default=-3.0, ge=-20.0, le=0.0)
    high: float = Field(default=3.0, ge=0.0, le=20.0)
    model: str = Field(default="", max_length=128)
    images: int = Field(default=0, ge=0)
