"""The grid of a project's pictures with its filter above and the chosen picture below.

Not responsible for leaving out: it tells what a person asked for.
"""

from __future__ import annotations

import time
from pathlib import Path

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ganstudio.desktop.desk import Desk
from ganstudio.desktop.pages.picture_filter import PictureFilter
from ganstudio.desktop.pages.picture_strip import PictureStrip
from ganstudio.desktop.pages.pictures_words import badge, reason
from ganstudio.desktop.widgets.painting import SHARP_LIMIT
from ganstudio.desktop.widgets.picture_list import PictureItem, PictureList
from ganstudio.desktop.widgets.surface import Divider
from ganstudio.project.numbers import say_bytes
from ganstudio.project.picture_list import LEFT_OUT_BY_HAND, PictureEntry

__all__ = ["MARGIN_LEFT", "MARGIN_RIGHT", "PictureBrowser"]

#: How far the grid reaches into the stage's padding: the room for rings, and the scroll bar.
MARGIN_LEFT, MARGIN_RIGHT = 3, 13
_SCROLL_BAR = 10
#: Tiles of pixel art take whole factors: three times 32 pixels.
_TILE, _TILE_SHARP = 90, 96
_LOAD_BUDGET_S = 0.008
_UNDOABLE = (None, LEFT_OUT_BY_HAND)


