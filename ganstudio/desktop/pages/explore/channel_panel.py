"""The channels of one stage: as many as fit, chosen by hand, and what may be done with them.

Not responsible for finding out what they do (`studio.explorer`), nor for the bends (`bend_list`).
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ganstudio.desktop.pages.explore.bends import ACTIONS, verb
from ganstudio.desktop.tokens import Size
from ganstudio.desktop.widgets.buttons import Button, IconButton
from ganstudio.desktop.widgets.channel_grid import ChannelGrid
from ganstudio.desktop.widgets.label import Label
from ganstudio.desktop.widgets.segments import SegmentControl
from ganstudio.project.inside import ChannelOrder, Inside, InsideWanted, StageShape
from ganstudio.project.point import BendAction, LatentPoint

__all__ = ["ChannelPanel"]

_FEW = 3


class ChannelPanel(QWidget):
    """Order and pages above, the grid, and below it the chosen ones and what to do with them.

    Signals:
        asked: Other channels are to be seen: put `question` to the explorer.
        bend_asked: Something shall be done with the chosen channels (a `BendAction`).
    """

    asked = Signal()
    bend_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._stage, self._count, self._first = 0, 0, 0
        self._similar_to: tuple[int, ...] = ()
        self._wanted: tuple[int, ...] | None = ()
        self.grid = ChannelGrid()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._ordering())
        column.addWidget(self.grid, 1)
        column.addLayout(self._choosing())
        self._act_grid = self._acting()
        column.addLayout(self._act_grid)
        self.order.chosen.connect(lambda _key: self.from_start())
        self.grid.chosen.connect(self._chosen)
        self.grid.room_changed.connect(self._room_changed)
        self.grid.paged.connect(self._turn)
        self.back.clicked.connect(lambda: self._turn(-1))
        self.on.clicked.connect(lambda: self._turn(1))
        self.similar.clicked.connect(self._find_similar)
        self.none.clicked.connect(lambda: self.choose(()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Buttons take one row or two."""
        super().resizeEvent(event)
        self._place_acts()

    # -- what is asked ----------------------------------------------------------------------------

    def set_stage(self, stage: int, shape: StageShape) -> None:
        """Channels of another stage; what would do nothing there is not offered."""
        self._stage, self._count = stage, shape.channels
        self._similar_to = ()
        for action, button in self.acts.items():
            button.setVisible(shape.has_places or not ACTIONS[action][2])
        self.grid.clear()
        self.grid.set_total(shape.channels)
        self.choose(())
        self.from_start()

    def question(self, point: LatentPoint) -> InsideWanted:
        """What do the channels do at a place, those asked for or else those that are seen?"""
        order: ChannelOrder = "number" if self.order.current() == "number" else "active"
        room = self.grid.capacity()
        channels = self.grid.channels() if self._wanted is None else self._wanted
        self._show_page()
        return InsideWanted(
            point, self._stage, channels, order, self._first, room, self._similar_to
        )

    def ask(self, channels: tuple[int, ...] = ()) -> None:
        """Want to see these, or those that are next in the order; until they are seen."""
        self._wanted = channels
        self.asked.emit()

    def show_answer(self, inside: Inside) -> None:
        """What they do; an answer on another stage is none."""
        if inside.wanted.stage != self._stage:
            return
        self._wanted = None
        self.grid.set_channels(inside.channels, inside.pictures)
        if inside.wanted.similar_to:
            self._similar_to = ()
            self.choose(inside.similar)

    def from_start(self) -> None:
        """The first page."""
        self._first = 0
        self.ask()

    def may_reorder(self) -> bool:
        """Whether other channels may come first now: a person is not busy with those seen."""
        busy = self.grid.chosen_channels() or self.grid.under_pointer()
        return self.order.current() == "active" and not busy

    # -- what is chosen ---------------------------------------------------------------------------

    def chosen(self) -> tuple[int, ...]:
        """The chosen channels; empty if all of the stage are: they need not be told one by one."""
        found = self.grid.chosen_channels()
        return () if len(found) == self._count else found

    def choose(self, channels: tuple[int, ...]) -> None:
        """Choose others."""
        self.grid.set_chosen(channels)
        self._chosen()

    def show_chosen(self, channels: tuple[int, ...]) -> None:
        """Choose these, all if there are none, and have them come first."""
        known = tuple(range(self._count))
        self.choose(channels or known)
        wanted = set(channels or known)
        others = [channel for channel in known if channel not in wanted]
        self.ask((*channels, *others)[: self.grid.capacity()])

    @Slot()
    def _chosen(self) -> None:
        count = len(self.grid.chosen_channels())
        words = self.tr("{n} chosen").format(n=count) if count else self.tr("Choose a channel.")
        self.count.setText(words)
        for button in (self.similar, self.none, *self.acts.values()):
            button.setEnabled(count > 0)

    @Slot()
    def _find_similar(self) -> None:
        self._similar_to = self.grid.chosen_channels()
        self.ask(self.grid.channels())

    # -- pages ------------------------------------------------------------------------------------

    @Slot()
    def _room_changed(self) -> None:
        self._first -= self._first % self.grid.capacity()
        self.ask()

    @Slot(int)
    def _turn(self, by: int) -> None:
        first = self._first + by * self.grid.capacity()
        if 0 <= first < self._count:
            self._first = first
            self.ask()

    def _show_page(self) -> None:
        room = self.grid.capacity()
        last = min(self._count, self._first + room)
        words = self.tr("{first} to {last} of {all}")
        all_of_them = f"{self._count:,}"
        self.page_words.setText(words.format(first=self._first + 1, last=last, all=all_of_them))
        self.back.setEnabled(self._first > 0)
        self.on.setEnabled(last < self._count)
        for button in (self.back, self.on):
            button.setVisible(self._count > room)

    # -- making -----------------------------------------------------------------------------------

    def _ordering(self) -> QHBoxLayout:
        self.order = SegmentControl(
            [
                ("active", self.tr("Most active"), self.tr("Those that do most here come first.")),
                ("number", self.tr("Numbered"), self.tr("In the order of the network.")),
            ],
            self.tr("Order of the channels"),
            small=True,
        )
        self.page_words = Label("", "small", "text_quiet")
        self.back = IconButton("chevron-left", self.tr("Channels before these (Page up)"))
        self.on = IconButton("chevron-right", self.tr("Channels after these (Page down)"))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.order)
        row.addStretch(1)
        for widget in (self.page_words, self.back, self.on):
            row.addWidget(widget)
        return row

    def _choosing(self) -> QHBoxLayout:
        self.count = Label("", "body", "text_quiet")
        self.similar = Button(
            self.tr("And similar ones"),
            height=Size.BUTTON_SMALL,
            tip=self.tr("Channels that light up the same places too. (k-means of activation maps)"),
        )
        self.none = Button(
            self.tr("None"), "link", height=Size.BUTTON_SMALL, tip=self.tr("Choose none. (Esc)")
        )
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self.count, 1)
        row.addWidget(self.similar)
        row.addWidget(self.none)
        return row

    def _acting(self) -> QGridLayout:
        self.acts: dict[BendAction, Button] = {}
        for action, (_, about, _) in ACTIONS.items():
            tip = QCoreApplication.translate("Bends", about)
            button = Button(verb(action), height=Size.BUTTON_SMALL, tip=tip)
            button.clicked.connect(partial(self.bend_asked.emit, action))
            self.acts[action] = button
        grid = QGridLayout()
        grid.setSpacing(6)
        grid.setColumnStretch(len(self.acts), 1)
        return grid

    def _place_acts(self) -> None:
        """In one row, or in two where there is less room."""
        buttons = list(self.acts.values())
        wide = sum(button.sizeHint().width() + 6 for button in buttons)
        columns = len(buttons) if wide <= self.width() else _FEW
        for place, button in enumerate(buttons):
            self._act_grid.addWidget(button, *divmod(place, columns))
