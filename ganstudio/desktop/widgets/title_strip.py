"""The story of titles under the plots: a bar for each moment that was best, until a better came.

Not responsible for who wins (`project.titles`), nor for which part of the clock shows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ganstudio.desktop import icons, theme
from ganstudio.desktop.tokens import Size
from ganstudio.desktop.widgets.painting import draw_box, snap
from ganstudio.desktop.widgets.writing import width_of, write
from ganstudio.project.numbers import say_count

__all__ = ["TitleMark", "TitleStrip"]

_HEIGHT, _BAR, _STAR = 22, 16, 10
_ROLE = "axis"


@dataclass(frozen=True, slots=True)
class TitleMark:
    """One title.

    Attributes:
        clock: When it was won.
        tip: How, in words.
    """

    clock: int
    tip: str


class TitleStrip(QWidget):
    """Bars from title to title; a click, or arrows and Return, go to the moment.

    Signals:
        chosen: The clock of the moment to go to.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._marks: list[TitleMark] = []
        self._nothing = ""
        self._window = (0.0, 1.0)
        self._right = Size.PLOT_RIGHT
        self._current, self._hovered = -1, -1
        self.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty("ringRadius", 0)
        self.setMouseTracking(True)
        self._describe()

    def set_titles(self, marks: Sequence[TitleMark], nothing: str) -> None:
        """Show the story.

        Args:
            marks: By the clock; the last one holds the title.
            nothing: What stands there before the first title.
        """
        if (list(marks), nothing) != (self._marks, self._nothing):
            self._marks, self._nothing = list(marks), nothing
            self._current = min(self._current, len(self._marks) - 1)
            self._describe()
            self.update()

    def set_window(self, left: float, right: float) -> None:
        """Which part of the clock the plots show."""
        if (left, right) != self._window:
            self._window = (left, right)
            self.update()

    def set_narrow(self, narrow: bool) -> None:
        """A smaller gutter at the right."""
        self._right = Size.PLOT_RIGHT_NARROW if narrow else Size.PLOT_RIGHT
        self.update()

    def bar_of(self, index: int) -> QRectF:
        """Where the bar of a title is, cut off where the plots end."""
        axis, (left, right) = self._axis(), self._window
        later = self._marks[index + 1 :]
        ends = (self._marks[index].clock, later[0].clock if later else max(right, left + 1))
        scale = axis.width() / max(right - left, 1e-9)
        begin, end = (
            min(axis.right(), max(axis.left(), axis.left() + (clock - left) * scale))
            for clock in ends
        )
        ratio = self.devicePixelRatioF()
        begin, end = snap(begin, ratio), snap(end, ratio)
        return QRectF(begin, axis.top(), end - begin, axis.height())

    def sizeHint(self) -> QSize:
        """As wide as the plots."""
        return QSize(600, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw name, bars, and who holds the title."""
        painter = QPainter(self)
        axis, quiet = self._axis(), theme.colour("text_quiet")
        gutter = QRectF(0, axis.top(), axis.left() - 8, axis.height())
        write(painter, gutter, self.tr("Best"), _ROLE, quiet, "right")
        if not self._marks:
            write(painter, axis, self._nothing, _ROLE, quiet)
            return
        for index in range(len(self._marks)):
            self._draw_bar(painter, index)
        place = QRectF(axis.right() + 12, axis.top(), self._right - 12, axis.height())
        words = say_count(self._marks[-1].clock)
        write(painter, place, words, "small-medium", theme.colour("text"))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the moment of the bar under the pointer."""
        index = self._at(event.position().x())
        if event.button() == Qt.MouseButton.LeftButton and index >= 0:
            self._choose(index)
            self.chosen.emit(self._marks[index].clock)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light what is under the pointer."""
        self._hover(self._at(event.position().x()))

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer."""
        self._hover(-1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right choose a title, Return goes to its moment."""
        key, last = event.key(), len(self._marks) - 1
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(key), 0)
        if step and last >= 0 and not event.modifiers():
            self._choose(min(last, max(0, self._current + step)) if self._current >= 0 else last)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and 0 <= self._current <= last:
            self.chosen.emit(self._marks[self._current].clock)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """The tooltip tells how the title under the pointer was won."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            index = self._at(event.pos().x())
            usual = self.tr("Every moment that was the best so far, by its score.")
            text = self._marks[index].tip if index >= 0 else usual
            QToolTip.showText(event.globalPos() + QPoint(0, 8), text, self)
            return True
        return super().event(event)

    def _axis(self) -> QRectF:
        wide = max(1, self.width() - Size.PLOT_LEFT - self._right)
        return QRectF(Size.PLOT_LEFT, (_HEIGHT - _BAR) / 2, wide, _BAR)

    def _at(self, x: float) -> int:
        for index in range(len(self._marks)):
            bar = self.bar_of(index)
            if bar.left() <= x < bar.right():
                return index
        return -1

    def _choose(self, index: int) -> None:
        self._current = index
        self._describe()
        self.update()

    def _hover(self, index: int) -> None:
        if index != self._hovered:
            self._hovered = index
            hand = Qt.CursorShape.PointingHandCursor
            self.setCursor(hand if index >= 0 else Qt.CursorShape.ArrowCursor)
            self.update()

    def _draw_bar(self, painter: QPainter, index: int) -> None:
        bar, last = self.bar_of(index), index == len(self._marks) - 1
        if bar.width() <= 0:
            return
        thin = 1 / self.devicePixelRatioF()
        inside = bar.adjusted(0, 0, -min(thin, bar.width() / 2) if not last else 0, 0)
        ground = "accent_soft" if last else "control" if index == self._hovered else "raised"
        line = theme.colour("line") if theme.current().surface_lines else None
        draw_box(painter, inside, 0, theme.colour(ground), line)
        if index == self._current and self.hasFocus():
            draw_box(painter, inside, 0, None, theme.colour("accent_line"), Size.RING)
        left = bar.left() + 4
        if last and bar.width() > _STAR + 4:
            star = QRectF(left, bar.center().y() - _STAR / 2, _STAR, _STAR)
            icons.paint(painter, "star-full", star, "accent_line")
            left = star.right() + 4
        words = say_count(self._marks[index].clock)
        room = QRectF(left, bar.top(), bar.right() - left - 2, bar.height())
        if width_of(words, _ROLE) <= room.width():
            ink = theme.colour("text" if last else "text_quiet")
            write(painter, room, words, _ROLE, ink)

    def _describe(self) -> None:
        parts = [self.tr("Best"), self._nothing]
        if self._marks:
            parts[1] = say_count(self._marks[-1].clock)
        if 0 <= self._current < len(self._marks):
            parts.append(self._marks[self._current].tip)
        self.setAccessibleName(", ".join(part for part in parts if part))
