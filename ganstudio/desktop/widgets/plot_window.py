"""Which part of the clock is looked at, and where: one for all plots that zoom together.

Plain arithmetic and two signals. Not responsible for drawing, nor for mouse and keys.
"""

from __future__ import annotations

import math

from PySide6.QtCore import QObject, Signal

__all__ = ["PlotWindow"]

_ZOOM = 0.8
_CLOSEST = 1000


class PlotWindow(QObject):
    """Shows everything, and nothing is pointed at, until somebody asks.

    Whoever asks says how far the clock goes (`extent`): data come in while plots are looked at.

    Attributes:
        hover: The clock under the pointer; None without.
    """

    changed = Signal(bool)
    pointed = Signal(float)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._part: tuple[float, float] | None = None
        self.hover: float | None = None

    @property
    def is_part(self) -> bool:
        """Whether less than everything is shown."""
        return self._part is not None

    def shown(self, extent: float) -> tuple[float, float]:
        """Left and right end of what is shown."""
        return self._part or (0.0, max(extent, 1.0))

    def show_all(self) -> None:
        """Show the whole run."""
        self._show(None)

    def show(self, left: float, right: float, extent: float) -> None:
        """Show a part, as far as it is there; what would be too close is not shown."""
        whole = max(extent, 1.0)
        left, right = max(0.0, left), min(whole, right)
        if right - left >= whole / _CLOSEST:
            self._show(None if left <= 0 and right >= whole else (left, right))

    def zoom(self, place: float, steps: float, extent: float) -> None:
        """Show less, or more for steps below 0, around a place that stays where it is."""
        left, right = self.shown(extent)
        share = _ZOOM**steps
        self.show(place - (place - left) * share, place + (right - place) * share, extent)

    def pan(self, way: float, extent: float) -> None:
        """Move what is shown, as far as there is something."""
        if self._part is None:
            return
        left, right = self._part
        way = min(max(way, -left), extent - right)
        if way:
            self._show((left + way, right + way))

    def point(self, x: float, extent: float) -> None:
        """Point at a clock; NaN at none."""
        hover = None if math.isnan(x) or not extent else min(extent, max(0.0, x))
        if hover != self.hover:
            self.hover = hover
            self.pointed.emit(math.nan if hover is None else hover)

    def _show(self, part: tuple[float, float] | None) -> None:
        self._part = part
        self.changed.emit(part is not None)
