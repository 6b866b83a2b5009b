"""Who plays the tournament, in the panel: runs and their moments with tick boxes.

Not responsible for what is proposed (`lineup`).
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from ganstudio.desktop.best import say_best
from ganstudio.desktop.pages.judge.lineup import Lineup
from ganstudio.desktop.pages.judge.words import moment_words, say
from ganstudio.desktop.widgets.buttons import IconButton
from ganstudio.desktop.widgets.choice import CheckBox, Choice
from ganstudio.desktop.widgets.label import Label
from ganstudio.desktop.widgets.section import Section
from ganstudio.project.numbers import say_count
from ganstudio.project.tournament import RunMoments

__all__ = ["PlayersSection"]

_COLUMNS, _INDENT = 2, 24


class PlayersSection(Section):
    """Tick boxes of a line-up, a list of what else there is, and the way back to what is proposed.

    Signals:
        changed: A person chose otherwise.

    Attributes:
        lineup: Who plays.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__(say("Who plays"))
        self.lineup = Lineup()
        self.reset = IconButton(
            "reset",
            self.tr("Back to the usual moments"),
            self.tr("An even spread of this run, its best and its newest moment."),
        )
        self.reset.clicked.connect(self._reset)
        self.set_tool(self.reset)
        self.more = Choice(
            self.tr("Add a moment"), self.tr("Have another moment play too. (Snapshot.)")
        )
        self.more.activated.connect(self._add)
        self._boxes = QWidget()
        self._column = QVBoxLayout(self._boxes)
        self._column.setContentsMargins(0, 0, 0, 8)
        self._column.setSpacing(0)
        self._rows: QWidget | None = None
        self.add(self._boxes)
        self.add(self.more)
        self.show_lineup()

    def boxes(self) -> list[CheckBox]:
        """All tick boxes, from top to bottom."""
        return [] if self._rows is None else self._rows.findChildren(CheckBox)

    def show_lineup(self) -> None:
        """Bring the tick boxes in step with the line-up; the keyboard stays where it was."""
        focused = next((_named(box) for box in self.boxes() if box.hasFocus()), None)
        if self._rows is not None:
            self._rows.setParent(None)
            self._rows.deleteLater()
        self._rows = QWidget()
        column = QVBoxLayout(self._rows)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        several = len(self.lineup.runs) > 1
        for run in self.lineup.runs:
            if several:
                column.addWidget(self._run_box(run))
            if run.folder in self.lineup.offered:
                column.addLayout(self._moments(run, _INDENT if several else 0))
        if not self.lineup.runs:
            column.addWidget(Label(self.tr("Looking for moments"), "small", "text_quiet"))
        self._column.addWidget(self._rows)
        for box in self.boxes():
            if _named(box) == focused:
                box.setFocus()
        self._fill_more(several)
        self._count()

    def _count(self) -> None:
        self.reset.setEnabled(not self.lineup.is_usual)
        count = len(self.lineup.ticked)
        words = self.tr("1 moment") if count == 1 else self.tr("{n} moments")
        self.set_note(words.format(n=count))

    def _run_box(self, run: RunMoments) -> CheckBox:
        tip = self.tr("The best and the newest moment of {name}.")
        if run is self.lineup.runs[0]:
            tip = self.tr("The usual moments of {name}, the run that is looked at.")
        if not run.fits:
            tip = self.tr("{name} draws pictures of another size, shape or colours.")
        box = CheckBox(run.name, tip.format(name=run.name))
        box.setChecked(self.lineup.plays(run))
        box.setEnabled(run.fits)
        box.toggled.connect(partial(self._run_toggled, run))
        return box

    def _moments(self, run: RunMoments, indent: int) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(indent, 0, 0, 4)
        grid.setSpacing(0)
        clocks = sorted(self.lineup.offered[run.folder])
        rows = -(-len(clocks) // _COLUMNS)
        for place, clock in enumerate(clocks):
            box = CheckBox(moment_words(clock, run.clocks[-1], run.best), _moment_tip(run, clock))
            box.setAccessibleName(f"{run.name}, {box.text()}")
            box.setChecked((run.folder, clock) in self.lineup.ticked)
            box.toggled.connect(partial(self._moment_toggled, run, clock))
            grid.addWidget(box, place % rows, place // rows, Qt.AlignmentFlag.AlignLeft)
        for column in range(_COLUMNS):
            grid.setColumnStretch(column, 1)
        return grid

    def _fill_more(self, several: bool) -> None:
        rest = self.lineup.rest()
        self.more.clear()
        self.more.addItem(self.tr("Add a moment"))
        for run, clock in rest:
            at = say_count(clock)
            self.more.addItem(f"{run.name}, {at}" if several else at)
        self.more.setVisible(bool(rest))

    def _run_toggled(self, run: RunMoments, on: bool) -> None:
        self.lineup.set_run(run, on)
        self._changed()

    def _moment_toggled(self, run: RunMoments, clock: int, on: bool) -> None:
        before = self.lineup.plays(run)
        self.lineup.set_moment(run, clock, on)
        if before == self.lineup.plays(run):
            self._count()
            self.changed.emit()
        else:
            self._changed()

    @Slot(int)
    def _add(self, place: int) -> None:
        if place > 0:
            run, clock = self.lineup.rest()[place - 1]
            self.lineup.set_moment(run, clock, True)
            self._changed()

    @Slot()
    def _reset(self) -> None:
        self.lineup.reset()
        self._changed()

    def _changed(self) -> None:
        self.show_lineup()
        self.changed.emit()


def _named(box: CheckBox) -> str:
    return box.accessibleName() or box.text()


def _moment_tip(run: RunMoments, clock: int) -> str:
    if run.best is not None and run.best.clock == clock:
        return say("{best}: its generator and its inspector play.").format(best=say_best(run.best))
    words = say("The generator and the inspector of {at} play.")
    return words.format(at=say_count(clock))
