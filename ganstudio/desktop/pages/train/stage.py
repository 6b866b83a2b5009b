"""The stage of the Train page: the grid above, film, plots and titles below, a splitter between.

Not responsible for what is shown in them.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSplitter, QSplitterHandle, QVBoxLayout, QWidget

from ganstudio.desktop import theme
from ganstudio.desktop.pages.base import Width
from ganstudio.desktop.pages.train.plots import TrainPlots
from ganstudio.desktop.tokens import Size
from ganstudio.desktop.widgets.caption import Caption
from ganstudio.desktop.widgets.film_slider import FilmSlider
from ganstudio.desktop.widgets.painting import draw_box
from ganstudio.desktop.widgets.tile_grid import TileGrid
from ganstudio.desktop.widgets.title_strip import TitleStrip
from ganstudio.project.sheets import SAMPLE_COUNT

__all__ = ["TrainStage"]

COLUMNS = 10
_PLACES = 40
_HANDLE = 10
_CAPTION = 26
_TITLES = 22
_PLOTS_LARGE = 560
_LEAST_BELOW = 272


class _Grip(QSplitterHandle):
    """A line that shows where to drag, once the pointer is near."""

    def event(self, event: QEvent) -> bool:
        """Repaint when the pointer comes and goes."""
        if event.type() in (QEvent.Type.HoverEnter, QEvent.Type.HoverLeave):
            self.update()
        return super().event(event)

    def mouseDoubleClickEvent(self, event: QEvent) -> None:
        """Back to the usual heights."""
        stage = self.parent()
        if isinstance(stage, TrainStage):
            stage.forget_height()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A short bar in the middle."""
        painter = QPainter(self)
        token = "edge" if self.underMouse() else "line"
        bar = QRectF(self.width() / 2 - 18, self.height() / 2 - 1, 36, 3)
        draw_box(painter, bar, 1.5, theme.colour(token))


class TrainStage(QSplitter):
    """Grid over time. `height_dragged` says how high a person made the lower part."""

    height_dragged = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.grid = TileGrid(COLUMNS, Size.TILE_GAP, SAMPLE_COUNT)
        self.film = FilmSlider()
        self.plots = TrainPlots()
        self.titles = TitleStrip()
        self.caption = Caption()
        self._wanted: int | None = None
        self._large = False
        self._rows_high = 0
        below = QWidget()
        column = QVBoxLayout(below)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.film)
        column.addWidget(self.plots, 1)
        column.addWidget(self.titles)
        column.addSpacing(4)
        self._caption_row = QVBoxLayout()
        self._caption_row.setContentsMargins(Size.PLOT_LEFT, 0, 0, 0)
        self._caption_row.addWidget(self.caption)
        column.addLayout(self._caption_row)
        below.setMinimumHeight(_LEAST_BELOW)
        self.grid.setMinimumHeight(60)
        self.addWidget(self.grid)
        self.addWidget(below)
        self.setHandleWidth(_HANDLE)
        self.setChildrenCollapsible(False)
        self.handle(1).setToolTip(
            self.tr("Drag: more room for the pictures or for the plots. Double-click: as usual.")
        )
        self.handle(1).setAccessibleName(self.tr("Border between pictures and plots"))
        self.splitterMoved.connect(self._dragged)

    def createHandle(self) -> QSplitterHandle:
        """The border that can be dragged."""
        return _Grip(self.orientation(), self)

    @property
    def plots_large(self) -> bool:
        """Whether the plots have most of the room."""
        return self._large

    def fit_rows(self) -> None:
        """Tiles may have another size now: as many rows of them as before."""
        if self._rows_high != self._grid_height():
            self._share_out()

    def set_plots_large(self, large: bool) -> None:
        """Give the plots 560 px, or what a person gave them before."""
        self._large = large
        self._share_out()

    def set_height(self, height: int | None) -> None:
        """How high the lower part shall be; None is as usual."""
        self._wanted = height
        self._share_out()

    def forget_height(self) -> None:
        """The usual heights again."""
        self._large = False
        self.set_height(None)
        self.height_dragged.emit(0)

    def set_width_class(self, width: Width) -> None:
        """More or less room."""
        narrow = width == "narrow"
        self.film.set_narrow(narrow)
        self.titles.set_narrow(narrow)
        # The sentence keeps to one line as long as it can.
        self._caption_row.setContentsMargins(Size.PLOT_LEFT if width == "wide" else 0, 0, 0, 0)
        self.plots.set_narrow(narrow)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Four rows of pictures, the rest for time."""
        super().resizeEvent(event)
        self._share_out()

    def _grid_height(self) -> int:
        return self.grid.height_for(self.grid.rows_for(_PLACES))

    def _share_out(self) -> None:
        room = self.height() - _HANDLE
        if room <= 0:
            return
        self._rows_high = self._grid_height()
        below = self._wanted
        if self._large:
            # Whole rows only: at least one, and what 560 px for the plots leaves.
            wanted = room - (Size.FILM + Size.FILM_TICKS + _PLOTS_LARGE + _TITLES + _CAPTION)
            tile = self.grid.height_for(1) + Size.TILE_GAP
            below = room - self.grid.height_for(max(1, (wanted + Size.TILE_GAP) // tile))
        elif below is None:
            below = room - self._rows_high
        below = max(_LEAST_BELOW, min(below, room - self.grid.minimumHeight()))
        self.setSizes([room - below, below])

    @Slot(int, int)
    def _dragged(self, position: int, index: int) -> None:
        self._large = False
        self._wanted = self.sizes()[1]
        self.height_dragged.emit(self._wanted)
