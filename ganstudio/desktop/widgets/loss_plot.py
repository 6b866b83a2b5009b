"""A plot over the shared time axis: faint raw lines, strong smoothed ones, names at their ends.

Not responsible for when it redraws: pages call `redraw`, at most four times a second. What is
drawn is `plot_book`'s and `plot_marks`'; which part of it, `plot_window`'s; where, `plot_frame`'s;
how, `plot_view`'s, which is imported when a plot is first shown.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QRegion,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from ganstudio.desktop.tokens import Size
from ganstudio.desktop.widgets import plot_labels
from ganstudio.desktop.widgets.plot_book import Line, PlotBook
from ganstudio.desktop.widgets.plot_frame import PlotFrame
from ganstudio.desktop.widgets.plot_head import PlotHead
from ganstudio.desktop.widgets.plot_marks import PlotMarks
from ganstudio.desktop.widgets.plot_scale import clock_ticks, say_value
from ganstudio.desktop.widgets.plot_window import PlotWindow
from ganstudio.project.numbers import say_count

if TYPE_CHECKING:
    from ganstudio.desktop.widgets.plot_view import PlotView

__all__ = ["LossPlot"]

_TICK_ROOM = 110
_PIN_REACH = 6  # pixels


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
        self._axis_label = axis_label
        self._book = PlotBook(y_range, unit)
        self._marks = PlotMarks()
        self._window = PlotWindow(self)
        self._view: PlotView | None = None
        self._values: dict[str, float] = {}
        self._head = PlotHead(title, tools, self)
        self._frame = PlotFrame(self._head.height(), bool(axis_label))
        self._watch(self._window)
        self._connect_head()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty("ringRadius", 0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._describe()

    def add_series(self, name: str, label: str, token: str, style: str = "solid") -> None:
        """A line with its signal colour and its second sign: solid, dash or dot.

        Without words it is only drawn: nothing at its end, and nothing to read.
        """
        self._book.lines[name] = Line(label, token, style)
        if self._view is not None:
            self._view.add(name, token, style)

    def set_series(self, name: str, x: np.ndarray, y: np.ndarray) -> None:
        """Replace the points of a line. Nothing is drawn before `redraw`."""
        self._book.lines[name].data.set(x, y)

    def append(self, name: str, x: np.ndarray | float, y: np.ndarray | float) -> None:
        """Add points at the end of a line. Nothing is drawn before `redraw`."""
        self._book.lines[name].data.append(x, y)

    def rows(self) -> tuple[list[str], list[tuple[float, ...]]]:
        """All values as a table: a header, then one row a clock; unknown values are NaN."""
        return self._book.rows()

    def value(self, name: str) -> float | None:
        """The smoothed value of a line at the pointer, the chosen moment or its end."""
        return self._book.value(name, self._place())

    def add_tool(self, widget: QWidget) -> None:
        """Another tool in the title line."""
        self._head.add_tool(widget)

    def set_title(self, text: str) -> None:
        """Another name."""
        self._title = text
        self._head.title.setText(text)

    def set_extent(self, x: float) -> None:
        """The right end of the time axis, shared with the film."""
        self._book.asked_extent = float(x)

    def set_moment(self, x: float | None) -> None:
        """The chosen moment; None is the end."""
        self._marks.moment = x
        self._show_marks()

    def set_pins(self, pins: Sequence[tuple[float, str]]) -> None:
        """Where something happened, and what, in words: the pointer near it reads them."""
        self._marks.pins = tuple(pins)
        self._show_marks()

    def set_evidence(self, since: float | None, good: float | None = None, words: str = "") -> None:
        """Shade the part from a clock on that proves a finding; None shades nothing.

        Args:
            since: Where the evidence begins.
            good: The last good moment before it, where there is one to go back to.
            words: What stands beside that.
        """
        self._marks.evidence = since, good, words
        self._show_marks()

    def set_cannot_tell(self, y: float | None, text: str = "") -> None:
        """The value of an undecided inspector, as a dotted line with words."""
        self._marks.even = None if y is None else (y, text)
        self._show_marks()

    def set_highlight(self, name: str | None) -> None:
        """Light one line; None lights all of them alike."""
        self._marks.lit = name if name in self._book.lines else None
        if self._view is not None:
            self._view.dress(self._marks.lit)
        self.update()

    def set_smoothing(self, amount: float) -> None:
        """How strongly lines are smoothed, 0 to 1."""
        self._book.smoothing = amount
        self._settings_changed()

    def set_start_hidden(self, hidden: bool) -> None:
        """Leave the first tenth out of the scale."""
        self._book.start_hidden = hidden
        self._settings_changed()

    def set_log(self, logarithmic: bool) -> None:
        """A logarithmic scale."""
        self._book.logarithmic = logarithmic
        self._settings_changed()

    def set_narrow(self, narrow: bool) -> None:
        """A smaller gutter at the right, and a switch where the title would stand."""
        self._head.title.setVisible(not narrow)
        self._frame.right = Size.PLOT_RIGHT_NARROW if narrow else Size.PLOT_RIGHT
        self._place_view()

    def link(self, other: LossPlot) -> None:
        """Zoom and hover both together, and whatever else is linked to this one."""
        other._window.disconnect(other)
        other._watch(self._window)
        other._head.set_zoomed(self._window.is_part)
        other.redraw()

    def _watch(self, window: PlotWindow) -> None:
        self._window = window
        window.changed.connect(self._window_changed)
        window.pointed.connect(self._pointer_moved)

    @Slot()
    def reset_zoom(self) -> None:
        """Show the whole run."""
        self._window.show_all()

    def window_shown(self) -> tuple[float, float]:
        """Left and right end of the clock that is shown."""
        return self._window.shown(self._book.extent())

    @Slot()
    def redraw(self) -> None:
        """Draw the newest data."""
        if self._view is not None:
            window, box = self.window_shown(), self.plot_box()
            for name, drawn in self._book.drawn(*window, max(2, round(box.width()))).items():
                self._view.set_curve(name, drawn.raw, drawn.strong)
            scale = self._book.scale
            self._view.set_borders(*self._frame.borders(box, window, scale))
            self._view.set_grid([place for place, _ in scale.ticks], window)
        self._show_marks()

    def build(self) -> None:
        """Make the drawing part now instead of when it is first shown."""
        if self._view is not None:
            return
        from ganstudio.desktop.widgets.plot_view import PlotView

        view = PlotView(self)
        view.setToolTip(self._tip())
        for name, line in self._book.lines.items():
            view.add(name, line.token, line.style)
        view.pointed.connect(self._point)
        view.zoom_asked.connect(self._zoom)
        view.pan_asked.connect(self._pan)
        view.reset_asked.connect(self.reset_zoom)
        self._view = view
        self._place_view()
        view.show()

    def sizeHint(self) -> QSize:
        """A plot under another one."""
        return self._frame.room(600, 116)

    def minimumSizeHint(self) -> QSize:
        """Three ticks and two names."""
        return self._frame.room(280, 64)

    def plot_box(self) -> QRectF:
        """Where the curves are, without the gutters."""
        return self._frame.box(self.size())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the words in the gutters and the axis."""
        painter = QPainter(self)
        box = self.plot_box()
        plot_labels.draw_ticks(painter, box, self._book.scale)
        names = self._marks.names(self._book, self._values, box)
        plot_labels.draw_marks(painter, box, self._frame.right, names)
        if self._axis_label and self._book.extent():
            left, right = self.window_shown()
            ticks = clock_ticks(left, right, (right - left) / box.width() * _TICK_ROOM)
            last = f"{say_count(round(right))} {self._axis_label}"
            plot_labels.draw_clock(painter, box, (left, right), ticks, last)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the curves to the new room."""
        self._head.setGeometry(self._frame.head_line(self.size()))
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
            self._view.dress(self._marks.lit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows read values, + and - zoom, Esc shows everything."""
        left, right = self.window_shown()
        key = event.key()
        here = self._window.hover if self._window.hover is not None else right
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and not event.modifiers():
            step = (right - left) / 100 * (-1 if key == Qt.Key.Key_Left else 1)
            self._point(min(right, max(left, here + step)))
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Minus):
            self._zoom(here, 1.0 if key == Qt.Key.Key_Plus else -1.0)
        elif key == Qt.Key.Key_Escape and (self._window.hover is not None or self._window.is_part):
            self._point(math.nan)
            self.reset_zoom()
        else:
            super().keyPressEvent(event)

    def _connect_head(self) -> None:
        self._head.smoothing_chosen.connect(self.set_smoothing)
        self._head.start_hidden.connect(self.set_start_hidden)
        self._head.log_chosen.connect(self.set_log)
        self._head.reset_asked.connect(self.reset_zoom)
        self._head.enlarge_asked.connect(self.enlarge_requested)
        self._head.export_asked.connect(self.export_requested)
        self._settings_changed()

    def _settings_changed(self) -> None:
        book = self._book
        self._head.set_states(book.smoothing, book.start_hidden, book.logarithmic)
        self.redraw()

    def _place_view(self) -> None:
        if self._view is not None:
            self._view.setGeometry(self._frame.around(self.plot_box()))
            self.redraw()

    def _place(self) -> float | None:
        """The place whose values are read: the pointer, the chosen moment, or the end."""
        return self._window.hover if self._window.hover is not None else self._marks.moment

    def _show_marks(self) -> None:
        named = [name for name, line in self._book.lines.items() if line.label]
        found = {name: self.value(name) for name in named}
        self._values = {name: value for name, value in found.items() if value is not None}
        if self._view is not None:
            marks = self._marks
            end = self._book.extent() or None
            self._view.set_even(marks.even_place(self._book.logarithmic))
            self._view.set_evidence(*marks.evidence)
            self._view.set_moment(marks.moment if marks.moment is not None else end)
            self._view.set_pins([place for place, _ in marks.pins])
            self._view.set_hover(self._window.hover, self._hover_words())
        self._describe()
        self._update_around()

    def _hover_words(self) -> str:
        """The clock under the pointer, and what happened there."""
        if self._window.hover is None:
            return ""
        left, right = self.window_shown()
        reach = (right - left) / self.plot_box().width() * _PIN_REACH
        return self._marks.words_at(self._window.hover, reach)

    def _update_around(self) -> None:
        """Write the words anew; head and curves know themselves when they change."""
        around = QRegion(self.rect()).subtracted(QRegion(self._head.geometry()))
        if self._view is not None:
            around = around.subtracted(QRegion(self._view.geometry()))
        self.update(around)

    @Slot(float, float)
    def _zoom(self, place: float, steps: float) -> None:
        self._window.zoom(place, steps, self._book.extent())

    @Slot(float)
    def _pan(self, way: float) -> None:
        self._window.pan(way, self._book.extent())

    @Slot(float)
    def _point(self, x: float) -> None:
        self._window.point(x, self._book.extent())

    @Slot(bool)
    def _window_changed(self, is_part: bool) -> None:
        self._head.set_zoomed(is_part)
        self.redraw()
        self.zoomed.emit(is_part)

    @Slot(float)
    def _pointer_moved(self, place: float) -> None:
        self._show_marks()
        self.hovered.emit(place)

    def _tip(self) -> str:
        words = self.tr("Drag to move, wheel to zoom, double-click to see everything.")
        if self._marks.even is not None:
            words += " " + self.tr("Falling is not the goal.")
        return words

    def _describe(self) -> None:
        parts = [self._title]
        for name, value in self._values.items():
            label = self._book.lines[name].label.lower()
            parts.append(f"{label} {say_value(value, self._book.unit)}")
        if len(parts) > 1:
            moment = self._marks.moment
            place = moment if moment is not None else self._book.extent()
            parts.append(self.tr("at {}").format(say_count(round(place))))
        self.setAccessibleName(", ".join(parts))
