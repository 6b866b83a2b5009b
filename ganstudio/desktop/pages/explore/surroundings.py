"""The pictures around the place: nearby tiles, the pad's cells, and the steps of the path.

Not responsible for the large picture.
"""

from __future__ import annotations

import random

from PySide6.QtCore import QObject, Slot

from ganstudio.desktop.pages.explore.nearby import NearbyPanel
from ganstudio.desktop.pages.explore.path_strip import TILE
from ganstudio.desktop.pages.explore.places import nearby, pad
from ganstudio.desktop.pages.explore.shelf import Shelf
from ganstudio.desktop.pages.explore.stage import ExploreStage
from ganstudio.desktop.pages.explore.walk import Walk
from ganstudio.desktop.point_mime import begin_drag, mime_of
from ganstudio.desktop.widgets.painting import to_image
from ganstudio.desktop.widgets.seed_pad import SeedPad
from ganstudio.project.point import LatentPoint
from ganstudio.studio.drawn import Sheet
from ganstudio.studio.explorer import ExplorerService, Frame

__all__ = ["Surroundings"]

#: Of the path: it may grow long, and steps that are not seen are drawn again when they are.
_THUMB_BYTES = 16 * 1024 * 1024


class Surroundings(QObject):
    """Asks for sheets when the hand rests, and shows them when they come.

    Attributes:
        active: Whether anybody looks.
        near_shown: Whether the tiles nearby are seen.
    """

    def __init__(
        self, walk: Walk, explorer: ExplorerService, stage: ExploreStage, seed_pad: SeedPad
    ) -> None:
        super().__init__(walk)
        self._walk, self._explorer, self._stage, self._pad = walk, explorer, stage, seed_pad
        self._near: tuple[LatentPoint, ...] = ()
        self._thumbs: Shelf[LatentPoint] = Shelf(_THUMB_BYTES, TILE * 2)
        self._newest: Frame | None = None
        self._shifted = 0
        self._pad_key: object = None
        self.active = False
        self.near_shown = True
        walk.rested.connect(self.ask)
        walk.renewal_due.connect(self._renew)
        walk.sheet_drawn.connect(self._sheet_drawn)
        walk.picture_drawn.connect(self._picture_drawn)
        walk.path_changed.connect(self._path_changed)
        seed_pad.view_changed.connect(self._view_changed)
        stage.nearby.wanted.connect(self._nearby_wanted)
        stage.nearby.grid.picked.connect(self._near_chosen)
        stage.nearby.grid.carried.connect(self._carry_near)
        stage.path.chosen.connect(walk.jump)
        stage.path.carried.connect(self._carry_step)
        stage.path.turned.connect(walk.turn)
        stage.path.scrolled.connect(self._scroll)
        stage.path.room_changed.connect(self.show_path)
        self.show_path()

    def forget(self) -> None:
        """Another generator, or none: nothing that was drawn is of it."""
        self._near = ()
        self._newest = None
        self._pad_key = None
        self._stage.nearby.grid.clear()
        self._pad.set_tiles(*self._pad.view(), None)

    def forget_path(self) -> None:
        """Steps drawn by another generator have no pictures."""
        self._thumbs.clear()
        self.show_path()

    @Slot()
    def ask(self) -> None:
        """Ask for everything around the place where one is."""
        if not self.active or self._walk.model is None:
            return
        if self.near_shown:
            self._nearby_wanted()
        self._ask_pad()
        self._ask_thumbs()

    def _ask_thumbs(self) -> None:
        missing = [p for p in self._shown_places() if p not in self._thumbs]
        if missing:
            self._walk.ask_sheet("path", missing)

    @Slot()
    def _renew(self) -> None:
        """Newer weights: the cells of the pad and the steps of the path are no longer so."""
        self._pad_key = None
        self.ask()
        if self.active:
            self._walk.ask_sheet("path", self._shown_places())

    @Slot()
    def _nearby_wanted(self) -> None:
        panel: NearbyPanel = self._stage.nearby
        walk = self._walk
        how_far, roll, count = panel.how_far.value(), panel.roll, panel.count
        near = nearby(walk.point, how_far, roll, walk.directions, walk.locked, count)
        walk.ask_sheet("nearby", near)

    def _ask_pad(self) -> None:
        """The cells change with whatever is not the place on the pad."""
        point = self._walk.point
        elsewhere = point.model_copy(update={"seed_x": 0.0, "seed_y": 0.0})
        key = (self._pad.view(), elsewhere)
        if key != self._pad_key:
            self._pad_key = key
            self._walk.ask_sheet("pad", pad(point, *self._pad.view()))

    @Slot(int, int)
    def _view_changed(self) -> None:
        """At once: a walk by itself goes on without a rest."""
        if self.active and self._walk.model is not None:
            self._ask_pad()

    @Slot(object)
    def _picture_drawn(self, frame: Frame) -> None:
        self._newest = frame
        if frame.point == self._walk.journey.here:
            self._keep_newest()
            self.show_path()

    @Slot(object)
    def _sheet_drawn(self, sheet: Sheet) -> None:
        if sheet.name == "nearby":
            self._near = sheet.points  # until now the pictures before were seen, and meant
            self._stage.nearby.grid.set_pictures(sheet.pictures)
            self._stage.nearby.grid.set_current(-1)
        elif sheet.name == "pad":
            first = sheet.points[0]
            self._pad.set_tiles(round(first.seed_x), round(first.seed_y), sheet.pictures)
        elif sheet.name == "path":
            for point, picture in zip(sheet.points, sheet.pictures, strict=True):
                self._thumbs.keep(point, picture)
            self.show_path()

    @Slot()
    def _path_changed(self) -> None:
        """A place that the hand let go of was drawn before it was a step; where one is is seen."""
        self._shifted = 0
        self._keep_newest()
        self.show_path()

    def _keep_newest(self) -> None:
        newest = self._newest
        if newest is not None and newest.point == self._walk.journey.here:
            self._thumbs.keep(newest.point, newest.picture)

    @Slot()
    def show_path(self) -> None:
        """Bring the strip in step with the path."""
        journey, stage = self._walk.journey, self._stage
        steps, places = self._shown_steps(), journey.places
        thumbs = {step: self._thumbs.get(places[step]) for step in steps}
        pictures = {step: image for step, image in thumbs.items() if image is not None}
        stage.path.set_steps(steps, journey.index, len(journey), pictures, journey.forks)
        here, count = journey.index + 1, len(journey)
        stage.count.setText(self.tr("{n} of {all}").format(n=here, all=count))
        stage.undo.setEnabled(journey.index > 0)
        stage.redo.setEnabled(here < count)

    def _shown_places(self) -> list[LatentPoint]:
        places = self._walk.journey.places
        return [places[step] for step in self._shown_steps()]

    def _shown_steps(self) -> range:
        return self._walk.journey.window(self._stage.path.capacity(), self._shifted)

    @Slot(int)
    def _scroll(self, steps: int) -> None:
        """Look at other steps, and stay where one is."""
        journey, room = self._walk.journey, self._stage.path.capacity()
        seen = self._shown_steps().start
        wanted = min(max(0, seen + steps), max(0, len(journey) - room))
        self._shifted += wanted - seen
        self.show_path()
        self._ask_thumbs()

    @Slot(int)
    def _near_chosen(self, index: int) -> None:
        """Be there; from the new place other ways lead on."""
        if index < len(self._near):
            self._stage.nearby.roll = random.randrange(1, 1 << 30)
            self._walk.go(self._near[index], self.tr("step nearby"))

    @Slot(int)
    def _carry_near(self, index: int) -> None:
        grid = self._stage.nearby.grid
        if index < len(self._near):
            image = to_image(grid.picture(index)) if grid.pictures() is not None else None
            begin_drag(grid, mime_of(self._explorer.keep(self._near[index])), image)

    @Slot(int)
    def _carry_step(self, step: int) -> None:
        path, place = self._stage.path, self._walk.journey.places[step]
        begin_drag(path, mime_of(self._explorer.keep(place)), path.picture(step))
