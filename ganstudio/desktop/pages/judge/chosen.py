"""The chosen picture in the panel: what the inspector says of it, as far as it may be told.

Not responsible for choosing it, nor for finding anything out (`bench`).
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from ganstudio.desktop.pages.judge.bench import BenchOfPage
from ganstudio.desktop.pages.judge.panel import NearestSection, PictureBlock
from ganstudio.project.judging import HeatMap, Nearest, Pile

__all__ = ["Chosen"]


class Chosen(QObject):
    """Keeps two parts of the panel in step; asks for what is not known yet."""

    def __init__(
        self, bench: BenchOfPage, picture: PictureBlock, nearest: NearestSection, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._bench, self._picture, self._nearest = bench, picture, nearest
        self._pile: Pile | None = None
        self._index, self._told = -1, True
        bench.heat_came.connect(self._came)
        bench.nearest_came.connect(self._came)

    def show(self, pile: Pile | None, index: int, told: bool) -> None:
        """Show a picture of a pile; -1 for none."""
        self._pile, self._index, self._told = pile, index, told
        if pile is None or index < 0:
            self._picture.show_nothing()
            self._nearest.show_line(self.tr("Choose a generated picture."))
            return
        heat = self._bench.heat_of(pile, index)
        self._picture.show_picture(pile, index, heat, told)
        card = pile.cards[index]
        if not told:
            self._nearest.show_line(self.tr("Show the frames to know. (F)"))
        elif card.real:
            self._nearest.show_line(self.tr("It is yours: {name}.").format(name=card.name))
        else:
            found = self._bench.nearest_to(pile, index)
            if found is not None:
                self._nearest.show_nearest(found)
            else:
                self._nearest.show_line(self.tr("Looking through your pictures"))

    def count_on(self) -> None:
        """Say how many pictures were looked through so far."""
        if self._told and self._bench.waits_for("nearest", self._index):
            words = self.tr("Looking through your pictures: {n}")
            self._nearest.show_line(words.format(n=self._bench.looked_through))

    @Slot(object)
    def _came(self, found: HeatMap | Nearest) -> None:
        if found.index == self._index:
            self.show(self._pile, self._index, self._told)
