"""A grid of small pictures of places: a click is to use one, and it can be pulled away.

Not responsible for which places they are.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent

from ganstudio.desktop.widgets.pull import Pull
from ganstudio.desktop.widgets.tile_grid import TileGrid

__all__ = ["PlaceTiles"]

_PICKS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class PlaceTiles(TileGrid):
    """A click or Return picks a tile; arrows only go there.

    Args:
        columns: As in `TileGrid`.
        gap: As in `TileGrid`.
        limit: As in `TileGrid`.
        tip: What a click and a drag do, for the tooltip.

    Signals:
        picked: The tile that was clicked.
        carried: The tile that was pulled away: time for a drag.
    """

    picked = Signal(int)
    carried = Signal(int)

    def __init__(self, columns: int, gap: int, limit: int, tip: str) -> None:
        super().__init__(columns, gap, limit)
        self._tip = tip
        self._pull = Pull()

    def tile_tip(self, index: int) -> str:
        """What it is, and what can be done with it."""
        return f"{self.tile_name(index)}. {self._tip}"

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a click or a drag."""
        if event.button() == Qt.MouseButton.LeftButton:
            index = self._layout().at(event.position(), self.shown_count())
            self._pull.press(index, event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light the tile under the pointer, or pull it away."""
        if not self._pull.is_held:
            super().mouseMoveEvent(event)
        elif 0 <= (index := self._pull.pulled(event.position())) < self.shown_count():
            self.carried.emit(index)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click picks."""
        index = self._pull.release()
        if 0 <= index < self.shown_count():
            self.picked.emit(index)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Two clicks are two clicks."""
        self.mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return picks; arrows, Home and End go."""
        if event.key() in _PICKS and self.current() >= 0:
            self.picked.emit(self.current())
        else:
            super().keyPressEvent(event)
