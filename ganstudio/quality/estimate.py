"""A measured number, and how sure it is.

Not responsible for measuring anything.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

__all__ = ["Estimate", "share"]

#: Of a normal distribution, within which 95 of 100 values lie.
_Z = 1.959964


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number with its standard error.

    Attributes:
        value: The number.
        error: Standard deviation that it would have over other pictures of the same kind.
    """

    value: float
    error: float

    @property
    def interval(self) -> tuple[float, float]:
        """Within which the true number lies 95 times in 100."""
        return self.value - _Z * self.error, self.value + _Z * self.error


def share(part: float, count: int) -> Estimate:
    """A share of so many pictures, with the error of Agresti and Coull 1998.

    They count two more pictures of each kind, so that 0 of 20 is not taken for a certain 0.

    Args:
        part: 0 to 1.
        count: Pictures that were looked at.
    """
    middle = (part * count + 2) / (count + 4)
    return Estimate(part, math.sqrt(middle * (1 - middle) / (count + 4)))
