"""The words around a plot: ticks at the left, names and values at the right, the clock below.

Not responsible for curves nor for choosing scales.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import (
    QBuffer,
    QIODevice,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSaveFile,
    QSize,
    Qt,
)
from PySide6.QtGui import QImage, QPainter, QPen, QRegion
from PySide6.QtWidgets import QWidget

from ganstudio.desktop import theme
from ganstudio.desktop.widgets.buttons import IconButton
from ganstudio.desktop.widgets.plot_scale import Scale
from ganstudio.desktop.widgets.writing import width_of, write

__all__ = ["Mark", "draw_clock", "draw_marks", "draw_ticks", "to_picture", "write_svg"]

_LINE = 15
_DASHES: dict[str, list[float]] = {
    "solid": [],
    "dash": [2.5, 2.0],
    "dot": [1.0, 1.5],
    "fine": [0.5, 1.5],
}


@dataclass(frozen=True, slots=True)
class Mark:
    """The name of a line and its value, to stand at the line's end."""

    label: str
    token: str
    style: str
    place: float
    words: str
    bright: bool


def draw_ticks(painter: QPainter, box: QRectF, scale: Scale) -> None:
    """Numbers left of the plot, at the height of their lines."""
    for place, words in scale.ticks:
        share = (place - scale.low) / (scale.high - scale.low)
        middle = box.bottom() - share * box.height()
        room = QRectF(0, middle - 8, box.left() - 8, 16)
        write(painter, room, words, "axis", theme.colour("text_quiet"), "right")


def draw_marks(painter: QPainter, box: QRectF, room: float, marks: Sequence[Mark]) -> None:
    """Names at the ends of their lines, pushed apart where they would touch."""
    ordered = sorted(marks, key=lambda mark: mark.place)
    room_needed = sum(_height(mark) for mark in ordered)
    if room_needed > box.height() + 12:
        ordered = [mark for mark in ordered if mark.words]
    tops: list[float] = []
    edge = box.top() - 8
    for mark in ordered:
        tops.append(max(edge, mark.place - 8))
        edge = tops[-1] + _height(mark)
    edge = box.bottom() + 8
    for index in range(len(tops) - 1, -1, -1):
        tops[index] = min(tops[index], edge - _height(ordered[index]))
        edge = tops[index]
    left = box.right() + 8
    for mark, top in zip(ordered, tops, strict=True):
        _draw_mark(painter, mark, QPointF(left, round(top)), room)


def _height(mark: Mark) -> float:
    return 2 * _LINE if mark.words else _LINE


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
    name = theme.colour("text" if mark.bright and mark.words else "text_quiet")
    write(painter, QRectF(words_left, at.y(), width, 16), mark.label, "small", name)
    write(painter, QRectF(words_left, at.y() + 14, width, 16), mark.words, "small-strong", ink)


def draw_clock(
    painter: QPainter,
    box: QRectF,
    shown: tuple[float, float],
    ticks: Sequence[tuple[float, str]],
    last: str,
) -> None:
    """The clock below the plot; its last words stand at the right end, with their unit."""
    ink = theme.colour("text_quiet")
    row = QRectF(box.left(), box.bottom() + 3, box.width(), 16)
    end = box.right() - width_of(last, "axis")
    for place, words in ticks:
        x = box.left() + box.width() * (place - shown[0]) / (shown[1] - shown[0])
        width = width_of(words, "axis")
        left = max(box.left(), x - width / 2)
        if left + width + 12 < end:
            write(painter, row.adjusted(left - box.left(), 0, 0, 0), words, "axis", ink)
    write(painter, row, last, "axis", ink, "right")


def to_picture(widget: QWidget, ratio: float) -> QImage:
    """A widget as a picture on the ground of the stage, without its tools."""
    size = widget.size() * ratio
    picture = QImage(size, QImage.Format.Format_RGB32)
    picture.setDevicePixelRatio(ratio)
    picture.fill(theme.colour("stage"))
    with _without_tools(widget):
        widget.render(picture, QPoint(), QRegion(), QWidget.RenderFlag.DrawChildren)
    return picture


def write_svg(widgets: Sequence[QWidget], path: Path) -> bool:
    """Widgets under each other, as lines and letters, without their tools.

    Returns:
        Whether it worked.
    """
    from PySide6.QtSvg import QSvgGenerator

    size = QSize(max(one.width() for one in widgets), sum(one.height() for one in widgets))
    data = QBuffer()
    data.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(data)
    generator.setSize(size)
    generator.setViewBox(QRect(QPoint(), size))
    painter = QPainter(generator)
    painter.fillRect(QRect(QPoint(), size), theme.colour("stage"))
    top = 0
    for one in widgets:
        with _without_tools(one):
            one.render(painter, QPoint(0, top), QRegion(), QWidget.RenderFlag.DrawChildren)
        top += one.height()
    painter.end()
    file = QSaveFile(str(path))
    return (
        file.open(QIODevice.OpenModeFlag.WriteOnly)
        and file.write(data.data()) > 0
        and file.commit()
    )


@contextlib.contextmanager
def _without_tools(widget: QWidget) -> Iterator[None]:
    tools = [tool for tool in widget.findChildren(IconButton) if tool.isVisibleTo(widget)]
    for tool in tools:
        tool.hide()
    yield
    for tool in tools:
        tool.show()
