"""All pictures of a pile on one axis, by how real the inspector finds them.

Real ones stand above the axis as hollow circles, generated ones below as filled triangles; while
nobody may know which is which, all are grey dots. Not responsible for the scores.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ganstudio.desktop import theme
from ganstudio.desktop.widgets.frames import draw_point
from ganstudio.desktop.widgets.painting import draw_ring, has_keyboard
from ganstudio.desktop.widgets.writing import width_of, write

__all__ = ["JudgementStrip"]

_INSET = 12
_PITCH = 10.0
_LABELS = 20
_NEAR = 9.0


class JudgementStrip(QWidget):
    """Click a point, or go from one to the next with the arrows."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scores: list[float] = []
        self._real: list[bool] = []
        self._told = True
        self._current = -1
        self._points: list[QPointF] = []
        self._points_for: tuple[int, int, bool] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ringRadius", 0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip(
            self.tr(
                "Each point is a picture; click one. (sigmoid of D's logit, with one threshold)"
            )
        )
        self._describe()

    def set_scores(self, scores: Sequence[float], real: Sequence[bool]) -> None:
        """Show other pictures: their scores, 0 to 1, and which are real."""
        self._scores, self._real = list(scores), list(real)
        self._current = -1
        self._points_for = None
        self._describe()
        self.update()

    def set_told(self, told: bool) -> None:
        """Whether one sees which are real."""
        self._told = told
        self._points_for = None
        self._describe()
        self.update()

    def set_current(self, index: int) -> None:
        """Mark a picture, without a signal; -1 marks none."""
        self._current = index
        self._describe()
        self.update()

    def point(self, index: int) -> QPointF:
        """Where a picture's point lies, in logical pixels."""
        return self._places()[index]

    def sizeHint(self) -> QSize:
        """As high as the look wants it."""
        return QSize(600, 170)

    def minimumSizeHint(self) -> QSize:
        """Gives way in narrow windows."""
        return QSize(200, 80)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw axis, threshold, points, the chosen one and the words below."""
        painter = QPainter(self)
        axis = self._axis()
        painter.setPen(QPen(theme.colour("edge"), 1))
        painter.drawLine(QPointF(_INSET, axis), QPointF(self.width() - _INSET, axis))
        middle = round(self._x(0.5)) + 0.5
        dashes = QPen(theme.colour("text_quiet"), 1)
        dashes.setDashPattern([3, 3])
        painter.setPen(dashes)
        painter.drawLine(QPointF(middle, 2), QPointF(middle, self._foot()))
        for index, place in enumerate(self._places()):
            self._draw_point(painter, index, place)
        self._draw_current(painter)
        self._draw_labels(painter)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the nearest point."""
        places = self._places()
        apart = [(place - event.position()).manhattanLength() for place in places]
        nearest = min(range(len(apart)), key=apart.__getitem__, default=-1)
        if nearest >= 0 and apart[nearest] <= _NEAR:
            self._choose(nearest)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right go to the next less or more convincing one; Home and End to the ends."""
        order = sorted(range(len(self._scores)), key=self._scores.__getitem__)
        here = order.index(self._current) if self._current in order else -1
        wanted = {
            Qt.Key.Key_Left: max(0, here - 1),
            Qt.Key.Key_Right: min(len(order) - 1, here + 1),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: len(order) - 1,
        }.get(Qt.Key(event.key()))
        if wanted is None or not order:
            super().keyPressEvent(event)
        else:
            self._choose(order[wanted])

    def _choose(self, index: int) -> None:
        if index != self._current:
            self.set_current(index)
            self.chosen.emit(index)

    # -- where things lie ------------------------------------------------------------------------

    def _foot(self) -> float:
        return float(self.height() - _LABELS)

    def _axis(self) -> float:
        """Between both heaps; at the foot while there is only one."""
        return round(self._foot() * (0.55 if self._told else 0.92)) + 0.5

    def _x(self, score: float) -> float:
        return _INSET + min(1.0, max(0.0, score)) * (self.width() - 2 * _INSET)

    def _places(self) -> list[QPointF]:
        """Points stacked in columns, closer together where a column would not fit."""
        shape = (self.width(), self.height(), self._told)
        if self._points_for != shape:
            self._points_for = shape
            self._points = self._stacked()
        return self._points

    def _stacked(self) -> list[QPointF]:
        columns = [round((self._x(score) - _INSET) / _PITCH) for score in self._scores]
        above = [real or not self._told for real in self._real]
        heights = Counter(zip(columns, above, strict=True))
        axis = self._axis()
        rooms = {True: axis - 8, False: self._foot() - axis - 8}
        stacked: Counter[tuple[int, bool]] = Counter()
        places: list[QPointF] = []
        for column, up in zip(columns, above, strict=True):
            key = (column, up)
            pitch = min(_PITCH, rooms[up] / max(1, heights[key]))
            rise = 7 + stacked[key] * pitch
            stacked[key] += 1
            places.append(QPointF(_INSET + column * _PITCH, axis - rise if up else axis + rise))
        return places

    # -- painting --------------------------------------------------------------------------------

    def _draw_point(self, painter: QPainter, index: int, place: QPointF) -> None:
        if self._told:
            draw_point(painter, place, self._real[index])
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("edge"))
        painter.drawEllipse(place, 3.0, 3.0)

    def _draw_current(self, painter: QPainter) -> None:
        if not 0 <= self._current < len(self._scores):
            return
        place, score = self._places()[self._current], self._scores[self._current]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        ink = theme.colour("accent_line")
        painter.setPen(QPen(ink, 2))
        painter.drawLine(QPointF(place.x(), 2), QPointF(place.x(), self._foot()))
        self._draw_point(painter, self._current, place)
        draw_ring(painter, QRectF(place.x() - 5, place.y() - 5, 10, 10), "accent_line", 0, 1.5)
        words = self.tr("this one, {n}\u00a0%").format(n=round(100 * score))
        wide = width_of(words, "small-medium") + 2
        left = place.x() + 7 if place.x() + wide + 8 < self.width() else place.x() - wide - 7
        line = QRectF(left, self._foot() - 17 if self._told else 2, wide, 16)
        painter.fillRect(line, theme.colour("stage"))
        write(painter, line, words, "small-medium", theme.colour("accent_text"))
        if has_keyboard(self):
            draw_ring(painter, QRectF(place.x() - 5, place.y() - 5, 10, 10), "text", 1, 1)

    def _draw_labels(self, painter: QPainter) -> None:
        line = QRectF(_INSET, self._foot() + 4, self.width() - 2 * _INSET, 16)
        ink = theme.colour("text_quiet")
        write(painter, line, self.tr("0\u00a0%: surely generated"), "axis", ink)
        write(
            painter,
            line,
            self.tr("50\u00a0%: it cannot tell"),
            "axis",
            theme.colour("text"),
            "centre",
        )
        words = self.tr("100\u00a0%: surely real")
        right = width_of(words, "axis")
        write(painter, line.adjusted(line.width() - right - 1, 0, 0, 0), words, "axis", ink)

    def _describe(self) -> None:
        real = sum(self._real)
        if self._told:
            words = self.tr("Scores, {a} real and {b} generated").format(
                a=real, b=len(self._real) - real
            )
        else:
            words = self.tr("Scores of {n} pictures").format(n=len(self._real))
        if 0 <= self._current < len(self._scores):
            one = self.tr("this one {n}\u00a0%").format(n=round(100 * self._scores[self._current]))
            words = f"{words}, {one}"
        self.setAccessibleName(words)
