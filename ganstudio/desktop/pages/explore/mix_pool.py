"""Pictures to mix with: surprises, those nearby, the steps of the path. A click puts one in a slot.

Not responsible for the slots.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ganstudio.desktop.pages.explore.mixing import as_other, own
from ganstudio.desktop.pages.explore.places import nearby, surprise
from ganstudio.desktop.pages.explore.walk import Walk
from ganstudio.desktop.point_mime import begin_drag
from ganstudio.desktop.tokens import Size
from ganstudio.desktop.widgets.buttons import IconButton
from ganstudio.desktop.widgets.painting import to_image
from ganstudio.desktop.widgets.segments import SegmentControl
from ganstudio.desktop.widgets.tile_grid import TileGrid
from ganstudio.project.messages import Pictures
from ganstudio.project.point import LatentPoint

__all__ = ["MixPool"]

_COUNT, _GAP = 8, 4
#: How far those nearby may be.
_REACH = 0.6
_PICKS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class _Tiles(TileGrid):
    """One row. A click or Return picks a tile, arrows only go there, and it can be dragged."""

    picked = Signal(int)
    carried = Signal(int)

    def __init__(self) -> None:
        super().__init__(_COUNT, _GAP, _COUNT)
        self._down: tuple[int, QPointF] | None = None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self._layout().at(event.position(), self.shown_count())
        if event.button() == Qt.MouseButton.LeftButton and index >= 0:
            self._down = index, event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._down is None:
            super().mouseMoveEvent(event)
            return
        index, start = self._down
        way = event.position() - start
        if abs(way.x()) + abs(way.y()) >= QApplication.startDragDistance():
            self._down = None
            self.carried.emit(index)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        down, self._down = self._down, None
        if down is not None:
            self.picked.emit(down[0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _PICKS and self.current() >= 0:
            self.picked.emit(self.current())
        else:
            super().keyPressEvent(event)


class MixPool(QWidget):
    """Eight pictures at most.

    Signals:
        picked: A place that shall be mixed.
        wanted: Other places are offered: their pictures are wanted.
    """

    picked = Signal(object)
    wanted = Signal()

    def __init__(self, walk: Walk) -> None:
        super().__init__()
        self._walk = walk
        self._places: tuple[LatentPoint, ...] = ()
        self._pictures: list[Pictures | None] = []
        self._roll = random.randrange(1 << 30)
        self.source = SegmentControl(
            [
                (
                    "surprise",
                    self.tr("Surprises"),
                    self.tr("Pictures nobody has seen yet. (Other seeds)"),
                ),
                ("nearby", self.tr("Nearby"), self.tr("Pictures around the place where you are.")),
                ("path", self.tr("Your path"), self.tr("The last places where you were.")),
            ],
            self.tr("Pictures to mix with"),
            small=True,
        )
        self.dice = IconButton(
            "dice", self.tr("Other pictures"), self.tr("Throw again: other pictures to mix with.")
        )
        self.tiles = _Tiles()
        self.tiles.set_name(self.tr("Picture to mix with"))
        self.tiles.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(8)
        head.addWidget(self.source)
        head.addStretch(1)
        head.addWidget(self.dice)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.tiles)
        self.source.chosen.connect(self._source_chosen)
        self.dice.clicked.connect(self._throw)
        self.tiles.picked.connect(lambda index: self.picked.emit(self._places[index]))
        self.tiles.carried.connect(self._carry)

    def places(self) -> tuple[LatentPoint, ...]:
        """What is offered; eight at most."""
        return self._places

    def look(self) -> tuple[LatentPoint, ...]:
        """Offer what there is around the place of now."""
        walk, kind = self._walk, self.source.current()
        here, journey = as_other(own(walk.point)), walk.journey
        if kind == "surprise":
            rolls = range(self._roll, self._roll + _COUNT)
            self._places = tuple(surprise(here, roll, walk.locked) for roll in rolls)
        elif kind == "nearby":
            self._places = nearby(here, _REACH, self._roll, walk.directions, walk.locked)
        else:
            past = journey.places[max(0, journey.index - _COUNT) : journey.index]
            self._places = tuple(dict.fromkeys(as_other(place) for place in reversed(past)))
        self.dice.setEnabled(kind != "path")
        walked = self.tr("The last places where you were.")
        nowhere = self.tr("You have not been anywhere else yet.")
        self.source.set_item_enabled(
            "path", journey.index > 0, walked if journey.index else nowhere
        )
        return self._places

    def set_pictures(self, pictures: Sequence[Pictures | None]) -> None:
        """The pictures of what is offered; shown when all of them are drawn."""
        self._pictures = list(pictures)
        drawn = [picture for picture in pictures if picture is not None]
        if drawn and len(drawn) == len(pictures):
            self.tiles.set_pictures(np.stack(drawn))
        else:
            self.tiles.clear(len(pictures))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One row of tiles, as high as they are."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.tiles.setFixedHeight(max(Size.ICON_BUTTON, self.tiles.height_for(1)))

    @Slot()
    def _throw(self) -> None:
        self._roll += _COUNT
        self.wanted.emit()

    @Slot(str)
    def _source_chosen(self, key: str) -> None:
        self.tiles.set_current(-1)
        self.wanted.emit()

    @Slot(int)
    def _carry(self, index: int) -> None:
        picture = self._pictures[index] if index < len(self._pictures) else None
        image = to_image(picture) if picture is not None else None
        begin_drag(self.tiles, self._places[index], image)
