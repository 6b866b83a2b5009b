"""Where the curves of a plot are, and how much room the words around them take.

Plain arithmetic. Not responsible for the words (`plot_labels`) nor for the curves (`plot_view`).
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize

from ganstudio.desktop.tokens import Size
from ganstudio.desktop.widgets.plot_scale import Scale

__all__ = ["PlotFrame"]

_AXIS = 20
#: The cursor stands out above and below, and half a line at the ends of the scale.
_ABOVE, _BELOW, _BESIDE = 8, 5, 2

Span = tuple[float, float]


@dataclass(slots=True)
class PlotFrame:
    """The gutters of one plot, in pixels.

    Attributes:
        head: Height of the title line.
        has_clock: Whether the clock is written below.
        right: Width of the gutter for names and values.
    """

    head: int
    has_clock: bool
    right: int = Size.PLOT_RIGHT

    def room(self, wide: int, high: int) -> QSize:
        """The size of a plot whose curves and gaps are so high."""
        return QSize(wide, self.head + high + (_AXIS if self.has_clock else 0))

    def box(self, size: QSize) -> QRectF:
        """Where the curves are, without the gutters."""
        top = self.head + _ABOVE
        below = _AXIS + 2 if self.has_clock else _BELOW
        wide = max(1, size.width() - Size.PLOT_LEFT - self.right)
        return QRectF(Size.PLOT_LEFT, top, wide, max(1, size.height() - top - below))

    def head_line(self, size: QSize) -> QRect:
        """Where title and tools are."""
        return QRect(0, 0, size.width() - self.right + 6, self.head)

    @staticmethod
    def around(box: QRectF) -> QRect:
        """The box and what stands out of it."""
        return box.adjusted(-_BESIDE, -_ABOVE, _BESIDE, _BELOW).toRect()

    @staticmethod
    def borders(box: QRectF, window: Span, scale: Scale) -> tuple[Span, Span]:
        """What the left and right, and the lower and upper border of `around` stand for."""
        (left, right), low, high = window, scale.low, scale.high
        per_x, per_y = (right - left) / box.width(), (high - low) / box.height()
        x = left - _BESIDE * per_x, right + _BESIDE * per_x
        return x, (low - _BELOW * per_y, high + _ABOVE * per_y)
