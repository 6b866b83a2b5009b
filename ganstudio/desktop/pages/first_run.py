"""The Pictures page before there are pictures: drop some, or start with a bundled set.

Not responsible for the page with pictures in it (`pictures`), nor for reading them (`imports`).
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ganstudio.desktop.desk import Desk
from ganstudio.desktop.pages.base import NextStep, Page, Width
from ganstudio.desktop.pages.first_run_panel import Computer, EarlierProjects, HowItGoes
from ganstudio.desktop.tokens import Size
from ganstudio.desktop.widgets.bundle_card import BundleCard
from ganstudio.desktop.widgets.drop_zone import DropZone
from ganstudio.desktop.widgets.label import Label
from ganstudio.project.folder import Project
from ganstudio.project.numbers import say_duration
from ganstudio.project.presets import recipe_for
from ganstudio.studio.events import EngineFailed, EngineLoaded, SpeedMeasured
from ganstudio.studio.pictures import Bundle

__all__ = ["FirstRunPage"]

#: What suits every computer, and what suits a GPU better.
_ON_CPU, _ON_GPU = "pixel-avatars", "open-peeps"
#: Faces or horses are told apart after about so many pictures seen (seen in runs, a rough figure).
_FIRST_FACES = 12_000


class FirstRunPage(Page):
    """Welcome."""

    key = "first-run"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, self.tr("Welcome to GAN Studio"), self.tr("Start with pictures."))
        self._bundles = {bundle.name: bundle for bundle in self.studio.pictures.bundles()}
        self._chosen = _ON_CPU
        self._chosen_by_hand = False
        self._build_stage()
        self._build_panel()
        self._choose(self._chosen)
        self._follow_engine()
        self._write_lines()
        self.project_changed(desk.project)
        self._later = QTimer(self, interval=0, singleShot=True)
        self._later.timeout.connect(self._fill_cards)
        self._filled = False

    # -- building ---------------------------------------------------------------------------------

    def _build_stage(self) -> None:
        self.drop = DropZone(
            self.tr("What shall it learn?"),
            self.tr(
                "Drop a folder, a ZIP or some pictures here. 100 or more of one kind work best."
            ),
        )
        self.folder_button = self.drop.add_button(
            self.tr("Choose a folder"), "folder", self.tr("Learn from every picture in a folder.")
        )
        self.zip_button = self.drop.add_button(
            self.tr("Choose a ZIP"), "", self.tr("Learn from a ZIP, or from single pictures.")
        )
        self.folder_button.clicked.connect(partial(self._ask_for, "add-folder"))
        self.zip_button.clicked.connect(partial(self._ask_for, "add-pictures"))
        self.drop.dropped.connect(self._dropped)
        title = QHBoxLayout()
        title.setSpacing(8)
        title.addWidget(Label(self.tr("Or start with a bundled set"), "finding"))
        quiet = Label(self.tr("already on this computer, free to use"), "body", "text_quiet")
        title.addWidget(quiet)
        title.addStretch(1)
        self.cards = {
            bundle.name: BundleCard(bundle.name, bundle.title) for bundle in self._bundles.values()
        }
        row = QHBoxLayout()
        row.setSpacing(16)
        for card in self.cards.values():
            card.chosen.connect(self._choose_by_hand)
            row.addWidget(card)
        self.stage_layout.setSpacing(0)
        self.stage_layout.addWidget(self.drop, 1)
        self.stage_layout.addSpacing(22)
        self.stage_layout.addLayout(title)
        self.stage_layout.addSpacing(12)
        self.stage_layout.addLayout(row)
        self._below = QWidget()
        self.stage_layout.addWidget(self._below)

    def _build_panel(self) -> None:
        self.computer = Computer(self.studio)
        self.earlier = EarlierProjects(self.studio.projects.recent)
        self.earlier.chosen.connect(self._open)
        for part in (HowItGoes(), self.computer, self.earlier):
            self.panel.add(part)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Reading twelve pictures of each ZIP takes a moment: the window shows first."""
        super().paintEvent(event)
        if not self._filled:
            self._filled = True
            self._later.start()

    @Slot()
    def _fill_cards(self) -> None:
        for name, card in self.cards.items():
            card.set_thumbnails(self.studio.pictures.bundle_preview(name, 12))

    # -- choosing ---------------------------------------------------------------------------------

    def _choose(self, name: str) -> None:
        self._chosen = name
        for key, card in self.cards.items():
            card.set_chosen(key == name)
        self._choose_step()

    @Slot(str)
    def _choose_by_hand(self, name: str) -> None:
        self._chosen_by_hand = True
        self._choose(name)

    def _choose_step(self) -> None:
        bundle = self._bundles[self._chosen]
        text = self.tr("Train the {title} demo").format(title=bundle.title)
        hint = self.tr("You can pause, stop and go on at any time.")
        usable = not self.studio.projects.read_only
        self.set_next_step(NextStep(text, hint, self._train, enabled=usable))

    def _train(self) -> None:
        self.desk.imports.add([self._bundles[self._chosen].source], then_train=True)

    def _ask_for(self, command: str) -> None:
        self.desk.command_wanted.emit(command)

    @Slot(list)
    def _dropped(self, paths: list[str]) -> None:
        self.desk.dropped.emit([Path(path) for path in paths])

    @Slot(object)
    def _open(self, path: Path) -> None:
        self.desk.project_wanted.emit(path)

    # -- what this computer can do ----------------------------------------------------------------

    def _follow_engine(self) -> None:
        """A GPU makes the larger set the better start; a person's own choice stands."""
        report = self.studio.machine.report
        if report is not None and report.has_gpu and not self._chosen_by_hand:
            self._choose(_ON_GPU)

    def _write_lines(self) -> None:
        for name, bundle in self._bundles.items():
            facts = self.tr("{n} pictures, {size} × {size}, {what}").format(
                n=f"{bundle.count:,}", size=bundle.size, what=bundle.description
            )
            self.cards[name].set_lines([facts, self._forecast(bundle)])

    def _forecast(self, bundle: Bundle) -> str:
        loaded = self.studio.machine.report is not None
        recipe = recipe_for(size=bundle.size, pictures=bundle.count)
        speed = self.studio.speeds.measure(recipe) if loaded else None
        if speed is None or speed.images_per_s <= 0:
            return self.tr("Measuring this computer ...")
        time = say_duration(max(60, 60 * round(_FIRST_FACES / speed.images_per_s / 60)))
        return self.tr("First {what} in about {time}").format(what=bundle.subject, time=time)

    # -- hooks ------------------------------------------------------------------------------------

    def on_event(self, event: object) -> None:
        """The engine knows the device; then the probe knows the speed."""
        if isinstance(event, EngineLoaded):
            self._follow_engine()
        if isinstance(event, EngineLoaded | EngineFailed | SpeedMeasured):
            self.computer.refresh()
            self._write_lines()

    def entered(self) -> None:
        """Earlier projects may have come or gone."""
        self.earlier.refresh()
        self.computer.refresh()

    def project_changed(self, project: Project | None) -> None:
        """With an empty project open the welcome is over; the question stays."""
        self.head.set_title(project.info().name if project else self.tr("Welcome to GAN Studio"))
        self._choose_step()

    def main_widget(self) -> QWidget:
        """The first button."""
        return self.folder_button

    def narrow(self, width: Width) -> None:
        """Less height: the large icon goes."""
        self.drop.set_compact(width == "narrow")
        self._below.setFixedHeight({"wide": 40, "medium": 12, "narrow": 0}[width])
        self.stage_layout.setSpacing(0 if width != "narrow" else Size.TILE_GAP)
