"""What the Judge page asks of the inspector, and the answers that still matter.

Not responsible for judging (`studio.judging`), nor for showing anything.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from ganstudio.desktop.desk import Desk
from ganstudio.project.judging import FolderJudged, HeatMap, Nearest, Pile, Round
from ganstudio.project.runs import RunFolder
from ganstudio.studio.events import Judged, JudgingFailed

__all__ = ["BenchOfPage"]


class BenchOfPage(QObject):
    """One moment of the run that is looked at; answers to older requests are passed over.

    Signals:
        pile_came: A fresh pile to look at (Pile).
        deal_came: A fresh pile for a game (Pile).
        heat_came: What a score rests on (HeatMap).
        nearest_came: The nearest pictures (Nearest).
        folder_came: A folder was judged (FolderJudged).
        round_came: A round was played (Round).
        failed: Something could not be judged (what was asked for, UserError).

    Attributes:
        clock: The moment that judges; None for none.
    """

    pile_came = Signal(object)
    deal_came = Signal(object)
    heat_came = Signal(object)
    nearest_came = Signal(object)
    folder_came = Signal(object)
    round_came = Signal(object)
    failed = Signal(str, object)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._judging = desk, desk.studio.judging
        self._tickets: dict[str, int] = {}
        self._heats: dict[int, HeatMap] = {}
        self._nearest: dict[int, Nearest] = {}
        self._asked_of: dict[str, int] = {}
        self.clock: int | None = None

    def look_at(self, run: RunFolder, clock: int) -> bool:
        """Have a moment judge; False where there is no project."""
        project = self._desk.project
        if project is None:
            return False
        self.forget()
        self.clock = clock
        self._judging.look_at(project, run, clock)
        return True

    def forget(self) -> None:
        """Nobody judges any more."""
        self._tickets.clear()
        self._forget_pile()
        self.clock = None
        self._judging.forget()

    def waits_for(self, what: str, index: int | None = None) -> bool:
        """Whether something of this kind is still to come; of this picture, if one is named."""
        named = index is None or self._asked_of.get(what) == index
        return what in self._tickets and named

    @property
    def looked_through(self) -> int:
        """How many pictures were looked through so far for the nearest ones."""
        return self._judging.looked_through

    def ask_pile(self) -> None:
        """A fresh pile."""
        self._forget_pile()
        self._tickets["pile"] = self._judging.new_pile()

    def ask_deal(self, count: int) -> None:
        """A fresh pile for a game."""
        self._tickets["deal"] = self._judging.deal(count)

    def ask_round(self) -> None:
        """One round, slowly."""
        self._tickets["round"] = self._judging.play_round()

    def ask_folder(self, folder: Path) -> None:
        """A folder's pictures."""
        self._tickets["folder"] = self._judging.judge_folder(folder)

    def heat_of(self, pile: Pile, index: int) -> HeatMap | None:
        """What a score rests on; None if it is still to come."""
        if index not in self._heats and not self.waits_for("heat", index):
            self._tickets["heat"] = self._judging.explain(pile, index)
            self._asked_of["heat"] = index
        return self._heats.get(index)

    def nearest_to(self, pile: Pile, index: int) -> Nearest | None:
        """The nearest pictures; None if they are still to come."""
        if index not in self._nearest and not self.waits_for("nearest", index):
            self._tickets["nearest"] = self._judging.find_nearest(pile, index)
            self._asked_of["nearest"] = index
        return self._nearest.get(index)

    def on_event(self, event: object) -> None:
        """An answer, perhaps to a question that no longer matters."""
        if isinstance(event, Judged):
            what = self._asked(event.ticket)
            if what:
                self._answer(what, event.found)
        elif isinstance(event, JudgingFailed):
            what = self._asked(event.ticket)
            if what:
                self.failed.emit(what, event.error)

    def _asked(self, ticket: int) -> str:
        what = next((kind for kind, waits in self._tickets.items() if waits == ticket), "")
        self._tickets.pop(what, None)
        return what

    def _answer(self, what: str, found: Pile | HeatMap | Nearest | FolderJudged | Round) -> None:
        if isinstance(found, HeatMap):
            self._heats[found.index] = found
        elif isinstance(found, Nearest):
            self._nearest[found.index] = found
        {
            "pile": self.pile_came,
            "deal": self.deal_came,
            "heat": self.heat_came,
            "nearest": self.nearest_came,
            "folder": self.folder_came,
            "round": self.round_came,
        }[what].emit(found)

    def _forget_pile(self) -> None:
        self._heats.clear()
        self._nearest.clear()
        for what in ("heat", "nearest"):
            self._tickets.pop(what, None)
