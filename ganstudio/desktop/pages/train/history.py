"""History: what was noted and changed in a run, a row each; a click goes to its moment.

Not responsible for reading it (`run_view`), nor for the pins on the plots (`plots`).
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Signal

from ganstudio.desktop.pages.train.watching import say_places, say_rhythm
from ganstudio.desktop.widgets.buttons import Button, IconButton
from ganstudio.desktop.widgets.label import Label
from ganstudio.desktop.widgets.list_row import ListRow
from ganstudio.desktop.widgets.section import Section
from ganstudio.project.marks import Mark
from ganstudio.project.numbers import say_count

__all__ = ["HistorySection", "say_mark"]

_ICONS = {"note": "pin", "change": "settings", "rollback": "reset"}


def say_mark(mark: Mark) -> str:
    """What happened, in a few words."""
    if mark.kind == "note":
        return mark.text
    if mark.kind == "rollback":
        return _say("Went back to here, at half the learning speed")
    return ", ".join(_changes(mark)) or _say("Changed")


def _changes(mark: Mark) -> list[str]:
    """The changes that a person would name; ends of schedules go along with their starts."""
    values, words = mark.values, []
    if "optimizer.lr" in values:
        words.append(_say("Learning speed {n}").replace("{n}", _number(values["optimizer.lr"])))
    if "augment.policy" in values:
        policy = str(values["augment.policy"]).replace("+", ", ") or _say("none")
        words.append(_say("Augmentation: {what}").replace("{what}", policy))
    elif "augment.p" in values:
        words.append(_say("Augmentation {n}").replace("{n}", _number(values["augment.p"])))
    if "game.gamma" in values:
        words.append(_say("Smoothing {n}").replace("{n}", _number(values["game.gamma"])))
    if "watch.first_seed" in values:
        words.append(say_places(int(str(values["watch.first_seed"]))))
    if "watch.snapshots" in values:
        rhythm = say_rhythm(str(values["watch.snapshots"])).lower()
        words.append(_say("Snapshots: {what}").replace("{what}", rhythm))
    return words


def _number(value: object) -> str:
    return f"{value:g}" if isinstance(value, int | float) else str(value)


def _say(text: str) -> str:
    return QCoreApplication.translate("HistorySection", text)


class HistorySection(Section):
    """Rows of marks, the newest first.

    Signals:
        moment_asked: Show the moment of this clock.
        removal_asked: Take the note of this clock away.
        note_asked: Pin a note to the moment that is shown.
    """

    moment_asked = Signal(int)
    removal_asked = Signal(int)
    note_asked = Signal()

    def __init__(self) -> None:
        super().__init__(_say("History"), opened=False)
        self._marks: list[Mark] | None = None
        self._may_write = True
        self.rows: list[ListRow] = []
        self._empty = Label(
            self.tr("Notes, changes and returns to a checkpoint are listed here."),
            "small",
            "text_quiet",
            wrap=True,
        )
        self.note = Button(self.tr("Pin a note"), "link", icon="pin")
        self.note.setToolTip(self.tr("Pin a note to the moment that is shown. (Ctrl+Shift+N)"))
        self.note.clicked.connect(self.note_asked)
        self.add(self._empty)
        self.add(self.note)

    def show_marks(self, marks: Sequence[Mark], may_write: bool) -> None:
        """List what happened.

        Args:
            marks: By their clock.
            may_write: Whether notes can be pinned and taken away.
        """
        if (self._marks, self._may_write) == (list(marks), may_write):
            return
        self._marks, self._may_write = list(marks), may_write
        for row in self.rows:
            self.body.removeWidget(row)
            row.deleteLater()
        self.rows = [self._row(mark, may_write) for mark in reversed(marks)]
        for place, row in enumerate(self.rows):
            row.set_line_above(place > 0)
            self.body.insertWidget(place, row)
        self._empty.setVisible(not marks)
        self.note.setVisible(may_write)
        self.set_note(str(len(marks)) if marks else "")

    def _row(self, mark: Mark, may_write: bool) -> ListRow:
        row = ListRow(say_mark(mark), "", _ICONS[mark.kind])
        go = Button(say_count(mark.images), "link", tip=self.tr("Show this moment."))
        go.clicked.connect(lambda: self.moment_asked.emit(mark.images))
        row.set_right(go)
        if mark.kind == "note" and may_write:
            remove = IconButton("x", self.tr("Take this note away"))
            remove.clicked.connect(lambda: self.removal_asked.emit(mark.images))
            row.set_right(remove)
        return row
