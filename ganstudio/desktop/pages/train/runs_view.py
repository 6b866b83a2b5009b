"""All runs of the project: as a tree, with what they came to; rename, note, delete, compare two.

Not responsible for how a row looks (`runs_list`), nor for what renaming and deleting do
(`run_commands`). Files are read behind the window, one run after the other.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
from PySide6.QtCore import QCoreApplication, QItemSelection, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QListView, QVBoxLayout, QWidget

from ganstudio.desktop import theme
from ganstudio.desktop.desk import Desk
from ganstudio.desktop.pages.train.later import Later
from ganstudio.desktop.pages.train.recipe_diff import RecipeDiff
from ganstudio.desktop.pages.train.runs_list import (
    COLUMNS,
    RunLine,
    RunsDelegate,
    RunsModel,
    column_boxes,
)
from ganstudio.desktop.run_commands import RunCommands
from ganstudio.desktop.widgets.buttons import Button
from ganstudio.desktop.widgets.label import Label
from ganstudio.desktop.widgets.writing import write
from ganstudio.project.errors import UserError
from ganstudio.project.folder import Project
from ganstudio.project.run_summary import RunSummary, family, summary_of
from ganstudio.project.runs import RunFolder
from ganstudio.studio.run_history import read_samples

__all__ = ["RunsView"]

_HEAD = 24


@dataclass(frozen=True, slots=True)
class _Card:
    """What is read of one run, or why it cannot be read."""

    facts: RunSummary | None = None
    pictures: np.ndarray | None = None
    problem: str = ""


def _read_tree(project: Project) -> list[tuple[RunFolder, int]]:
    """All runs in their order, without looking into them more than has to be."""
    runs = {run.id: run for run in project.runs()}
    parents = {}
    for name, run in runs.items():
        try:
            parent = run.info().parent
        except UserError:  # it is listed all the same, and says so when it is looked into
            parent = None
        parents[name] = parent.run if parent is not None else ""
    return [(runs[name], depth) for name, depth in family(parents)]


def _read_card(run: RunFolder) -> _Card:
    """The facts of a run, and four pictures of its best moment, or of the newest."""
    try:
        facts = summary_of(run)
    except UserError as error:
        return _Card(problem=error.sentence)
    clock = facts.best.clock if facts.best is not None else max(facts.snapshots, default=None)
    pictures = None
    if clock is not None:
        try:
            pictures = read_samples(run, clock)[:4].copy()
        except UserError:  # it may have made room meanwhile
            pictures = None
    return _Card(facts, pictures)


class _Head(QWidget):
    """The words above the columns."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(_HEAD)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        boxes = column_boxes(QRectF(self.rect()))
        for box, (words, _) in zip(boxes, COLUMNS, strict=False):
            text = QCoreApplication.translate("RunsList", words)
            write(painter, box, text, "axis", theme.colour("text_quiet"))


class _List(QListView):
    """Return and double click look at a run, Del deletes it."""

    opened = Signal()
    deleted = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.deleted.emit()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(600, 300)


