"""Whether a model draws so slowly that a rough picture is wanted before the full one.

Not responsible for drawing either of them (`explorer`).
"""

from __future__ import annotations

__all__ = ["RoughFirst"]

#: Longer than this, in seconds, and the hand does not feel the picture follow.
_SLOW_S = 0.06


class RoughFirst:
    """Of one model."""

    def __init__(self) -> None:
        self._before = 0.0
        self._told = False
        self.wanted = False

    def took(self, seconds: float) -> bool:
        """A full picture took so long; one that did by chance alone does not count.

        Returns:
            Whether rough pictures have to be learned now: once only.
        """
        self.wanted = min(seconds, self._before) > _SLOW_S
        self._before = seconds
        told, self._told = self._told, self._told or self.wanted
        return self.wanted and not told
