"""A direction from marked pictures: more like this, less like this, until there are enough.

Not responsible for what is made of the marks (`studio.directions`).
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

import numpy as np
from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ganstudio.desktop import icons, theme
from ganstudio.desktop.dialogs.window import SmallWindow
from ganstudio.desktop.pages.explore.handfuls import Handfuls
from ganstudio.desktop.pages.explore.places import surprise
from ganstudio.desktop.pages.explore.walk import Walk
from ganstudio.desktop.tokens import Size
from ganstudio.desktop.widgets.buttons import Button
from ganstudio.desktop.widgets.label import Label
from ganstudio.desktop.widgets.painting import draw_box
from ganstudio.desktop.widgets.segments import SegmentControl
from ganstudio.desktop.widgets.tile_grid import TileGrid
from ganstudio.project.messages import Pictures
from ganstudio.project.point import LatentPoint
from ganstudio.studio.directions import MARKS, MARKS_A_SIDE

__all__ = ["MarkingWindow"]

_COLUMNS, _ROWS, _TILE, _GAP = 6, 4, 88, 8
_COUNT = _COLUMNS * _ROWS
#: Pictures that are drawn before others may have their turn.
_HANDFUL = 6
_BADGE = 22

Marked = Callable[[Sequence[LatentPoint], Sequence[LatentPoint]], None]


class _MarkGrid(TileGrid):
    """Tiles with a tick or a cross. `marked`: a tile shall have this mark (int, bool | None)."""

    marked = Signal(int, object)

    def __init__(self) -> None:
        super().__init__(_COLUMNS, _GAP, _COUNT, _TILE)
        self.side = True
        self.marks: dict[int, bool] = {}
        self.setFixedSize(
            _COLUMNS * (_TILE + _GAP) - _GAP,
            _ROWS * (_TILE + _GAP) - _GAP,
        )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Left is what the switch says, right the other side; the same mark again is none."""
        index = self._layout().at(event.position(), self.shown_count())
        if index >= 0:
            self.set_current(index)
            left = event.button() == Qt.MouseButton.LeftButton
            self._mark(index, self.side if left else not self.side)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return and Space mark as the switch says, + and - whatever it says."""
        sides = {
            Qt.Key.Key_Return: self.side,
            Qt.Key.Key_Enter: self.side,
            Qt.Key.Key_Space: self.side,
            Qt.Key.Key_Plus: True,
            Qt.Key.Key_Minus: False,
        }
        side = sides.get(Qt.Key(event.key()))
        if side is not None and self.current() >= 0:
            self._mark(self.current(), side)
        else:
            super().keyPressEvent(event)

    def _mark(self, index: int, side: bool) -> None:
        self.marked.emit(index, None if self.marks.get(index) == side else side)

    def tile_name(self, index: int) -> str:
        """The mark belongs to the name."""
        side = self.marks.get(index)
        words = {True: self.tr("more like this"), False: self.tr("less like this")}
        mark = words[side] if side is not None else self.tr("not marked")
        return f"{super().tile_name(index)}, {mark}"

    def paintEvent(self, event: QPaintEvent) -> None:
        """The marks lie on the pictures."""
        super().paintEvent(event)
        painter = QPainter(self)
        for index, more in self.marks.items():
            corner = self.tile_box(index).topLeft()
            box = QRectF(corner.x() + 4, corner.y() + 4, _BADGE, _BADGE)
            fill = theme.colour("accent") if more else theme.colour("raised")
            draw_box(painter, box, Size.RADIUS_FIELD, fill, theme.colour("stage"))
            ink = "on_accent" if more else "text"
            icon = "check-bold" if more else "x"
            icons.paint(painter, icon, box.adjusted(4, 4, -4, -4), ink)


class MarkingWindow(SmallWindow):
    """Marks are kept from sheet to sheet; the window closes when the direction is asked for.

    Args:
        walk: Where the pictures come from.
        done: Gets the places of both sides.
        parent: The main window.
    """

    def __init__(self, walk: Walk, done: Marked, parent: QWidget | None = None) -> None:
        width = _COLUMNS * (_TILE + _GAP) - _GAP + 48
        super().__init__(self.tr("More like this, less like this"), width, parent)
        self._walk, self._done = walk, done
        self._points: list[LatentPoint] = []
        self._marks: dict[LatentPoint, bool] = {}
        self._pictures: list[Pictures] = []
        self.side = SegmentControl(
            [
                ("more", self.tr("More like this"), self.tr("A click marks more like this. (+)")),
                ("less", self.tr("Less like this"), self.tr("A click marks less like this. (-)")),
            ],
            self.tr("What a click means"),
            small=True,
        )
        self.others = Button(
            self.tr("Other pictures"),
            icon="dice",
            height=Size.BUTTON_SMALL,
            tip=self.tr("Another sheet; marks stay."),
        )
        self.grid = _MarkGrid()
        self.count = Label("", "body", "text_quiet")
        self.find_button = Button(
            self.tr("Find the direction"),
            tip=self.tr("What leads from the one side to the other. (Linear discriminant in w)"),
        )
        self._lay_out()
        self._handfuls = Handfuls(walk, "marks", self)
        self._handfuls.came.connect(self._came)
        self.side.chosen.connect(self._side_chosen)
        self.others.clicked.connect(self.throw)
        self.grid.marked.connect(self._marked)
        self.find_button.clicked.connect(self._find)
        self.throw()
        self._say()

    def _lay_out(self) -> None:
        words = self.tr(
            "Mark what has more of what you look for, and what has less of it. "
            "A right click marks the other side, the same click again takes it back."
        )
        self.body.addWidget(Label(words, "body", "text_quiet", wrap=True))
        self.body.addSpacing(12)
        row = QHBoxLayout()
        row.addWidget(self.side)
        row.addStretch(1)
        row.addWidget(self.others)
        self.body.addLayout(row)
        self.body.addSpacing(12)
        self.body.addWidget(self.grid)
        self.foot.insertWidget(0, self.count)
        self.foot.insertWidget(self.foot.count() - 1, self.find_button)

    @property
    def missing(self) -> int:
        """How many more pictures have to be marked."""
        more = sum(self._marks.values())
        less = len(self._marks) - more
        short = max(0, MARKS_A_SIDE - more) + max(0, MARKS_A_SIDE - less)
        return max(MARKS - len(self._marks), short)

    @Slot()
    def throw(self) -> None:
        """A sheet of other pictures."""
        plain = LatentPoint(
            diversity=self._walk.point.diversity,
            kind=self._walk.point.kind,
            kinds=self._walk.point.kinds,
        )
        self._points = [surprise(plain, random.randrange(1 << 30)) for _ in range(_COUNT)]
        self._pictures = []
        self.grid.clear(_COUNT)
        self.grid.set_current(-1)
        starts = range(0, _COUNT, _HANDFUL)
        self._handfuls.ask([(start, self._points[start : start + _HANDFUL]) for start in starts])
        self._show_marks()

    @Slot(int, object)
    def _came(self, start: int, pictures: Pictures) -> None:
        self._pictures.append(pictures)
        self.grid.set_pictures(np.concatenate(self._pictures))
        self._show_marks()

    @Slot(str)
    def _side_chosen(self, key: str) -> None:
        self.grid.side = key == "more"

    @Slot(int, object)
    def _marked(self, index: int, side: bool | None) -> None:
        point = self._points[index]
        if side is None:
            self._marks.pop(point, None)
        else:
            self._marks[point] = side
        self._show_marks()

    def _show_marks(self) -> None:
        self.grid.marks = {
            index: self._marks[point]
            for index, point in enumerate(self._points)
            if point in self._marks
        }
        self.grid.update()
        self._say()

    def _say(self) -> None:
        more = sum(self._marks.values())
        less = len(self._marks) - more
        missing = self.missing
        words = self.tr("{more} more, {less} less.").format(more=more, less=less)
        if missing:
            left = self.tr("{n} to go, at least {least} of each.")
            words = f"{words} {left.format(n=missing, least=MARKS_A_SIDE)}"
        self.count.setText(words)
        self.find_button.setEnabled(not missing)

    @Slot()
    def _find(self) -> None:
        more = [point for point, side in self._marks.items() if side]
        less = [point for point, side in self._marks.items() if not side]
        self.close()
        self._done(more, less)
