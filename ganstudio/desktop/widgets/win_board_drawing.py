"""How a win-rate matrix is drawn: heads, cells, skills.

A cell is the more magenta the more often the generator wins, the bluer the more often the inspector
does, grey where neither has the better of it; the number stands in each.

Not responsible for where the parts lie (`win_board_layout`), nor for hand and keys (`win_board`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QCoreApplication, QRectF
from PySide6.QtGui import QColor, QPainter

from ganstudio.desktop import icons, theme
from ganstudio.desktop.widgets.frames import FRAME, draw_frame
from ganstudio.desktop.widgets.painting import (
    SHARP_LIMIT,
    draw_box,
    draw_picture,
    fit_box,
    to_image,
)
from ganstudio.desktop.widgets.win_board_layout import BoardLayout
from ganstudio.desktop.widgets.writing import width_of, write

__all__ = ["BoardDrawing", "Contestant", "Results", "cell_colour"]

#: How much of a signal colour the surest cell has: more, and the number in it is hard to read.
_STRONGEST = 0.44
#: Cells narrower than this hold the number alone.
_ROOM_FOR_SIGN = 44.0
_LINE, _SMALL_LINE = 20.0, 16.0
#: In less than this, a run's name says nothing.
_LEAST_SECOND = 30.0
#: The weakest of a side has a bar too: a skill has no zero that it could begin at.
_BELOW_WEAKEST = 0.08


@dataclass(frozen=True, slots=True)
class Contestant:
    """A moment in the heads.

    Attributes:
        name: Its clock.
        second: Its run, where there are several.
        picture: What its generator draws, (H, W, C) uint8; None until it is known.
    """

    name: str
    second: str = ""
    picture: np.ndarray | None = None


@dataclass(frozen=True, slots=True)
class Results:
    """What came out, with its words.

    Attributes:
        wins: (N, N) share of rounds that the row won, 0 to 1.
        rows: (skill, error) of each row.
        columns: (skill, error) of each column.
        lines: A sentence for each cell.
    """

    wins: np.ndarray
    rows: Sequence[tuple[float, float]]
    columns: Sequence[tuple[float, float]]
    lines: Sequence[Sequence[str]]


def cell_colour(share: float) -> QColor:
    """The ground of a cell: grey at a half, magenta above, blue below."""
    ground = theme.colour("raised")
    signal = theme.colour("generator" if share > 0.5 else "inspector")
    much = _STRONGEST * abs(2 * share - 1)
    parts = (
        (ground.red(), signal.red()),
        (ground.green(), signal.green()),
        (ground.blue(), signal.blue()),
    )
    return QColor(*(round(low + (high - low) * much) for low, high in parts))


@dataclass(frozen=True, slots=True)
class _Bar:
    """Where a skill ends on its track, and between what it surely lies; all 0 to 1."""

    value: float
    low: float
    high: float


def _bars(skills: Sequence[tuple[float, float]]) -> list[_Bar]:
    """Each beside the others of its side: the track goes from a little below the weakest."""
    least = min(skill - error for skill, error in skills)
    most = max(skill + error for skill, error in skills)
    start = least - _BELOW_WEAKEST * (most - least)
    whole = max(1e-9, most - start)
    return [
        _Bar(
            (skill - start) / whole,
            (skill - error - start) / whole,
            (skill + error - start) / whole,
        )
        for skill, error in skills
    ]


class BoardDrawing:
    """Draws the parts of one matrix.

    Args:
        painter: On the matrix.
        layout: Where the parts lie.
        ratio: Device pixels of a logical one.
    """

    def __init__(self, painter: QPainter, layout: BoardLayout, ratio: float) -> None:
        self._painter, self._layout, self._ratio = painter, layout, ratio

    # -- heads and cells -------------------------------------------------------------------------

    def heads(self, heads: Sequence[Contestant], chosen: tuple[int, int] | None) -> None:
        """The words for rows and columns, and each of them; those of the chosen cell are strong."""
        axis = self._layout.axis()
        icons.paint(self._painter, "judge", QRectF(axis.left(), 2, 16, 16), "inspector")
        self._quiet(axis.adjusted(22, 0, 0, 0), _tr("Inspectors"))
        self._quiet(QRectF(0, 0, axis.left() - 8, axis.height()), _tr("Generators"))
        row, column = chosen or (-1, -1)
        for index, head in enumerate(heads):
            self._row_head(index, head, "head" if index == row else "body")
            self._column_head(index, head, "head" if index == column else "body")

    def cells(self, count: int, found: Results | None) -> None:
        """The cells, empty before anything is known."""
        lined = theme.current().surface_lines
        sign = "\u00a0%" if self._layout.wide >= _ROOM_FOR_SIGN else ""
        for row in range(count):
            for column in range(count):
                box = self._layout.cell(row, column)
                if found is None:
                    draw_box(self._painter, box, 0, theme.colour("raised"))
                    continue
                share = float(found.wins[row, column])
                line = theme.colour("line") if lined else None
                draw_box(self._painter, box, 0, cell_colour(share), line)
                words = f"{round(100 * share)}{sign}"
                write(self._painter, box, words, "medium", theme.colour("text"), "centre")

    def _row_head(self, row: int, head: Contestant, role: str) -> None:
        painter, box = self._painter, self._layout.picture(row)
        if head.picture is None:
            painter.fillRect(box, theme.colour("raised"))
        else:
            image = to_image(head.picture)
            sharp = min(image.width(), image.height()) <= SHARP_LIMIT
            wide = 0 if self._layout.low else FRAME  # a frame would leave nothing of a tiny one
            inner = box.adjusted(wide, wide, -wide, -wide)
            place = fit_box(image.width(), image.height(), inner, self._ratio, sharp)
            draw_picture(painter, image, place, sharp)
            if wide:
                draw_frame(painter, place.adjusted(-wide, -wide, wide, wide), real=False)
        room = self._layout.row_name(row)
        if head.second and self._layout.low:
            behind = room.adjusted(width_of(head.name, role) + 6, 0, 0, 0)
            if behind.width() >= _LEAST_SECOND:
                write(painter, behind, head.second, "axis", theme.colour("text_quiet"))
        elif head.second:
            middle = room.center().y()
            second = QRectF(room.left(), middle, room.width(), _SMALL_LINE)
            write(painter, second, head.second, "axis", theme.colour("text_quiet"))
            room = QRectF(room.left(), middle - 18, room.width(), _LINE)
        write(painter, room, head.name, role, theme.colour("generator"))

    def _column_head(self, column: int, head: Contestant, role: str) -> None:
        room = self._layout.column_name(column)
        if width_of(head.name, role) > room.width():
            role = "axis"
        line = QRectF(room.left(), room.top(), room.width(), _LINE)
        write(self._painter, line, head.name, role, theme.colour("inspector"), "centre")
        if head.second:
            below = QRectF(room.left(), line.bottom() - 2, room.width(), _SMALL_LINE)
            write(self._painter, below, head.second, "axis", theme.colour("text_quiet"), "centre")

    # -- skills ----------------------------------------------------------------------------------

    def skills(self, found: Results) -> None:
        """A bar for each player, how sure it is, and its number."""
        layout = self._layout
        first, below = layout.row_bar(0), layout.column_bar(0)
        self._quiet(QRectF(first.left(), 0, first.width(), _LINE), _tr("Skill"))
        self._quiet(QRectF(0, below.top(), layout.left - 8, _LINE), _tr("Skill"))
        for row, (bar, pair) in enumerate(zip(_bars(found.rows), found.rows, strict=True)):
            self._bar_across(layout.row_bar(row), bar)
            number = self._number_below if layout.narrow else self._number_behind
            if layout.narrow and layout.low:
                number = self._number_alone
            number(layout.row_number(row), *pair)
        for column, (bar, pair) in enumerate(zip(_bars(found.columns), found.columns, strict=True)):
            self._bar_up(layout.column_bar(column), bar)
            self._number_below(layout.column_number(column), *pair)

    def _bar_across(self, track: QRectF, bar: _Bar) -> None:
        """A generator's, to the right."""
        wide = track.width()
        low, value, high = (track.left() + share * wide for share in (bar.low, bar.value, bar.high))
        filled = QRectF(track.left(), track.top(), value - track.left(), track.height())
        sure = QRectF(low, track.center().y() - 1, high - low, 2)
        self._bar(track, filled, sure, "generator")

    def _bar_up(self, track: QRectF, bar: _Bar) -> None:
        """An inspector's, upwards."""
        high, bottom = track.height(), track.bottom()
        low, value, top = (bottom - share * high for share in (bar.low, bar.value, bar.high))
        filled = QRectF(track.left(), value, track.width(), bottom - value)
        sure = QRectF(track.center().x() - 1, top, 2, low - top)
        self._bar(track, filled, sure, "inspector")

    def _bar(self, track: QRectF, filled: QRectF, sure: QRectF, token: str) -> None:
        self._painter.fillRect(track, theme.colour("control_hover"))
        self._painter.fillRect(filled, theme.colour(token))
        self._painter.fillRect(sure, theme.colour("text"))

    def _number_behind(self, box: QRectF, skill: float, error: float) -> None:
        number = f"{skill:.0f}"
        write(self._painter, box, number, "small-medium", theme.colour("text"))
        behind = box.adjusted(width_of(number, "small-medium") + 4, 0, 0, 0)
        write(self._painter, behind, _spread(error), "axis", theme.colour("text_quiet"))

    def _number_alone(self, box: QRectF, skill: float, error: float) -> None:
        """The line on the bar says how sure it is."""
        write(self._painter, box, f"{skill:.0f}", "small-medium", theme.colour("text"))

    def _number_below(self, box: QRectF, skill: float, error: float) -> None:
        upper = QRectF(box.left(), box.top(), box.width(), _SMALL_LINE)
        write(self._painter, upper, f"{skill:.0f}", "small-medium", theme.colour("text"), "centre")
        lower, quiet = upper.translated(0, 15), theme.colour("text_quiet")
        write(self._painter, lower, _spread(error), "axis", quiet, "centre")

    def _quiet(self, box: QRectF, words: str) -> None:
        write(self._painter, box, words, "small-medium", theme.colour("text_quiet"))


def _spread(error: float) -> str:
    return f"\u00b1\u00a0{error:.0f}"


def _tr(words: str) -> str:
    return QCoreApplication.translate("WinBoard", words)
