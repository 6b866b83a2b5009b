"""A jumbled pile of pictures with captions, framed by what they are once that is told.

Not responsible for what they are, nor for judging them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from ganstudio.desktop import theme
from ganstudio.desktop.widgets.frames import FRAME, draw_frame
from ganstudio.desktop.widgets.grid_keys import tile_asked
from ganstudio.desktop.widgets.painting import (
    SHARP_LIMIT,
    draw_box,
    draw_picture,
    draw_ring,
    fit_box,
    has_keyboard,
    snap,
    to_image,
)
from ganstudio.desktop.widgets.writing import width_of, write

__all__ = ["PileGrid", "PileTile"]

_MOST_TURN = 2.6
_CAPTION = 24
_BELOW = 7
_AROUND = 5


@dataclass(frozen=True, slots=True)
class PileTile:
    """What stands around a picture.

    Attributes:
        name: For tooltips and screen readers.
        caption: Quiet words below it.
        strong: Words behind them that matter more.
        real: Frames it as real or generated; None draws no frame.
    """

    name: str
    caption: str = ""
    strong: str = ""
    real: bool | None = None


class PileGrid(QWidget):
    """Cells of one size; arrows and clicks choose one.

    Args:
        columns: Cells beside each other.
        rows: Rows that the height is shared out among.
        jumbled: Whether pictures lie a little askew; they do not where motion is reduced.
        name: What the whole is called.
    """

    chosen = Signal(int)

    def __init__(
        self,
        name: str,
        columns: int = 8,
        rows: int = 4,
        jumbled: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._name, self._columns, self._rows, self._jumbled = name, columns, rows, jumbled
        self._images: list[QImage] = []
        self._tiles: list[PileTile] = []
        self._turns: list[float] = []
        self._drawn: dict[tuple[int, PileTile, int, int, float, str], QPixmap] = {}
        self._current, self._hovered = -1, -1
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("focusRing", False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._describe()

    # -- what is shown ---------------------------------------------------------------------------

    def set_pictures(self, pictures: np.ndarray, tiles: Sequence[PileTile], seed: int = 0) -> None:
        """Show pictures uint8 (N, H, W, C), not written to later; those that fit are seen.

        Args:
            pictures: Of one size.
            tiles: What stands around each.
            seed: How they lie.
        """
        self._images = [to_image(picture) for picture in pictures]
        random = np.random.default_rng(seed)
        self._turns = random.uniform(-_MOST_TURN, _MOST_TURN, len(self._images)).tolist()
        self._current = self._hovered = -1
        self._drawn.clear()
        self.set_tiles(tiles)

    def set_tiles(self, tiles: Sequence[PileTile]) -> None:
        """Say something else of the same pictures."""
        self._tiles = list(tiles)
        self._describe()
        self.update()

    def tiles(self) -> list[PileTile]:
        """What stands around the pictures."""
        return list(self._tiles)

    def clear(self) -> None:
        """Show empty places."""
        self.set_pictures(np.zeros((0, 1, 1, 3), np.uint8), ())

    def set_shape(self, columns: int, rows: int) -> None:
        """Share the room out among other numbers of cells."""
        if (columns, rows) != (self._columns, self._rows):
            self._columns, self._rows = columns, rows
            self.updateGeometry()
            self.update()

    def shown_count(self) -> int:
        """How many pictures are seen."""
        return min(len(self._images), self._columns * self._rows)

    def current(self) -> int:
        """The chosen picture, or -1."""
        return self._current

    def set_current(self, index: int) -> None:
        """Choose a picture without a signal; one that is not seen chooses none."""
        self._current = index if index < self.shown_count() else -1
        self._describe()
        self.update()

    def tile_name(self, index: int) -> str:
        """The accessible name of one picture."""
        return self._tiles[index].name

    def tile_box(self, index: int) -> QRectF:
        """The picture with its frame, lying straight, in logical pixels."""
        inner = self._picture_box(index)
        return inner.adjusted(-FRAME, -FRAME, FRAME, FRAME)

    def sizeHint(self) -> QSize:
        """As at 1440 x 900."""
        return QSize(self._columns * 116, self._rows * 124)

    def minimumSizeHint(self) -> QSize:
        """Pictures that can still be told apart."""
        return QSize(self._columns * 56, self._rows * 64)

    # -- painting --------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the pictures, the captions, then the rings."""
        painter = QPainter(self)
        for index in range(self.shown_count()):
            self._draw_tile(painter, index)
        if not self._images:
            self._draw_empty(painter)
        self._draw_rings(painter)

    def _draw_empty(self, painter: QPainter) -> None:
        for index in range(self._columns * self._rows):
            draw_box(painter, self._picture_box(index), 0, theme.colour("raised"))

    def _draw_tile(self, painter: QPainter, index: int) -> None:
        box = self.tile_box(index)
        stamp = self._stamp(index, box)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._lies_askew():
            painter.translate(box.center())
            painter.rotate(self._turns[index])
            painter.translate(-box.center())
        painter.drawPixmap(box.adjusted(-1, -1, 1, 1), stamp, QRectF(stamp.rect()))
        painter.restore()
        self._draw_caption(painter, index, box)

    def _stamp(self, index: int, box: QRectF) -> QPixmap:
        """A picture in its frame, drawn once; a pixel of nothing around keeps turned edges soft."""
        ratio = self.devicePixelRatioF()
        tile = self._tiles[index]
        wide, high = round((box.width() + 2) * ratio), round((box.height() + 2) * ratio)
        key = (index, tile, wide, high, ratio, theme.name())
        if key not in self._drawn:
            self._drawn = {k: v for k, v in self._drawn.items() if k[0] != index}
            stamp = QPixmap(wide, high)
            stamp.setDevicePixelRatio(ratio)
            stamp.fill(Qt.GlobalColor.transparent)
            painter = QPainter(stamp)
            straight = QRectF(1, 1, box.width(), box.height())
            inner = straight.adjusted(FRAME, FRAME, -FRAME, -FRAME)
            image = self._images[index]
            draw_picture(painter, image, inner, self._is_sharp())
            if tile.real is not None:
                draw_frame(painter, straight, tile.real)
            painter.end()
            self._drawn[key] = stamp
        return self._drawn[key]

    def _draw_caption(self, painter: QPainter, index: int, box: QRectF) -> None:
        tile = self._tiles[index]
        plain, strong = width_of(tile.caption, "small"), width_of(tile.strong, "small-strong")
        room = self._cell(index)
        left = room.center().x() - min(room.width(), plain + strong) / 2
        top = min(box.bottom() + _BELOW, room.bottom() - 16)
        line = QRectF(left, top, plain + 1, 16)
        write(painter, line, tile.caption, "small", theme.colour("text_quiet"))
        behind = QRectF(left + plain, top, max(0.0, room.right() - left - plain) + 1, 16)
        if tile.strong:
            write(painter, behind, tile.strong, "small-strong", theme.colour("text"))

    def _draw_rings(self, painter: QPainter) -> None:
        shown = self.shown_count()
        if 0 <= self._hovered < shown and self._hovered != self._current:
            draw_ring(painter, self._around(self._hovered), "text", 0, 1)
        if 0 <= self._current < shown:
            wide = 3 if theme.current().surface_lines else 2
            draw_ring(painter, self._around(self._current), "accent_line", 0, wide)
        elif has_keyboard(self) and shown:
            draw_ring(painter, self._around(0), "accent_line", 0, 2)

    def _around(self, index: int) -> QRectF:
        grown = self.tile_box(index).adjusted(-_AROUND, -_AROUND, _AROUND, _AROUND)
        return grown.intersected(QRectF(self.rect()).adjusted(2, 2, -2, -2))

    # -- where things lie ------------------------------------------------------------------------

    def _lies_askew(self) -> bool:
        return self._jumbled and not theme.reduced_motion() and not theme.current().surface_lines

    def _is_sharp(self) -> bool:
        image = self._images[0]
        return min(image.width(), image.height()) <= SHARP_LIMIT

    def _cell(self, index: int) -> QRectF:
        row, column = divmod(index, self._columns)
        wide, high = self.width() / self._columns, self.height() / self._rows
        return QRectF(column * wide, row * high, wide, high)

    def _picture_box(self, index: int) -> QRectF:
        """Where a picture is drawn without its frame: as large as its cell allows."""
        cell, ratio = self._cell(index), self.devicePixelRatioF()
        wide, high = (self._images[0].width(), self._images[0].height()) if self._images else (1, 1)
        across = cell.width() - 2 * (FRAME + _AROUND)
        down = cell.height() - 2 * FRAME - _AROUND - _CAPTION
        turned = math.sin(math.radians(_MOST_TURN)) * 0.5
        side = max(8.0, min(across, down * wide / high) * (1 - turned))
        room = QRectF(
            cell.left() + (cell.width() - side) / 2,
            snap(cell.top() + FRAME + _AROUND, ratio),
            side,
            side * high / wide,
        )
        sharp = bool(self._images) and self._is_sharp()
        return fit_box(wide, high, room, ratio, sharp)

    def _at(self, position: QPointF) -> int:
        for index in range(self.shown_count()):
            if self.tile_box(index).contains(position):
                return index
        return -1

    # -- hand and keys ---------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the picture under the pointer."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._choose(self._at(event.position()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light what is under the pointer."""
        self._hover(self._at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer."""
        self._hover(-1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, Home and End choose."""
        wanted = tile_asked(event, self._current, self._columns, self.shown_count())
        if wanted is not None:
            self._choose(wanted)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Pictures are drawn anew at their new size."""
        super().resizeEvent(event)
        self._drawn.clear()

    def event(self, event: QEvent) -> bool:
        """The tooltip names the picture under the pointer."""
        if event.type() == QEvent.Type.ToolTip:
            self.setToolTip(self.tile_name(self._hovered) if self._hovered >= 0 else "")
        return super().event(event)

    def _choose(self, index: int) -> None:
        if index >= 0 and index != self._current:
            self._current = index
            self._describe()
            self.update()
            self.chosen.emit(index)

    def _hover(self, index: int) -> None:
        if index != self._hovered:
            self._hovered = index
            self.update()

    def _describe(self) -> None:
        if 0 <= self._current < len(self._tiles):
            self.setAccessibleName(f"{self._name}: {self.tile_name(self._current)}")
        else:
            count = self.tr("{n} pictures").format(n=self.shown_count())
            self.setAccessibleName(f"{self._name}, {count}")
