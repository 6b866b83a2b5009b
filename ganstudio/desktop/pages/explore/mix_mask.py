"""Where another place shows through: a brush, and what it does.

Not responsible for the picture that is painted on (`mask_canvas`).
"""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ganstudio.desktop.pages.explore.mask_canvas import MaskCanvas
from ganstudio.desktop.pages.explore.masks import Grid, grid_of, rows_of, stroked
from ganstudio.desktop.pages.explore.mixing import (
    LETTERS,
    SLOTS,
    mask_place,
    places,
    with_mask,
)
from ganstudio.desktop.pages.explore.walk import Walk
from ganstudio.desktop.tokens import Size
from ganstudio.desktop.widgets.buttons import Button
from ganstudio.desktop.widgets.label import Label
from ganstudio.desktop.widgets.segments import SegmentControl
from ganstudio.desktop.widgets.slider_row import SliderRow
from ganstudio.project.point import LatentPoint

__all__ = ["MaskTool"]

_SIZE, _SOFTNESS = 25.0, 50.0


class MaskTool(QWidget):
    """Whose picture shows through, the brush, invert and clear.

    Signals:
        brush_changed: Another size.
    """

    brush_changed = Signal()

    def __init__(self, walk: Walk, canvas: MaskCanvas) -> None:
        super().__init__()
        self._walk, self._canvas = walk, canvas
        self._shape = (1, 1)
        self._slot = 1
        self.whose = SegmentControl(
            [(letter, letter) for letter in LETTERS[1:SLOTS]],
            self.tr("Which place shows through"),
            small=True,
        )
        self.brush = SegmentControl(
            [
                ("paint", self.tr("Paint"), self.tr("The other place shows where you paint.")),
                ("rub", self.tr("Rub out"), self.tr("A shows again. (Also the right button)")),
            ],
            self.tr("Brush"),
            small=True,
        )
        self.size_row = SliderRow(
            self.tr("Brush size"),
            3.0,
            80.0,
            _SIZE,
            decimals=0,
            tip=self.tr("Width of the brush, in percent of the picture's longer side."),
        )
        self.soft_row = SliderRow(
            self.tr("Soft edge"),
            0.0,
            100.0,
            _SOFTNESS,
            decimals=0,
            tip=self.tr("0 is a hard edge, 100 fades from the middle on. (Feather, percent)"),
        )
        self.invert = Button(
            self.tr("Invert"),
            height=Size.BUTTON_SMALL,
            tip=self.tr("What showed A shows the other, and the other way round."),
        )
        self.clear = Button(
            self.tr("Clear"), height=Size.BUTTON_SMALL, tip=self.tr("Only A shows again.")
        )
        self.hint = Label(
            self.tr("Click a picture above to put it into B. Then paint where it shows through."),
            "body",
            "text_quiet",
            wrap=True,
        )
        self.controls = self._laid_out()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.hint)
        column.addWidget(self.controls)
        column.addStretch(1)
        self._connect()

    def set_shape(self, width: int, height: int) -> None:
        """Pictures of so many pixels."""
        self._shape = (width, height)

    def show_point(self, point: LatentPoint) -> None:
        """Whose picture shows through, and where."""
        count = len(places(point))
        self._slot = mask_place(point) or min(self._slot, max(1, count - 1))
        for slot in range(1, SLOTS):
            there = slot < count
            words = self.tr("{letter} shows.") if there else self.tr("{letter} is empty.")
            letter = LETTERS[slot]
            self.whose.set_item_enabled(letter, there, words.format(letter=letter))
        self.whose.set_current(LETTERS[min(self._slot, SLOTS - 1)])
        self.hint.setVisible(count == 1)
        self.controls.setVisible(count > 1)
        self.clear.setEnabled(point.mask is not None)
        self._canvas.set_mask(self._grid(point))

    def brush_size(self) -> float | None:
        """The brush's diameter over the picture's longer side; None where nothing can show."""
        return self.size_row.value() / 100 if len(places(self._walk.point)) > 1 else None

    def _grid(self, point: LatentPoint) -> Grid:
        return grid_of(point, *self._shape)

    def _laid_out(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for words, control in (
            (self.tr("Shows through"), self.whose),
            (self.tr("Brush"), self.brush),
        ):
            row = QWidget()
            row.setFixedHeight(Size.SLIDER_ROW)
            line = QHBoxLayout(row)
            line.setContentsMargins(0, 0, 0, 0)
            line.setSpacing(8)
            line.addWidget(Label(words), 1)
            line.addWidget(control)
            column.addWidget(row)
        for slider in (self.size_row, self.soft_row):
            slider.set_ground("stage")
            column.addWidget(slider)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        buttons.addWidget(self.invert)
        buttons.addWidget(self.clear)
        column.addLayout(buttons)
        return holder

    def _connect(self) -> None:
        canvas = self._canvas
        canvas.brushed.connect(self._brushed)
        canvas.brush_lifted.connect(lambda: self._walk.settle(self.tr("painted mask")))
        canvas.brush_given_up.connect(self._walk.give_up)
        self.whose.chosen.connect(self._whose_chosen)
        self.size_row.value_changed.connect(lambda _value: self.brush_changed.emit())
        self.invert.clicked.connect(self._invert)
        self.clear.clicked.connect(self._clear)

    @Slot(object, object, bool)
    def _brushed(self, start: tuple[float, float], end: tuple[float, float], rub: bool) -> None:
        softness = self.soft_row.value() / 100
        rub = rub or self.brush.current() == "rub"
        size = self.size_row.value() / 100
        grid = stroked(self._grid(self._walk.point), start, end, size, softness, rub)
        self._walk.preview(with_mask(self._walk.point, self._slot, rows_of(grid)))

    @Slot(str)
    def _whose_chosen(self, letter: str) -> None:
        self._slot = LETTERS.index(letter)
        point = self._walk.point
        if point.mask is not None:
            self._walk.go(with_mask(point, self._slot, point.mask.rows), self.tr("mask"))

    @Slot()
    def _invert(self) -> None:
        grid = np.subtract(1.0, self._grid(self._walk.point), dtype=np.float32)
        point = with_mask(self._walk.point, self._slot, rows_of(grid))
        self._walk.go(point, self.tr("inverted mask"))

    @Slot()
    def _clear(self) -> None:
        self._walk.go(with_mask(self._walk.point, 0, ()), self.tr("cleared mask"))
