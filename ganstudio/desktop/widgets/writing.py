"""Writes one line of words, the way every hand-painted widget does it.

Not responsible for breaking lines: `label` and `caption` do that.
"""

from __future__ import annotations

import math
import sys
from functools import lru_cache
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QPaintEngine,
    QPainter,
    QPainterPath,
    QPixmap,
    QTransform,
)

from ganstudio.desktop import theme

__all__ = ["elided", "width_of", "write"]

# On Linux Qt blends glyphs with a gamma of 1.7 that nobody can set: light words on dark come out
# almost half a weight too bold. Outlines are blended evenly, and our fonts are unhinted anyway.
_AS_OUTLINES = sys.platform.startswith("linux")

_UNTURNED = (
    QTransform.TransformationType.TxNone,
    QTransform.TransformationType.TxTranslate,
    QTransform.TransformationType.TxScale,  # a grab at twice the size
)

Align = Literal["left", "centre", "right"]


@lru_cache(maxsize=64)
def _metrics(role: str, _family: str) -> QFontMetricsF:
    return QFontMetricsF(theme.font(role))


@lru_cache(maxsize=1024)
def _outline(words: str, role: str, _family: str) -> QPainterPath:
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    path.addText(0, 0, theme.font(role), words)
    return path


@lru_cache(maxsize=4096)
def _width(words: str, role: str, family: str) -> float:
    return _metrics(role, family).horizontalAdvance(words)


@lru_cache(maxsize=64)
def _rise(role: str, family: str) -> float:
    """From the middle of a line down to where its letters stand."""
    metrics = _metrics(role, family)
    return (metrics.ascent() - metrics.descent()) / 2


def width_of(words: str, role: str) -> float:
    """How wide words are, in logical pixels."""
    return _width(words, role, theme.family())


def elided(words: str, role: str, room: float) -> str:
    """The words, cut at the end where they do not fit."""
    # Half a pixel of slack: advances are fractions, widths are not.
    room += 0.5
    if width_of(words, role) <= room:
        return words
    metrics = _metrics(role, theme.family())
    return metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)


def baseline_of(box: QRectF, role: str) -> float:
    """Where the letters stand when the line is centred in a box."""
    return round(box.center().y() + _rise(role, theme.family()))


def write(
    painter: QPainter,
    box: QRectF,
    words: str,
    role: str,
    ink: QColor,
    align: Align = "left",
    baseline: float | None = None,
) -> None:
    """Write one line in a box: centred upright, cut where it does not fit."""
    room, family = box.width(), theme.family()
    words = elided(words, role, room)
    left = box.left()
    if align != "left":
        rest = room - width_of(words, role)
        left += rest / 2 if align == "centre" else rest
    ground = baseline_of(box, role) if baseline is None else baseline
    if not _AS_OUTLINES or painter.paintEngine().type() == QPaintEngine.Type.SVG:
        painter.setFont(theme.font(role))
        painter.setPen(ink)
        painter.drawText(QPointF(left, ground), words)
        return
    transform = painter.deviceTransform()
    if transform.type() in _UNTURNED:
        ratio = transform.m11()
        stamp, ascent = _stamp(words, role, family, ink.rgba(), ratio)
        painter.drawPixmap(QPointF(round(left * ratio) / ratio - 1, ground - ascent), stamp)
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(left, ground)
    painter.fillPath(_outline(words, role, family), ink)
    painter.restore()


@lru_cache(maxsize=1024)
def _stamp(words: str, role: str, family: str, rgba: int, ratio: float) -> tuple[QPixmap, float]:
    """Words drawn once, to be put down again and again: filling outlines is what takes time.

    Returns:
        The picture, one logical pixel wider than the words at either side, and how far its upper
        edge is above the line the letters stand on.
    """
    metrics = _metrics(role, family)
    ascent = math.ceil(metrics.ascent()) + 1
    width = math.ceil(metrics.horizontalAdvance(words)) + 3
    height = ascent + math.ceil(metrics.descent()) + 1
    stamp = QPixmap(math.ceil(width * ratio), math.ceil(height * ratio))
    stamp.setDevicePixelRatio(ratio)
    stamp.fill(Qt.GlobalColor.transparent)
    painter = QPainter(stamp)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(1, ascent)
    painter.fillPath(_outline(words, role, family), QColor.fromRgba(rgba))
    painter.end()
    return stamp, ascent
