"""Map: an endless sheet of pictures through two ways from where one is, or between three places.

A click is to be there, as one step of the path. Not responsible for which place lies where
(`project.plane`) nor for the hand (`map_canvas`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ganstudio.desktop.pages.base import Width
from ganstudio.desktop.pages.explore.map_canvas import MapCanvas
from ganstudio.desktop.pages.explore.map_head import PLACES, WAYS, MapHead
from ganstudio.desktop.pages.explore.map_sight import Sight, Tile
from ganstudio.desktop.pages.explore.place_drop import PlaceDrop
from ganstudio.desktop.pages.explore.shelf import Shelf
from ganstudio.desktop.pages.explore.views import View
from ganstudio.desktop.pages.explore.walk import Walk
from ganstudio.project.kept import KeptPoint
from ganstudio.project.plane import ACROSS, DOWN, Plane, Triangle, Ways
from ganstudio.project.point import LatentPoint
from ganstudio.studio.drawn import Sheet
from ganstudio.studio.explorer import ExplorerService

__all__ = ["MapView"]

_SHELF_BYTES, _SHELF_SIDE = 48 * 1024 * 1024, 160
#: Sights change many times while the hand moves; tiles are asked for at most so often.
_ASK_MS = 40
_NOTCH = 1.5
#: Units that show a whole triangle from top to bottom.
_TRIANGLE = 3.8


class MapView(View):
    """Above what it goes through, below the map."""

    key = "map"

    def __init__(self, walk: Walk, explorer: ExplorerService) -> None:
        super().__init__(walk, explorer)
        self.title = self.tr("Map")
        self.tip = self.tr("Everything around, as a map without end. (Latent plane)")
        self.sentence = self.tr("Drag and zoom, click to be there.")
        self._plane: Plane | None = None
        self._chosen: tuple[str, str] | None = None
        #: Where one went by a click, since a place between three lies at many places.
        self._went: tuple[LatentPoint, Tile] | None = None
        self._followed: LatentPoint | None = None
        self._landings: list[LatentPoint] = []
        self._shelf: Shelf[Tile] = Shelf(_SHELF_BYTES, _SHELF_SIDE)
        self._asked: dict[LatentPoint, list[Tile]] = {}
        self._since: dict[Tile, int] = {}
        self._turn = 0
        self.head = MapHead()
        self.canvas = MapCanvas(self._picture)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.canvas, 1)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_ASK_MS)
        self._soon.timeout.connect(self._ask)
        self.canvas.sight_changed.connect(self._sight_changed)
        self.canvas.opened.connect(self._opened)
        PlaceDrop(self.canvas, explorer).dropped.connect(self._landed)
        self.head.ways_chosen.connect(self._ways_chosen)
        self.head.places_asked.connect(self._span_path)
        self.head.zoom_asked.connect(self._zoom)
        self.head.here_asked.connect(self.look_here)
        walk.moved.connect(self._mark)
        walk.rested.connect(self._follow)
        walk.path_changed.connect(self._follow)
        walk.sheet_drawn.connect(self._drawn)
        walk.renewal_due.connect(self._renew)
        walk.names_changed.connect(self._follow)
        walk.locks_changed.connect(self._follow)

    # -- hooks -----------------------------------------------------------------------------------

    def entered(self) -> None:
        """Draw what is missing."""
        self._follow()
        self._sight_changed()

    def left(self) -> None:
        """Nobody looks: what was not drawn is not wanted any more."""
        self._soon.stop()
        self.walk.ask_sheet("map", ())

    def model_changed(self) -> None:
        """Its pictures, and its ways, are not those of another generator."""
        self._plane, self._landings = None, []
        self._forget()
        self._follow()

    def narrow(self, width: Width) -> None:
        """More or less room."""
        self.head.set_narrow(width == "narrow")

    def main_widget(self) -> QWidget:
        """The map."""
        return self.canvas

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """The size of the picture is the size of the map here."""
        return {
            "larger": lambda: self._zoom(1),
            "smaller": lambda: self._zoom(-1),
            "fit": self.look_here,
        }

    # -- through what it goes ---

    def span(self, a: LatentPoint, b: LatentPoint, c: LatentPoint) -> None:
        """Have the map between three places, of whatever origin."""
        self._set_plane(Triangle((a, b, c)))
        usual = Sight().scale
        whole = self.canvas.height() / _TRIANGLE
        self.canvas.look(Sight(1.5, 1.25, min(usual, max(1.0, whole))), glide=False)
        self._follow()

    @Slot()
    def look_here(self) -> None:
        """Look at where one is; on a map that does not have it, at its beginning."""
        self._look_at(self._here() or (0.0, 0.0), glide=True)

    @Slot()
    def _span_path(self) -> None:
        places = self._last_places()
        if len(places) == 3:
            self.span(*places)

    def _last_places(self) -> list[LatentPoint]:
        """The last three that were dropped on the map, or before them walked to."""
        journey = self.walk.journey
        latest = [*journey.places[: journey.index + 1], *self._landings]
        return list(dict.fromkeys(reversed(latest)))[:3][::-1]

    @Slot(object)
    def _landed(self, place: KeptPoint) -> None:
        """A favourite becomes a corner of the map; three of them are all of its corners."""
        self._landings = [*self._landings, place.point][-3:]
        self._span_path()
        self._offer()

    @Slot()
    def _ways_chosen(self) -> None:
        self._landings = []
        self._chosen = self.head.ways()
        self._plane = None
        self._follow()

    def _ways(self) -> tuple[str, str]:
        """What was chosen, as far as the generator has it; else the two strongest directions.

        A map that is there stays when directions are found later: nobody asked for another one.
        """
        offered = [*self._free(), ACROSS, DOWN]
        plane = self._plane
        now = (plane.across, plane.down) if isinstance(plane, Ways) else ("", "")
        first, second = self._chosen or now
        first = first if first in offered else offered[0]
        if second in offered and second != first:
            return first, second
        return first, next(way for way in offered if way != first)

    def _free(self) -> list[str]:
        """The directions that a map may lead along: a locked one stays as it is."""
        return [key for key in self.walk.directions if key not in self.walk.locked]

    def _offer(self) -> None:
        """The ways there are, by their names."""
        seeds = {ACROSS: self.tr("Seeds, across"), DOWN: self.tr("Seeds, down")}
        free = {key: self.walk.names[key] for key in self._free()}
        self.head.offer([*free.items(), *seeds.items()], self._ways())
        between = isinstance(self._plane, Triangle)
        self.canvas.set_labels(("", "") if between else self.head.names())
        self.head.offer_places(between or len(self._last_places()) == 3)
        self.head.show_kind(PLACES if between else WAYS)

    # -- where one is ---

    @Slot()
    def _follow(self) -> None:
        """Have a map that one is on, and mark where."""
        if not self.active or self.walk.model is None:
            return
        ways = Ways(self.walk.point, *self._ways())
        between = isinstance(self._plane, Triangle)
        if self._plane is None or (not between and not self._still_fits(ways)):
            self._set_plane(ways)
            self._look_at(ways.place_of(self.walk.point) or (0.0, 0.0), glide=False)
        self._offer()
        here = self._here()
        self.canvas.set_here(here)
        moved, self._followed = self.walk.point != self._followed, self.walk.point
        if moved and here is not None and not self.canvas.sees(here):
            self._look_at(here, glide=True)

    @Slot()
    def _mark(self) -> None:
        """Where one is, while the hand is on its way; another map has to wait until it rests."""
        if self.active:
            self.canvas.set_here(self._here())

    def _look_at(self, place: Tile, glide: bool) -> None:
        self.canvas.look(Sight(*place, self.canvas.sight.scale), glide)

    def _still_fits(self, ways: Ways) -> bool:
        plane = self._plane
        same = isinstance(plane, Ways) and (plane.across, plane.down) == (ways.across, ways.down)
        return same and plane is not None and plane.place_of(self.walk.point) is not None

    def _here(self) -> Tile | None:
        if self._went is not None and self._went[0] == self.walk.point:
            return self._went[1]
        return self._plane.place_of(self.walk.point) if self._plane is not None else None

    def _set_plane(self, plane: Plane) -> None:
        self._plane = plane
        self._forget()
        assert self.walk.model is not None
        high, wide, _ = self.walk.model.shape
        self._offer()
        self.canvas.set_plane((wide, high), lambda tile: plane.reaches(*tile))
        self._sight_changed()

    def _forget(self) -> None:
        self._shelf.clear()
        self._asked, self._since, self._went = {}, {}, None

    @Slot(float, float)
    def _opened(self, x: float, y: float) -> None:
        point = self._plane.point_at(x, y) if self._plane is not None else None
        if point is not None and point != self.walk.point:
            self._went = (point, (x, y))
            self.walk.go(point, self.tr("step on the map"))

    @Slot(int)
    def _zoom(self, way: int) -> None:
        self.canvas.zoom(_NOTCH**way)

    # -- pictures ---

    @Slot()
    def _sight_changed(self) -> None:
        if self.active and not self._soon.isActive():
            self._soon.start()

    @Slot()
    def _ask(self) -> None:
        """Ask for what is in sight and missing, then for what is just out of sight."""
        if self.active and self._plane is not None:
            wanted = dict.fromkeys([*self._in_order(), *self.canvas.tiles(around=1)])
            self._ask_for([tile for tile in wanted if tile not in self._shelf])

    def _in_order(self) -> list[Tile]:
        """Tiles in sight: every other one first, among them those that came into sight last."""
        tiles, step = self.canvas.tiles(), self.canvas.sight.step
        self._turn += 1
        since = {tile: self._since.get(tile, self._turn) for tile in tiles}
        self._since = since
        nearness = {tile: place for place, tile in enumerate(tiles)}

        def order(tile: Tile) -> tuple[bool, int, int]:
            fine = bool(round(tile[0] / step) % 2 or round(tile[1] / step) % 2)
            return fine, -since[tile], nearness[tile]

        return sorted(tiles, key=order)

    def _ask_for(self, tiles: list[Tile]) -> None:
        plane = self._plane
        assert plane is not None
        self._asked = {}
        for tile in tiles:
            point = plane.point_at(*tile)
            if point is not None:
                self._asked.setdefault(point, []).append(tile)
        self.walk.ask_sheet("map", list(self._asked), whole=False)

    @Slot(object)
    def _drawn(self, sheet: Sheet) -> None:
        if sheet.name != "map":
            return
        for point, picture in zip(sheet.points, sheet.pictures, strict=True):
            for tile in self._asked.get(point, ()):
                self._shelf.keep(tile, picture)
        self.canvas.update()

    @Slot()
    def _renew(self) -> None:
        """Newer weights: the old pictures stay until the new ones come."""
        if self.active and self._plane is not None:
            self._ask_for(self._in_order())

    def _picture(self, tile: Tile) -> QImage | None:
        return self._shelf.get(tile)
