"""A direction through latent space: a step, a name, how far it leads.

Not responsible for finding directions (`latent`), nor for files (`directions_file`).
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, FiniteFloat

__all__ = ["Direction", "Origin", "direction_key"]

#: How it was found: in what the layers see or in the first layer's activations ("pca"), in the
#: weights ("sefa"), from marked pictures, between two favourites, between two kinds of pictures.
Origin = Literal["pca", "sefa", "marked", "between", "kinds"]


def direction_key(step: Sequence[float], layers: Sequence[int] = ()) -> str:
    """What a direction is called in a `LatentPoint`: the same step has the same key everywhere."""
    numbers = struct.pack(f"<{len(step)}f", *step) + bytes(sorted(layers))
    return hashlib.blake2b(numbers, digest_size=8).hexdigest()


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
    step: tuple[FiniteFloat, ...] = Field(min_length=1, max_length=8_192)
    layers: tuple[int, ...] = Field(default=(), max_length=64)
    name: str = Field(default="", max_length=80)
    origin: Origin = "pca"
    effect: float = Field(default=1.0, ge=0.0, le=1.0)
    low: float = Field(default=-3.0, ge=-20.0, le=0.0)
    high: float = Field(default=3.0, ge=0.0, le=20.0)
    model: str = Field(default="", max_length=128)
    images: int = Field(default=0, ge=0)
