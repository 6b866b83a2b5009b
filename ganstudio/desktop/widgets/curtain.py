"""A curtain over a grid: left of it how the same places were before, right of it how they are.

Not responsible for which moments these are.
"""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ganstudio.desktop import theme
from ganstudio.desktop.tokens import Size
from ganstudio.desktop.widgets.painting import draw_box, draw_knob, to_image
from ganstudio.desktop.widgets.tile_grid import TileGrid
from ganstudio.desktop.widgets.writing import width_of, write

__all__ = ["Curtain"]

_HALF, _STEP, _FAR = 0.5, 0.02, 0.1
_BADGE = 22


class _Grip(QWidget):
    """The line that is dragged, as wide as a hand needs it."""

    moved = Signal(float)

    def __init__(self, grid: QWidget) -> None:
        super().__init__(grid)
        self._grid = grid
        self._held: float | None = None
        self.setFixedWidth(Size.ICON_BUTTON)
        self.setCursor(Qt.CursorShape.SplitHCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ringRadius", Size.RADIUS_BUTTON)
        self.setToolTip(self.tr("Drag: before at the left, now at the right. Hold B: all before."))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._held = event.position().x()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held is not None:
            self.moved.emit(self.x() + event.position().x() - self._held + self.width() / 2)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._held = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1.0, Qt.Key.Key_Right: 1.0}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        far = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        wide = self._grid.width()
        self.moved.emit(self.x() + self.width() / 2 + step * (_FAR if far else _STEP) * wide)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        middle = self.width() / 2
        painter.fillRect(QRectF(middle - 1.5, 0, 3, self.height()), theme.colour("stage"))
        painter.fillRect(QRectF(middle - 0.5, 0, 1, self.height()), theme.colour("text"))
        draw_knob(painter, QPointF(middle, self.height() / 2), "knob", "stage")


class Curtain(QWidget):
    """Lies over the grid and lets the pointer through, but for the line that is dragged."""

    def __init__(self, grid: TileGrid) -> None:
        super().__init__(grid)
        self._grid = grid
        self._images: list[QImage] = []
        self._words = ("", "")
        self._share = _HALF
        self._held = False
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.grip = _Grip(grid)
        self.grip.moved.connect(self._moved)
        grid.installEventFilter(self)
        self.hide()
        self.grip.hide()

    @property
    def share(self) -> float:
        """Where the line is, 0 to 1 of the grid's width."""
        return self._share

    def show_before(self, pictures: np.ndarray) -> None:
        """Draw the curtain: uint8 (N, H, W, C), the same places as the grid's, not written to."""
        self._images = [to_image(picture) for picture in pictures]
        self._share = _HALF
        self.show()
        self.grip.show()
        self._place()
        self.raise_()
        self.grip.raise_()

    def put_away(self) -> None:
        """No curtain."""
        self._images = []
        self._held = False
        self.hide()
        self.grip.hide()

    def set_words(self, before: str, after: str) -> None:
        """What stands on both sides, such as "Before, 270 k" and "Now, 412 k"."""
        if (before, after) != self._words:
            self._words = (before, after)
            self._describe()
            self.update()

    def hold(self, held: bool) -> None:
        """Show all of what was before, as long as a key is held."""
        if held != self._held:
            self._held = held
            self.update()

    def set_share(self, share: float) -> None:
        """Move the line."""
        share = min(1.0, max(0.0, share))
        if share != self._share:
            self._share = share
            self._place()
            self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """As large as the grid."""
        if watched is self._grid and event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the left part and the words."""
        painter = QPainter(self)
        edge = self.width() if self._held else self._share * self.width()
        left = QRectF(0, 0, edge, self.height())
        painter.save()
        painter.setClipRect(left)
        painter.fillRect(left, theme.colour("stage"))
        self._grid.paint_tiles(painter, self._images)
        painter.restore()
        before, after = self._words
        self._draw_badge(painter, before, 12)
        if not self._held:
            self._draw_badge(painter, after, self.width() - 12 - _wide(after))

    def _draw_badge(self, painter: QPainter, words: str, left: float) -> None:
        bottom = self._grid.tile_box(self._grid.shown_count() - 1).bottom()
        badge = QRectF(left, min(bottom, self.height()) - 12 - _BADGE, _wide(words), _BADGE)
        draw_box(painter, badge, Size.RADIUS_BADGE, theme.colour("stage", 0.88))
        write(painter, badge.adjusted(8, 0, 0, 0), words, "small", theme.colour("text"))

    def _moved(self, x: float) -> None:
        self.set_share(x / max(1, self._grid.width()))

    def _place(self) -> None:
        self.setGeometry(self._grid.rect())
        x = round(self._share * self.width() - self.grip.width() / 2)
        self.grip.setGeometry(x, 0, self.grip.width(), self.height())
        self._describe()

    def _describe(self) -> None:
        before, after = self._words
        name = self.tr("Curtain at {n} %. Left: {before}. Right: {after}.")
        self.grip.setAccessibleName(
            name.format(n=round(100 * self._share), before=before, after=after)
        )


def _wide(words: str) -> int:
    return round(width_of(words, "small")) + 16
