"""Where the parts of a win-rate matrix lie. Plain arithmetic, no painting.

Not responsible for what is in them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtCore import QPointF, QRectF

__all__ = ["BoardLayout", "lay_out"]

_WIDEST, _HIGHEST, _LOWEST, _THUMB = 104.0, 62.0, 18.0, 48.0
_GAP = 2.0
#: A number fits into this; names of rows give way first, but not below that.
_CELL, _LEAST_NAME = 35.0, 44.0
#: Above the cells: the word for all columns, and a line or two for each.
_AXIS, _NAME, _SECOND, _UNDER = 20.0, 20.0, 16.0, 6.0
#: Below them: a bar and two lines for each column.
_BELOW, _BAR_BELOW, _LINES_BELOW = 10.0, 44.0, 34.0
#: At their right: a bar and a number for each row, in two lines where there is less room.
_BESIDE, _BESIDE_NARROW, _NARROW = 184.0, 124.0, 720.0
_NUMBER, _NUMBER_NARROW = 68.0, 36.0


@dataclass(frozen=True, slots=True)
class BoardLayout:
    """Places in logical pixels; all cells are alike.

    Attributes:
        count: Rows, and columns.
        left: Where the cells begin.
        top: Where they begin.
        wide: From one column to the next.
        high: From one row to the next.
        thumb: The side of a row's picture.
        beside: Room at the right of the cells.
        narrow: Whether that is little, and numbers stand there in two lines.
    """

    #: Rows lower than this have one line.
    TWO_LINES: ClassVar[float] = 31.0

    count: int
    left: float
    top: float
    wide: float
    high: float
    thumb: float
    beside: float
    narrow: bool

    @property
    def low(self) -> bool:
        """Whether a row has room for one line only."""
        return self.high < self.TWO_LINES

    def cell(self, row: int, column: int) -> QRectF:
        """A cell, without the gap to the next ones."""
        left, top = self.left + column * self.wide, self.top + row * self.high
        return QRectF(left, top, self.wide - _GAP, self.high - _GAP)

    def picture(self, row: int) -> QRectF:
        """A row's picture with its frame."""
        top = self.top + row * self.high + (self.high - _GAP - self.thumb) / 2
        return QRectF(0, top, self.thumb, self.thumb)

    def row_name(self, row: int) -> QRectF:
        """The words of a row, in the whole height of its cells."""
        left = self.thumb + 8
        return QRectF(left, self.cell(row, 0).top(), self.left - left - 8, self.high - _GAP)

    def column_name(self, column: int) -> QRectF:
        """The words of a column."""
        box = self.cell(0, column)
        top = _AXIS
        return QRectF(box.left(), top, box.width(), self.top - _UNDER - top)

    def axis(self) -> QRectF:
        """The word for all columns."""
        return QRectF(self.left, 0, self.count * self.wide, _AXIS)

    def row_bar(self, row: int) -> QRectF:
        """The track of a row's skill."""
        box = self.cell(row, self.count - 1)
        room = self.beside - 16 - 8 - (_NUMBER_NARROW if self.narrow else _NUMBER)
        return QRectF(box.right() + 16, box.center().y() - 5, room, 10)

    def row_number(self, row: int) -> QRectF:
        """The number behind that track."""
        bar = self.row_bar(row)
        wide, high = (_NUMBER_NARROW, 31.0) if self.narrow else (_NUMBER, 20.0)
        return QRectF(bar.right() + 8, bar.center().y() - high / 2, wide, high)

    def column_bar(self, column: int) -> QRectF:
        """The track of a column's skill."""
        box = self.cell(self.count - 1, column)
        return QRectF(box.center().x() - 5, box.bottom() + _BELOW, 10, _BAR_BELOW)

    def column_number(self, column: int) -> QRectF:
        """Two lines below that track."""
        box, bar = self.cell(self.count - 1, column), self.column_bar(column)
        return QRectF(box.left() - 2, bar.bottom() + 2, box.width() + 4, _LINES_BELOW)

    def height(self) -> float:
        """How high all of it is."""
        return self.top + self.count * self.high + _BELOW + _BAR_BELOW + _LINES_BELOW

    def head_at(self, position: QPointF) -> tuple[int, int] | None:
        """The row whose head is there, or the column, as (row, -1) or (-1, column); None: none."""
        if position.x() < self.left:
            found = self.at(QPointF(self.left, position.y()))
            return (found[0], -1) if found is not None else None
        if position.y() < self.top:
            found = self.at(QPointF(position.x(), self.top))
            return (-1, found[1]) if found is not None else None
        return None

    def at(self, position: QPointF) -> tuple[int, int] | None:
        """Row and column of the cell there; None beside them."""
        column = int((position.x() - self.left) // self.wide)
        row = int((position.y() - self.top) // self.high)
        inside = 0 <= row < self.count and 0 <= column < self.count
        return (row, column) if inside else None


def lay_out(width: float, height: float, count: int, names: float, two_lines: bool) -> BoardLayout:
    """Share a room out among a matrix, its heads and its skills.

    Args:
        width: Of the room.
        height: Of the room.
        count: Rows, and columns; at least one.
        names: How wide the widest name of a row is.
        two_lines: Whether names have a second line.
    """
    top = _AXIS + _NAME + (_SECOND if two_lines else 0) + _UNDER
    below = _BELOW + _BAR_BELOW + _LINES_BELOW
    high = min(_HIGHEST, max(_LOWEST, (height - top - below) // count))
    thumb = min(_THUMB, high - _GAP)
    narrow = width < _NARROW
    beside = _BESIDE_NARROW if narrow else _BESIDE
    room = width - beside - thumb - 24 - count * _CELL
    left = round(thumb + 24 + min(names, max(_LEAST_NAME, room)))
    wide = min(_WIDEST, max(24.0, (width - left - beside) // count))
    return BoardLayout(count, left, top, wide, high, thumb, beside, narrow)
