"""Favourites at the right of the path: how many are kept, the newest of them, a way to all of them.

Not responsible for what is done with them (`favourites`).
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from ganstudio.desktop.favourite_mime import mime_of_favourite
from ganstudio.desktop.pages.base import Width
from ganstudio.desktop.pages.explore.before import Before
from ganstudio.desktop.pages.explore.favourites import Favourites
from ganstudio.desktop.pages.explore.place_drop import PlaceDrop
from ganstudio.desktop.point_mime import begin_drag
from ganstudio.desktop.widgets.buttons import IconButton
from ganstudio.desktop.widgets.favourite_tiles import FavouriteTile, FavouriteTiles
from ganstudio.desktop.widgets.label import Label
from ganstudio.desktop.widgets.surface import Divider
from ganstudio.project.favourites import Favourite
from ganstudio.studio.explorer import ExplorerService

__all__ = ["FavouritesRow", "Hands", "tiles_of"]

_TILE = 60
#: Width class -> how many there is room for.
_MOST: dict[Width, int] = {"wide": 4, "medium": 3, "narrow": 1}


def tiles_of(favourites: Favourites, chosen: str = "", tag: str = "") -> list[FavouriteTile]:
    """What is shown of the favourites with a tag, or of all.

    Args:
        favourites: Whose.
        chosen: The id of the one that is framed; empty for the one where one is.
        tag: Empty for all.
    """
    return [
        FavouriteTile(
            one.id,
            one.name,
            favourites.image(one),
            favourites.tip(one),
            not favourites.is_here(one),
            one.id == chosen if chosen else favourites.is_at(one),
        )
        for one in favourites.all()
        if not tag or tag in one.tags
    ]


class Hands(QWidget):
    """What the hand does with tiles of favourites, wherever they are shown.

    Signals:
        all_asked: Show every favourite.
    """

    all_asked = Signal()

    def __init__(self, favourites: Favourites, before: Before, tiles: FavouriteTiles) -> None:
        super().__init__()
        self._favourites, self._before, self.tiles = favourites, before, tiles
        tiles.drag_wanted.connect(self._drag)
        tiles.menu_wanted.connect(self._show_menu)
        tiles.rename_wanted.connect(favourites.rename)
        tiles.remove_wanted.connect(favourites.remove)

    @Slot(str)
    def _drag(self, id_: str) -> None:
        favourite = self._favourites.find(id_)
        if favourite is not None:
            image = self._favourites.image(favourite)
            begin_drag(self.tiles, mime_of_favourite(favourite), image)

    @Slot(str, QPoint)
    def _show_menu(self, id_: str, where: QPoint) -> None:
        favourite = self._favourites.find(id_)
        if favourite is not None:
            self.menu(favourite).popup(where)

    def menu(self, favourite: Favourite) -> QMenu:
        """Everything that can be done with one."""
        many, id_ = self._favourites, favourite.id
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.addAction(self.tr("Be there"), lambda: many.go(id_))
        if many.can_open_model(favourite):
            menu.addAction(self.tr("Open its model"), lambda: many.open_model(id_))
        pin = menu.addAction(self.tr("Show as before (hold B)"), lambda: self._before.pin(id_))
        pin.setCheckable(True)
        pin.setChecked(self._before.pinned == id_)
        menu.addAction(self.tr("All favourites"), self.all_asked.emit)
        menu.addSeparator()
        menu.addAction(self.tr("Rename"), lambda: many.rename(id_))
        menu.addAction(self.tr("Tags"), lambda: many.ask_tags(id_))
        menu.addAction(self.tr("Delete"), lambda: many.remove(id_))
        return menu


class FavouritesRow(Hands):
    """The words, one row of tiles, a button for all of them, and one for a loop.

    A place that is dropped on it is kept.

    Signals:
        loop_asked: Make a loop through them.
    """

    loop_asked = Signal()

    def __init__(self, favourites: Favourites, before: Before, explorer: ExplorerService) -> None:
        super().__init__(favourites, before, FavouriteTiles(_TILE))
        self._width_class: Width = "wide"
        self.count = Label("", "small", "text_quiet")
        self.more = IconButton(
            "grid",
            self.tr("All favourites"),
            self.tr("All of them, with names and tags."),
            framed=True,
        )
        self.loop = IconButton(
            "loop",
            self.tr("Make a loop"),
            self.tr("A film through favourites, that ends where it begins."),
            framed=True,
        )
        self.loop.hide()
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(Label(self.tr("Favourites"), "medium"))
        words.addWidget(self.count)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        line = Divider(vertical=True)
        line.setFixedHeight(_TILE)
        row.addWidget(line)
        row.addLayout(words)
        row.addWidget(self.more)
        row.addWidget(self.loop)
        row.addWidget(self.tiles)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.more.clicked.connect(self.all_asked)
        self.loop.clicked.connect(self.loop_asked)
        self.tiles.chosen.connect(favourites.go)
        favourites.changed.connect(self.refresh)
        drop = PlaceDrop(self, explorer, lambda: favourites.can_keep)
        drop.dropped.connect(favourites.keep_place)
        self.refresh()

    def set_width_class(self, width: Width) -> None:
        """More or less room."""
        self._width_class = width
        self.refresh()

    def set_can_loop(self, can_loop: bool) -> None:
        """Whether enough is kept for a loop."""
        self.loop.setVisible(can_loop and self._width_class != "narrow")

    @Slot()
    def refresh(self) -> None:
        """Bring words and tiles in step with what is kept, and with where one is."""
        tiles = tiles_of(self._favourites)
        kept = self.tr("{n} kept").format(n=len(tiles)) if tiles else self.tr("none yet")
        self.count.setText(kept)
        self.more.setVisible(bool(tiles))
        self.tiles.setVisible(bool(tiles))
        if [tile.id for tile in tiles] != [tile.id for tile in self.tiles.tiles()] and tiles:
            self.tiles.set_tiles(tiles)
            self.tiles.set_current(tiles[-1].id)
        else:
            self.tiles.set_tiles(tiles)
        self.tiles.show_at_once(_MOST[self._width_class])

    def follow(self) -> None:
        """Frame the one where one is now; nothing else of them changes with a step."""
        many = self._favourites
        self.tiles.set_chosen({one.id for one in many.all() if many.is_at(one)})
