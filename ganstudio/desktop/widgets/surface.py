"""Plain surfaces and the 1 px lines between them.

Not responsible for what lies on a surface.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ganstudio.desktop import theme

__all__ = ["Divider", "Surface"]


class Surface(QWidget):
    """A widget filled with one surface token: `stage`, `window`, `panel` or `raised`."""

    def __init__(self, token: str = "panel", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._token = token

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fill what is asked for."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), theme.colour(self._token))


class Divider(QWidget):
    """A line one device pixel thin, lying or standing."""

    def __init__(self, vertical: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._vertical = vertical
        if vertical:
            self.setFixedWidth(1)
            self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        else:
            self.setFixedHeight(1)
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line at the leading edge, one device pixel whatever the scale."""
        painter = QPainter(self)
        thin = 1 / self.devicePixelRatioF()
        width = thin if self._vertical else self.width()
        height = self.height() if self._vertical else thin
        painter.fillRect(QRectF(0, 0, width, height), theme.colour("line"))
