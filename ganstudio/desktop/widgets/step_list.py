"""Numbered steps, the current one with an amber number: how the whole thing goes.

Not responsible for doing the steps.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ganstudio.desktop import theme
from ganstudio.desktop.widgets.caption import Caption
from ganstudio.desktop.widgets.label import Label
from ganstudio.desktop.widgets.writing import write

__all__ = ["StepList"]

_CIRCLE = 24


class _Number(QWidget):
    """A number in a circle."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number
        self.current = False
        self.setFixedSize(_CIRCLE, _CIRCLE)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if self.current:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent"))
        else:
            painter.setPen(QPen(theme.colour("edge"), 1))
        painter.drawEllipse(box)
        ink = theme.colour("on_accent" if self.current else "text_quiet")
        write(painter, QRectF(self.rect()), str(self._number), "small-medium", ink, "centre")


class StepList(QWidget):
    """Steps from top to bottom; texts may carry `[word|token]` marks."""

    def __init__(self, steps: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._numbers: list[_Number] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        for number, (title, text) in enumerate(steps, 1):
            mark = _Number(number)
            self._numbers.append(mark)
            caption = Caption()
            caption.set_text(text)
            caption.set_active(False)
            words = QVBoxLayout()
            words.setSpacing(0)
            words.addWidget(Label(title, "head"))
            words.addWidget(caption)
            row = QHBoxLayout()
            row.setSpacing(12)
            row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
            row.addLayout(words, 1)
            layout.addLayout(row)

    def set_current(self, index: int) -> None:
        """Which step is to be done now, from 0."""
        for number, mark in enumerate(self._numbers):
            mark.current = number == index
            mark.update()
