"""The one place that knows pyqtgraph: curves, lines and the mouse of a plot.

Imported only when a plot is first shown; it costs a third of a second.
Not responsible for data, scales, words or gutters: `loss_plot` has those.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPen

from ganstudio.desktop import theme

__all__ = ["PlotView"]

_STYLES = {"solid": [], "dash": [7 / 2, 3 / 2], "dot": [2 / 2, 3 / 2]}
_FAINT = 0.38


def _pen(colour: QColor, width: float, style: str = "solid") -> QPen:
    pen = QPen(colour, width)
    pen.setCosmetic(True)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if _STYLES[style]:
        pen.setDashPattern(_STYLES[style])
    return pen


class PlotView(pg.GraphicsView):
    """Curves on one shared x axis. Wheel zooms x, dragging pans x; y is given from outside."""

    range_changed = Signal(float, float)
    pointed = Signal(float)
    reset_asked = Signal()

    def __init__(self) -> None:
        super().__init__(background=None)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self._box = pg.ViewBox(enableMenu=False, border=None, defaultPadding=0)
        self._box.setMouseEnabled(x=True, y=False)
        self.setCentralItem(self._box)
        self._faint: dict[str, pg.PlotCurveItem] = {}
        self._strong: dict[str, pg.PlotCurveItem] = {}
        self._looks: dict[str, tuple[str, str]] = {}
        self._grid: list[pg.InfiniteLine] = []
        self._even = self._line(0, 5)
        self._moment = self._line(90, 20)
        self._hover = self._line(90, 15)
        self._even_words = self._words((0, 1), 6)
        self._hover_words = self._words((0, 0), 22)
        self._box.sigXRangeChanged.connect(self._tell_range)

    def add(self, name: str, token: str, style: str) -> None:
        """One series: a faint raw line and a strong smoothed one."""
        self._looks[name] = (token, style)
        for depth, curves in ((10, self._faint), (12, self._strong)):
            curve = pg.PlotCurveItem(antialias=True)
            curve.setZValue(depth)
            self._box.addItem(curve, ignoreBounds=True)
            curves[name] = curve
        self.dress()

    def dress(self, lit: str | None = None) -> None:
        """Take the colours of the palette of now; a lit series puts the others back."""
        for name, (token, style) in self._looks.items():
            share = 1.0 if lit in (None, name) else 0.3
            self._strong[name].setPen(_pen(theme.colour(token, share), 2, style))
            self._faint[name].setPen(_pen(theme.colour(token, _FAINT * share), 1))
            self._faint[name].setVisible(theme.current().faint_lines)
        for line in self._grid:
            line.setPen(_pen(theme.colour("line"), 1))
        self._even.setPen(_pen(theme.colour("text_quiet"), 1, "dot"))
        self._moment.setPen(_pen(theme.colour("text"), 1))
        self._hover.setPen(_pen(theme.colour("text", 0.5), 1))

    def set_curve(
        self, name: str, raw: tuple[np.ndarray, np.ndarray], strong: tuple[np.ndarray, np.ndarray]
    ) -> None:
        """Other points, already thinned; both arrays finite."""
        self._faint[name].setData(*raw)
        self._strong[name].setData(*strong)

    def set_y(self, low: float, high: float, ticks: Sequence[float]) -> None:
        """The scale and its lines."""
        self._box.setYRange(low, high, padding=0)
        while len(self._grid) < len(ticks):
            self._grid.append(self._line(0, 1))
            self._grid[-1].setPen(_pen(theme.colour("line"), 1))
        for index, line in enumerate(self._grid):
            line.setVisible(index < len(ticks))
            if index < len(ticks):
                line.setValue(ticks[index])

    def set_x(self, left: float, right: float, whole: float) -> None:
        """What is shown, and how far one may go."""
        self._box.setLimits(xMin=0, xMax=whole, minXRange=whole / 1000)
        self._box.setXRange(left, right, padding=0)

    def set_even(self, value: float | None) -> None:
        """The dotted line of an inspector that cannot tell."""
        self._place(self._even, value)

    def set_moment(self, value: float | None) -> None:
        """The line of the chosen moment."""
        self._place(self._moment, value)

    def set_even_words(self, words: str) -> None:
        """What the dotted line means, at its left end."""
        self._even_words.setVisible(bool(words))
        self._even_words.setText(words, theme.colour("text_quiet"))
        self._even_words.setPos(self.shown()[0], self._even.value())

    def set_hover(self, value: float | None, words: str = "") -> None:
        """The line under the pointer and its place in words."""
        self._place(self._hover, value)
        self._hover_words.setVisible(value is not None)
        if value is not None:
            left, right = self.shown()
            self._hover_words.setAnchor((1, 0) if value > (left + right) / 2 else (0, 0))
            self._hover_words.setText(words, theme.colour("text"))
            self._hover_words.setPos(value, self._box.viewRange()[1][1])

    def shown(self) -> tuple[float, float]:
        """Left and right end of what is shown."""
        (left, right), _ = self._box.viewRange()
        return float(left), float(right)

    def x_at(self, place: float) -> float:
        """The x of a pixel of this widget."""
        return float(self._box.mapSceneToView(QPointF(place, 0)).x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Report the x under the pointer."""
        super().mouseMoveEvent(event)
        self.pointed.emit(self.x_at(event.position().x()))

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer is elsewhere."""
        super().leaveEvent(event)
        self.pointed.emit(float("nan"))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Show everything again."""
        self.reset_asked.emit()

    def _line(self, angle: int, depth: int) -> pg.InfiniteLine:
        line = pg.InfiniteLine(angle=angle, movable=False)
        line.setZValue(depth)
        line.setVisible(depth == 1)
        self._box.addItem(line, ignoreBounds=True)
        return line

    def _words(self, anchor: tuple[float, float], depth: int) -> pg.TextItem:
        item = pg.TextItem("", anchor=anchor)
        item.setFont(theme.font("axis"))
        item.setZValue(depth)
        item.setVisible(False)
        self._box.addItem(item, ignoreBounds=True)
        return item

    def _place(self, line: pg.InfiniteLine, value: float | None) -> None:
        line.setVisible(value is not None)
        if value is not None:
            line.setValue(value)

    def _tell_range(self) -> None:
        self.range_changed.emit(*self.shown())


