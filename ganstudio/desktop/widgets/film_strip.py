"""The small pictures of the film, kept at the size at which they are drawn, and as one strip.

Not responsible for which moments show, nor for the slider below them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPixmap

from ganstudio.desktop import theme
from ganstudio.desktop.widgets.painting import draw_picture, to_image

__all__ = ["FilmStrip"]


class FilmStrip:
    """Pictures by the index of their moment.

    Attributes:
        thumbs: Index -> picture.
    """

    def __init__(self) -> None:
        self.thumbs: dict[int, QImage] = {}
        self._fits: dict[int, QImage] = {}
        self._whole: QPixmap | None = None
        self._look: object = None

    def set_thumb(self, index: int, picture: np.ndarray) -> None:
        """The picture of one moment: uint8 (H, W, 3|4)."""
        self.thumbs[index] = to_image(picture)
        self._fits.pop(index, None)
        self._whole = None

    def renumber(self, places: Mapping[int, int]) -> None:
        """Moments have other indices now: old -> new; those that are not in it are forgotten."""
        thumbs = {places[old]: image for old, image in self.thumbs.items() if old in places}
        self.forget()
        self.thumbs = thumbs

    def forget(self) -> None:
        """No pictures any more."""
        self.thumbs = {}
        self._fits.clear()
        self._whole = None

    def draw(self, painter: QPainter, boxes: Sequence[QRectF], moments: Sequence[int]) -> None:
        """Draw all of it; the pictures change far more seldom than the clock.

        Args:
            painter: At the strip's left upper corner.
            boxes: The room of each slot.
            moments: Index of the moment in each slot, or empty for none.
        """
        ratio = painter.device().devicePixelRatioF()
        look = (tuple(moments), boxes[-1].right(), ratio, theme.current())
        if self._whole is None or self._look != look:
            self._whole, self._look = self._made(boxes, moments, ratio), look
        painter.drawPixmap(QPointF(0, 0), self._whole)

    def _made(self, boxes: Sequence[QRectF], moments: Sequence[int], ratio: float) -> QPixmap:
        right, bottom = boxes[-1].right(), boxes[-1].bottom()
        strip = QPixmap(math.ceil(right * ratio), math.ceil(bottom * ratio))
        strip.setDevicePixelRatio(ratio)
        strip.fill(Qt.GlobalColor.transparent)
        painter = QPainter(strip)
        for index, box in enumerate(boxes):
            if not moments or moments[index] not in self.thumbs:
                painter.fillRect(box, theme.colour("raised"))
                continue
            painter.setClipRect(box)
            draw_picture(painter, *self._fitted(moments[index], box, ratio), False)
            painter.setClipping(False)
        painter.end()
        return strip

    def _fitted(self, index: int, box: QRectF, ratio: float) -> tuple[QImage, QRectF]:
        """A thumb at the size at which it fills a slot, and where it lies: its sides are cut off.

        It is kept at that size: scaling smoothly is what takes time.
        """
        thumb = self.thumbs[index]
        factor = max(box.width() / thumb.width(), box.height() / thumb.height())
        whole = QRectF(0, 0, factor * thumb.width(), factor * thumb.height())
        whole.moveCenter(box.center())
        pixels = QSize(math.ceil(whole.width() * ratio), math.ceil(whole.height() * ratio))
        known = self._fits.get(index)
        if known is None or known.size() != pixels:
            known = thumb.scaled(
                pixels,
                Qt.AspectRatioMode.IgnoreAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            self._fits[index] = known
        return known, whole
