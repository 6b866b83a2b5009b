"""One picture with its frame, or what its score rests on, laid over it in the inspector's blue.

Not responsible for either.
"""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ganstudio.desktop import theme
from ganstudio.desktop.widgets.frames import FRAME, draw_frame
from ganstudio.desktop.widgets.painting import (
    SHARP_LIMIT,
    draw_box,
    draw_picture,
    fit_box,
    on_matte,
    to_image,
)

__all__ = ["FramedPicture", "heat_picture"]

_STRONGEST = 0.85
_DIMMED = 0.55


def heat_picture(picture: np.ndarray, weights: np.ndarray, for_real: bool) -> np.ndarray:
    """A picture in grey, with what speaks for the inspector's word in blue: uint8 (H, W, 3).

    Args:
        picture: uint8 (H, W, C).
        weights: (H, W): see `HeatMap`.
        for_real: Whether what made it look real is wanted, or what gave it away.
    """
    seen = on_matte(picture).astype(np.float32)
    grey = seen.mean(axis=2, keepdims=True) * _DIMMED + 40
    evidence = np.clip(weights if for_real else -weights, 0, None)
    top = float(evidence.max())
    share = (evidence / top if top > 0 else evidence)[..., None] ** 1.5 * _STRONGEST
    blue = _rgb("inspector")
    mixed: np.ndarray = np.clip(grey * (1 - share) + blue * share, 0, 255).astype(np.uint8)
    return mixed


def _rgb(token: str) -> np.ndarray:
    colour = theme.colour(token)
    return np.array([colour.red(), colour.green(), colour.blue()], np.float32)


class FramedPicture(QWidget):
    """As large as it fits, with room for a frame where it may get one.

    Args:
        name: For screen readers.
        side: The wanted size.
        framed: Whether it may get a frame.
        centred: Whether it stands in the middle of its room, else at the left.
    """

    def __init__(
        self, name: str, side: int = 144, framed: bool = True, centred: bool = False
    ) -> None:
        super().__init__()
        self._image: QImage | None = None
        self._real: bool | None = None
        self._side = side
        self._inset = FRAME if framed else 0
        self._centred = centred
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def set_picture(self, picture: np.ndarray | None, real: bool | None = None) -> None:
        """Show a picture uint8 (H, W, C), framed as real or generated, or not at all."""
        self._image = None if picture is None else to_image(picture)
        self._real = real
        self.update()

    def sizeHint(self) -> QSize:
        """A square."""
        return QSize(self._side, self._side)

    def minimumSizeHint(self) -> QSize:
        """Small enough for a narrow panel."""
        return QSize(64, 64)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the picture and its frame."""
        painter = QPainter(self)
        inset = self._inset
        room = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        image = self._image
        wide, high = (image.width(), image.height()) if image is not None else (1, 1)
        sharp = image is not None and min(wide, high) <= SHARP_LIMIT
        box = fit_box(wide, high, room, self.devicePixelRatioF(), sharp)
        if not self._centred:
            box.moveTo(room.topLeft())
        if image is None:
            draw_box(painter, box, 0, theme.colour("raised"))
            return
        draw_picture(painter, image, box, sharp)
        if self._real is not None:
            draw_frame(painter, box.adjusted(-FRAME, -FRAME, FRAME, FRAME), self._real)
