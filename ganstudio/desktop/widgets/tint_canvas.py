"""The large picture with something laid over it: a mask, or what a channel lights up.

Not responsible for what is laid over it.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QWidget

from ganstudio.desktop import theme
from ganstudio.desktop.widgets.painting import draw_picture
from ganstudio.desktop.widgets.picture_canvas import PictureCanvas

__all__ = ["TintCanvas"]


class TintCanvas(PictureCanvas):
    """A colour lies on the picture, here more and there less."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tint: QImage | None = None

    def set_tint(
        self, shares: npt.NDArray[np.float32] | None, token: str = "accent", most: float = 0.5
    ) -> None:
        """Lay a colour over the picture.

        Args:
            shares: (rows, columns), 0 to 1, from the upper left corner on; None takes it away.
            token: The colour.
            most: How much it covers where the share is 1.
        """
        nothing = shares is None or not shares.any()
        if nothing and self._tint is None:
            return
        self._tint = None if nothing or shares is None else _coloured(shares, token, most)
        self.update()

    def tinted(self) -> bool:
        """Whether something lies on it."""
        return self._tint is not None

    def paint_on(self, painter: QPainter, box: QRectF) -> None:
        """Draw the colour."""
        if self._tint is not None:
            draw_picture(painter, self._tint, box, False)


def _coloured(shares: npt.NDArray[np.float32], token: str, most: float) -> QImage:
    colour = theme.colour(token)
    cover = most * np.clip(shares, 0.0, 1.0)[..., None]
    channels = np.array([colour.red(), colour.green(), colour.blue(), 255])
    pixels = np.round(cover * channels).astype(np.uint8)
    height, width = shares.shape
    kind = QImage.Format.Format_RGBA8888_Premultiplied
    return QImage(pixels.tobytes(), width, height, 4 * width, kind).copy()
