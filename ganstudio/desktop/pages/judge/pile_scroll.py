"""A grid of pictures that scrolls where there are more than fit.

Not responsible for what stands around them.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout

from ganstudio.desktop.pages.base import Width
from ganstudio.desktop.widgets.pile_grid import PileGrid, PileTile
from ganstudio.desktop.widgets.surface import Surface

__all__ = ["PileScroll"]

#: Pictures beside each other where there are many, and where there are only ten or so.
_MANY: dict[Width, int] = {"wide": 8, "medium": 7, "narrow": 5}
_FEW, _AS_FEW_AS = 5, 10
#: What a caption and the space around a picture need.
_AROUND = 28


class PileScroll(QScrollArea):
    """Rows of one height."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.grid = PileGrid(name, 1, 1, jumbled=False)
        self._width_class: Width = "wide"
        self._proportion = 1.0
        ground = Surface("stage")
        inner = QVBoxLayout(ground)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self.grid)
        inner.addStretch(1)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidget(ground)
        for filled in (ground, self.viewport()):
            filled.setAutoFillBackground(False)

    def show_pictures(self, pictures: np.ndarray, tiles: Sequence[PileTile]) -> None:
        """Show pictures uint8 (N, H, W, C), from the top."""
        self._proportion = pictures.shape[1] / pictures.shape[2]
        self.grid.set_pictures(pictures, tiles)
        self._share_out()
        self.verticalScrollBar().setValue(0)

    def set_width_class(self, width: Width) -> None:
        """More or less room."""
        self._width_class = width
        self._share_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wider cells are higher ones."""
        super().resizeEvent(event)
        self._share_out()

    def _share_out(self) -> None:
        count = max(1, len(self.grid.tiles()))
        few = count <= _AS_FEW_AS
        columns = _FEW if few else _MANY[self._width_class]
        rows = -(-count // columns)
        self.grid.set_shape(columns, rows)
        high = self.viewport().width() / columns * self._proportion + _AROUND
        self.grid.setFixedHeight(rows * max(2 * _AROUND, round(high)))
