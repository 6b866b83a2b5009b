"""Who fools whom: a matrix of win rates as a heat map with numbers, and a skill beside each player.

Rows are generators, magenta; columns inspectors, blue.

Not responsible for playing, for the sentences about a cell, nor for painting
(`win_board_drawing`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ganstudio.desktop import theme
from ganstudio.desktop.widgets.grid_keys import tile_asked
from ganstudio.desktop.widgets.painting import draw_box, draw_ring, has_keyboard
from ganstudio.desktop.widgets.win_board_drawing import BoardDrawing, Contestant, Results
from ganstudio.desktop.widgets.win_board_layout import BoardLayout, lay_out
from ganstudio.desktop.widgets.writing import width_of

__all__ = ["WinBoard"]

_NAMES_AT_MOST = 112.0
_UNBOUND = 1e6


class WinBoard(QWidget):
    """One tab stop; arrows and clicks choose a cell.

    Signals:
        chosen: A cell was chosen (row, column).
    """

    chosen = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heads: list[Contestant] = []
        self._found: Results | None = None
        self._current, self._hovered = -1, -1
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("focusRing", False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._describe()

    # -- what is shown ---------------------------------------------------------------------------

    def set_heads(self, heads: Sequence[Contestant]) -> None:
        """Who plays; a result of others goes."""
        self._heads = list(heads)
        self.setMaximumHeight(round(self._layout(_UNBOUND).height()))
        self.set_results(None)

    def set_picture(self, index: int, picture: np.ndarray) -> None:
        """What a generator draws, (H, W, C) uint8, not written to later."""
        self._heads[index] = replace(self._heads[index], picture=picture)
        self.update()

    def set_results(self, found: Results | None) -> None:
        """What came out, among those of the heads; None: nothing yet."""
        self._found = found
        self._current = self._hovered = -1
        self._describe()
        self.update()

    def current(self) -> tuple[int, int] | None:
        """Row and column of the chosen cell."""
        return divmod(self._current, len(self._heads)) if self._current >= 0 else None

    def set_current(self, row: int, column: int) -> None:
        """Choose a cell without a signal."""
        self._current = row * len(self._heads) + column
        self._describe()
        self.update()

    def cell_box(self, row: int, column: int) -> QRectF:
        """Where a cell is, in logical pixels."""
        return self._layout().cell(row, column)

    def sizeHint(self) -> QSize:
        """As at 1440 x 900."""
        return QSize(960, 600)

    def minimumSizeHint(self) -> QSize:
        """Numbers that can still be read."""
        return QSize(420, 300)

    # -- painting --------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw heads, cells, skills, then the rings."""
        if self._heads:
            painter = QPainter(self)
            layout, ratio = self._layout(), self.devicePixelRatioF()
            drawing = BoardDrawing(painter, layout, ratio)
            drawing.heads(self._heads, self.current())
            drawing.cells(len(self._heads), self._found)
            if self._found is not None:
                drawing.skills(self._found)
            self._draw_rings(painter, layout)

    def _draw_rings(self, painter: QPainter, layout: BoardLayout) -> None:
        if self._found is None:
            if has_keyboard(self):
                box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
                draw_box(painter, box, 4, None, theme.colour("accent_line"), 2)
            return
        if self._hovered >= 0 and self._hovered != self._current:
            draw_ring(painter, self._box_of(layout, self._hovered), "text", 0, 1)
        chosen = self._current if self._current >= 0 else 0 if has_keyboard(self) else -1
        if chosen >= 0:
            wide = 3 if theme.current().surface_lines else 2
            draw_ring(painter, self._box_of(layout, chosen), "accent_line", 0, wide)

    # -- where things lie ------------------------------------------------------------------------

    def _layout(self, height: float | None = None) -> BoardLayout:
        """Where the parts lie in the widget, or at another height."""
        names = [width_of(head.name, "head") for head in self._heads]
        seconds = [width_of(head.second, "axis") for head in self._heads]
        widest = min(_NAMES_AT_MOST, max([*names, *seconds, 0.0]))
        high = float(self.height()) if height is None else height
        return lay_out(self.width(), high, max(1, len(self._heads)), widest, any(seconds))

    def _box_of(self, layout: BoardLayout, index: int) -> QRectF:
        return layout.cell(*divmod(index, len(self._heads)))

    def _at(self, position: QPointF) -> int:
        place = self._layout().at(position) if self._found is not None else None
        return place[0] * len(self._heads) + place[1] if place is not None else -1

    # -- hand and keys ---------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the cell under the pointer."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._choose(self._at(event.position()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light what is under the pointer."""
        self._hover(self._at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer."""
        self._hover(-1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, Home and End choose."""
        many = len(self._heads)
        count = many**2 if self._found is not None else 0
        wanted = tile_asked(event, self._current, many, count)
        if wanted is not None:
            self._choose(wanted)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """The tooltip says what is under the pointer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            text = self._tip(QPointF(event.pos()))
            QToolTip.showText(event.globalPos() + QPoint(0, 8), text, self)
            return True
        return super().event(event)

    def _tip(self, position: QPointF) -> str:
        """What a cell says, who stands in a head, or what a skill is."""
        index, layout = self._at(position), self._layout()
        if index >= 0:
            return self._line(index)
        if not self._heads or self._found is None:
            return self.tr("Every generator plays against every inspector.")
        if row_or_column := layout.head_at(position):
            row, column = row_or_column
            head = self._heads[max(row, column)]
            words = self.tr("Generator of {at}") if row >= 0 else self.tr("Inspector of {at}")
            return words.format(at=f"{head.second}, {head.name}" if head.second else head.name)
        return self.tr(
            "Skill as in chess: the mean of all is 1500, and 400 points more win 10 rounds of 11. "
            "Bars compare generators with each other, and inspectors; the thin line is the "
            "standard error. (Skill rating, Olsson 2018.)"
        )

    def _line(self, index: int) -> str:
        row, column = divmod(index, len(self._heads))
        return self._found.lines[row][column] if self._found is not None else ""

    def _choose(self, index: int) -> None:
        if index >= 0 and index != self._current:
            self._current = index
            self._describe()
            self.update()
            self.chosen.emit(*divmod(index, len(self._heads)))

    def _hover(self, index: int) -> None:
        if index != self._hovered:
            self._hovered = index
            hand = Qt.CursorShape.PointingHandCursor
            self.setCursor(hand if index >= 0 else Qt.CursorShape.ArrowCursor)
            self.update()

    def _describe(self) -> None:
        name = self.tr("Win rates, {n} generators against {n} inspectors")
        words = name.format(n=len(self._heads))
        if self._current >= 0:
            words = f"{words}: {self._line(self._current)}"
        elif self._found is None:
            words = self.tr("{words}, not played yet").format(words=words)
        self.setAccessibleName(words)
