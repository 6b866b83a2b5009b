"""The Explore page: which generator draws, which view is seen, what is the next step.

Not responsible for drawing (`studio.explorer`), for what the hand does (`hand`) and what is shown
of it (`showing`), nor for the parts of stage and panel.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from ganstudio.desktop.desk import Desk
from ganstudio.desktop.fine_picture import FinePicture
from ganstudio.desktop.hold_key import HoldKey
from ganstudio.desktop.pages.base import Page, Width
from ganstudio.desktop.pages.explore.before import Before
from ganstudio.desktop.pages.explore.breed import BreedView
from ganstudio.desktop.pages.explore.coming_back import ComingBack
from ganstudio.desktop.pages.explore.directions import DirectionsSection
from ganstudio.desktop.pages.explore.diversity import DiversityBlock
from ganstudio.desktop.pages.explore.favourites import Favourites
from ganstudio.desktop.pages.explore.favourites_row import FavouritesRow
from ganstudio.desktop.pages.explore.hand import Hand
from ganstudio.desktop.pages.explore.inside_view import InsideView
from ganstudio.desktop.pages.explore.landing import Landing
from ganstudio.desktop.pages.explore.map_view import MapView
from ganstudio.desktop.pages.explore.mix_view import MixView
from ganstudio.desktop.pages.explore.saving import SavingSection
from ganstudio.desktop.pages.explore.showing import Showing
from ganstudio.desktop.pages.explore.source import Source
from ganstudio.desktop.pages.explore.stage import ExploreStage
from ganstudio.desktop.pages.explore.steps import Steps
from ganstudio.desktop.pages.explore.surroundings import Surroundings
from ganstudio.desktop.pages.explore.taking import Taking
from ganstudio.desktop.pages.explore.view_tools import ViewTools
from ganstudio.desktop.pages.explore.views import View, Views
from ganstudio.desktop.pages.explore.walk import Walk
from ganstudio.desktop.pages.explore.where import WhereSection
from ganstudio.desktop.second_screen import SecondScreen
from ganstudio.desktop.widgets.painting import SHARP_LIMIT
from ganstudio.project.runs import RunFolder
from ganstudio.studio.events import (
    AmountTold,
    DirectionMade,
    DirectionsChecked,
    DirectionsFound,
    ModelFailed,
    ModelOpened,
    PlaceAtMoment,
    RunNews,
    Saved,
)

__all__ = ["VIEWS", "ExplorePage"]

#: What there is beside the picture, in the order of the head.
VIEWS: tuple[type[View], ...] = (BreedView, MapView, MixView, InsideView)


class ExplorePage(Page):
    """Walk through everything it can draw."""

    key = "explore"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "", "")
        self.head.set_title(self.tr("Explore"))
        self.walk = Walk(self.studio.explorer, self.undo_stack, self)
        self.body = ExploreStage()
        self.stage_layout.addWidget(self.body)
        self.canvas = self.body.canvas
        self.where = WhereSection(self.walk)
        self.diversity = DiversityBlock(self.walk, self.studio.explorer)
        self.directions = DirectionsSection(self.walk, desk)
        self.saving = SavingSection()
        for section in (self.where, self.diversity, self.directions, self.saving):
            self.panel.add(section)
        self.around = Surroundings(self.walk, self.studio.explorer, self.body, self.where.pad)
        views = [view(self.walk, self.studio.explorer) for view in VIEWS]
        self.views = Views(self.head, self.body, views, self)
        self.tools = ViewTools(self.head, self.canvas)
        self.source = Source(desk, self)
        self.favourites = Favourites(desk, self.walk, self.source)
        self.before = Before(self.walk, self.favourites)
        self.favourites_row = FavouritesRow(self.favourites, self.before, self.studio.explorer)
        self.body.add_favourites(self.favourites_row)
        self.landing = Landing(desk, self.walk, self.favourites)
        self.second = SecondScreen(self, self.studio.pools.files)
        self.hold_key = HoldKey(Qt.Key.Key_B, self)
        FinePicture(self.canvas, self.studio.pools.files)
        self.steps = Steps(self)
        self.taking = Taking(desk, self.walk, self.saving)
        self.coming_back = ComingBack(self.studio, self.walk)
        self.hand = Hand(desk, self.walk, self.body)
        self.installEventFilter(self.hand)
        self.showing = Showing(
            self.walk, self.canvas, self.source, self.tools, self.before, self.second
        )
        self._connect()
        self._offer_favourites()
        self.source.look(self.visible_page)

    def _connect(self) -> None:
        body = self.body
        self.hand.play_asked.connect(self.where.play.click)
        self.hand.back_asked.connect(self.where.back.click)
        self.where.through_time.clicked.connect(self.steps.show_times)
        self.where.surprise_asked.connect(self.hand.surprise)
        self.directions.find_asked.connect(self._find_directions)
        self.saving.changed.connect(self._refresh)
        body.undo.clicked.connect(self.undo_stack.undo)
        body.redo.clicked.connect(self.undo_stack.redo)
        self.tools.hold_toggled.connect(self._hold)
        self.tools.back_asked.connect(self.source.back_to_run)
        self.views.changed.connect(self._view_changed)
        self.views.failed.connect(self.desk.show_error)
        self.source.closed.connect(self._closed)
        self.saving.copy_button.clicked.connect(self.taking.copy)
        self.saving.save_button.clicked.connect(self.taking.save)
        self.favourites.changed.connect(self._refresh)
        self.favourites.changed.connect(self._offer_favourites)
        self.favourites_row.all_asked.connect(self.steps.show_all)
        self.favourites_row.loop_asked.connect(self.steps.make_loop)
        self.walk.path_changed.connect(self._step_taken)
        self.showing.first.connect(self._refresh)
        self.showing.changed.connect(self.outlook_changed)
        self.before.changed.connect(self.outlook_changed)
        self.hold_key.held.connect(self.before.hold)
        self.second.opened.connect(self.hand.lead)
        self.second.opened.connect(self.hold_key.listen_in)
        self.second.changed.connect(self._picture_changed)
        self.desk.best_wanted.connect(self.source.open_best)

    @property
    def foot_height(self) -> int:
        """A toast does not lie over the path."""
        return self.body.path_height

    # -- hooks ------------------------------------------------------------------------------------

    def entered(self) -> None:
        """Draw with the newest there is."""
        self.around.active = True
        self.source.look(self.visible_page)
        self.around.ask()
        self.views.set_seen(True)
        self.walk.renew()
        self._picture_changed()
        self.hold_key.listen(True)

    def left(self) -> None:
        """The pictures around are not needed while nobody looks."""
        self.around.active = False
        self.coming_back.remember()
        self.where.wander.pause()
        self.views.set_seen(False)
        self.hold_key.listen(False)
        self.before.hold(False)

    def on_explorer(self) -> None:
        """Pictures wait."""
        self.walk.collect()

    def on_event(self, event: object) -> None:
        """Another generator, its directions, pictures that were saved or copied."""
        if isinstance(event, ModelOpened):
            self._model_opened(event)
        elif isinstance(event, DirectionsFound):
            self.directions.refresh()
        elif isinstance(event, DirectionMade):
            self.directions.tools.take_made(event)
        elif isinstance(event, AmountTold):
            self.directions.drops.take_told(event)
        elif isinstance(event, PlaceAtMoment) and self.steps.times is not None:
            self.steps.times.take(event)
        elif isinstance(event, DirectionsChecked):
            self.studio.directions.take_fit(event)
            self.directions.show_rows()
        elif isinstance(event, ModelFailed):
            self.desk.show_error(event.error)
            self.source.failed(broken=event.error.code == "explorer-bug")
            self._refresh()
        elif isinstance(event, (Saved, RunNews)) and not self.source.is_open:
            self.source.look(self.visible_page)
        self.taking.on_event(event)

    def run_changed(self, run: RunFolder | None) -> None:
        """Another run is looked at: draw with that one."""
        self.source.run_changed(self.visible_page)

    def state_changed(self, state: object) -> None:
        """Training began or ended: there is a live version now, or none any more."""
        self.source.look(self.visible_page)
        self._refresh()

    def narrow(self, width: Width) -> None:
        """Another width class."""
        self.body.set_width_class(width)
        self.views.narrow(width)
        self.tools.set_width_class(width)
        self.where.set_narrow(width == "narrow")
        self.directions.set_narrow(width == "narrow")
        self.diversity.row.set_narrow(width == "narrow")
        self.saving.set_narrow(width == "narrow")
        self.steps.set_narrow(width == "narrow")

    def main_widget(self) -> QWidget:
        """The picture, or what another view has in its place."""
        return self.views.main_widget()

    def view_titles(self) -> tuple[str, ...]:
        """The picture, and the other views."""
        return self.views.titles

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """What can be done with the picture right now."""
        if self.walk.model is None:
            return {}
        possible: dict[str, Callable[[], None]] = {
            "save-picture": self.taking.save,
            "copy-picture": self.taking.copy,
            "surprise": self.hand.surprise,
            "small-jump": self.hand.small_jump,
            "reset-control": self._reset_control,
            "reset-all": self.directions.reset,
            "lock-control": self._lock_control,
            "wander": self.where.wander.toggle,
            "larger": lambda: self.tools.larger(1),
            "smaller": lambda: self.tools.larger(-1),
            "fit": lambda: self.tools.choose("fit"),
            "save-place": self.taking.save_place,
            "open-place": self.landing.ask,
            "second-screen": self.second.toggle,
            **self.steps.commands(),
        }
        if not self.before.why_not:
            possible["show-before"] = self.before.toggle
        if self.source.is_live:
            possible["hold-version"] = self.tools.hold.click
        return {**possible, **self.views.commands()}

    def reasons(self) -> Mapping[str, str]:
        """Why there is nothing to compare with, if there is not."""
        why = self.before.why_not if self.walk.model is not None else ""
        return {"show-before": why} if why else {}

    def checked_commands(self) -> frozenset[str]:
        """Which view is seen, what is held, shown from before, or has a screen of its own."""
        on = {
            "hold-version": self.tools.held,
            "show-before": self.before.held,
            "second-screen": self.second.is_open,
        }
        return frozenset(key for key, is_on in on.items() if is_on) | self.views.checked()

    @Slot()
    def _offer_favourites(self) -> None:
        self.views.offer_favourites(self.favourites.offered())

    # -- which generator draws ---

    def open_file(self, path: Path) -> None:
        """Explore a model file that was dropped or chosen."""
        self.source.open_file(path)

    @Slot()
    def _closed(self) -> None:
        """Nothing to explore."""
        self.where.wander.pause()
        self.walk.forget_model()
        self.directions.forget()
        self.around.forget()
        self.views.model_changed()
        self.showing.forget()
        self.favourites.model_opened()
        self._refresh()

    def _model_opened(self, model: ModelOpened) -> None:
        before = self.walk.model
        self.source.opened()
        self.walk.model_opened(model)
        self.around.forget_path()
        self.views.model_changed(self.source.folder)
        self.coming_back.opened(self.source.folder)
        self.directions.forget()
        height, width, _ = model.shape
        self.saving.set_size(width, height)
        self.where.show_kinds(model.kinds)
        self.before.forget()
        if before is None or before.shape != model.shape:
            self.tools.show_sharp(min(width, height) <= SHARP_LIMIT)
            self.canvas.set_sharp(None)
        self.favourites.model_opened()
        self.walk.collect()  # its first picture may be there already

    @Slot()
    def _step_taken(self) -> None:
        """What is next depends on whether this place is kept."""
        self.favourites_row.follow()
        if self.walk.model is not None:
            self.set_next_step(self.steps.step())

    @Slot()
    def _refresh(self) -> None:
        """Bring head, panel, badge and amber button in step."""
        model = self.walk.model
        ready = model is not None
        for widget in (self.where, self.diversity, self.body.nearby):
            widget.setEnabled(ready)
        self.panel.set_beside(self.steps.beside() if ready else None)
        self.favourites_row.refresh()
        self.favourites_row.set_can_loop(self.steps.can_loop)
        self.saving.setVisible(ready)
        self.where.through_time.setVisible(self.steps.has_times)
        self.body.set_path_shown(ready)
        self.views.set_ready(ready)
        self.tools.set_ready(ready)
        self.tools.set_live(self.source.is_live)
        is_file = self.source.file is not None and self.desk.run is not None
        self.tools.set_back(is_file, self.source.is_kept)
        self.directions.find_button.setVisible(self.source.is_live)
        if not ready:
            self._show_nothing()
        else:
            view = self.views.current
            if view is None:  # on the picture the badge says whose model draws
                self.head.set_sentence(
                    self.tr("Drag on the picture to walk."), self.tr("Drag to walk.")
                )
            else:
                whose = self.source.words
                sentence = f"{whose}. {view.sentence}" if whose else view.sentence
                self.head.set_sentence(sentence, view.sentence)
            self.set_next_step(self.steps.step())
        self.showing.write_badge()
        self.outlook_changed.emit()

    def _show_nothing(self) -> None:
        """Noise, and the way out of it."""
        self.showing.show_noise()
        sentence, step = self.steps.without_model()
        self.head.set_sentence(sentence)
        self.set_next_step(step)

    # -- what is chosen ---

    def _reset_control(self) -> None:
        index = self.directions.focused()
        if index is not None:
            self.directions.rows[index].reset()
        elif self.diversity.row.hasFocus() or self.diversity.isAncestorOf(self.focusWidget()):
            self.diversity.row.reset()

    def _lock_control(self) -> None:
        index = self.directions.focused()
        if index is not None:
            self.directions.toggle_lock(index)

    @Slot()
    def _view_changed(self) -> None:
        self.where.wander.pause()
        self.around.near_shown = self.views.shows_picture
        self.tools.set_picture_shown(self.views.shows_picture)
        self._picture_changed()
        self.around.ask()
        self.walk.renew()
        self._refresh()

    @Slot()
    def _picture_changed(self) -> None:
        """The picture of the place is seen elsewhere now, or nowhere."""
        picture = self.views.picture
        if picture is not None:
            self.hand.lead(picture)
            self.landing.take_on(picture)
        self.showing.show_on(picture)
        self.outlook_changed.emit()

    @Slot(bool)
    def _hold(self, held: bool) -> None:
        self.studio.explorer.hold(held)
        self.showing.write_badge()
        self.outlook_changed.emit()

    @Slot()
    def _find_directions(self) -> None:
        self.directions.set_note(self.tr("Looking for them"))
        self.studio.explorer.find_again()
