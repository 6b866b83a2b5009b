"""The stage of the Explore page: the large picture with those nearby or another view; and the path.

Not responsible for what they show.
"""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ganstudio.desktop.pages.base import Width
from ganstudio.desktop.pages.explore.favourites_row import FavouritesRow
from ganstudio.desktop.pages.explore.nearby import COLUMNS, HEAD, NearbyPanel
from ganstudio.desktop.pages.explore.path_strip import PathStrip
from ganstudio.desktop.pages.explore.places import NEARBY
from ganstudio.desktop.pages.explore.walk_words import walk_tip
from ganstudio.desktop.widgets.buttons import IconButton
from ganstudio.desktop.widgets.label import Label
from ganstudio.desktop.widgets.picture_canvas import PictureCanvas

__all__ = ["ExploreStage"]

_GAP = 24
_BELOW = 16
_NEAR_GAP = 16
_ROWS = NEARBY // COLUMNS
#: What of the picture's height no tile nearby takes: the head, and the gaps between the rows.
_BETWEEN = HEAD + (_ROWS - 1) * _NEAR_GAP
#: Two of them are as wide as the head above them.
_LEAST_TILE = 80
#: Where the picture would have more room than this at its side, more tiles have it.
_SPARE, _MOST_COLUMNS = 96, 4


class ExploreStage(QWidget):
    """Placed by hand: the picture is the largest square, the tiles take what is left."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: QWidget | None = None
        self.canvas = PictureCanvas(self)
        self.canvas.set_name(self.tr("Picture"))
        self.canvas.setToolTip(walk_tip())
        self.nearby = NearbyPanel(_NEAR_GAP, self)
        self.path = PathStrip()
        self.count = Label("", "small", "text_quiet")
        self.undo = IconButton("undo", self.tr("One step back"), self.tr("Undo"), framed=True)
        self.redo = IconButton("redo", self.tr("One step on"), self.tr("Redo"), framed=True)
        self.favourites: FavouritesRow | None = None
        self._path_row = QWidget(self)
        self._lay_out_path()

    def set_width_class(self, width: Width) -> None:
        """More or less room."""
        for button in (self.undo, self.redo):  # the menu bar has them too
            button.setHidden(width == "narrow")
        if self.favourites is not None:
            self.favourites.set_width_class(width)
        self._place()

    def add_view(self, view: QWidget) -> None:
        """Another view, hidden for now."""
        view.setParent(self)
        view.hide()

    def show_view(self, view: QWidget | None) -> None:
        """Show a view that was added in place of the picture; None shows the picture."""
        if self._view is not None:
            self._view.hide()
        self._view = view
        for widget in (self.canvas, self.nearby):
            widget.setVisible(view is None)
        if view is not None:
            view.show()
        self._place()

    def add_favourites(self, row: FavouritesRow) -> None:
        """Favourites stand at the right of the path."""
        self.favourites = row
        layout = self._path_row.layout()
        assert layout is not None
        layout.addWidget(row)

    def set_path_shown(self, shown: bool) -> None:
        """There is no path while there is nothing to walk through."""
        self._path_row.setVisible(shown)

    @property
    def path_height(self) -> int:
        """How high the path and the favourites are; 0 while there are none."""
        return 0 if self._path_row.isHidden() else self._path_row.height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room out."""
        super().resizeEvent(event)
        self._place()

    def _lay_out_path(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(Label(self.tr("Your path"), "medium"))
        words.addWidget(self.count)
        words.addStretch(1)
        row = QHBoxLayout(self._path_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addLayout(words)
        row.addSpacing(4)
        row.addWidget(self.undo)
        row.addWidget(self.redo)
        row.addSpacing(4)
        row.addWidget(self.path, 1)

    def _place(self) -> None:
        """The tiles nearby end where the picture ends; the path is where every view has it."""
        width, height = self.width(), self.height()
        path = self._path_row.sizeHint().height()
        room = height - path - _BELOW
        self._path_row.setGeometry(0, height - path, width, path)
        if self._view is not None:
            self._view.setGeometry(0, 0, width, room)
            return
        columns = COLUMNS
        tile, wide = self._shared(columns, width, room)
        while wide > room + _SPARE and columns < _MOST_COLUMNS and self._is_upright():
            columns += 1
            tile, wide = self._shared(columns, width, room)
        near, tall = width - wide - _GAP, _BETWEEN + _ROWS * tile
        high = min(room, wide)
        self.canvas.setGeometry(QRect(0, 0, wide, high))
        top = max(0, high - tall)
        self.nearby.setGeometry(QRect(wide + _GAP, top, near, min(tall, room)))
        self.nearby.set_columns(columns)

    def _is_upright(self) -> bool:
        """A picture that is wider than high takes what room there is itself."""
        wide, high = self.canvas.frame_shape() or (1, 1)
        return wide <= high

    @staticmethod
    def _shared(columns: int, width: int, room: int) -> tuple[int, int]:
        """Side of a tile nearby, and what they leave to the picture of the width.

        Picture, gap and tiles fill the width; rows of tiles and head are as high as the picture.
        """
        gaps = (columns - 1) * _NEAR_GAP
        by_width = (width - _GAP - _BETWEEN - gaps) // (_ROWS + columns)
        tile = max(_LEAST_TILE, min(by_width, (room - _BETWEEN) // _ROWS))
        return tile, max(1, width - columns * tile - gaps - _GAP)
