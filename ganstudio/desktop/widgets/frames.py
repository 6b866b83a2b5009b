"""Frames that say what a picture is: real ones solid and green, generated ones striped and magenta.

The pattern says the same to eyes that do not tell the colours apart. Not responsible for when a
frame is shown.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from ganstudio.desktop import theme

__all__ = ["FRAME", "draw_frame", "draw_point"]

#: Width of a frame in logical pixels.
FRAME = 4
_ON, _OFF = 4.0, 3.0
_SLANT = 2**0.5


def draw_frame(painter: QPainter, box: QRectF, real: bool) -> None:
    """A frame whose outer border is `box`."""
    ring = QPainterPath()
    ring.addRect(box)
    ring.addRect(box.adjusted(FRAME, FRAME, -FRAME, -FRAME))
    if real:
        painter.fillPath(ring, theme.colour("real"))
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipPath(ring)
    painter.setPen(
        QPen(theme.colour("generator"), _ON, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
    )
    step = (_ON + _OFF) * _SLANT
    high = box.height()
    place = box.left() - step
    while place < box.right() + high + step:
        painter.drawLine(
            QPointF(place + FRAME, box.top() - FRAME),
            QPointF(place - high - FRAME, box.bottom() + FRAME),
        )
        place += step
    painter.restore()


def draw_point(painter: QPainter, centre: QPointF, real: bool, radius: float = 3.0) -> None:
    """A picture in a plot: real ones are hollow circles, generated ones filled triangles."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if real:
        painter.setPen(QPen(theme.colour("real"), 1.6))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(centre, radius, radius)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("generator"))
        reach = radius + 0.6
        tip = QPainterPath(centre + QPointF(0, -reach))
        tip.lineTo(centre + QPointF(reach, reach - 1))
        tip.lineTo(centre + QPointF(-reach, reach - 1))
        tip.closeSubpath()
        painter.drawPath(tip)
    painter.restore()
