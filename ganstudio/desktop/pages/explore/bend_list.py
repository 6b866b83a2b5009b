"""The bends of a place, one below the other: on or off, how much, in which order.

Not responsible for making new ones.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ganstudio.desktop.pages.explore.bends import (
    Amount,
    amounts,
    channel_words,
    move_bend,
    verb,
    with_bend,
    without_bend,
)
from ganstudio.desktop.pages.explore.walk import Walk
from ganstudio.desktop.widgets.buttons import IconButton
from ganstudio.desktop.widgets.choice import CheckBox
from ganstudio.desktop.widgets.label import Label
from ganstudio.desktop.widgets.slider_row import SliderRow
from ganstudio.desktop.widgets.surface import Divider
from ganstudio.project.inside import StageShape
from ganstudio.project.point import Bend, LatentPoint

__all__ = ["BendList", "BendRow"]


class BendRow(QWidget):
    """One bend.

    Signals:
        changed: It is another one now, while the hand moves.
        settled: The hand let go.
        moved: Earlier (-1) or later (1).
        removed: It shall be gone.
        asked: Its channels shall be shown.
    """

    changed = Signal(object)
    settled = Signal()
    moved = Signal(int)
    removed = Signal()
    asked = Signal()

    def __init__(self, bend: Bend, where: str) -> None:
        super().__init__()
        self.bend = bend
        word = verb(bend.action)
        self.on = CheckBox(word, self.tr("Whether it counts; off, it keeps its place."))
        self.where = Label("", "small", "text_quiet")
        self.show_button = IconButton("search", self.tr("Show its channels"))
        self.up = IconButton("chevron-up", self.tr("Earlier: bends are done one after another"))
        self.down = IconButton("chevron-down", self.tr("Later: bends are done one after another"))
        self.remove = IconButton("x", self.tr("Remove this bend"))
        self.sliders = [self._slider(amount) for amount in amounts(bend.action)]
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(0)
        head.addWidget(self.on)
        head.addStretch(1)
        for button in (self.show_button, self.up, self.down, self.remove):
            head.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.where)
        for _, slider in self.sliders:
            column.addWidget(slider)
        column.addSpacing(8)
        column.addWidget(Divider())
        self.on.toggled.connect(self._toggled)
        self.show_button.clicked.connect(self.asked)
        self.up.clicked.connect(lambda: self.moved.emit(-1))
        self.down.clicked.connect(lambda: self.moved.emit(1))
        self.remove.clicked.connect(self.removed)
        self.show_bend(bend, where)

    def show_bend(self, bend: Bend, where: str) -> None:
        """The same action on other channels, or with other amounts."""
        self.bend = bend
        self.where.setText(where)
        self.setAccessibleName(f"{verb(bend.action)}, {where}")
        blocked = self.on.blockSignals(True)
        self.on.setChecked(bend.on)
        self.on.blockSignals(blocked)
        for amount, slider in self.sliders:
            value = getattr(bend, amount.field) * amount.scale
            if abs(slider.value() - value) > 1e-6:
                slider.set_value(value)
            slider.setEnabled(bend.on)

    def set_narrow(self, narrow: bool) -> None:
        """Less room for names."""
        for _, slider in self.sliders:
            slider.set_narrow(narrow)

    def _slider(self, amount: Amount) -> tuple[Amount, SliderRow]:
        label = QCoreApplication.translate("Bends", amount.label)
        row = SliderRow(
            label,
            amount.low,
            amount.high,
            amount.rest,
            decimals=amount.decimals,
            signed=amount.low < 0,
            name=f"{verb(self.bend.action)}: {label}",
            tip=self.tr("How much. Double-click: as if it were not bent."),
        )
        row.set_narrow(True)
        row.set_ground("stage")
        row.value_changed.connect(partial(self._slid, amount))
        row.released.connect(lambda _value: self.settled.emit())
        return amount, row

    def _slid(self, amount: Amount, value: float) -> None:
        self.bend = self.bend.model_copy(update={amount.field: round(value / amount.scale, 4)})
        self.changed.emit(self.bend)

    @Slot(bool)
    def _toggled(self, on: bool) -> None:
        self.changed.emit(self.bend.model_copy(update={"on": on}))
        self.settled.emit()


class BendList(QScrollArea):
    """All bends, the first one done first.

    Signals:
        asked: The channels of a bend shall be shown.
    """

    asked = Signal(object)

    def __init__(self, walk: Walk) -> None:
        super().__init__()
        self._walk = walk
        self._stages: tuple[StageShape, ...] = ()
        self.rows: list[BendRow] = []
        self.empty = Label(
            self.tr("Choose channels, then what to do with them. It is part of the place."),
            "body",
            "text_quiet",
            wrap=True,
        )
        content = QWidget()
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.empty)
        self._column.addStretch(1)
        self.setWidget(content)
        self.setWidgetResizable(True)
        for filled in (content, self.viewport()):
            filled.setAutoFillBackground(False)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def set_stages(self, stages: tuple[StageShape, ...]) -> None:
        """Another generator."""
        self._stages = stages
        self.show_point(self._walk.point)

    def show_point(self, point: LatentPoint) -> None:
        """The bends of a place; rows stay where they are as long as they do the same."""
        bends = point.bends
        while len(self.rows) > len(bends):
            self._drop(len(self.rows) - 1)
        for index, bend in enumerate(bends):
            if index < len(self.rows) and self.rows[index].bend.action != bend.action:
                self._drop(index)
                self._insert(index, bend)
            elif index == len(self.rows):
                self._insert(index, bend)
            else:
                self.rows[index].show_bend(bend, self._where(bend))
        for index, row in enumerate(self.rows):
            row.up.setEnabled(index > 0)
            row.down.setEnabled(index < len(self.rows) - 1)
        self.empty.setVisible(not bends)

    def show_last(self) -> None:
        """Scroll to the newest."""
        if self.rows:
            self._column.activate()
            self.ensureWidgetVisible(self.rows[-1])

    def _where(self, bend: Bend) -> str:
        stage = self._stages[bend.stage] if bend.stage < len(self._stages) else None
        if stage is None:
            return self.tr("This generator has no such stage.")
        size = f"{stage.width} \u00d7 {stage.height}"
        if not stage.has_places:
            size = self.tr("Layer {n}").format(n=bend.stage + 1)
        return f"{size}, {channel_words(bend.channels)}"

    def _drop(self, index: int) -> None:
        row = self.rows.pop(index)
        row.hide()
        row.deleteLater()

    def _insert(self, index: int, bend: Bend) -> None:
        row = BendRow(bend, self._where(bend))
        row.changed.connect(partial(self._changed, row))
        row.settled.connect(lambda: self._walk.settle(self.tr("change of a bend"), "bend"))
        row.moved.connect(partial(self._moved, row))
        row.removed.connect(partial(self._removed, row))
        row.asked.connect(lambda: self.asked.emit(row.bend))
        self.rows.insert(index, row)
        self._column.insertWidget(index, row)

    def _changed(self, row: BendRow, bend: Bend) -> None:
        self._walk.preview(with_bend(self._walk.point, self.rows.index(row), bend))

    def _moved(self, row: BendRow, by: int) -> None:
        point = move_bend(self._walk.point, self.rows.index(row), by)
        self._walk.go(point, self.tr("order of bends"))

    def _removed(self, row: BendRow) -> None:
        point = without_bend(self._walk.point, self.rows.index(row))
        self._walk.go(point, self.tr("removed bend"))
