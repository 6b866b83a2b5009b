"""The Judge page: can anybody still tell?

It keeps stage, panel, head and amber button in step with the moment, the pile and the game.
Not responsible for judging (`studio.judging`), nor for how its parts look.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from ganstudio.desktop import file_dialogs
from ganstudio.desktop.desk import Desk
from ganstudio.desktop.pages.base import NextStep, Page, Width
from ganstudio.desktop.pages.judge.bench import BenchOfPage
from ganstudio.desktop.pages.judge.chosen import Chosen
from ganstudio.desktop.pages.judge.copies import Copies
from ganstudio.desktop.pages.judge.game_view import LENGTHS
from ganstudio.desktop.pages.judge.moments import Moments
from ganstudio.desktop.pages.judge.panel import (
    NearestSection,
    PictureBlock,
    ShowSection,
    WhoSection,
)
from ganstudio.desktop.pages.judge.playing import Playing
from ganstudio.desktop.pages.judge.stage import JudgeStage
from ganstudio.desktop.pages.judge.steps import head_sentence, step_for
from ganstudio.desktop.pages.judge.tools import JudgeTools
from ganstudio.desktop.pages.judge.tournament import TournamentOfPage
from ganstudio.desktop.pages.train.later import Later
from ganstudio.project.errors import UserError
from ganstudio.project.judging import Pile
from ganstudio.project.runs import RunFolder
from ganstudio.studio.events import ImportEnded, MomentScored, RunNews, Saved

__all__ = ["JudgePage"]


class JudgePage(Page):
    """The inspector's verdict on each picture, and yours."""

    key = "judge"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "", "")
        self.head.set_title(self.tr("Judge"))
        self.bench = BenchOfPage(desk, self)
        self.later = Later(self.studio.pools.files, self)
        self.body = JudgeStage()
        self.stage_layout.addWidget(self.body)
        self.tools = JudgeTools(self.head)
        self.picture, self.nearest = PictureBlock(), NearestSection()
        self.who, self.show_section = WhoSection(), ShowSection()
        self.tournament = TournamentOfPage(desk, self.body.tournament, self)
        sections = (self.picture, self.nearest, self.who, self.tournament.section)
        for part in (*sections, self.show_section):
            self.panel.add(part)
        self.moments = Moments(desk, self.later, self.tools, self.show_section, self)
        self.chosen = Chosen(self.bench, self.picture, self.nearest, self)
        self.copies = Copies(self.later, self.nearest, self)
        self.playing = Playing(self.bench, self.body.game, self.who, self)
        self._run: RunFolder | None = None
        self._view = "pile"
        self._pile: Pile | None = None
        self._index = -1
        self._problem: UserError | None = None
        self._connect()
        self._refresh()

    def _connect(self) -> None:
        body, bench, tools = self.body, self.bench, self.tools
        body.pile.chosen.connect(self._choose)
        body.game.begun.connect(self.play)
        body.game.answered.connect(self.answer)
        body.round.again_asked.connect(self.play_round)
        body.round.step_changed.connect(self._refresh)
        body.folder.folder_wanted.connect(self.sort_folder)
        body.empty.asked.connect(self._leave_empty)
        tools.view_chosen.connect(self._view_chosen)
        tools.pile_asked.connect(self.new_pile)
        body.game.again.clicked.connect(lambda: self.play(self.playing.last_length))
        self.playing.dealt.connect(self._game_dealt)
        self.playing.changed.connect(self._refresh)
        self.moments.wanted.connect(self._judge_at)
        self.moments.best_changed.connect(self._refresh)
        self.tournament.changed.connect(self._refresh)
        self.tournament.wanted.connect(self._view_chosen)
        self.show_section.frames_chosen.connect(self._set_told)
        bench.pile_came.connect(self._pile_came)
        bench.folder_came.connect(body.folder.show_folder)
        bench.round_came.connect(body.round.show_round)
        bench.failed.connect(self._failed)

    # -- hooks ------------------------------------------------------------------------------------

    def entered(self) -> None:
        """Judge the best moment, or the newest of a training, unless one is judged already."""
        if self.bench.clock is None or self._problem is not None:
            self._judge_first()
        else:
            self._look_for_newer()

    def on_clock(self) -> None:
        """Count what was looked through or played so far."""
        self.chosen.count_on()
        self.tournament.count_on()

    def on_event(self, event: object) -> None:
        """Answers of the inspector, newer moments, scores."""
        self.bench.on_event(event)
        self.copies.on_event(event)
        self.tournament.on_event(event)
        if isinstance(event, (Saved, RunNews, MomentScored)):
            self._look_for_newer()
        elif isinstance(event, ImportEnded) and self._problem is not None:
            self._forget()

    def run_changed(self, run: RunFolder | None) -> None:
        """Another run: another inspector."""
        self._forget()
        if self.visible_page:
            self._judge_first()

    def narrow(self, width: Width) -> None:
        """Another width class."""
        self.body.set_width_class(width)
        self.tools.set_narrow(width == "narrow")
        self.picture.set_narrow(width == "narrow")
        self.show_section.set_width_class(width)

    def main_widget(self) -> QWidget:
        """The pile, or what the view is about."""
        return self.body.main_widget()

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """What can be done in the view of now."""
        if self.bench.clock is None:
            return {}
        possible: dict[str, Callable[[], None]] = {
            "judge-folder": self.sort_folder,
            "play-round": self.play_round,
            "tournament": self.desk.show_tournament,
        }
        if self._answers:
            possible["call-real"] = lambda: self.answer(True)
            possible["call-generated"] = lambda: self.answer(False)
        elif self._view == "pile" and self._pile is not None:
            possible["frames"] = lambda: self._set_told(not self.body.pile.told)
            possible["new-pile"] = self.new_pile
        return possible

    def checked_commands(self) -> frozenset[str]:
        """Whether frames are shown."""
        return frozenset({"frames"}) if self.body.pile.told else frozenset()

    # -- whose inspector it is ---

    def _judge_first(self) -> None:
        clock = self.moments.first()
        if clock is None:
            self._forget()
        else:
            self._judge_at(clock)

    @Slot(int)
    def _judge_at(self, clock: int) -> None:
        """Have a moment judge, and begin with a fresh pile."""
        run = self.desk.run
        if run is None or not self.bench.look_at(run, clock):
            return
        other_run = self._run is None or self._run.path != run.path
        self._run, self._problem = run, None
        self.who.show_court(None)
        self.body.round.clear()
        self.body.folder.clear()
        self.playing.look_at(clock, other_run)
        self.copies.look_at(run, clock)
        self.moments.look_at(run, clock)
        self.new_pile()
        self._go_to_view("pile")

    def _forget(self) -> None:
        """Nobody judges: the page is as it was before the first visit."""
        self.bench.forget()
        self.later.forget()
        self.copies.forget()
        self.moments.forget()
        self.tournament.forget()
        self.playing.clear()
        self._run = self._pile = self._problem = None
        self._index = -1
        self._refresh()

    def _look_for_newer(self) -> None:
        """Offer a newer moment; what lies on the table stays as it is."""
        if self._run is None or self.bench.clock is None:
            if self.visible_page:
                self._judge_first()
        else:
            self.moments.read()

    # -- the pile ---

    @Slot()
    def new_pile(self) -> None:
        """A fresh pile, of pictures nobody has seen yet."""
        if self.bench.clock is None:
            return
        self._pile, self._index = None, -1
        self.body.pile.clear()
        self.bench.ask_pile()
        self._refresh()

    @Slot(object)
    def _pile_came(self, pile: Pile) -> None:
        self._pile = pile
        self.body.pile.show_pile(pile, secrets.randbelow(2**31))
        self.who.show_court(pile.court)
        self._refresh()

    @Slot(bool)
    def _set_told(self, told: bool) -> None:
        """Show or hide what is real."""
        self.body.pile.set_told(told)
        self._show_chosen()
        self._refresh()

    @Slot(int)
    def _choose(self, index: int) -> None:
        self._index = index
        self._show_chosen()

    def _show_chosen(self) -> None:
        self.chosen.show(self._pile, self._index, self.body.pile.told)

    # -- game, round and folder ---

    @property
    def _answers(self) -> bool:
        return self._view == "play" and self.playing.asks

    @Slot(int)
    def play(self, count: int) -> None:
        """Begin a game of so many pictures."""
        if self.bench.clock is None:
            return
        self.playing.begin(count)
        self._go_to_view("play")

    @Slot()
    def _game_dealt(self) -> None:
        self._refresh()
        if self.visible_page and self._view == "play":
            self.body.game.main_widget().setFocus()

    @Slot(bool)
    def answer(self, real: bool) -> None:
        """Say whether the picture whose turn it is seems real."""
        if self._answers:
            self.playing.answer(real)

    @Slot()
    def play_round(self) -> None:
        """One round, slowly, on copies of both networks."""
        if self.bench.clock is None:
            return
        self.body.round.clear()
        self.bench.ask_round()
        self._go_to_view("round")

    @Slot()
    def sort_folder(self) -> None:
        """Ask for a folder, and sort it by the inspector."""
        if self.bench.clock is None:
            return
        folder = file_dialogs.ask_folder(self.tr("Sort a folder"), Path.home())
        if folder is not None:
            self.body.folder.show_waiting(folder.name)
            self.bench.ask_folder(folder)
            self._go_to_view("folder")

    @Slot(str, object)
    def _failed(self, what: str, error: UserError) -> None:
        """What cannot be judged is said where it was asked for."""
        if what in ("pile", "deal"):
            self._pile = None
            self.playing.clear()
            earlier = self.moments.before(error)
            if earlier is not None:
                self._judge_at(earlier)
            else:
                self._problem = error
                self._refresh()
            return
        if what == "folder":
            self.body.folder.clear()
        self.desk.show_error(error)

    # -- what is shown ---

    @Slot(str)
    def _view_chosen(self, key: str) -> None:
        if key == "round" and self.body.round.round is None and not self.bench.waits_for("round"):
            self.play_round()
            return
        if key == "tournament" and self._run is not None:
            self.tournament.look_at(self._run)
        if key == "play":
            self.playing.show_start()
        self._go_to_view(key)

    def _go_to_view(self, key: str) -> None:
        self._view = key
        self._refresh()
        if self.visible_page:
            self.main_widget().setFocus()

    @Slot()
    def _refresh(self) -> None:
        """Bring stage, panel, head and amber button in step."""
        judges = self.bench.clock is not None and self._problem is None
        looking = judges and self._view == "pile"
        self.body.show_view(self._view if judges else "empty")
        self.tools.show_view(self._view, judges, self._pile is not None)
        several = judges and self._view == "tournament"
        self.tournament.section.setVisible(several)
        self.picture.setVisible(looking)
        self.nearest.setVisible(looking)
        self.who.setVisible(judges and not several)
        self.show_section.setVisible(judges and not several)
        self.show_section.show_told(self.body.pile.told)
        self.show_section.frames.setEnabled(looking)
        if looking and self._index < 0:
            self._show_chosen()
        if judges:
            again = self._pile is not None and self._pile.again
            clock, best = self.bench.clock or 0, self.moments.best
            self.head.set_sentence(head_sentence(self._view, clock, again, best))
            self.set_next_step(self._next_step())
        else:
            self.head.set_sentence(self.tr("Can anybody still tell which pictures are yours?"))
            way_out = self.tr("Train") if self._may_train else self.tr("Choose pictures")
            self.body.empty.show_reason(self._problem, way_out)
            hint = self.tr("There is nothing to judge yet.")
            self.set_next_step(NextStep(way_out, hint, self._leave_empty))
        self.outlook_changed.emit()

    def _next_step(self) -> NextStep:
        """The amber button of the view."""
        round_ = self.body.round
        shown = round_.step if round_.round is not None else None
        play, best = self.playing, self.moments.best
        step = step_for(self._view, play.game, play.dealing, play.result_shown, shown, best)
        if self._view == "tournament":
            step = self.tournament.step(best)
        act: dict[str, Callable[[], None]] = {
            "play": lambda: self.play(LENGTHS[0]),
            "result": play.show_result,
            "explore": self.desk.explore_best,
            "tournament": self.tournament.play,
            "train": self._leave_empty,
            "next": lambda: round_.go(round_.step + 1),
        }
        return NextStep(step.text, step.hint, act[step.action], step.icon, step.enabled)

    @property
    def _may_train(self) -> bool:
        return self.desk.run is not None or self.desk.pictures.usable_count > 0

    @Slot()
    def _leave_empty(self) -> None:
        self.desk.go_to("train" if self._may_train else "pictures")
