"""The one big number of the page: how many pictures were seen, and of how many.

Not responsible for counting.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ganstudio.desktop import theme

__all__ = ["ClockNumber"]

_GAP = 8
_HEIGHT = 34
_SPACING = -0.8


class ClockNumber(QWidget):
    """One number large, such as "412 k", and its words quiet, on one baseline."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number, self._words = "", ""
        self.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def text(self) -> str:
        """Number and words, as they are read."""
        return f"{self._number} {self._words}".strip()

    def set_words(self, number: str, words: str) -> None:
        """Say another number."""
        if (number, words) == (self._number, self._words):
            return
        self._number, self._words = number, words
        self.setAccessibleName(self.text())
        self.update()

    def sizeHint(self) -> QSize:
        """The inside of the panel."""
        return QSize(280, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw both on the baseline of the large one."""
        painter = QPainter(self)
        large = theme.font("number")
        # Tabular figures of this size stand too far apart to be read as one number.
        large.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, _SPACING)
        metrics = QFontMetricsF(large)
        baseline = round((_HEIGHT + metrics.capHeight()) / 2)
        painter.setFont(large)
        painter.setPen(theme.colour("text"))
        painter.drawText(QPointF(-1, baseline), self._number)
        left = metrics.horizontalAdvance(self._number) + _GAP
        small = theme.font("body")
        painter.setFont(small)
        painter.setPen(theme.colour("text_quiet"))
        room = max(0.0, self.width() - left)
        words = QFontMetricsF(small).elidedText(self._words, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QPointF(left, baseline), words)
