"""A bundled set to start with: twelve of its pictures, its name, what it takes.

Not responsible for which set is trained: it reports the choice.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QEvent, QRectF, QSize, Signal
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ganstudio.desktop import icons, theme
from ganstudio.desktop.tokens import Size
from ganstudio.desktop.widgets.painting import (
    SHARP_LIMIT,
    draw_box,
    draw_picture,
    snap,
    to_image,
)
from ganstudio.desktop.widgets.writing import write

__all__ = ["BundleCard"]

_COLUMNS, _ROWS = 4, 3
_FOOT = 78


class BundleCard(QAbstractButton):
    """One of several cards; the chosen one has an amber border and a check."""

    chosen = Signal(str)

    def __init__(
        self, key: str, title: str, lines: Sequence[str] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._key = key
        self._lines = list(lines)
        self._images: list[QImage] = []
        self.setText(title)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setProperty("ringRadius", Size.RADIUS_CARD)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.clicked.connect(lambda: self.chosen.emit(self._key))
        self._describe()

    def key(self) -> str:
        """Which set it is."""
        return self._key

    def set_thumbnails(self, pictures: np.ndarray) -> None:
        """Twelve pictures: uint8 (12, H, W, 3|4)."""
        images = [to_image(picture) for picture in pictures[: _COLUMNS * _ROWS]]
        self._images = [_enlarged(image) for image in images]
        self.update()

    def set_lines(self, lines: Sequence[str]) -> None:
        """The quiet lines under the title."""
        self._lines = list(lines)
        self._describe()
        self.update()

    def set_chosen(self, chosen: bool) -> None:
        """Choose, without a signal."""
        self.setChecked(chosen)

    def sizeHint(self) -> QSize:
        """The width of a third of the stage."""
        return QSize(320, self.heightForWidth(320))

    def minimumSizeHint(self) -> QSize:
        """A card that can still be read."""
        return QSize(180, self.heightForWidth(180))

    def heightForWidth(self, width: int) -> int:
        """Three rows of square tiles and the words."""
        return round(width * _ROWS / _COLUMNS) + _FOOT

    def event(self, event: QEvent) -> bool:
        """Light up under the pointer."""
        if event.type() in (QEvent.Type.Enter, QEvent.Type.Leave):
            self.update()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the tiles, the words and the border."""
        painter = QPainter(self)
        box = QRectF(self.rect())
        draw_box(painter, box, Size.RADIUS_CARD, theme.colour("raised"))
        path = QPainterPath()
        path.addRoundedRect(box.adjusted(1, 1, -1, -1), Size.RADIUS_CARD - 1, Size.RADIUS_CARD - 1)
        painter.save()
        painter.setClipPath(path)
        self._draw_tiles(painter)
        painter.restore()
        self._draw_words(painter)
        chosen = self.isChecked()
        token = "accent_line" if chosen else "edge" if self.underMouse() else "control_line"
        strong = 3 if theme.current().surface_lines else 2
        width = strong if chosen else 1
        draw_box(painter, box, Size.RADIUS_CARD, None, theme.colour(token), width)

    def _draw_tiles(self, painter: QPainter) -> None:
        ratio = self.devicePixelRatioF()
        high = self.height() - _FOOT
        painter.fillRect(QRectF(0, 0, self.width(), high), theme.colour("stage"))
        xs = [snap(self.width() * i / _COLUMNS, ratio) for i in range(_COLUMNS + 1)]
        ys = [snap(high * i / _ROWS, ratio) for i in range(_ROWS + 1)]
        for index, image in enumerate(self._images):
            row, column = divmod(index, _COLUMNS)
            gap_x = 1 if column else 0
            gap_y = 1 if row else 0
            place = QRectF(
                xs[column] + gap_x,
                ys[row] + gap_y,
                xs[column + 1] - xs[column] - gap_x - (1 if column < _COLUMNS - 1 else 0),
                ys[row + 1] - ys[row] - gap_y - (1 if row < _ROWS - 1 else 0),
            )
            draw_picture(painter, image, place, sharp=False)

    def _draw_words(self, painter: QPainter) -> None:
        left, top = 16, self.height() - _FOOT + 12
        head = QRectF(left, top, self.width() - 56, 20)
        write(painter, head, self.text(), "head", theme.colour("text"))
        for number, line in enumerate(self._lines[:2]):
            place = QRectF(left, top + 20 + 17 * number, self.width() - 32, 16)
            write(painter, place, line, "small", theme.colour("text_quiet"))
        if self.isChecked():
            check = QRectF(self.width() - 32, top + 2, 16, 16)
            icons.paint(painter, "check", check, "accent_line")

    def _describe(self) -> None:
        self.setAccessibleName(self.text())
        self.setAccessibleDescription(". ".join(self._lines))
        self.setToolTip(self.tr("Learn from {}").format(self.text()))


def _enlarged(image: QImage) -> QImage:
    """Pixel art four times as large: smoothed down to a tile, its pixels stay even and crisp."""
    return image.scaled(image.size() * 4) if image.width() <= SHARP_LIMIT else image
