"""Small things that hand-painted widgets share: crisp boxes, rings, pictures at device pixels.

Not responsible for any widget's layout.
"""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen
from PySide6.QtWidgets import QWidget

from ganstudio.desktop import theme
from ganstudio.desktop.tokens import Size
from ganstudio.project.pixels import laid_on

__all__ = [
    "SHARP_LIMIT",
    "draw_box",
    "draw_knob",
    "draw_picture",
    "draw_ring",
    "fit_box",
    "fit_side",
    "has_keyboard",
    "is_white_drawing",
    "on_matte",
    "set_matte",
    "snap",
    "to_clear_image",
    "to_image",
]

SHARP_LIMIT = 32
"""Pictures up to this many pixels a side are taken for pixel art and enlarged without a filter."""

_matte = [(255, 255, 255)]


def set_matte(colour: tuple[int, int, int]) -> None:
    """What transparent pictures are shown on from now on: red, green, blue, 0 to 255."""
    _matte[0] = colour


def on_matte(picture: np.ndarray) -> np.ndarray:
    """A transparent picture (H, W, 4), colours multiplied, as it is seen; others as they are."""
    return laid_on(picture, _matte[0]) if picture.ndim == 3 else picture


def has_keyboard(widget: QWidget) -> bool:
    """Whether a widget has the focus and got it with the keyboard, so that a ring is wanted."""
    flag = Qt.WidgetAttribute.WA_KeyboardFocusChange
    return widget.hasFocus() and widget.window().testAttribute(flag)


def snap(value: float, ratio: float) -> float:
    """The nearest place, in logical pixels, that lies on the border of a device pixel."""
    return round(value * ratio) / ratio


def to_image(picture: np.ndarray) -> QImage:
    """A picture to be painted: uint8 (H, W, 3) RGB, (H, W) or (H, W, 1) grey, without a copy.

    Transparent ones, (H, W, 4), are laid on the matte. The array must not be written to afterwards;
    the image keeps a reference to it.
    """
    return _wrapped(on_matte(picture))


def to_clear_image(picture: np.ndarray) -> QImage:
    """As `to_image`, but what is transparent stays so: for the clipboard."""
    if picture.shape[-1] == 4:  # a generator may draw more colour than its alpha allows
        colours = np.minimum(picture[..., :3], picture[..., 3:])
        picture = np.concatenate([colours, picture[..., 3:]], axis=-1)
    return _wrapped(picture)


def _wrapped(picture: np.ndarray) -> QImage:
    picture = np.ascontiguousarray(picture)
    height, width = picture.shape[:2]
    channels = 1 if picture.ndim == 2 else picture.shape[2]
    formats = {
        1: QImage.Format.Format_Grayscale8,
        3: QImage.Format.Format_RGB888,
        4: QImage.Format.Format_RGBA8888_Premultiplied,
    }
    return QImage(picture.data, width, height, width * channels, formats[channels])


def fit_side(source: int, room: float, ratio: float, sharp: bool) -> float:
    """How large a picture of `source` pixels is drawn in `room` logical pixels.

    Sharp pictures take whole factors of device pixels only and so may be smaller than the room.
    """
    device = math.floor(room * ratio)
    if sharp and device >= source > 0:
        device = device // source * source
    return device / ratio


def fit_box(width: int, height: int, room: QRectF, ratio: float, sharp: bool) -> QRectF:
    """Where a picture of width x height pixels lies in a room: whole, and in the middle."""
    if width * room.height() >= height * room.width():
        wide = fit_side(width, room.width(), ratio, sharp)
        high = wide * height / max(1, width)
    else:
        high = fit_side(height, room.height(), ratio, sharp)
        wide = high * width / max(1, height)
    left = snap(room.center().x() - wide / 2, ratio)
    top = snap(room.center().y() - high / 2, ratio)
    return QRectF(left, top, wide, high)


def draw_picture(painter: QPainter, image: QImage, box: QRectF, sharp: bool) -> None:
    """Draw an image into `box`, nearest when sharp, else with a smooth filter."""
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not sharp)
    painter.drawImage(box, image)


def is_white_drawing(picture: np.ndarray) -> bool:
    """Whether the border of a picture is white enough to vanish or glare without a line."""
    colours = picture[..., :3]
    edge = np.concatenate([colours[0], colours[-1], colours[:, 0], colours[:, -1]])
    return bool(np.median(edge) >= 250)


def draw_box(
    painter: QPainter,
    box: QRectF,
    radius: float,
    fill: QColor | None = None,
    line: QColor | None = None,
    width: float = 1.0,
) -> None:
    """A rounded box whose border of `width` lies inside of `box`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, radius > 0)
    if line is None:
        painter.setPen(Qt.PenStyle.NoPen)
        inner = box
    else:
        painter.setPen(QPen(line, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        half = width / 2
        inner = box.adjusted(half, half, -half, -half)
        radius = max(0.0, radius - half)
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    if radius > 0:
        painter.drawRoundedRect(inner, radius, radius)
    elif line is None and fill is not None:
        painter.fillRect(inner, fill)
    else:
        painter.drawRect(inner)
    painter.restore()


def draw_ring(painter: QPainter, box: QRectF, token: str, gap: float, width: float) -> None:
    """A square ring around a picture, `gap` outside of it."""
    grow = gap + width / 2
    painter.save()
    pen = QPen(theme.colour(token), width)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, width > 1)
    painter.drawRect(box.adjusted(-grow, -grow, grow, grow))
    painter.restore()


def draw_knob(painter: QPainter, centre: QPointF, token: str, ground: str) -> None:
    """The round knob of sliders and gauges, with a thin gap to the track below it."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(ground))
    radius = Size.KNOB / 2
    painter.drawEllipse(centre, radius + 2, radius + 2)
    painter.setBrush(theme.colour(token))
    painter.drawEllipse(centre, radius, radius)
    painter.restore()
