"""Small signs on pictures of a row: that there are more, or that something is to know of one.

Not responsible for where they stand, nor for what a click on them does.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from ganstudio.desktop import icons, theme
from ganstudio.desktop.tokens import Size
from ganstudio.desktop.widgets.painting import draw_box

__all__ = ["SIGN", "corner_sign", "draw_chevron", "draw_sign"]

SIGN = 20
_INSET, _CHEVRON = 3, 14


def corner_sign(box: QRectF) -> QRectF:
    """Where a sign stands on a picture."""
    return QRectF(box.right() - SIGN - _INSET, box.bottom() - SIGN - _INSET, SIGN, SIGN)


def draw_sign(painter: QPainter, room: QRectF, icon: str) -> None:
    """An icon that can be read on any picture."""
    _draw_ground(painter, room)
    inside = room.adjusted(_INSET, _INSET, -_INSET, -_INSET)
    icons.paint(painter, icon, inside, "text")


def draw_chevron(painter: QPainter, middle: QPointF, *, left: bool, boxed: bool) -> None:
    """There is more to one side; `boxed` where it stands on a picture."""
    if boxed:
        _draw_ground(painter, QRectF(middle.x() - SIGN / 2, middle.y() - SIGN / 2, SIGN, SIGN))
    painter.save()
    painter.translate(middle)
    painter.scale(-1 if left else 1, 1)
    half = _CHEVRON / 2
    icons.paint(painter, "chevron-right", QRectF(-half, -half, _CHEVRON, _CHEVRON), "text")
    painter.restore()


def _draw_ground(painter: QPainter, room: QRectF) -> None:
    draw_box(painter, room, Size.RADIUS_BADGE, theme.colour("stage", 0.88))
