"""The desk: what all pages share - studio, open project and run, a few services of the window.

Not responsible for any widget: the window listens to its signals.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from ganstudio.desktop import file_dialogs
from ganstudio.desktop.imports import Imports
from ganstudio.desktop.looking_on import held_by, trained_by
from ganstudio.desktop.run_choice import fits
from ganstudio.desktop.widgets.painting import set_matte
from ganstudio.project.branching import BranchRequest
from ganstudio.project.errors import UserError
from ganstudio.project.folder import Project, TrainingPlan
from ganstudio.project.locks import Holder
from ganstudio.project.picture_list import PictureList
from ganstudio.project.runs import RunFolder
from ganstudio.studio.app import Studio
from ganstudio.studio.engine import StartRequest
from ganstudio.studio.events import RunNews

__all__ = ["Desk"]

logger = logging.getLogger(__name__)


class Desk(QObject):
    """One instance, owned by the window; pages and actions talk to it.

    Signals:
        project_changed: Another project, or its name or pictures changed (Project | None).
        run_changed: Another run is the one that is looked at (RunFolder | None).
        exported: A file was written, or was not (ExportEnded).
        news_came: Another process wrote to the run that is looked at (RunNews).
        runs_changed: Runs came, went or were renamed.
        plan_changed: What the next new run shall be like changed.
        page_wanted: Show this page (key).
        toast_wanted: Say this for a moment, with a way back (text, Callable | None).
        menu_wanted: Show these commands (keys; empty ones are lines) at a place of the screen.
        error_raised: A person has to know this (UserError).
        error_withdrawn: The error shown is no longer true.
        model_file_wanted: Explore this .safetensors file (Path).
        settings_changed: A person changed the settings; palette and motion are applied already.
        seed_wanted: Explore from this seed.
        best_wanted: Explore the best moment of the run.
        tournament_wanted: Let moments of these runs play (folders; none: of the run as usual).
        command_wanted: Do this command of the table, if it is possible now (key).
        dropped: These paths were dropped on a page.
        project_wanted: Open this project (Path).
    """

    project_changed = Signal(object)
    run_changed = Signal(object)
    exported = Signal(object)
    news_came = Signal(object)
    runs_changed = Signal()
    plan_changed = Signal()
    page_wanted = Signal(str)
    toast_wanted = Signal(str, object)
    menu_wanted = Signal(object, object)
    error_raised = Signal(object)
    error_withdrawn = Signal()
    model_file_wanted = Signal(object)
    settings_changed = Signal()
    seed_wanted = Signal(int)
    best_wanted = Signal()
    tournament_wanted = Signal(tuple)
    command_wanted = Signal(str)
    dropped = Signal(list)
    project_wanted = Signal(object)

    def __init__(self, studio: Studio, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.project_changed.connect(self._choose_matte)
        self.studio = studio
        self._run: RunFolder | None = None
        self._pictures: PictureList | None = None
        #: Headlines of what the training doctor found in the run that is looked at.
        self.findings: tuple[str, ...] = ()
        self.imports = Imports(self)

    # -- what is open -----------------------------------------------------------------------------

    @property
    def project(self) -> Project | None:
        """The open project."""
        return self.studio.projects.current

    @property
    def run(self) -> RunFolder | None:
        """The run that is looked at: the training one, or the one chosen in the run menu."""
        return self._run

    @property
    def pictures(self) -> PictureList:
        """The open project's pictures, read once and kept until they change."""
        if self.project is None:
            return PictureList()
        if self._pictures is None:
            self._pictures = self.project.pictures()
        return self._pictures

    @Slot()
    def _choose_matte(self) -> None:
        """Transparent pictures are shown on what the person chose to lie behind them."""
        set_matte(self.pictures.framing.background)

    def take_pictures(self, pictures: PictureList) -> None:
        """The pictures were changed and written by the caller."""
        self._pictures = pictures
        self.project_changed.emit(self.project)

    def open_project(self, path: Path) -> bool:
        """Open a project and look at its newest run; an error becomes a card.

        Returns:
            Whether it is open now.
        """
        try:
            project = self.studio.projects.open(path)
            runs = project.runs()
        except UserError as error:
            self.show_error(error)
            return False
        self._opened(runs[-1] if runs else None)
        return True

    def new_project(self, name: str, folder: Path | None = None) -> Project:
        """Make a project and open it; without a folder in the projects folder.

        Raises:
            UserError: If the folder cannot be written to.
        """
        projects = self.studio.projects
        project = projects.create(folder or projects.free_folder(name), name)
        self._opened(None)
        return project

    def _opened(self, run: RunFolder | None) -> None:
        self.withdraw_error()
        self.studio.training.forget()
        self.imports.newest = None
        self._look_at(run)
        self._pictures = None
        self.project_changed.emit(self.project)
        self.run_changed.emit(run)

    def _look_at(self, run: RunFolder | None) -> None:
        self._run = run
        self.studio.following.watch(run)

    def give_up_project(self) -> None:
        """Close the open project and remove its folder: nothing ever came into it."""
        project = self.project
        if project is None:
            return
        self.studio.projects.close()
        self.studio.settings.forget_project(project.path)
        shutil.rmtree(project.path, ignore_errors=True)
        self._opened(None)

    def announce_project(self) -> None:
        """Tell everybody that the project's name or pictures changed on the disk."""
        self._pictures = None
        self.project_changed.emit(self.project)

    def choose_run(self, run: RunFolder | None) -> None:
        """Look at another run."""
        same = (run.path if run else None) == (self._run.path if self._run else None)
        if not same:
            self._look_at(run)
            self.run_changed.emit(run)

    # -- what others do with the project --------------------------------------------------------

    @property
    def trainer(self) -> Holder | None:
        """Who trains the run that is looked at, if that is another process."""
        return self.studio.following.trainer_of(self._run)

    @property
    def barred(self) -> str:
        """Why training cannot be started here right now, in words; empty if it can."""
        trainer = self.trainer
        return self.held if trainer is None else trained_by(trainer)

    @property
    def held(self) -> str:
        """Why nothing of the project can be changed here, in words; empty if it can."""
        return held_by(self.studio.following.opener) if self.studio.projects.read_only else ""

    def take_news(self, news: RunNews) -> None:
        """Another process wrote to the project: follow it into a run that it began."""
        if news.others_changed:
            self.announce_project()
        if news.begun is not None:
            self.choose_run(RunFolder(news.begun))
            self.runs_changed.emit()
        self.news_came.emit(news)

    @property
    def plan(self) -> TrainingPlan:
        """What the next new run shall be like."""
        return self.project.info().plan if self.project else TrainingPlan()

    def set_plan(self, **changes: object) -> None:
        """Change what the next new run shall be like; errors become a card."""
        project = self.project
        if project is None or self.studio.projects.read_only:
            return
        before = self.plan
        plan = TrainingPlan.model_validate(before.model_dump() | changes)
        if plan == before:
            return
        try:
            self.studio.projects.set_plan(plan)
        except UserError as error:
            self.show_error(error)
        self.plan_changed.emit()

    # -- what the window does for everybody -------------------------------------------------------

    def go_to(self, page: str) -> None:
        """Show a page by its key in `pages.registry`."""
        self.page_wanted.emit(page)

    def explore_seed(self, seed: int) -> None:
        """Show the Explore page at a seed."""
        self.go_to("explore")
        self.seed_wanted.emit(seed)

    def explore_best(self) -> None:
        """Show the Explore page at the best moment of the run, also while it trains."""
        self.go_to("explore")
        self.best_wanted.emit()

    def show_tournament(self, *runs: Path) -> None:
        """Show the Judge page's tournament, with moments of these runs ticked."""
        self.go_to("judge")
        self.tournament_wanted.emit(runs)

    def toast(self, text: str, undo: Callable[[], None] | None = None) -> None:
        """Say something for six seconds, with Undo where there is something to undo."""
        self.toast_wanted.emit(text, undo)

    def show_error(self, error: UserError) -> None:
        """Show an error as a card over the stage until it is dismissed or withdrawn."""
        logger.info("shown: %s", error)
        self.error_raised.emit(error)

    def withdraw_error(self) -> None:
        """Take the error card away: what it said is no longer so."""
        self.error_withdrawn.emit()

    def ask_path_to_save(self, title: str, suggested: str, kinds: str) -> Path | None:
        """Ask where to save; None if the person changed their mind.

        Args:
            title: Of the file dialog.
            suggested: A file's name; it is offered in the project's `exports` folder.
            kinds: Qt's filter, e.g. "PNG picture (*.png)".
        """
        folder = self.project.exports_path if self.project else Path.home()
        return file_dialogs.ask_path_to_save(title, folder, suggested, kinds)

    # -- training: one place for menu, shortcuts and pages ----------------------------------------

    def start_training(
        self,
        fresh: bool = False,
        images: int | None = None,
        minutes: float | None = None,
        endless: bool = False,
        seed: int | None = None,
    ) -> None:
        """Go on with the run that is looked at, or start a new one, and show the Train page.

        A new run starts when there is none, when `fresh` asks for it, and when the pictures, their
        size, the recipe or the network size are no longer those of the run.

        Args:
            fresh: Begin from noise in any case.
            images: Stop this time at so many pictures seen in all.
            minutes: Stop this time after so long.
            endless: Go on until a person says stop.
            seed: For a new run; None draws one.
        """
        project = self.project
        if project is None or "start" not in self.studio.training.actions:
            return
        if self.studio.projects.read_only or (self.trainer is not None and not fresh):
            return
        self.withdraw_error()
        self.go_to("train")
        try:
            run = None if fresh else self.run_to_go_on()
            plan = self.plan
            endless = endless or (run is None and plan.endless)
            self.studio.training.start(
                project,
                StartRequest(
                    fresh=run is None,
                    run=run.path if run else None,
                    images=images,
                    minutes=minutes,
                    endless=endless,
                    seed=seed,
                    horizon_minutes=plan.minutes,
                    horizon_images=plan.images,
                ),
            )
        except UserError as error:
            self.show_error(error)

    def run_to_go_on(self) -> RunFolder | None:
        """The run that Start would go on with; None where it would begin a new one."""
        run = self.run
        return run if run is not None and fits(run, self.pictures, self.plan) else None

    def pause_training(self) -> None:
        """Rest at the next step, with everything saved."""
        if "pause" in self.studio.training.actions:
            self.studio.training.pause()

    def resume_training(self) -> None:
        """Go on after a pause."""
        if "resume" in self.studio.training.actions:
            self.studio.training.resume()

    def stop_training(self) -> None:
        """End at the next step, with everything saved."""
        if "stop" in self.studio.training.actions:
            self.studio.training.stop()

    def branch(self, images: int, values: Mapping[str, object] | None = None) -> None:
        """Go another way from a moment of the run that is looked at, as a run of its own.

        What trains now is stopped first, with everything saved.

        Args:
            images: The moment; the nearest checkpoint at or before it counts.
            values: Dotted fields of the recipe that are other ones from there on.
        """
        project, run = self.project, self.run
        if project is None or run is None or self.barred:
            return
        self.withdraw_error()
        self.go_to("train")
        request = BranchRequest(run.path, images, values or {})
        self.studio.training.start_when_free(project, StartRequest(branch=request))

    def change_recipe(self, values: Mapping[str, object]) -> None:
        """Change the recipe of the run that trains, from the next step on."""
        try:
            self.studio.training.change(values)
        except UserError as error:
            self.show_error(error)

    def toggle_training(self) -> None:
        """Start, pause or go on: whichever is open now."""
        actions = self.studio.training.actions
        for name, act in (
            ("pause", self.pause_training),
            ("resume", self.resume_training),
            ("start", self.start_training),
        ):
            if name in actions:
                act()
                return
