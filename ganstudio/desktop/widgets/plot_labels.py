"""The words around a plot: ticks at the left, names and values at the right, the clock below.

Not responsible for curves nor for choosing scales.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QPainter, QPen
from PySide6.QtWidgets import QWidget

from ganstudio.desktop import theme
from ganstudio.desktop.widgets.plot_scale import Scale

__all__ = ["Mark", "draw_clock", "draw_marks", "draw_ticks", "to_picture"]

_BLOCK = 30
_DASHES: dict[str, list[float]] = {"solid": [], "dash": [2.5, 2.0], "dot": [1.0, 1.5]}


@dataclass(frozen=True, slots=True)
class Mark:
    """The name of a line and its value, to stand at the line's end."""

    label: str
    token: str
    style: str
    value: float
    place: float
    words: str
    bright: bool


def draw_ticks(painter: QPainter, box: QRectF, scale: Scale) -> None:
    """Numbers left of the plot, at the height of their lines."""
    painter.setFont(theme.font("axis"))
    painter.setPen(theme.colour("text_quiet"))
    flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    for place, words in scale.ticks:
        share = (place - scale.low) / (scale.high - scale.low)
        middle = box.bottom() - share * box.height()
        painter.drawText(QRectF(0, middle - 8, box.left() - 8, 16), flags, words)


def draw_marks(painter: QPainter, box: QRectF, room: float, marks: Sequence[Mark]) -> None:
    """Names at the ends of their lines, pushed apart where they would touch."""
    ordered = sorted(marks, key=lambda mark: mark.place)
    tops: list[float] = []
    for mark in ordered:
        top = mark.place - 8
        tops.append(max(top, tops[-1] + _BLOCK) if tops else max(box.top() - 8, top))
    over = tops[-1] + _BLOCK - (box.bottom() + 8) if tops else 0.0
    if over > 0:
        tops[-1] -= over
        for index in range(len(tops) - 2, -1, -1):
            tops[index] = min(tops[index], tops[index + 1] - _BLOCK)
    left = box.right() + 8
    for mark, top in zip(ordered, tops, strict=True):
        _draw_mark(painter, mark, QPointF(left, round(top)), room)


def _draw_mark(painter: QPainter, mark: Mark, at: QPointF, room: float) -> None:
    ink = theme.colour(mark.token, 1.0 if mark.bright else 0.45)
    pen = QPen(ink, 2)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if _DASHES[mark.style]:
        pen.setDashPattern(_DASHES[mark.style])
    painter.setPen(pen)
    painter.drawLine(QPointF(at.x(), at.y() + 8), QPointF(at.x() + 14, at.y() + 8))
    words_left = at.x() + 20
    width = room - 28
    face = theme.font("small")
    painter.setFont(face)
    painter.setPen(theme.colour("text" if mark.bright else "text_quiet"))
    label = QFontMetricsF(face).elidedText(mark.label, Qt.TextElideMode.ElideRight, width)
    flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(QRectF(words_left, at.y(), width, 16), flags, label)
    painter.setFont(theme.font("small-strong"))
    painter.setPen(ink)
    painter.drawText(QRectF(words_left, at.y() + 14, width, 16), flags, mark.words)


def draw_clock(
    painter: QPainter,
    box: QRectF,
    shown: tuple[float, float],
    ticks: Sequence[tuple[float, str]],
    last: str,
) -> None:
    """The clock below the plot; its last words stand at the right end, with their unit."""
    face = theme.font("axis")
    metrics = QFontMetricsF(face)
    painter.setFont(face)
    painter.setPen(theme.colour("text_quiet"))
    top = box.bottom() + 4
    end = box.right() - metrics.horizontalAdvance(last)
    for place, words in ticks:
        x = box.left() + box.width() * (place - shown[0]) / (shown[1] - shown[0])
        width = metrics.horizontalAdvance(words)
        left = max(box.left(), x - width / 2)
        if left + width + 12 < end:
            painter.drawText(QPointF(left, top + metrics.ascent()), words)
    painter.drawText(QPointF(end, top + metrics.ascent()), last)


def to_picture(widget: QWidget, ratio: float) -> QImage:
    """A widget as a picture on the ground of the stage."""
    size = widget.size() * ratio
    picture = QImage(size, QImage.Format.Format_RGB32)
    picture.setDevicePixelRatio(ratio)
    picture.fill(theme.colour("stage"))
    widget.render(picture, QPoint(), flags=QWidget.RenderFlag.DrawChildren)
    return picture
