"""A place in latent space that can be found again: one small immutable value.

Not responsible for tensors: `latent` makes a `w` of it.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

__all__ = ["LatentPoint"]


class LatentPoint(BaseModel):
    """One reproducible place.

    Attributes:
        seed_x: Place on the seed pad, across. Whole numbers are seeds; between them the vectors of
            the four seeds around are blended.
        seed_y: Place on the seed pad, down. Row 0 holds the seeds of the command line.
        diversity: Truncation psi: 0 is the average picture, 1 everything the generator knows.
        directions: How far along each found direction, in standard deviations.
        kind: Which of the kinds of pictures that the generator can be told to draw; models without
            kinds pass it over.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    seed_x: float = Field(default=0.0, ge=-1e9, le=1e9, allow_inf_nan=False)
    seed_y: float = Field(default=0.0, ge=-1e9, le=1e9, allow_inf_nan=False)
    diversity: float = Field(default=1.0, ge=0.0, le=2.0, allow_inf_nan=False)
    directions: tuple[float, ...] = ()
    kind: int = Field(default=0, ge=0, lt=1_000)

    def moved(self, dx: float, dy: float) -> LatentPoint:
        """The same place, so far across and down the seed pad."""
        return self.model_copy(update={"seed_x": self.seed_x + dx, "seed_y": self.seed_y + dy})

    def with_direction(self, index: int, amount: float) -> LatentPoint:
        """The same place with one direction set; missing ones before it become 0."""
        amounts = list(self.directions) + [0.0] * (index + 1 - len(self.directions))
        amounts[index] = amount
        return self.model_copy(update={"directions": tuple(amounts)})
