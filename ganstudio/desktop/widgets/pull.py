"""Telling a click on one of many pictures from pulling it away.

Not responsible for where pictures lie, nor for the drag that follows.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QApplication

__all__ = ["Pull"]


class Pull:
    """Follows the mouse from a press on a picture on; -1 stands for none."""

    def __init__(self) -> None:
        self._index = -1
        self._start = QPointF()

    @property
    def is_held(self) -> bool:
        """Whether a picture is pressed, and not pulled away yet."""
        return self._index >= 0

    def press(self, index: int, position: QPointF) -> None:
        """The left button was pressed on a picture."""
        self._index, self._start = index, position

    def pulled(self, position: QPointF) -> int:
        """The picture, once the pointer has pulled it far enough; it is let go of then."""
        far = (position - self._start).manhattanLength() >= QApplication.startDragDistance()
        return self.release() if far else -1

    def release(self) -> int:
        """The picture that was clicked, if it was not pulled away."""
        index, self._index = self._index, -1
        return index
