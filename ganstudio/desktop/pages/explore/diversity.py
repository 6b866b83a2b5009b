"""Diversity: one slider, with typed value and reset.

Not responsible for what it means to a generator (`latent`).
"""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ganstudio.desktop.pages.explore.slider_drops import take_value
from ganstudio.desktop.pages.explore.walk import Walk
from ganstudio.desktop.tokens import Size
from ganstudio.desktop.widgets.slider_row import SliderRow
from ganstudio.desktop.widgets.surface import Divider
from ganstudio.project.point import LatentPoint
from ganstudio.studio.explorer import ExplorerService

__all__ = ["DiversityBlock"]

_WIDEST = 1.3


class DiversityBlock(QWidget):
    """How far the picture may stray from the average one."""

    def __init__(self, walk: Walk, explorer: ExplorerService) -> None:
        super().__init__()
        self._walk = walk
        self.row = SliderRow(
            self.tr("Diversity"),
            0.0,
            _WIDEST,
            1.0,
            decimals=2,
            tip=self.tr(
                "How far it may stray from the average picture. "
                "(Truncation psi, 0 to 1.3. Double-click to reset.) Drop a favourite here to "
                "take over its diversity alone."
            ),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        inside = QVBoxLayout()
        # In line with the directions below it, which have a lock at the right.
        right = Size.PANEL_PADDING + Size.ICON_BUTTON
        inside.setContentsMargins(Size.PANEL_PADDING, 6, right, 6)
        inside.addWidget(self.row)
        column.addLayout(inside)
        column.addWidget(Divider())
        take_value(self.row, explorer, lambda place: place.point.diversity)
        self.row.value_changed.connect(self._changed)
        self.row.released.connect(self._released)
        walk.moved.connect(self._follow)

    @Slot(float)
    def _changed(self, value: float) -> None:
        self._walk.preview(self._walk.point.model_copy(update={"diversity": round(value, 3)}))

    @Slot(float)
    def _released(self, value: float) -> None:
        self._walk.settle(self.tr("change of diversity"), "diversity")

    @Slot(object)
    def _follow(self, point: LatentPoint) -> None:
        if self.row.value() != point.diversity:
            self.row.set_value(point.diversity)
