"""The one place that knows pyqtgraph: the curves, lines and mouse of a plot.

Imported only when a plot is first shown; it costs a third of a second.
Not responsible for data, scales, words or gutters: `loss_plot` has those.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QWidget

from ganstudio.desktop import theme

__all__ = ["PlotView"]

# In widths of the pen, as Qt counts dashes: 7-3 and 2-3 pixels at 2 px.
_STYLES = {"solid": [], "dash": [3.5, 1.5], "dot": [1.0, 1.5], "fine": [1.0, 3.0]}
_FAINT = 0.38


def _pen(colour: QColor, width: float, ratio: float, style: str = "solid") -> QPen:
    """A pen that no zoom widens. Qt counts its width in device pixels, `ratio` a logical one."""
    pen = QPen(colour, width * ratio)
    pen.setCosmetic(True)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if _STYLES[style]:
        pen.setDashPattern(_STYLES[style])
    return pen


class PlotView(pg.GraphicsView):
    """Draws what it is given. The wheel asks for a zoom, dragging for a pan."""

    pointed = Signal(float)
    zoom_asked = Signal(float, float)
    pan_asked = Signal(float)
    reset_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, background=None)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        # Opaque: new curves do not make the words around them be written again.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._drag: float | None = None
        self._lit: str | None = None
        self._box = pg.ViewBox(enableMenu=False, enableMouse=False, defaultPadding=0)
        self._box.disableAutoRange()
        self.setCentralItem(self._box)
        self._faint: dict[str, pg.PlotCurveItem] = {}
        self._strong: dict[str, pg.PlotCurveItem] = {}
        self._looks: dict[str, tuple[str, str]] = {}
        self._grid: list[pg.PlotCurveItem] = []
        self._even = pg.PlotCurveItem()
        self._even.setZValue(5)
        self._box.addItem(self._even, ignoreBounds=True)
        self._moment = self._line(90, 20)
        self._hover = self._line(90, 15)
        self._hover_words = pg.TextItem("", anchor=(0, 0))
        self._hover_words.setFont(theme.font("axis"))
        self._hover_words.setZValue(22)
        self._hover_words.hide()
        self._box.addItem(self._hover_words, ignoreBounds=True)
        self.dress()

    def add(self, name: str, token: str, style: str) -> None:
        """One series: a faint raw line and a strong smoothed one."""
        self._looks[name] = (token, style)
        for depth, curves in ((10, self._faint), (12, self._strong)):
            # A faint zigzag gains nothing from even edges, and they cost three times as much.
            curve = pg.PlotCurveItem(antialias=depth > 10)
            curve.setZValue(depth)
            self._box.addItem(curve, ignoreBounds=True)
            curves[name] = curve
        self.dress()

    def dress(self, lit: str | None = None) -> None:
        """Take the colours of the palette of now; a lit series puts the others back."""
        ratio = self.devicePixelRatioF()
        self._lit = lit
        self.setBackground(theme.colour("stage"))
        for name, (token, style) in self._looks.items():
            share = 1.0 if lit in (None, name) else 0.3
            self._strong[name].setPen(_pen(theme.colour(token, share), 2, ratio, style))
            self._faint[name].setPen(_pen(theme.colour(token, _FAINT * share), 1, ratio))
            self._faint[name].setVisible(theme.current().faint_lines)
        for line in self._grid:
            line.setPen(self._grid_pen())
        self._even.setPen(_pen(theme.colour("text_quiet"), 1, ratio, "fine"))
        self._moment.setPen(_pen(theme.colour("text"), 1, ratio))
        self._hover.setPen(_pen(theme.colour("text", 0.5), 1, ratio))
        self._hover_words.setColor(theme.colour("text"))

    def set_curve(
        self, name: str, raw: tuple[np.ndarray, np.ndarray], strong: tuple[np.ndarray, np.ndarray]
    ) -> None:
        """Other points, already thinned; all of them finite."""
        self._faint[name].setData(*raw)
        self._strong[name].setData(*strong)

    def set_x(self, left: float, right: float) -> None:
        """What the left and right border of this widget are."""
        self._box.setXRange(left, right, padding=0)

    def set_y(self, low: float, high: float) -> None:
        """What the lower and upper border of this widget are."""
        self._box.setYRange(low, high, padding=0)

    def settle(self) -> None:
        """Work the new ranges out now: left to the first paint, they cause a second one."""
        self.scene().prepareForPaint()

    def set_grid(self, ticks: Sequence[float], span: tuple[float, float]) -> None:
        """The lines of the scale, from the left to the right end of the plot."""
        while len(self._grid) < len(ticks):
            line = pg.PlotCurveItem(pen=self._grid_pen())
            line.setZValue(1)
            self._box.addItem(line, ignoreBounds=True)
            self._grid.append(line)
        for index, line in enumerate(self._grid):
            line.setVisible(index < len(ticks))
            if index < len(ticks):
                line.setData(np.array(span), np.full(2, ticks[index]))

    def set_even(self, value: float | None, span: tuple[float, float]) -> None:
        """The dotted line of an inspector that cannot tell, from end to end of the plot."""
        self._even.setVisible(value is not None)
        if value is not None:
            self._even.setData(np.array(span), np.full(2, value))

    def set_moment(self, value: float | None) -> None:
        """The line of the chosen moment."""
        _place(self._moment, value)

    def set_hover(self, value: float | None, words: str) -> None:
        """The line under the pointer and its place in words."""
        _place(self._hover, value)
        self._hover_words.setVisible(value is not None)
        if value is not None:
            (left, right), (_, top) = self._box.viewRange()
            self._hover_words.setAnchor((1, 0) if value > (left + right) / 2 else (0, 0))
            self._hover_words.setText(words)
            self._hover_words.setPos(value, top)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ask for a closer or a wider look around the pointer."""
        steps = event.angleDelta().y() / 120
        self.zoom_asked.emit(self._x_at(event.position()), steps)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A drag may begin."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._drag = self._x_at(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pan while dragging, else report the x under the pointer."""
        here = self._x_at(event.position())
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

    def event(self, event: QEvent) -> bool:
        """Another screen: lines stay as thick as they look."""
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self.dress(self._lit)
        return super().event(event)

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer is elsewhere."""
        super().leaveEvent(event)
        self.pointed.emit(float("nan"))

    def _grid_pen(self) -> QPen:
        # White lines of the scale would outshine the curves.
        share = 0.4 if theme.current().surface_lines else 1.0
        return _pen(theme.colour("line", share), 1, self.devicePixelRatioF())

    def _x_at(self, place: QPointF) -> float:
        return float(self._box.mapSceneToView(place).x())

    def _line(self, angle: int, depth: int) -> pg.InfiniteLine:
        line = pg.InfiniteLine(angle=angle, movable=False)
        line.setZValue(depth)
        line.hide()
        self._box.addItem(line, ignoreBounds=True)
        return line


def _place(line: pg.InfiniteLine, value: float | None) -> None:
    line.setVisible(value is not None)
    if value is not None:
        line.setValue(value)
