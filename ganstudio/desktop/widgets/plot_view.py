"""The one place that knows pyqtgraph: the curves, lines and mouse of a plot.

pyqtgraph turns arrays into polygons without a loop over points. Its scene of items is not used:
it makes some thousand calls for each redraw, and while training runs, each of them may have to
wait for the trainer. Here a plot is a dozen lines, painted in one go.

Imported only when a plot is first shown; it costs a third of a second.
Not responsible for data, scales, words or gutters: `loss_plot` has those.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from pyqtgraph.functions import arrayToQPolygonF
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from ganstudio.desktop import theme
from ganstudio.desktop.widgets.writing import width_of, write

__all__ = ["PlotView"]

Points = tuple[np.ndarray, np.ndarray]

# In widths of the pen, as Qt counts dashes: 7-3 and 2-3 pixels at 2 px.
_STYLES = {"solid": [], "dash": [3.5, 1.5], "dot": [1.0, 1.5], "fine": [1.0, 3.0]}
_FAINT = 0.38
_FAR = 10_000.0  # pixels: a point further outside is moved to here
_WORDS_GAP, _WORDS_HEIGHT = 4, 16
_FLAG = 7
_NOTHING = np.empty(0)


@dataclass(slots=True)
class _Curve:
    """A faint raw line and a strong smoothed one: points, and what was made of them."""

    token: str
    style: str
    points: tuple[Points, Points] = ((_NOTHING, _NOTHING), (_NOTHING, _NOTHING))
    shapes: tuple[QPolygonF, QPolygonF] | None = None
    pens: tuple[QPen, QPen] | None = None


class PlotView(QWidget):
    """Draws what it is given. The wheel asks for a zoom, dragging for a pan."""

    pointed = Signal(float)
    zoom_asked = Signal(float, float)
    pan_asked = Signal(float)
    reset_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        # Opaque: new curves do not make the words around them be written again.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._drag: float | None = None
        self._x, self._y = (0.0, 1.0), (0.0, 1.0)
        self._curves: dict[str, _Curve] = {}
        self._ticks: Sequence[float] = ()
        self._span = (0.0, 1.0)
        self._even: float | None = None
        self._moment: float | None = None
        self._evidence: tuple[float, float | None, str] | None = None
        self._hover: float | None = None
        self._hover_words = ""
        self._pins: Sequence[float] = ()
        self.dress()

    def add(self, name: str, token: str, style: str) -> None:
        """One series: a faint raw line and a strong smoothed one."""
        self._curves[name] = _Curve(token, style)
        self.dress()

    def dress(self, lit: str | None = None) -> None:
        """Take the colours of the palette of now; a lit series puts the others back."""
        for name, curve in self._curves.items():
            share = 1.0 if lit in (None, name) else 0.3
            faint = _pen(theme.colour(curve.token, _FAINT * share), 1)
            curve.pens = faint, _pen(theme.colour(curve.token, share), 2, curve.style)
        # White lines of the scale would outshine the curves.
        share = 0.4 if theme.current().surface_lines else 1.0
        self._grid_pen = _pen(theme.colour("line", share), 1)
        self._even_pen = _pen(theme.colour("text_quiet"), 1, "fine")
        self._moment_pen = _pen(theme.colour("text"), 1)
        self._evidence_pen = _pen(theme.colour("accent_line"), 1)
        self._good_pen = _pen(theme.colour("accent_line"), 1, "dash")
        self._hover_pen = _pen(theme.colour("text", 0.5), 1)
        self._pin_pen = _pen(theme.colour("text_quiet", 0.6), 1, "fine")
        self.update()

    def set_curve(self, name: str, raw: Points, strong: Points) -> None:
        """Other points, already thinned; all of them finite."""
        curve = self._curves[name]
        curve.points, curve.shapes = (raw, strong), None
        self.update()

    def set_borders(self, x: tuple[float, float], y: tuple[float, float]) -> None:
        """What the left and right, and the lower and upper border of this widget are."""
        if (x, y) != (self._x, self._y):
            self._x, self._y = x, y
            self._forget_shapes()

    def set_grid(self, ticks: Sequence[float], span: tuple[float, float]) -> None:
        """The lines of the scale, from the left to the right end of the plot."""
        self._ticks, self._span = ticks, span
        self.update()

    def set_even(self, value: float | None) -> None:
        """The dotted line of an inspector that cannot tell, from end to end of the plot."""
        self._even = value
        self.update()

    def set_evidence(self, since: float | None, good: float | None, words: str) -> None:
        """Shade what proves a finding, from a clock on, and mark the last good moment before it."""
        self._evidence = None if since is None else (since, good, words)
        self.update()

    def set_moment(self, value: float | None) -> None:
        """The line of the chosen moment."""
        self._moment = value
        self.update()

    def set_pins(self, places: Sequence[float]) -> None:
        """Where something happened: thin lines with a flag."""
        self._pins = places
        self.update()

    def set_hover(self, value: float | None, words: str) -> None:
        """The line under the pointer and its place in words."""
        self._hover, self._hover_words = value, words
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, scale, curves, then what points into them."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("stage"))
        left, right = (self._column(x) for x in self._span)
        self._draw_evidence(painter, left, right)
        painter.setPen(self._grid_pen)
        painter.drawLines([QLineF(left, y, right, y) for y in map(self._row, self._ticks)])
        if self._even is not None:
            painter.setPen(self._even_pen)
            painter.drawLine(QLineF(left, self._row(self._even), right, self._row(self._even)))
        self._draw_pins(painter)
        self._write_good(painter)
        self._draw_curves(painter)
        for place, pen in ((self._hover, self._hover_pen), (self._moment, self._moment_pen)):
            if place is not None:
                painter.setPen(pen)
                painter.drawLine(QLineF(self._column(place), 0, self._column(place), self.height()))
        if self._hover is not None:
            box = self._beside(self._hover, self._hover_words)
            write(painter, box, self._hover_words, "axis", theme.colour("text"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The same borders, other pixels."""
        self._forget_shapes()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ask for a closer or a wider look around the pointer."""
        steps = event.angleDelta().y() / 120
        self.zoom_asked.emit(self._x_at(event.position().x()), steps)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A drag may begin."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._drag = self._x_at(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pan while dragging, else report the x under the pointer."""
        here = self._x_at(event.position().x())
        if self._drag is None:
            self.pointed.emit(here)
        else:
            self.pan_asked.emit(self._drag - here)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The drag ends."""
        self._drag = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Show everything again."""
        self.reset_asked.emit()

    def leaveEvent(self, event: object) -> None:
        """The pointer is elsewhere."""
        self.pointed.emit(float("nan"))

    def _draw_pins(self, painter: QPainter) -> None:
        """Flags stand at the upper end of their lines, pointing right."""
        left, right = (self._column(x) for x in self._span)
        for place in map(self._column, self._pins):
            if left <= place <= right:
                painter.setPen(self._pin_pen)
                painter.drawLine(QLineF(place, 0, place, self.height()))
                flag = [QPointF(place, 0), QPointF(place + _FLAG, _FLAG / 2), QPointF(place, _FLAG)]
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(theme.colour("text_quiet"))
                painter.drawPolygon(flag)
                painter.setBrush(Qt.BrushStyle.NoBrush)

    def _draw_evidence(self, painter: QPainter, left: float, right: float) -> None:
        """The shaded part of the plot, under everything else."""
        if self._evidence is None:
            return
        since, good, _ = self._evidence
        begin = min(max(self._column(since), left), right)
        painter.fillRect(
            QRectF(begin, 0, right - begin, self.height()), theme.colour("accent_soft")
        )
        for place, pen in ((since, self._evidence_pen), (good, self._good_pen)):
            if place is not None and left <= self._column(place) <= right:
                painter.setPen(pen)
                painter.drawLine(QLineF(self._column(place), 0, self._column(place), self.height()))

    def _draw_curves(self, painter: QPainter) -> None:
        """Faint lines without even edges: a zigzag gains nothing, and it would cost much."""
        for depth in (0, 1):
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, depth == 1)
            for curve in self._curves.values():
                if curve.pens is None or (depth == 0 and not theme.current().faint_lines):
                    continue
                if curve.shapes is None:
                    raw, strong = curve.points
                    curve.shapes = self._shape(raw), self._shape(strong)
                painter.setPen(curve.pens[depth])
                painter.drawPolyline(curve.shapes[depth])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _write_good(self, painter: QPainter) -> None:
        """What the last good moment is; the lines of the scale go behind it."""
        _, good, words = self._evidence or (0.0, None, "")
        if good is not None and words:
            box = self._beside(good, words)
            painter.fillRect(box, theme.colour("stage"))
            write(painter, box, words, "axis", theme.colour("accent_text"))

    def _beside(self, clock: float, words: str) -> QRectF:
        """Room for words at the upper end of a line, on the side where there is more of it."""
        place, wide = self._column(clock), width_of(words, "axis")
        left = place - _WORDS_GAP - wide if place > self.width() / 2 else place + _WORDS_GAP
        return QRectF(left, 0, wide, _WORDS_HEIGHT)

    def _shape(self, points: Points) -> QPolygonF:
        """Points in pixels."""
        if not len(points[0]):
            return QPolygonF()
        (left, right), (low, high) = self._x, self._y
        x = (points[0] - left) * (self.width() / (right - left))
        y = (high - points[1]) * (self.height() / (high - low))
        shape: QPolygonF = arrayToQPolygonF(x.clip(-_FAR, _FAR), y.clip(-_FAR, _FAR))
        return shape

    def _forget_shapes(self) -> None:
        for curve in self._curves.values():
            curve.shapes = None
        self.update()

    def _column(self, x: float) -> float:
        """In the middle of a pixel, so that a thin line is one pixel wide."""
        left, right = self._x
        return round((x - left) / (right - left) * self.width() - 0.5) + 0.5

    def _row(self, y: float) -> float:
        low, high = self._y
        return round((high - y) / (high - low) * self.height() - 0.5) + 0.5

    def _x_at(self, column: float) -> float:
        left, right = self._x
        return left + column / max(1, self.width()) * (right - left)


def _pen(colour: QColor, width: float, style: str = "solid") -> QPen:
    pen = QPen(colour, width)
    # Round joins look the same at this width and take two to four times as long.
    pen.setJoinStyle(Qt.PenJoinStyle.BevelJoin)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if _STYLES[style]:
        pen.setDashPattern(_STYLES[style])
    return pen
