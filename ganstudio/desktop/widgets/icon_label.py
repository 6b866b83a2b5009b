"""An icon that stands alone, for headlines and lists. Not responsible for being pressed."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ganstudio.desktop import icons

__all__ = ["IconLabel"]


class IconLabel(QWidget):
    """One icon of a fixed side, tinted with a token."""

    def __init__(self, name: str, side: int = 16, token: str = "text_quiet") -> None:
        super().__init__()
        self._name, self._token = name, token
        self.setFixedSize(side, side)

    def set_icon(self, name: str, token: str) -> None:
        """Show another icon."""
        if (name, token) != (self._name, self._token):
            self._name, self._token = name, token
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        icons.paint(QPainter(self), self._name, QRectF(self.rect()), self._token)
