"""Which pictures are changed, and how far: the chance of one call, a row a picture.

Not responsible for what a change does with it.
"""

from __future__ import annotations

import math

from torch import Tensor

from ganstudio.gan.chance import Chance

__all__ = ["Dice"]


class Dice:
    """Random numbers for pictures that are changed with probability p, of the pictures' own type.

    Numbers that are drawn for changes on their own come (N, count), because many small draws take
    longer than the changes.

    Args:
        pictures: (N, C, H, W).
        p: Probability of a change.
        chance: Where the numbers come from.

    Attributes:
        p: Probability of a change.
        together: Pictures that are chosen once for several changes, (N, 1, 1, 1) bool.
    """

    def __init__(self, pictures: Tensor, p: float, chance: Chance) -> None:
        self.p = p
        self._chance, self._dtype = chance, pictures.dtype
        self.together = self.uniform(1, 1, 1) < p

    def uniform(self, *shape: int) -> Tensor:
        """Numbers in [0, 1), (N, *shape)."""
        return self._chance.uniform(*shape).to(self._dtype)

    def normal(self, *shape: int) -> Tensor:
        """Standard normal numbers, (N, *shape)."""
        return self._chance.normal(*shape).to(self._dtype)

    def chosen(self, count: int = 1, p: float | None = None) -> Tensor:
        """Pictures that are chosen, for so many changes each on its own: (N, count), 1 or 0.

        Args:
            count: How many changes.
            p: Another probability than that of the call.
        """
        return (self.uniform(count) < (self.p if p is None else p)).to(self._dtype)

    def spreads(self, count: int) -> Tensor:
        """Standard normal numbers, exactly 0 where not chosen, each on its own: (N, count)."""
        return self.chosen(count) * self.normal(count)

    def angles(self, count: int = 1, p: float | None = None) -> Tensor:
        """Any angles in radians, exactly 0 where not chosen, each on its own: (N, count).

        Args:
            count: How many.
            p: Another probability than that of the call.
        """
        return self.chosen(count, p) * (2.0 * math.pi * self.uniform(count) - math.pi)

    def signs(self) -> Tensor:
        """-1 or 1 at even odds, 1 where not chosen: (N, 1)."""
        return 1.0 - 2.0 * self.chosen() * (self.uniform(1) < 0.5)
