"""The Train page: keeps stage, panel and amber button in step with run, training and moment.

Not responsible for training, nor for how its parts look.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from ganstudio.desktop.by_turns import ByTurns
from ganstudio.desktop.desk import Desk
from ganstudio.desktop.pages.base import NextStep, Page, Width
from ganstudio.desktop.pages.train.branching import BranchOffer
from ganstudio.desktop.pages.train.captions import (
    Numbers,
    before_the_start,
    caption,
    places_sentence,
    seconds_to_shapes,
)
from ganstudio.desktop.pages.train.doing import Doing
from ganstudio.desktop.pages.train.film import TimeMachine
from ganstudio.desktop.pages.train.findings import Findings
from ganstudio.desktop.pages.train.honours import Honours
from ganstudio.desktop.pages.train.kept_height import KeptHeight
from ganstudio.desktop.pages.train.longer import LongerButton
from ganstudio.desktop.pages.train.noting import Noting
from ganstudio.desktop.pages.train.overlay import Overlay
from ganstudio.desktop.pages.train.panel import TrainPanel
from ganstudio.desktop.pages.train.remedies import Remedies
from ganstudio.desktop.pages.train.run_view import RunView
from ganstudio.desktop.pages.train.save_plots import Saves
from ganstudio.desktop.pages.train.shown import ShownPictures
from ganstudio.desktop.pages.train.situation import RunFacts, Situation, facts_of, situation_of
from ganstudio.desktop.pages.train.stage import TrainStage
from ganstudio.desktop.pages.train.steps import step_for
from ganstudio.desktop.pages.train.views import Views
from ganstudio.desktop.pages.train.watching import shown_seed
from ganstudio.project.messages import MetricsRow
from ganstudio.project.runs import RunFolder
from ganstudio.studio.events import (
    EngineLoaded,
    RecipeChanged,
    RunOpened,
    SpeedMeasured,
    TrainingFailed,
)
from ganstudio.studio.training import SampleFrame

__all__ = ["TrainPage"]


class TrainPage(Page):
    """Watch it learn."""

    key = "train"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "", "")
        self.head.set_title(self.tr("Train"))
        self.view = RunView(desk, self)
        self.timeline, self.later = self.view.timeline, self.view.later
        self.parts = TrainPanel(desk, self.panel)
        self.body = TrainStage()
        self.views = Views(desk, self.head, self.stage_layout, self.body, self)
        self.findings = Findings(desk, self.view, self.parts.finding, self.body.plots, self)
        self.machine = TimeMachine(self.body.film, self.later)
        self.notes = Noting(desk, self.view, self.machine, self.parts.history, self.body.plots)
        self.overlay = Overlay(desk, self.view, self.body.plots)
        self.branch = BranchOffer(desk, self.machine, self)
        self.remedies = Remedies(desk, self.branch)
        self.head.add_tool(self.branch.button)
        self.honours = Honours(
            desk, self.view, self.machine, self.body, self.parts, self.undo_stack
        )
        self.views.follow(self.view, self.machine)
        self.doing = Doing(
            desk, self.parts.settings, self.parts.more, self.timeline, self.findings.take
        )
        self.saves = Saves(desk, self.view, self.body.plots, self)
        self.longer = LongerButton()
        self.panel.set_beside(self.longer)
        self.facts: RunFacts | None = None
        self.situation = Situation("empty")
        self._goes_on = False
        self._pictures = 0
        self._outlook = ""
        self.shown = ShownPictures(self.view, self.machine, self.body)
        plots = self.body.plots
        # About four rounds a second; film and plots have a turn in every second one.
        words, pictures, plot = self._write_words, self.shown.show_newest_seldom, plots.redraw_next
        self._round = ByTurns(
            ((words, pictures, self._write_axis, plot), (words, pictures, plot)), self
        )
        self._height = KeptHeight(self.body, self)
        self._connect()
        self.run_changed(desk.run)

    def _connect(self) -> None:
        progress, body = self.parts.progress, self.body
        progress.pause_asked.connect(self.desk.pause_training)
        progress.stop_asked.connect(self.desk.stop_training)
        self.longer.clicked.connect(lambda: self.doing.longer(self.situation))
        for changed in (self.desk.plan_changed, self.desk.settings_changed):
            changed.connect(self._plan_changed)
        self.desk.imports.began.connect(self._plan_changed)
        body.grid.opened.connect(self._explore_place)
        body.grid.shown_changed.connect(self._write_head)
        self._height.changed.connect(self.outlook_changed)
        body.plots.enlarge_asked.connect(self.toggle_plots_large)
        body.plots.export_asked.connect(self.saves.save_plots)
        body.caption.word_clicked.connect(self._word_clicked)
        self.view.rows_replaced.connect(self._rows_replaced)
        self.view.rows_added.connect(body.plots.append)
        self.view.scores_changed.connect(lambda: body.plots.set_scores(self.view.scores.values()))
        self.view.moments_changed.connect(self._show_moments)
        self.machine.moment_changed.connect(self._moment_changed)
        self.machine.sheet_ready.connect(self._write_head)
        self.parts.quality.follow(self.desk, self.view, self.machine)
        self.findings.changed.connect(self._findings_changed)
        self.honours.changed.connect(self._refresh)
        self.views.changed.connect(self._write_head)
        self.views.changed.connect(self.outlook_changed)

    # -- hooks ------------------------------------------------------------------------------------

    def entered(self) -> None:
        """Show what happened meanwhile."""
        self._write_numbers()
        self.shown.show_newest()
        self.body.plots.redraw_if_needed()

    def left(self) -> None:
        """What was not done yet is done when it is entered again."""
        self._round.stop()

    def on_clock(self) -> None:
        """Count on."""
        self._round.begin()

    def on_rows(self, rows: Sequence[MetricsRow]) -> None:
        """Add what training measured to the run that is looked at."""
        self.view.add_rows(rows)

    def on_samples(self, frame: object) -> None:
        """Keep the newest pictures; the clock shows them."""
        if isinstance(frame, SampleFrame):
            self.view.add_samples(frame)

    def on_event(self, event: object) -> None:
        """Moments that were kept, runs that began, training that failed."""
        self.view.on_event(event)
        if isinstance(event, RunOpened):
            self._run_opened(event)
        elif isinstance(event, RecipeChanged):
            self._refresh_facts()
        elif isinstance(event, (SpeedMeasured, EngineLoaded)):
            self._refresh()
        elif isinstance(event, TrainingFailed):
            self.parts.failure.show_failure(event)
            self._refresh()

    def project_changed(self, project: object) -> None:
        """Other pictures, or another name."""
        self._plan_changed()

    def run_changed(self, run: RunFolder | None) -> None:
        """Look at another run: read its history anew."""
        self.views.leave()
        self._load(run)
        self._refresh_facts()

    def state_changed(self, state: object) -> None:
        """Training does something else now."""
        self._refresh_facts()
        self.views.refresh()

    def narrow(self, width: Width) -> None:
        """Another width class."""
        self.body.set_width_class(width)
        self.parts.set_width_class(width)

    def main_widget(self) -> QWidget:
        """The grid, or the list of runs."""
        return self.views.main_widget()

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """The moments of the run, and its plots."""
        possible = {"view-4": self.toggle_plots_large, **self.views.commands()}
        if self.views.current != "runs":
            possible |= self.honours.commands()
        possible |= {**self.machine.commands(), **self.saves.commands()}
        if self.notes.possible:
            possible["pin-note"] = self.notes.ask
        if self.branch.possible:
            possible["branch"] = self.branch.take
        if self.situation.may_start:
            possible["training-toggle"] = self.doing.start
        return possible

    def view_titles(self) -> tuple[str, ...]:
        """Now, two moments, all runs, and the plots large."""
        return (*self.views.titles(), self.tr("Plots large"))

    def checked_commands(self) -> frozenset[str]:
        """Which view is seen, and whether the plots are large."""
        large = {"view-4"} if self.body.plots_large else set()
        return self.views.checked() | large

    # -- what is looked at ---

    def _load(self, run: RunFolder | None) -> None:
        """Empty places, until the run's history is read."""
        self.machine.set_run(run)
        self.body.grid.clear()
        self.body.grid.set_current(-1)
        self.body.plots.set_moment(None)
        self.view.load(run)

    @Slot()
    def _rows_replaced(self) -> None:
        self.body.plots.set_rows(self.timeline.rows)
        self._write_numbers()
        self.body.plots.redraw_if_needed()

    def _run_opened(self, event: RunOpened) -> None:
        """A run goes on, perhaps after cutting its history: read what is on the disk now."""
        self.parts.settings.until_changed = False
        run = self.desk.run
        if run is not None and run.path == event.run:
            self._load(run)
        self._refresh_facts()

    def _refresh_facts(self) -> None:
        self.facts = facts_of(self.desk.run)
        self.body.plots.set_loss(self.facts.recipe.game.loss if self.facts else None)
        self._plan_changed()

    @Slot()
    def _plan_changed(self) -> None:
        self._goes_on = self.desk.run_to_go_on() is not None
        self._pictures = self.desk.pictures.usable_count
        self._refresh()

    def _refresh(self) -> None:
        """Bring panel, head and amber button in step with what is going on."""
        self.situation = situation_of(self.desk, self.facts, self._goes_on, self._pictures)
        self.parts.show_situation(self.situation, self.facts)
        self.shown.calm = self.situation.active
        self.branch.show_situation(self.situation, self.facts)
        ways = self.remedies.possible(self.situation)
        self.findings.set_situation(self.situation.trains, ways)
        if self.situation.kind == "ready":
            self._outlook = self.parts.settings.first_look()
        self.honours.show_situation(self.situation.kind)
        self.longer.show_situation(self.situation, self._goes_on, self.honours.happy)
        self._write_numbers()
        self._write_head()
        self.outlook_changed.emit()

    # -- what is shown ---

    def _write_numbers(self) -> None:
        """Everything that changes with every row."""
        self._write_words()
        self._write_axis()

    def _write_words(self) -> None:
        """Number, gauge, caption and next step."""
        line = self.timeline
        self.situation = situation_of(self.desk, self.facts, self._goes_on, self._pictures)
        self.branch.show_situation(self.situation, self.facts)
        moment = self.machine.moment
        newest = line.newest
        seconds_left = self.view.seconds_left(self.situation)
        seconds = newest.seconds if newest else 0.0
        horizon = self.facts.recipe.horizon if self.facts else 0
        rate = self.view.rate(self.situation)
        numbers = self.view.numbers(moment, self.situation.clock, horizon, rate)
        self.parts.show_numbers(self.situation, seconds, seconds_left, numbers)
        worst = self.findings.worst
        words = caption(numbers, worst) if self.situation.begun else before_the_start()
        self.body.caption.set_text(words)
        self._write_step(horizon)

    def _write_axis(self) -> None:
        """Where now is, for film and plots."""
        mine = self.situation.active and self.view.is_training
        end = max(self.timeline.end, self.situation.clock if mine else 0)
        self.body.plots.set_extent(end)
        self.honours.follow_plots()
        if mine and self.situation.kind == "running":
            self.machine.set_moments(self.timeline.moments, end)

    def _write_step(self, horizon: int) -> None:
        rate = self.view.rate(self.situation)
        now = Numbers(images=self.situation.clock, horizon=horizon, rate=rate)
        happy = self.honours.happy
        usual = step_for(self.situation, seconds_to_shapes(now), self._outlook, happy)
        step = self.findings.step() or usual
        act, may_take = self.doing.of(step), step.action != "none"
        self.set_next_step(NextStep(step.text, step.hint, act, step.icon, may_take, step.tip))

    @Slot(int)
    def _explore_place(self, place: int) -> None:
        self.doing.explore(shown_seed(self.view, self.machine) + place)

    @Slot()
    def _write_head(self) -> None:
        moment, begun = self.machine.moment, self.desk.run is not None
        shown = self.body.grid.shown_count()
        words = places_sentence(shown, begun, moment, self.honours.best, self.shown.note)
        self.head.set_sentence(self.views.sentence() or words)

    @Slot()
    def _findings_changed(self) -> None:
        self._write_words()
        self.outlook_changed.emit()

    @Slot()
    def _show_moments(self) -> None:
        self.machine.set_moments(self.timeline.moments, self.timeline.end)

    @Slot(object)
    def _moment_changed(self, moment: int | None) -> None:
        self.body.plots.set_moment(moment)
        self._write_numbers()
        self._write_head()

    @Slot(str)
    def _word_clicked(self, token: str) -> None:
        self.body.plots.light(self.body.caption.lit())

    # -- what a person asks for ---

    @Slot()
    def toggle_plots_large(self) -> None:
        """Give the plots most of the page, or take it back."""
        self.body.set_plots_large(not self.body.plots_large)
        self.outlook_changed.emit()
