"""Breed: a contact sheet of variations of the place where one is, or of children of two places.

A click goes on from a picture, as one step of the path. Not responsible for what variations and
children are (`project.breeding`), nor for who descends from whom (`project.family`).
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from ganstudio.desktop.pages.base import Width
from ganstudio.desktop.pages.explore.breed_head import BreedHead
from ganstudio.desktop.pages.explore.family_tree import MARGIN
from ganstudio.desktop.pages.explore.lineage import Lineage
from ganstudio.desktop.pages.explore.nearby import HEAD
from ganstudio.desktop.pages.explore.place_drop import PlaceDrop
from ganstudio.desktop.pages.explore.shelf import Shelf
from ganstudio.desktop.pages.explore.views import View
from ganstudio.desktop.pages.explore.walk import Walk
from ganstudio.desktop.point_mime import begin_drag, mime_of
from ganstudio.desktop.widgets.contact_sheet import ContactSheet
from ganstudio.project.breeding import Brood, children, variations
from ganstudio.project.kept import KeptPoint
from ganstudio.project.point import LatentPoint
from ganstudio.studio.drawn import Sheet
from ganstudio.studio.explorer import ExplorerService, Frame

__all__ = ["BreedView"]

_GAP = 24
_COLUMN: dict[Width, int] = {"wide": 304, "medium": 268, "narrow": 164}
_SHELF_BYTES, _SHELF_SIDE = 32 * 1024 * 1024, 256


class BreedView(View):
    """Left the sheet, right the family."""

    key = "breed"

    def __init__(self, walk: Walk, explorer: ExplorerService) -> None:
        super().__init__(walk, explorer)
        self.title = self.tr("Breed")
        self.tip = self.tr("Variations to choose from, generation after generation.")
        self.sentence = self.tr("Click a picture to go on from it. Ctrl-click two to cross them.")
        self._width_class: Width = "wide"
        self._throw = 1
        self._base: LatentPoint | None = None
        self._directions: tuple[str, ...] = ()
        self._brood = Brood((), ())
        self._crossed: tuple[LatentPoint, LatentPoint] | None = None
        #: Those chosen for crossing, and the place that each is a variation of.
        self._chosen: list[tuple[LatentPoint, LatentPoint]] = []
        self._choosing = False
        self._parents: list[tuple[LatentPoint, LatentPoint]] = []
        self._shelf: Shelf[LatentPoint] = Shelf(_SHELF_BYTES, _SHELF_SIDE)
        self.head = BreedHead()
        self.sheet = ContactSheet(self.tr("Variation"))
        self.lineage = Lineage(walk, self._shelf)
        for widget in (self.head, self.sheet, self.lineage):
            widget.setParent(self)
        self.head.changed.connect(self._breed_anew)
        self.head.throw_asked.connect(self._throw_again)
        self.head.cross_toggled.connect(self._toggle_choosing)
        self.head.back_asked.connect(self._back)
        self.sheet.opened.connect(self._opened)
        self.sheet.chosen.connect(self._sheet_chosen)
        self.sheet.carried.connect(self._carry)
        PlaceDrop(self.sheet, explorer).dropped.connect(self._landed)
        self.lineage.chosen.connect(self._choose)
        self.lineage.failed.connect(self.failed)
        walk.rested.connect(self._follow)
        walk.path_changed.connect(self._follow)
        walk.sheet_drawn.connect(self._drawn)
        walk.picture_drawn.connect(self._picture_drawn)
        walk.renewal_due.connect(self._renew)

    # -- hooks -----------------------------------------------------------------------------------

    def entered(self) -> None:
        """Draw what is missing."""
        self.lineage.set_active(True)
        self._follow()
        self._ask_missing()

    def left(self) -> None:
        """Nobody looks: what was not drawn is not wanted any more."""
        self.lineage.set_active(False)
        self.walk.ask_sheet("breed", ())

    def model_changed(self) -> None:
        """Its pictures are not those of another generator."""
        self._shelf.clear()
        self._base, self._brood, self._crossed = None, Brood((), ()), None
        self._give_up_choosing()
        self._follow()

    def keep_in(self, folder: Path | None) -> None:
        """The family belongs to the model, and is kept with the project."""
        self.lineage.keep_in(folder)

    def narrow(self, width: Width) -> None:
        """More or less room."""
        self._width_class = width
        self.head.set_width_class(width)
        self._place()

    def main_widget(self) -> QWidget:
        """The sheet."""
        return self.sheet

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room out."""
        super().resizeEvent(event)
        self._place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc gives up choosing, then goes back from children to variations."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self._choosing:
            self._give_up_choosing()
        elif self._crossed is not None:
            self._back()

    # -- what is bred ---

    @Slot()
    def _follow(self) -> None:
        """Have the sheet that belongs to the place where one is."""
        if not self.active or self.walk.model is None:
            return
        point = self.walk.point
        if point != self._base:
            self._base, self._throw, self._crossed = point, 1, None
            self._directions = self.walk.directions
        brood = self._bred(point)
        if brood != self._brood:
            self._show(brood)
        self.lineage.follow()

    def _bred(self, point: LatentPoint) -> Brood:
        """What the sheet shows: of the place where one is, or of the two that were crossed."""
        different, count = self.head.how_different, self.head.count
        directions, locked = self._directions, self.walk.locked
        if self._crossed is None:
            return variations(point, different, count, self._throw, directions, locked)
        return children(*self._crossed, different, count, self._throw, directions, locked)

    def _show(self, brood: Brood) -> None:
        """Empty places for what is not drawn yet; the rest is there at once."""
        assert self.walk.model is not None
        self._brood = brood
        high, wide, _ = self.walk.model.shape
        self.sheet.set_places(len(brood.points), (wide, high))
        self._place()
        for index, point in enumerate(brood.points):
            image = self._shelf.get(point)
            if image is not None:
                self.sheet.set_picture(index, image)
        self.head.show_children(self._crossed is not None)
        self.sheet.set_names(self._names())
        self._mark()
        self._ask_missing()

    def _ask_missing(self) -> None:
        self._ask([point for point in self._brood.points if point not in self._shelf])

    def _ask(self, points: list[LatentPoint]) -> None:
        """From the middle outwards, as one looks."""
        side = int(len(self._brood.points) ** 0.5)
        places = {point: divmod(n, side) for n, point in enumerate(self._brood.points)}
        middle = (side - 1) / 2

        def distance(point: LatentPoint) -> float:
            row, column = places[point]
            return (row - middle) ** 2 + (column - middle) ** 2

        self.walk.ask_sheet("breed", sorted(points, key=distance), whole=False)

    @Slot(object)
    def _drawn(self, sheet: Sheet) -> None:
        if sheet.name != "breed":
            return
        places = {point: n for n, point in enumerate(self._brood.points)}
        for point, picture in zip(sheet.points, sheet.pictures, strict=True):
            self._shelf.keep(point, picture)
            image = self._shelf.get(point)
            if image is not None and point in places:
                self.sheet.set_picture(places[point], image)
        self.lineage.refresh()

    @Slot(object)
    def _picture_drawn(self, frame: Frame) -> None:
        """The one in the middle follows the hand."""
        if not self.active:
            return
        self._shelf.keep(frame.point, frame.picture)
        image = self._shelf.get(frame.point)
        if image is not None and self._crossed is None and self._brood.parents:
            self.sheet.set_picture(self._brood.parents[0], image)

    @Slot()
    def _renew(self) -> None:
        """Newer weights: the old pictures stay until the new ones come."""
        if self.active:
            self._ask(list(self._brood.points))
            self.lineage.renew()

    @Slot()
    def _throw_again(self) -> None:
        self._throw += 1
        self._breed_anew()

    @Slot()
    def _breed_anew(self) -> None:
        """Other relatives are asked for: they may go along directions that were found meanwhile."""
        self._directions = self.walk.directions
        self._follow()

    # -- going on and crossing ---

    @Slot(int)
    def _opened(self, index: int) -> None:
        """Go on from a picture; it and those it comes from belong to the family now."""
        child, base = self._brood.points[index], self.walk.point
        if child == base:
            return
        if self._crossed is None:
            self.lineage.born(child, ((base, base),))
        elif child not in self._crossed:
            self.lineage.born(child, self._parents)
        words = self.tr("variation") if self._crossed is None else self.tr("child of two")
        self.walk.go(child, words)

    @Slot(int)
    def _sheet_chosen(self, index: int) -> None:
        base = self._base if self._crossed is None else None
        point = self._brood.points[index]
        self._choose(point, base if base is not None else point)

    @Slot(int)
    def _carry(self, index: int) -> None:
        place = self.explorer.keep(self._brood.points[index])
        begin_drag(self.sheet, mime_of(place), self.sheet.picture(index))

    @Slot(object)
    def _landed(self, place: KeptPoint) -> None:
        self._choose(place.point, place.point)

    @Slot(object, object)
    def _choose(self, point: LatentPoint, base: LatentPoint) -> None:
        """Choose for crossing, or no longer; the second one makes children."""
        before = [entry for entry in self._chosen if entry[0] != point]
        if len(before) == len(self._chosen):
            before.append((point, base))
        self._chosen = before
        self._choosing = True
        if len(self._chosen) == 2:
            (mother, _), (father, _) = self._chosen
            self._parents = list(self._chosen)
            self._crossed, self._throw = (mother, father), 1
            self._give_up_choosing()
            self._follow()
        self._show_choosing()

    @Slot(bool)
    def _toggle_choosing(self, choosing: bool) -> None:
        if choosing:
            self._choosing = True
            self._show_choosing()
        else:
            self._give_up_choosing()

    def _give_up_choosing(self) -> None:
        self._choosing = False
        self._chosen = []
        self._show_choosing()

    def _show_choosing(self) -> None:
        self.sheet.set_choosing(self._choosing)
        self.head.show_chosen(len(self._chosen) if self._choosing else None)
        self._mark()

    @Slot()
    def _back(self) -> None:
        """From children back to variations of the place where one is."""
        self._crossed, self._throw = None, 1
        self._follow()

    def _mark(self) -> None:
        """Numbers on those that are chosen and on parents, a ring where one is."""
        points, marks = self._brood.points, dict[int, str]()
        if self._crossed is not None:
            marks = {place: str(n) for n, place in enumerate(self._brood.parents, 1)}
        for number, (point, _) in enumerate(self._chosen, 1):
            if point in points:
                marks[points.index(point)] = str(number)
        here = [n for n, point in enumerate(points) if point == self.walk.point]
        self.sheet.set_marks(marks, [*here, *marks])

    def _names(self) -> list[str]:
        """What each place says."""
        names = []
        for index in range(len(self._brood.points)):
            if index not in self._brood.parents:
                word = self.tr("Variation {n}") if self._crossed is None else self.tr("Child {n}")
                names.append(word.format(n=index + 1))
            elif self._crossed is None:
                names.append(self.tr("Where you are"))
            else:
                names.append(self.tr("Parent {n}").format(n=1 if index == 0 else 2))
        return names

    def _place(self) -> None:
        least = _COLUMN[self._width_class]
        high = max(200, self.height() - HEAD)
        left = max(200, self.width() - least - _GAP)
        left = min(left, max(self.head.minimumSizeHint().width(), self.sheet.width_for(high)))
        self.head.setGeometry(0, 0, left, HEAD)
        self.sheet.setGeometry(0, HEAD, left, high)
        column = left + _GAP - MARGIN
        self.lineage.setGeometry(column, 0, self.width() - column, self.height())
