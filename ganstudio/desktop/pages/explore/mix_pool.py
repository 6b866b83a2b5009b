"""Pictures to mix with: surprises, those nearby, the path, favourites. A click puts one in a slot.

Not responsible for the slots.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ganstudio.desktop.pages.explore.mixing import as_other, own
from ganstudio.desktop.pages.explore.places import nearby, surprise
from ganstudio.desktop.pages.explore.walk import Walk
from ganstudio.desktop.point_mime import begin_drag, mime_of
from ganstudio.desktop.tokens import Size
from ganstudio.desktop.widgets.buttons import IconButton
from ganstudio.desktop.widgets.painting import to_image
from ganstudio.desktop.widgets.place_tiles import PlaceTiles
from ganstudio.desktop.widgets.segments import SegmentControl
from ganstudio.project.favourites import Favourite
from ganstudio.project.messages import Pictures
from ganstudio.project.point import LatentPoint
from ganstudio.studio.explorer import ExplorerService

__all__ = ["MixPool"]

_COUNT, _GAP = 8, 4
#: How far those nearby may be.
_REACH = 0.6


class MixPool(QWidget):
    """Eight pictures at most.

    Signals:
        picked: A place that shall be mixed.
        wanted: Other places are offered: their pictures are wanted.
    """

    picked = Signal(object)
    wanted = Signal()

    def __init__(self, walk: Walk, explorer: ExplorerService) -> None:
        super().__init__()
        self._walk, self._explorer = walk, explorer
        self._favourites: tuple[Favourite, ...] = ()
        self._first = 0
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
                ("favourites", self.tr("Favourites"), self.tr("The places that you kept.")),
            ],
            self.tr("Pictures to mix with"),
            small=True,
        )
        self.dice = IconButton("dice", self.tr("Other pictures"))
        self.tiles = PlaceTiles(
            _COUNT, _GAP, _COUNT, self.tr("Click to put it in the chosen slot, or drag it.")
        )
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

    def offer(self, favourites: Sequence[Favourite]) -> None:
        """Others are kept: offer these, the first ones first."""
        self._favourites = tuple(favourites)
        if not favourites and self.source.current() == "favourites":
            self.source.set_current("surprise")

    def look(self) -> tuple[LatentPoint, ...]:
        """Offer what there is around the place of now."""
        walk, kind = self._walk, self.source.current()
        names: dict[LatentPoint, str] = {}
        here, journey = as_other(own(walk.point)), walk.journey
        if kind == "surprise":
            rolls = range(self._roll, self._roll + _COUNT)
            self._places = tuple(surprise(here, roll, walk.locked) for roll in rolls)
        elif kind == "nearby":
            self._places = nearby(here, _REACH, self._roll, walk.directions, walk.locked)
        elif kind == "favourites":
            names = self._names_of_kept()
            self._places = tuple(names)
        else:
            past = journey.places[max(0, journey.index - _COUNT) : journey.index]
            self._places = tuple(dict.fromkeys(as_other(place) for place in reversed(past)))
        self.tiles.set_names(list(names.values()))
        self._show_source(kind)
        return self._places

    def _names_of_kept(self) -> dict[LatentPoint, str]:
        """The favourites offered now, by their places; those may be drawn from now on."""
        if self._first >= len(self._favourites):
            self._first = 0
        foreign = self.tr("{name}, of another model")
        names: dict[LatentPoint, str] = {}
        for one in self._favourites[self._first : self._first + _COUNT]:
            name = (
                foreign.format(name=one.name) if self._explorer.is_foreign(one.kept) else one.name
            )
            names.setdefault(as_other(self._explorer.take(one.kept)), name)
        return names

    def _show_source(self, kind: str) -> None:
        """What can be chosen, and whether there is more of it."""
        kept, steps = len(self._favourites), self._walk.journey.index
        walked = self.tr("The last places where you were.")
        nowhere = self.tr("You have not been anywhere else yet.")
        self.source.set_item_enabled("path", steps > 0, walked if steps else nowhere)
        some, none = self.tr("The places that you kept."), self.tr("Nothing is kept yet. (Ctrl+D)")
        self.source.set_item_enabled("favourites", kept > 0, some if kept else none)
        pages = kind == "favourites"
        throw, turn = self.tr("Throw again: other pictures to mix with."), self.tr("More of them.")
        self.dice.set_icon("chevron-right" if pages else "dice")
        self.dice.setToolTip(turn if pages else throw)
        self.dice.setEnabled(kept > _COUNT if pages else kind != "path")

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
        if self.source.current() == "favourites":
            self._first += _COUNT
        else:
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
        begin_drag(self.tiles, mime_of(self._explorer.keep(self._places[index])), image)
