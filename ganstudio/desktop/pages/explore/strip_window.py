"""Before and after, large: the present place led along one direction from end to end.

Not responsible for which direction that is.
"""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ganstudio.desktop.dialogs.window import SmallWindow
from ganstudio.desktop.pages.explore.handfuls import Handfuls
from ganstudio.desktop.pages.explore.walk import Walk
from ganstudio.desktop.widgets.label import Label
from ganstudio.desktop.widgets.tile_grid import TileGrid
from ganstudio.project.messages import Pictures

__all__ = ["StripWindow"]

_TILE, _GAP, _COUNT = 160, 8, 5


class StripWindow(SmallWindow):
    """Five pictures; a double click goes there.

    Args:
        walk: Where the place is.
        title: What the direction is called.
        key: Of the direction.
        ends: Its ends, in standard deviations.
        parent: The main window.
    """

    def __init__(
        self,
        walk: Walk,
        title: str,
        key: str,
        ends: tuple[float, float],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, _COUNT * (_TILE + _GAP) - _GAP + 48, parent)
        self._walk, self._title = walk, title
        self._amounts = [ends[0], ends[0] / 2, 0.0, ends[1] / 2, ends[1]]
        self._points = [walk.point.with_amount(key, round(one, 3)) for one in self._amounts]
        self._pictures: list[Pictures] = []
        self.grid = TileGrid(_COUNT, _GAP, _COUNT, _TILE)
        self.grid.setFixedSize(_COUNT * (_TILE + _GAP) - _GAP, _TILE)
        self.grid.clear(_COUNT)
        words = [f"{amount:+.1f}".replace("-", "\u2212") for amount in self._amounts]
        words[2] = self.tr("at rest")
        self.grid.set_names(words)
        self.grid.setToolTip(self.tr("Double click to be there."))
        self.body.addWidget(self.grid)
        self.body.addSpacing(6)
        self.body.addLayout(self._below(words))
        self.grid.opened.connect(self._go)
        handfuls = Handfuls(walk, "strip", self)
        handfuls.came.connect(self._came)
        handfuls.ask([(number, [point]) for number, point in enumerate(self._points)])

    def _below(self, words: list[str]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_GAP)
        for text in words:
            label = Label(text, "small", "text_quiet")
            label.setFixedWidth(_TILE)
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            row.addWidget(label)
        return row

    @Slot(int, object)
    def _came(self, number: int, pictures: Pictures) -> None:
        self._pictures.append(pictures)
        self.grid.set_pictures(np.concatenate(self._pictures))

    @Slot(int)
    def _go(self, index: int) -> None:
        text = self.tr("change of {name}").format(name=self._title)
        self._walk.go(self._points[index], text)
