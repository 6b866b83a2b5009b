"""A plot over the shared time axis: faint raw lines, strong smoothed ones, names at their ends.

Not responsible for when it redraws: pages call `redraw`, at most four times a second. Drawing of
curves is `plot_view`'s, which is imported when a plot is first shown.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ganstudio.desktop import theme
from ganstudio.desktop.tokens import Size
from ganstudio.desktop.widgets import plot_labels
from ganstudio.desktop.widgets.plot_data import (
    Columns,
    Series,
    columns_of,
    logarithm,
    smooth,
    smooth_at,
    zigzag,
)
from ganstudio.desktop.widgets.plot_head import PlotHead
from ganstudio.desktop.widgets.plot_scale import (
    Scale,
    clock_ticks,
    fixed_scale,
    linear_scale,
    log_scale,
    say_value,
)
from ganstudio.project.numbers import say_count

if TYPE_CHECKING:
    from ganstudio.desktop.widgets.plot_view import PlotView

__all__ = ["LossPlot"]

_AXIS = 18
_START = 0.1
_OVERHANG = 8
_ZOOM = 0.8


@dataclass(slots=True)
class _Line:
    """One series and how it is told apart."""

    label: str
    token: str
    style: str
    data: Series = field(default_factory=Series)


class LossPlot(QWidget):
    """Fractions with unit "%" are shown as percent. x is the clock: pictures seen."""

    hovered = Signal(float)
    enlarge_requested = Signal()
    export_requested = Signal(str)
    zoomed = Signal(bool)

    def __init__(
        self,
        title: str,
        y_range: tuple[float, float] | None = None,
        unit: str = "",
        axis_label: str = "",
        tools: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._title = title
        self._fixed = y_range if y_range or unit != "%" else (0.0, 1.0)
        self._unit = unit
        self._axis_label = axis_label
        self._lines: dict[str, _Line] = {}
        self._view: PlotView | None = None
        self._extent = 0.0
        self._asked_extent = 0.0
        self._window: tuple[float, float] | None = None
        self._moment: float | None = None
        self._even: float | None = None
        self._even_text = ""
        self._hover: float | None = None
        self._lit: str | None = None
        self._smoothing = 0.5
        self._hide_start = False
        self._log = False
        self._scale = fixed_scale(*(self._fixed or (0.0, 1.0)), unit)
        self._linked: list[LossPlot] = []
        self._right = Size.PLOT_RIGHT
        self._head = PlotHead(title, tools, self)
        self._connect_head()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty("ringRadius", 0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._describe()

    # --- data ---------------------------------------------------------------------------------

    def add_series(self, name: str, label: str, token: str, style: str = "solid") -> None:
        """A line with its words, its signal colour and its second sign: solid, dash or dot."""
        self._lines[name] = _Line(label, token, style)
        if self._view is not None:
            self._view.add(name, token, style)

    def set_series(self, name: str, x: np.ndarray, y: np.ndarray) -> None:
        """Replace the points of a line. Nothing is drawn before `redraw`."""
        self._lines[name].data.set(x, y)

    def append(self, name: str, x: np.ndarray | float, y: np.ndarray | float) -> None:
        """Add points at the end of a line. Nothing is drawn before `redraw`."""
        self._lines[name].data.append(x, y)

    def cut_after(self, x: float) -> None:
        """Forget what lies beyond x, because a run went back to there."""
        for line in self._lines.values():
            line.data.cut_after(x)

    def clear(self) -> None:
        """Forget all points."""
        for line in self._lines.values():
            line.data = Series()
        self._window = None
        self._asked_extent = 0.0
        self.redraw()

    def rows(self) -> tuple[list[str], list[tuple[float, ...]]]:
        """All values as a table: a header, then one row a clock; unknown values are NaN."""
        names = list(self._lines)
        if not names:
            return ["images"], []
        clocks = np.unique(np.concatenate([self._lines[name].data.x for name in names]))
        table = np.full((len(clocks), len(names) + 1), np.nan)
        table[:, 0] = clocks
        for column, name in enumerate(names, 1):
            data = self._lines[name].data
            table[np.searchsorted(clocks, data.x), column] = data.y
        return ["images", *names], [tuple(map(float, row)) for row in table]

    def value(self, name: str) -> float | None:
        """The smoothed value of a line at the pointer, the chosen moment or the end."""
        data = self._lines[name].data
        if not len(data):
            return None
        place = next((p for p in (self._hover, self._moment) if p is not None), data.x[-1])
        return smooth_at(data, float(place), self._extent or float(data.x[-1]), self._smoothing)

    # --- what is shown ------------------------------------------------------------------------

    def set_title(self, text: str) -> None:
        """Another name."""
        self._title = text
        self._head.title.setText(text)

    def set_extent(self, x: float) -> None:
        """The right end of the time axis, shared with the film."""
        self._asked_extent = float(x)

    def set_moment(self, x: float | None) -> None:
        """The chosen moment; None is the end."""
        self._moment = x
        self._show_marks()

    def set_cannot_tell(self, y: float | None, text: str = "") -> None:
        """The value of an undecided inspector, as a dotted line with words."""
        self._even, self._even_text = y, text
        self._show_marks()

    def set_highlight(self, name: str | None) -> None:
        """Light one line; None lights all of them alike."""
        self._lit = name if name in self._lines else None
        if self._view is not None:
            self._view.dress(self._lit)
        self.update()

    def set_smoothing(self, amount: float) -> None:
        """How strongly lines are smoothed, 0 to 1."""
        self._smoothing = amount
        self._settings_changed()

    def set_start_hidden(self, hidden: bool) -> None:
        """Leave the first tenth out of the scale."""
        self._hide_start = hidden
        self._settings_changed()

    def set_log(self, logarithmic: bool) -> None:
        """A logarithmic scale."""
        self._log = logarithmic
        self._settings_changed()

    def set_narrow(self, narrow: bool) -> None:
        """A smaller gutter at the right."""
        self._right = Size.PLOT_RIGHT_NARROW if narrow else Size.PLOT_RIGHT
        self._place_view()

    def link(self, other: LossPlot) -> None:
        """Zoom and hover both together."""
        self._linked.append(other)
        other._linked.append(self)

    def reset_zoom(self) -> None:
        """Show the whole run."""
        for plot in (self, *self._linked):
            plot._window = None
            plot._head.set_zoomed(False)
            plot.redraw()
        self.zoomed.emit(False)

    def save_png(self, path: Path | str) -> None:
        """Save what is shown, at twice the size, on the ground of the stage."""
        picture = plot_labels.to_picture(self, 2.0)
        picture.save(str(path), "PNG")

    @Slot()
    def redraw(self) -> None:
        """Draw the newest data."""
        ends = [float(line.data.x[-1]) for line in self._lines.values() if len(line.data)]
        self._extent = max([self._asked_extent, *ends], default=0.0)
        self._describe()
        if self._view is None:
            self.update()
            return
        left, right = self.window_shown()
        parts = {name: self._thinned(line.data, left, right) for name, line in self._lines.items()}
        smoothed = {name: smooth(c, self._columns(), self._smoothing) for name, c in parts.items()}
        self._scale = self._choose_scale(parts, smoothed)
        self._view.blockSignals(True)
        self._view.set_x(left, right, max(self._extent, 1.0))
        self._view.blockSignals(False)
        self._view.set_y(self._scale.low, self._scale.high, [t[0] for t in self._scale.ticks])
        for name, columns in parts.items():
            # Half the columns are enough for a line this calm, and cost half the painting.
            step = 2 if len(columns.centre) > self._columns() // 2 and self._smoothing else 1
            strong = (columns.centre[::step], smoothed[name][::step])
            if step == 2:
                strong = (np.append(strong[0], columns.centre[-1]),
                          np.append(strong[1], smoothed[name][-1]))
            self._view.set_curve(name, zigzag(columns), strong)
        self._show_marks()

    def window_shown(self) -> tuple[float, float]:
        """Left and right end of the clock that is shown."""
        return self._window or (0.0, max(self._extent, 1.0))

    def build(self) -> None:
        """Make the drawing part now instead of when it is first shown."""
        if self._view is not None:
            return
        from ganstudio.desktop.widgets.plot_view import PlotView

        view = PlotView()
        view.setParent(self)
        view.setToolTip(self._tip())
        for name, line in self._lines.items():
            view.add(name, line.token, line.style)
        view.range_changed.connect(self._range_changed)
        view.pointed.connect(self._pointed)
        view.reset_asked.connect(self.reset_zoom)
        self._view = view
        self._place_view()
        view.show()
        self.redraw()

    # --- Qt -----------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """A plot under another one."""
        axis = _AXIS if self._axis_label else 0
        return QSize(600, self._head.height() + 116 + axis)

    def minimumSizeHint(self) -> QSize:
        """Three ticks and two names."""
        axis = _AXIS if self._axis_label else 0
        return QSize(280, self._head.height() + 62 + axis)

    def plot_box(self) -> QRectF:
        """Where the curves are, without the gutters."""
        axis = _AXIS if self._axis_label else _OVERHANG
        top = self._head.height() + _OVERHANG
        wide = max(1, self.width() - Size.PLOT_LEFT - self._right)
        return QRectF(Size.PLOT_LEFT, top, wide, max(1, self.height() - top - axis - 2))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the words in the gutters and the axis."""
        painter = QPainter(self)
        box = self.plot_box()
        plot_labels.draw_ticks(painter, box, self._scale)
        marks = [
            plot_labels.Mark(line.label, line.token, line.style, value, self._place_of(value),
                             say_value(value, self._unit), self._lit in (None, name))
            for name, line in self._lines.items()
            if (value := self.value(name)) is not None
        ]
        plot_labels.draw_marks(painter, box, self._right, marks)
        if self._axis_label and self._extent:
            self._draw_axis(painter, box)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the curves to the new room."""
        self._head.setGeometry(0, 0, self.width() - self._right + 3, self._head.height())
        self._place_view()

    def showEvent(self, event: QShowEvent) -> None:
        """Make the drawing part once the window itself is there."""
        super().showEvent(event)
        if self._view is None:
            QTimer.singleShot(0, self, self.build)

    def changeEvent(self, event: QEvent) -> None:
        """Another palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self._view is not None:
            self._view.dress(self._lit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows read values, + and - zoom, Esc shows everything."""
        left, right = self.window_shown()
        key = event.key()
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and not event.modifiers():
            step = (right - left) / 100 * (-1 if key == Qt.Key.Key_Left else 1)
            start = self._hover if self._hover is not None else right
            self._pointed(min(right, max(left, start + step)))
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Minus):
            scale = _ZOOM if key == Qt.Key.Key_Plus else 1 / _ZOOM
            middle = self._hover if self._hover is not None else right
            self._range_changed(middle - (middle - left) * scale, middle + (right - middle) * scale)
        elif key == Qt.Key.Key_Escape and (self._hover is not None or self._window):
            self._pointed(math.nan)
            self.reset_zoom()
        else:
            super().keyPressEvent(event)

    # --- inside -------------------------------------------------------------------------------

    def _connect_head(self) -> None:
        self._head.smoothing_chosen.connect(self.set_smoothing)
        self._head.start_hidden.connect(self.set_start_hidden)
        self._head.log_chosen.connect(self.set_log)
        self._head.reset_asked.connect(self.reset_zoom)
        self._head.enlarge_asked.connect(self.enlarge_requested)
        self._head.export_asked.connect(self.export_requested)
        self._head.set_states(self._smoothing, self._hide_start, self._log)

    def _settings_changed(self) -> None:
        self._head.set_states(self._smoothing, self._hide_start, self._log)
        self.redraw()

    def _columns(self) -> int:
        return max(2, round(self.plot_box().width()))

    def _thinned(self, data: Series, left: float, right: float) -> Columns:
        y = logarithm(data.y) if self._log else data.y
        return columns_of(data.x, y, left, right, self._columns())

    def _choose_scale(self, parts: dict[str, Columns], smoothed: dict[str, np.ndarray]) -> Scale:
        if self._fixed is not None and not self._log:
            return fixed_scale(*self._fixed, self._unit)
        border = _START * self._extent if self._hide_start else -1.0
        lows, highs = [], []
        for name, columns in parts.items():
            seen = columns.centre >= border
            if not seen.any():
                continue
            # Single wild points may leave the plot; the calm line may not.
            lows += [np.percentile(columns.low[seen], 2), smoothed[name][seen].min()]
            highs += [np.percentile(columns.high[seen], 98), smoothed[name][seen].max()]
        if not lows:
            return fixed_scale(0.0, 1.0, self._unit)
        if self._log:
            return log_scale(float(min(lows)), float(max(highs)))
        return linear_scale(float(min(lows)), float(max(highs)), self._unit)

    def _place_of(self, value: float) -> float:
        """The y of a value in this widget."""
        if self._log:
            value = math.log10(value) if value > 0 else self._scale.low
        box = self.plot_box()
        share = (value - self._scale.low) / ((self._scale.high - self._scale.low) or 1.0)
        return box.bottom() - min(1.0, max(0.0, share)) * box.height()

    def _place_view(self) -> None:
        if self._view is not None:
            box = self.plot_box()
            # The cursor may stand out above and below, and half a line at the ends of the scale.
            self._view.setGeometry(box.adjusted(0, -1, 1, 1).toRect())
            self.redraw()

    def _show_marks(self) -> None:
        if self._view is not None:
            even = self._even
            if even is not None and self._log:
                even = math.log10(even) if even > 0 else None
            self._view.set_even(even)
            self._view.set_even_words(self._even_text if even is not None else "")
            self._view.set_moment(self._moment if self._moment is not None else self._extent)
            hover = self._hover
            words = say_count(round(hover)) if hover is not None else ""
            self._view.set_hover(hover, words)
        self._describe()
        self.update()

    def _draw_axis(self, painter: QPainter, box: QRectF) -> None:
        left, right = self.window_shown()
        ticks = clock_ticks(left, right, (right - left) / max(1.0, box.width()) * 110)
        last = f"{say_count(round(right))} {self._axis_label}"
        plot_labels.draw_clock(painter, box, (left, right), ticks, last)

    @Slot(float, float)
    def _range_changed(self, left: float, right: float) -> None:
        left, right = max(0.0, left), min(max(self._extent, 1.0), right)
        whole = left <= 0 and right >= self._extent
        for plot in (self, *self._linked):
            plot._window = None if whole else (left, right)
            plot._head.set_zoomed(not whole)
            plot.redraw()
        self.zoomed.emit(not whole)

    @Slot(float)
    def _pointed(self, x: float) -> None:
        hover = None if math.isnan(x) or not self._extent else min(self._extent, max(0.0, x))
        for plot in (self, *self._linked):
            plot._hover = hover
            plot._show_marks()
        self.hovered.emit(math.nan if hover is None else hover)

    def _tip(self) -> str:
        words = self.tr("Drag to move, wheel to zoom, double-click to see everything.")
        if self._even is not None:
            words += " " + self.tr("Falling is not the goal.")
        return words

    def _describe(self) -> None:
        parts = [self._title]
        for name, line in self._lines.items():
            value = self.value(name)
            if value is not None:
                parts.append(f"{line.label.lower()} {say_value(value, self._unit)}")
        place = self._moment if self._moment is not None else self._extent
        if len(parts) > 1:
            parts.append(self.tr("at {}").format(say_count(round(place))))
        self.setAccessibleName(", ".join(parts))