class PictureBrowser(QWidget):
    """Filter, grid and strip.

    Signals:
        turn_wanted: Leave these out (True) or bring them back (indices, out).
        selection_changed: Other pictures are chosen.

    Args:
        desk: The open project and its pictures.
    """

    turn_wanted = Signal(list, bool)
    selection_changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk, self.studio = desk, desk.studio
        self._shown: list[int] = []
        self._wanted: list[int] = []
        self.filter = PictureFilter()
        self.filter.changed.connect(self._filter_changed)
        self.grid = PictureList()
        self.filter.tile_changed.connect(self.grid.set_tile)
        self.grid.set_tile(round(self.filter.tile.value()))
        self.grid.chosen.connect(self.show_chosen)
        self.grid.left_out.connect(self._leave_out_rows)
        self.grid.brought_back.connect(self._bring_back_rows)
        self.grid.selectionModel().selectionChanged.connect(self.selection_changed)
        self.strip = PictureStrip()
        self.strip.turn_button.clicked.connect(self._turn_chosen)
        self.strip_line = Divider()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        # The grid's cells have a margin of their own, and its scroll bar stands in the padding.
        column.addLayout(self._inside(self.filter))
        column.addSpacing(6)
        self._grid_row = QVBoxLayout()
        self._grid_row.addWidget(self.grid)
        column.addLayout(self._grid_row, 1)
        self.grid.verticalScrollBar().rangeChanged.connect(self._scroll_range_changed)
        self._scroll_range_changed(0, self.grid.verticalScrollBar().maximum())
        column.addSpacing(8)
        column.addLayout(self._inside(self.strip_line))
        self._strip_row = self._inside(self.strip)
        column.addLayout(self._strip_row)
        self._loader = QTimer(self, interval=0, singleShot=True)
        self._loader.timeout.connect(self._load_tiles)

    @Slot(int, int)
    def _scroll_range_changed(self, _least: int, most: int) -> None:
        """Without a scroll bar the pictures still end where the stage does."""
        self._grid_row.setContentsMargins(0, 0, 0 if most else _SCROLL_BAR, 0)

    @property
    def frozen(self) -> bool:
        """Whether nobody may leave out or bring back now."""
        return self.desk.imports.busy or self.studio.projects.read_only

    def show_counts(self) -> None:
        """Put the numbers of now into the filter."""
        pictures = self.desk.pictures
        self.filter.show_counts(len(pictures.pictures), pictures.usable_count)

    def states_changed(self) -> None:
        """Pictures were left out or brought back."""
        if self.filter.which == "all":
            self.grid.refresh()
        else:
            self.fill()
        self.show_chosen()

    def selected(self) -> list[int]:
        """Indices of the chosen pictures."""
        return [self._shown[row] for row in self.grid.selected()]

    def show_left_out(self, index: int) -> None:
        """Show what was left out, beginning with one picture."""
        self.filter.show_only("out")
        if index in self._shown:
            self.grid.set_current(self._shown.index(index))
        self.grid.setFocus()

    def take_strip(self) -> QWidget:
        """The strip, for another place; `put_strip_back` returns it."""
        self._strip_row.removeWidget(self.strip)
        self.strip_line.hide()
        self.strip.set_narrow(True)
        return self.strip

    def put_strip_back(self) -> None:
        """The strip stands under the grid again."""
        self._strip_row.addWidget(self.strip)
        self.strip.set_narrow(False)
        self.show_chosen()

    @staticmethod
    def _inside(widget: QWidget) -> QVBoxLayout:
        """A widget that stands where the pictures stand, not where the grid does."""
        row = QVBoxLayout()
        row.setContentsMargins(MARGIN_LEFT, 0, MARGIN_RIGHT, 0)
        row.addWidget(widget)
        return row

    def fill(self) -> None:
        """Show the pictures that pass the filter; the chosen one stays chosen if it does."""
        chosen = self._chosen_index()
        framing = self.desk.pictures.framing
        small = framing.size <= SHARP_LIMIT and framing.aspect == "1:1"
        height, width, _ = framing.shape
        self.grid.set_proportion(height / width)
        self.filter.suggest_tile(_TILE_SHARP if small else _TILE)
        which, text = self.filter.which, self.filter.text
        self._shown = [
            index
            for index, entry in enumerate(self.desk.pictures.pictures)
            if (which == "all" or entry.usable == (which == "in")) and text in entry.name.lower()
        ]
        self._wanted.clear()
        self.grid.set_empty_text(self._empty_text(text))
        self.grid.set_source(len(self._shown), self._item, self._want_tile)
        if chosen in self._shown:
            self.grid.set_current(self._shown.index(chosen))
        elif self._shown:
            self.grid.set_current(0)

    def _empty_text(self, text: str) -> str:
        if self.desk.imports.busy:
            return ""
        if text:
            return self.tr("No file name holds “{text}”.").format(text=text)
        return self.tr("No picture here.")

    def _item(self, row: int) -> PictureItem:
        entry = self._entry(row)
        if entry.usable:
            return PictureItem(Path(entry.name).name)
        name, why = Path(entry.name).name, reason(entry)
        if entry.hash and entry.width:
            return PictureItem(name, "left-out", badge(entry), why)
        return PictureItem(name, "unreadable", badge(entry), why)

    def _entry(self, row: int) -> PictureEntry:
        return self.desk.pictures.pictures[self._shown[row]]

    # -- tiles: asked for while painting, answered in slices --------------------------------------

    def _want_tile(self, row: int) -> None:
        self._wanted.append(row)
        if not self._loader.isActive():
            self._loader.start()

    @Slot()
    def _load_tiles(self) -> None:
        project = self.desk.project
        end = time.perf_counter() + _LOAD_BUDGET_S
        while self._wanted and project is not None and time.perf_counter() < end:
            row = self._wanted.pop(0)
            if row < len(self._shown):
                tile = self.studio.pictures.tile(project, self.desk.pictures, self._shown[row])
                if tile is not None:
                    self.grid.set_picture(row, tile)
        if self._wanted:
            self._loader.start()

    # -- the chosen picture -----------------------------------------------------------------------

    def _chosen_index(self) -> int:
        row = self.grid.current()
        return self._shown[row] if 0 <= row < len(self._shown) else -1

    @Slot()
    def show_chosen(self) -> None:
        """Show the current picture in the strip; without one the strip goes."""
        index, project = self._chosen_index(), self.desk.project
        there = index >= 0 and project is not None
        self.strip_line.setVisible(there and self.isAncestorOf(self.strip))
        self.strip.setVisible(there)
        if not there or project is None:
            return
        pictures = self.desk.pictures
        entry = pictures.pictures[index]
        turn = ""
        if entry.left_out in _UNDOABLE and not self.frozen:
            turn = self.tr("Leave out") if entry.usable else self.tr("Bring back")
        tile = self.studio.pictures.tile(project, pictures, index)
        name = Path(entry.name).name
        self.strip.show_picture(tile, name, _facts(entry), reason(entry), turn)

    @Slot()
    def _turn_chosen(self) -> None:
        index = self._chosen_index()
        if index >= 0:
            self.turn_wanted.emit([index], self.desk.pictures.pictures[index].usable)

    # -- what a person asks for -------------------------------------------------------------------

    @Slot(list)
    def _leave_out_rows(self, rows: list[int]) -> None:
        self.turn_wanted.emit([self._shown[row] for row in rows], True)

    @Slot(list)
    def _bring_back_rows(self, rows: list[int]) -> None:
        self.turn_wanted.emit([self._shown[row] for row in rows], False)

    @Slot()
    def _filter_changed(self) -> None:
        self.fill()
        self.show_chosen()


def _facts(entry: PictureEntry) -> str:
    """Size, kind and weight in a line, from what the list knows: no file is opened for it."""
    parts = [f"{entry.width} × {entry.height}"] if entry.width else []
    parts.append(Path(entry.name).suffix.lstrip(".").upper())
    if entry.bytes:
        parts.append(say_bytes(entry.bytes))
    return ", ".join(part for part in parts if part)