class RunsView(QWidget):
    """The list, its buttons, and what differs between two that are chosen.

    Signals:
        looked_at: A run was chosen to be looked at.
    """

    looked_at = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._commands = RunCommands(desk, self)
        self.later = Later(desk.studio.pools.files, self)
        self.model = RunsModel(self)
        self.list = _List()
        self.list.setModel(self.model)
        self.list.setItemDelegate(RunsDelegate(self.list))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setFrameShape(QAbstractItemView.Shape.NoFrame)
        self.list.setMouseTracking(True)
        self.list.setProperty("focusRing", False)
        self.list.setAccessibleName(self.tr("All runs"))
        self.list.viewport().setAutoFillBackground(False)
        self.diff = RecipeDiff()
        self.hint = Label("", "small", "text_quiet")
        self.look = Button(self.tr("Look at it"), icon="arrow-right")
        self.rename = Button(self.tr("Rename"), icon="pencil")
        self.note = Button(self.tr("Note"), icon="pin")
        self.delete = Button(self.tr("Delete"), icon="trash")
        self.compete = Button(self.tr("Tournament"), icon="judge")
        self._lay_out()
        self.list.selectionModel().selectionChanged.connect(self._selected)
        self.list.doubleClicked.connect(self._look_at)
        self.list.opened.connect(self._look_at)
        self.list.deleted.connect(self._delete)
        self.look.clicked.connect(self._look_at)
        self.rename.clicked.connect(self._rename)
        self.note.clicked.connect(self._note)
        self.delete.clicked.connect(self._delete)
        self.compete.clicked.connect(self._compete)
        desk.runs_changed.connect(self.read)
        desk.project_changed.connect(self.read)
        self._show_buttons()

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for button in (self.look, self.rename, self.note, self.delete, self.compete):
            foot.addWidget(button)
        foot.addWidget(self.hint, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(_Head())
        column.addWidget(self.list, 1)
        column.addWidget(self.diff)
        column.addSpacing(12)
        column.addLayout(foot)

    def chosen(self) -> list[RunFolder]:
        """The runs that are chosen, from top to bottom."""
        rows = sorted(index.row() for index in self.list.selectionModel().selectedIndexes())
        return [self.model.lines[row].run for row in rows]

    @Slot()
    def read(self) -> None:
        """Look again which runs there are, if anybody sees it."""
        project = self._desk.project
        if project is None or not self.isVisible():
            return
        self.later.ask(
            "tree", partial(_read_tree, project), partial(self._tree_read, project), urgent=True
        )

    def refresh(self) -> None:
        """Another run is looked at or trains now."""
        run = self._desk.run
        self.model.set_looked_at(run)
        if run is not None and run.path not in [line.run.path for line in self.model.lines]:
            self.read()
        for row, line in enumerate(self.model.lines):
            if line.trains != self._trains(line.run):
                self.model.set_line(row, replace(line, trains=not line.trains))
        self._show_buttons()

    def showEvent(self, event: object) -> None:
        """Read what may have changed meanwhile."""
        self.read()

    def _tree_read(self, project: Project, tree: list[tuple[RunFolder, int]]) -> None:
        if project is not self._desk.project:
            return
        known = {line.run.path: line for line in self.model.lines}
        chosen: set[Path | None] = {run.path for run in self.chosen()}
        chosen = chosen or {self._looked_at_path()}
        lines = []
        for run, depth in tree:
            before = known.get(run.path, RunLine(run, depth))
            lines.append(replace(before, run=run, depth=depth, trains=self._trains(run)))
            self.later.ask(
                f"card {run.id}", partial(_read_card, run), partial(self._card_read, run)
            )
        self.model.set_lines(lines)
        self.model.set_looked_at(self._desk.run)
        for row, line in enumerate(lines):
            if line.run.path in chosen:
                index = self.model.index(row)
                flags = self.list.selectionModel().SelectionFlag.Select
                self.list.selectionModel().select(index, flags)
                self.list.selectionModel().setCurrentIndex(
                    index, self.list.selectionModel().SelectionFlag.NoUpdate
                )
        self._selected()

    def _card_read(self, run: RunFolder, card: _Card) -> None:
        for row, line in enumerate(self.model.lines):
            if line.run.path == run.path:
                known = replace(line, facts=card.facts, pictures=card.pictures)
                self.model.set_line(row, replace(known, problem=card.problem))

    def _looked_at_path(self) -> Path | None:
        return self._desk.run.path if self._desk.run is not None else None

    def _trains(self, run: RunFolder) -> bool:
        training = self._desk.studio.training
        mine = training.run is not None and training.run.path == run.path
        return mine and training.state.active

    @Slot(QItemSelection, QItemSelection)
    def _selected(self, *_: object) -> None:
        """Two of them are compared; anything can be done with one."""
        chosen = self.chosen()
        if len(chosen) == 2:
            self.diff.show_runs(*chosen)
        else:
            self.diff.clear()
        self._show_buttons()

    def _show_buttons(self) -> None:
        chosen = self.chosen()
        one = chosen[0] if len(chosen) == 1 else None
        held = self._desk.held
        busy = self._desk.studio.training.state.active
        here = one is not None and one.path == self._looked_at_path()
        self.look.setEnabled(one is not None and (here or not busy))
        self.look.setToolTip(
            self.tr("Training goes on in this project. Stop it first.")
            if busy and not here
            else self.tr("See its pictures, plots and settings. (Return)")
        )
        for button, tip in (
            (self.rename, self.tr("Give this run another name.")),
            (self.note, self.tr("Write down what you want to remember of it.")),
        ):
            button.setEnabled(one is not None and not held)
            button.setToolTip(held or tip)
        why_not = self._commands.why_not_delete(one) if one is not None else ""
        self.delete.setEnabled(one is not None and not why_not)
        self.delete.setToolTip(why_not or self.tr("Move this run to the trash. (Del)"))
        self.compete.setEnabled(bool(chosen))
        tip = self.tr("Let moments of the chosen runs play against those of the run looked at.")
        self.compete.setToolTip(tip)
        text = self.tr("Ctrl+click two to see what differs.")
        self.hint.setText(text if len(self.model.lines) > 1 and len(chosen) < 2 else "")

    @Slot()
    def _look_at(self) -> None:
        chosen = self.chosen()
        if len(chosen) == 1 and self.look.isEnabled():
            self._desk.choose_run(chosen[0])
            self.looked_at.emit()

    @Slot()
    def _rename(self) -> None:
        for run in self.chosen()[:1]:
            self._commands.rename(run)

    @Slot()
    def _note(self) -> None:
        for run in self.chosen()[:1]:
            self._commands.note(run)

    @Slot()
    def _compete(self) -> None:
        self._desk.show_tournament(*(run.path for run in self.chosen()))

    @Slot()
    def _delete(self) -> None:
        if self.delete.isEnabled():
            self._commands.delete(self.chosen()[0])
