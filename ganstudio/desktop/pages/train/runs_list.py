"""The list of all runs: what stands in it, and how a row is painted.

Not responsible for reading runs, nor for what can be done with one (`runs_view`).
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ganstudio.desktop import icons, theme
from ganstudio.desktop.best import say_best
from ganstudio.desktop.looking_on import time_of
from ganstudio.desktop.translate import marked
from ganstudio.desktop.widgets.painting import (
    SHARP_LIMIT,
    draw_box,
    draw_picture,
    has_keyboard,
    to_image,
)
from ganstudio.desktop.widgets.writing import write
from ganstudio.project.numbers import say_bytes, say_count, say_duration
from ganstudio.project.quality import Estimate
from ganstudio.project.run_summary import RunSummary
from ganstudio.project.runs import RunFolder

__all__ = ["COLUMNS", "HEIGHT", "RunLine", "RunsDelegate", "RunsModel", "column_boxes"]

HEIGHT = 64
_THUMB, _INDENT, _PAD, _GAP = 48, 24, 10, 12
#: Columns at the right: words of the head, and width.
COLUMNS = (
    (marked("RunsList", "Pictures seen"), 104),
    (marked("RunsList", "Best"), 96),
    (marked("RunsList", "Realism"), 64),
    (marked("RunsList", "Coverage"), 68),
    (marked("RunsList", "Time"), 60),
    (marked("RunsList", "Disk"), 60),
)
_NAME_MIN = 150

_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class RunLine:
    """One row.

    Attributes:
        run: The run.
        depth: How deep it stands in its family.
        facts: What is known of it; None until it is read.
        pictures: Four samples of its best moment, (4, H, W, C) uint8; None until they are read.
        trains: Whether it trains now.
        problem: Why it cannot be read, in words.
    """

    run: RunFolder
    depth: int
    facts: RunSummary | None = None
    pictures: np.ndarray | None = None
    trains: bool = False
    problem: str = ""

    def cells(self) -> tuple[str, ...]:
        """The words of the columns, of `COLUMNS`."""
        facts = self.facts
        if facts is None:
            return ("",) * len(COLUMNS)
        until = _tr("{n} of {target}").format(
            n=say_count(facts.images), target=say_count(facts.target or 0)
        )
        seen = until if facts.target else say_count(facts.images)
        best = _tr("not scored yet") if facts.best is None else say_count(facts.best.clock)
        score = facts.best_score.score if facts.best_score is not None else None
        shares = (_percent(score.precision), _percent(score.recall)) if score else ("", "")
        time = say_duration(facts.seconds) if facts.seconds else ""
        return (seen, best, *shares, time, say_bytes(facts.disk))

    def second(self) -> str:
        """The line under the name: what it is, and where it came from."""
        facts = self.facts
        if facts is None:
            return self.problem or _tr("Reading")
        now = datetime.datetime.now().astimezone()
        parts = [facts.recipe, time_of(facts.created, now)]
        if facts.parent:
            text = _tr("branched at {clock}") if self.depth else _tr("began with {name}")
            name = facts.parent.removeprefix("bundle:")
            parts.append(text.format(clock=say_count(facts.parent_images), name=name))
        if facts.note:
            parts.insert(0, facts.note)
        return ", ".join(part for part in parts if part)

    def described(self) -> str:
        """All of it for screen readers."""
        facts = self.facts
        if facts is None:
            return f"{self.run.id}, {self.second()}"
        heads = (QCoreApplication.translate("RunsList", words) for words, _ in COLUMNS)
        cells = [f"{head} {cell}" for head, cell in zip(heads, self.cells(), strict=True) if cell]
        if facts.best is not None:
            cells[1] = say_best(facts.best)
        trains = [_tr("training now")] if self.trains else []
        return ", ".join([facts.name, self.second(), *cells, *trains])


class RunsModel(QAbstractListModel):
    """Rows in the order of the tree."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.lines: list[RunLine] = []
        self.looked_at = ""

    def set_lines(self, lines: Sequence[RunLine]) -> None:
        """Other runs, or another order."""
        self.beginResetModel()
        self.lines = list(lines)
        self.endResetModel()

    def set_line(self, row: int, line: RunLine) -> None:
        """What is known of one run."""
        self.lines[row] = line
        self.dataChanged.emit(self.index(row), self.index(row))

    def set_looked_at(self, run: RunFolder | None) -> None:
        """Which run the rest of the page shows."""
        self.looked_at = run.id if run is not None else ""
        if self.lines:
            self.dataChanged.emit(self.index(0), self.index(len(self.lines) - 1))

    def rowCount(self, parent: _Index | None = None) -> int:
        """How many runs there are."""
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Name, words for screen readers, and the row itself."""
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return line.facts.name if line.facts is not None else line.run.id
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return line.described()
        return line if role == Qt.ItemDataRole.UserRole else None


def column_boxes(row: QRectF) -> list[QRectF]:
    """The columns at the right of a row; where room is short the last ones give way."""
    shown = list(COLUMNS)
    least = _THUMB + _NAME_MIN + 3 * _GAP
    while shown and sum(width for _, width in shown) + least > row.width():
        shown.pop()
    boxes, left = [], row.right() - _PAD - sum(width for _, width in shown)
    for _, width in shown:
        boxes.append(QRectF(left, row.top(), width, row.height()))
        left += width
    return boxes


class RunsDelegate(QStyledItemDelegate):
    """Paints a row: indent, pictures, name and second line, columns."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """All rows are alike."""
        return QSize(200, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw it."""
        line: RunLine = index.data(Qt.ItemDataRole.UserRole)
        model = index.model()
        row, state = QRectF(option.rect), option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        over = bool(state & QStyle.StateFlag.State_MouseOver)
        ground = "raised" if chosen else "panel" if over else ""
        if ground:
            painter.fillRect(row, theme.colour(ground))
        if chosen and theme.current().surface_lines:
            draw_box(painter, row, 0, None, theme.colour("accent_line"), 3)
        if isinstance(model, RunsModel) and line.run.id == model.looked_at:
            painter.fillRect(
                QRectF(row.left(), row.top(), 3, row.height()), theme.colour("accent_line")
            )
        view = self.parent()
        if (
            state & QStyle.StateFlag.State_HasFocus
            and isinstance(view, QWidget)
            and has_keyboard(view)
        ):
            draw_box(painter, row.adjusted(1, 1, -1, -1), 0, None, theme.colour("accent_line"), 2)
        painter.fillRect(QRectF(row.left(), row.bottom() - 1, row.width(), 1), theme.colour("line"))
        self._draw_words(painter, row, line)

    def _draw_words(self, painter: QPainter, row: QRectF, line: RunLine) -> None:
        ink, quiet = theme.colour("text"), theme.colour("text_quiet")
        left = row.left() + _PAD + _INDENT * line.depth
        if line.depth:
            place = QRectF(left - _INDENT + 4, row.center().y() - 8, 16, 16)
            icons.paint(painter, "branch", place)
        thumb = QRectF(left, row.top() + (HEIGHT - _THUMB) / 2, _THUMB, _THUMB)
        _draw_pictures(painter, thumb, line.pictures)
        boxes = column_boxes(row)
        words_left = thumb.right() + _GAP
        room = (boxes[0].left() if boxes else row.right()) - words_left - _GAP
        name = line.facts.name if line.facts is not None else line.run.id
        upper = QRectF(words_left, row.top() + 12, room, 20)
        if line.trains:
            icons.paint(painter, "live", QRectF(words_left, upper.top() + 4, 12, 12), "text")
            upper = upper.adjusted(18, 0, 0, 0)
        write(painter, upper, name, "medium", ink)
        lower = QRectF(words_left, row.top() + 33, room, 18)
        write(painter, lower, line.second(), "small", quiet)
        for box, words in zip(boxes, line.cells(), strict=False):
            write(painter, box, words, "body", ink)


def _draw_pictures(painter: QPainter, box: QRectF, pictures: np.ndarray | None) -> None:
    """Four of them in a square, or an empty place."""
    if pictures is None:
        painter.fillRect(box, theme.colour("raised"))
        return
    half = box.width() / 2
    for index, picture in enumerate(pictures[:4]):
        image = to_image(picture)
        place = QRectF(box.left() + index % 2 * half, box.top() + index // 2 * half, half, half)
        draw_picture(painter, image, place.adjusted(0, 0, -1, -1), image.width() <= SHARP_LIMIT)


def _percent(share: Estimate) -> str:
    return f"{100 * share.value:.0f}\u00a0%"


def _tr(words: str) -> str:
    return QCoreApplication.translate("RunsList", words)
