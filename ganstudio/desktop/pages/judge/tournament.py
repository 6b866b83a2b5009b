"""The tournament of the Judge page: who plays, the playing behind the window, what came out.

Not responsible for the playing itself (`studio.tournaments`), nor for how its parts look.
"""

from __future__ import annotations

import time
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from ganstudio.desktop.desk import Desk
from ganstudio.desktop.pages.judge.players import PlayersSection
from ganstudio.desktop.pages.judge.steps import JudgeStep, explore_step
from ganstudio.desktop.pages.judge.tournament_view import TournamentView
from ganstudio.desktop.pages.judge.tournament_words import progress_line, why_not
from ganstudio.desktop.pages.judge.words import say
from ganstudio.desktop.pages.train.later import Later
from ganstudio.project.errors import UserError
from ganstudio.project.messages import Pictures
from ganstudio.project.runs import RunFolder
from ganstudio.project.titles import Best
from ganstudio.project.tournament import Player, RunMoments, moments_of_runs
from ganstudio.studio.events import ExportEnded, TournamentEnded
from ganstudio.studio.run_history import read_samples

__all__ = ["TournamentOfPage"]


class TournamentOfPage(QObject):
    """Keeps the view and the panel's list of players in step.

    Signals:
        changed: There is another next step.
        wanted: A person came from elsewhere to see it (the view's key).
    """

    changed = Signal()
    wanted = Signal(str)

    def __init__(self, desk: Desk, view: TournamentView, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._service = desk, desk.studio.tournaments
        self._view = view
        self.later = Later(desk.studio.pools.files, self)
        self.section = PlayersSection()
        self._run: RunFolder | None = None
        self._wanted: tuple[Path, ...] = ()
        self._ticket: int | None = None
        self._began = 0.0
        self._table: Path | None = None
        desk.tournament_wanted.connect(self._asked_for)
        self.section.changed.connect(self._players_changed)
        view.cancelled.connect(self._service.cancel)
        view.table_wanted.connect(self._save_table)
        view.picture_wanted.connect(self._save_picture)

    @property
    def plays(self) -> bool:
        """Whether it goes on."""
        return self._ticket is not None

    # -- who plays ---

    def look_at(self, run: RunFolder) -> None:
        """Propose moments of this run; what a person chose of it stays."""
        project = self._desk.project
        if project is None:
            return
        if self._run is None or self._run.path != run.path:
            self.forget()
            self._run = run
        self.later.ask(
            "runs", partial(moments_of_runs, project, run), partial(self._runs_read, run)
        )

    @Slot(tuple)
    def _asked_for(self, runs: tuple[Path, ...]) -> None:
        """Have moments of these runs play too, once it is known which there are."""
        self._wanted = runs
        self.wanted.emit("tournament")

    def forget(self) -> None:
        """No run is looked at."""
        if self.plays:
            self._service.cancel()
        self.later.forget()
        self._run = self._ticket = None
        self.section.setEnabled(True)
        self.section.lineup.take(())
        self.section.show_lineup()
        self._view.show_lineup(())

    def _runs_read(self, run: RunFolder, found: tuple[RunMoments, ...]) -> None:
        if self._run is None or self._run.path != run.path:
            return
        lineup = self.section.lineup
        # What is played, or came out, does not change under the hand.
        lineup.take(found, keep=self.plays or self._view.found is not None)
        for other in found:
            if other.folder in self._wanted and other.fits and not lineup.plays(other):
                lineup.set_run(other, on=True)
        self._wanted = ()
        self.section.show_lineup()
        self._players_changed()

    @Slot()
    def _players_changed(self) -> None:
        """Heads of others: what came out among those before goes, unless it is still played."""
        lineup = self.section.lineup
        players = lineup.players()
        if not self.plays and lineup.runs and not lineup.can_play:
            self._view.show_too_few()
        elif not self.plays and players != self._view.players:
            self._view.show_lineup(players)
            self._read_pictures(players)
        self.changed.emit()

    def _read_pictures(self, players: tuple[Player, ...]) -> None:
        for index, player in enumerate(players):
            self.later.ask(
                f"head {index}",
                partial(_first_sample, player),
                partial(self._picture_read, players, index),
            )

    def _picture_read(self, players: tuple[Player, ...], index: int, picture: Pictures) -> None:
        if players == self._view.players:
            self._view.show_picture(index, picture)

    # -- playing ---

    def play(self) -> None:
        """Let those who are ticked play."""
        project, run, players = self._desk.project, self._run, self.section.lineup.players()
        if project is None or run is None or why_not(len(players)):
            return
        self._began = time.monotonic()
        self._view.show_running()
        self._ticket = self._service.play(project, run, players)
        self.section.setEnabled(False)
        self.changed.emit()

    def count_on(self) -> None:
        """Say how far it is."""
        if self.plays:
            progress = self._service.progress
            words = progress_line(progress.done, progress.total, time.monotonic() - self._began)
            self._view.progress.set_progress(progress.done, progress.total, words)

    def on_event(self, event: object) -> None:
        """It is over, or a file was written."""
        if isinstance(event, TournamentEnded) and event.ticket == self._ticket:
            self._ended(event)
        elif isinstance(event, ExportEnded) and event.path == self._table:
            self._table = None
            if event.error is None:  # an error is a card of the window
                self._say_saved(event.path)

    def _ended(self, event: TournamentEnded) -> None:
        self._ticket = None
        self.section.setEnabled(True)
        if event.found is not None:
            self._view.show_found(event.found)
        else:
            self._view.show_problem(event.error)
        self.changed.emit()

    def step(self, best: Best | None) -> JudgeStep:
        """What the amber button does in this view."""
        count = len(self.section.lineup.players())
        text, hint = say("Let {n} moments play").format(n=count), why_not(count)
        if self.plays:
            hint = say("You may look at other pages meanwhile.")
            return JudgeStep("tournament", say("They play"), hint, "", False)
        if self._view.found is not None:
            return explore_step(best)
        if self.section.lineup.runs and not self.section.lineup.can_play:
            hint = say("A tournament needs two saved moments.")
            return JudgeStep("train", say("Train"), hint)
        if count < 2:
            text = say("Let them play")
        return JudgeStep(
            "tournament", text, hint or say("Nothing of a run changes."), "play", not hint
        )

    # -- taking it away ---

    @Slot()
    def _save_table(self) -> None:
        found = self._view.found
        path = self._desk.ask_path_to_save(
            self.tr("Save the tournament"), "tournament.csv", self.tr("Table (*.csv)")
        )
        if path is not None and found is not None:
            self._table = path
            self._desk.studio.exports.tournament(self._view.players, found, path)

    @Slot()
    def _save_picture(self) -> None:
        path = self._desk.ask_path_to_save(
            self.tr("Save the tournament"), "tournament.png", self.tr("Picture (*.png)")
        )
        if path is None:
            return
        if self._view.save_png(path):
            self._say_saved(path)
        else:
            self._desk.show_error(UserError("folder-not-writable", path=path.parent))

    def _say_saved(self, path: Path) -> None:
        self._desk.toast(self.tr("{name} is saved").format(name=path.name))


def _first_sample(player: Player) -> Pictures:
    """What a moment draws at the first of the fixed places."""
    return read_samples(RunFolder(player.folder), player.clock)[0].copy()
