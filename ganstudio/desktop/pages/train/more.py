"""More: the rest of the recipe, folded away - preset, learning speed, batch, augmentation, seed.

Not responsible for the three settings of the surface (`settings`).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QCoreApplication, Slot
from PySide6.QtWidgets import QLineEdit

from ganstudio.desktop import theme
from ganstudio.desktop.desk import Desk
from ganstudio.desktop.pages.train.recipe_values import (
    Value,
    augmentation,
    augmentation_of,
    changed_values,
    learning_speed,
    planned_recipe,
    shown_preset,
)
from ganstudio.desktop.pages.train.situation import RunFacts, Situation
from ganstudio.desktop.pages.train.watching import PlacesChoice, RhythmChoice
from ganstudio.desktop.tokens import Size
from ganstudio.desktop.widgets.choice import CheckBox, Choice
from ganstudio.desktop.widgets.form_row import FormRow
from ganstudio.desktop.widgets.label import Label
from ganstudio.desktop.widgets.section import Section
from ganstudio.project.changes import changed_recipe
from ganstudio.project.errors import UserError
from ganstudio.project.presets import PRESETS
from ganstudio.project.recipe import Recipe
from ganstudio.studio.models import beginnings

__all__ = ["MoreSection"]

_BATCHES = (16, 32, 64, 128, 256)
_SEEDS = 2**31


class MoreSection(Section):
    """Controls write into the project's plan, or change the recipe of the run that trains."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            QCoreApplication.translate("MoreSection", "More"),
            QCoreApplication.translate("MoreSection", "Recipe, learning speed"),
            opened=False,
        )
        self._desk = desk
        self._running: Recipe | None = None
        self._offers: dict[str, str] = {}
        self.preset = Choice(self.tr("Recipe"))
        for key, preset in PRESETS.items():
            self.preset.addItem(preset.title, key)
        self.source = Choice(self.tr("Start from"))
        self.speed = self._field(self.tr("Learning speed"))
        self.batch = Choice(self.tr("Pictures a step"))
        for size in _BATCHES:
            self.batch.addItem(str(size), size)
        self.augment = Choice(self.tr("Augmentation"))
        for key, words in (
            ("none", self.tr("None")),
            ("move", self.tr("Shift and cut out")),
            ("all", self.tr("Shift, cut, colour")),
        ):
            self.augment.addItem(words, key)
        self.mirror = CheckBox(
            self.tr("Mirrored too"),
            self.tr("Your pictures may also be seen mirrored. (Horizontal flip)"),
        )
        self.places, self.rhythm = PlacesChoice(), RhythmChoice()
        self.seed = self._field(self.tr("Seed"))
        self.seed.setPlaceholderText(self.tr("drawn anew"))
        self.device = Label("", "small", "text_quiet", wrap=True)
        self._rows = self._make_rows()
        for row in self._rows.values():
            self.add(row)
        self.body.addSpacing(4)
        self.add(self.device)
        self._connect()

    def set_narrow(self, narrow: bool) -> None:
        """Less room for labels."""
        for row in self._rows.values():
            row.set_narrow(narrow)

    def chosen_seed(self) -> int | None:
        """The seed a person typed; None draws one."""
        text = self.seed.text().strip()
        return int(text) if text.isdecimal() and int(text) < _SEEDS else None

    def show_plan(self, situation: Situation, facts: RunFacts | None) -> None:
        """Show the recipe of the next run, or that of the one that trains."""
        self.device.setText(self._device_words(facts if situation.active else None))
        self.device.setVisible(bool(self.device.text()))
        self._running = None
        if situation.trains and facts is not None:
            self._show_run(situation, facts)
            return
        plan = self._desk.plan
        recipe = planned_recipe(plan, self._desk.pictures)
        self._write(recipe)
        self._offer_beginnings(recipe, plan.source)
        self.preset.setCurrentIndex(self.preset.findData(plan.preset))
        chosen = PRESETS.get(plan.preset)
        self.preset.setToolTip(chosen.why if chosen else "")
        if self._desk.project is None or self._desk.studio.projects.read_only or situation.active:
            self._lock(self.tr("Cannot be changed now."), self.seed.text())
            return
        for row in self._rows.values():
            row.set_unlocked()

    def _show_run(self, situation: Situation, facts: RunFacts) -> None:
        """Its own recipe; what is a number of the next step alone can be another one."""
        self._write(facts.recipe)
        reason = self.tr("Fixed for this run. A new run can have another one.")
        self._lock(reason, str(facts.info.seed))
        if situation.kind in ("running", "paused"):
            self._running = facts.recipe
            for key in ("speed", "augment", "places", "rhythm"):
                self._rows[key].set_unlocked()

    def _offer_beginnings(self, recipe: Recipe, chosen: str) -> None:
        """What fits the recipe and the size; another beginning that was chosen is no more."""
        project = self._desk.project
        offers = {"": self.tr("Nothing")}
        if project is not None:
            offers |= beginnings(project, recipe.network)
        if offers != self._offers:
            self._offers = offers
            self.source.clear()
            for key, words in offers.items():
                self.source.addItem(words, key)
        self.source.setCurrentIndex(max(0, self.source.findData(chosen)))

    def _make_rows(self) -> dict[str, FormRow]:
        return {
            "preset": FormRow(
                self.tr("Recipe"),
                self.preset,
                self.tr("Networks, loss and numbers that go well together. (Preset)"),
            ),
            "source": FormRow(
                self.tr("Start from"),
                self.source,
                self.tr(
                    "What the networks know when training begins: nothing, or what they learned "
                    "before. (Transfer learning)"
                ),
            ),
            "speed": FormRow(
                self.tr("Learning speed"),
                self.speed,
                self.tr("How large each step is, at the start. (Learning rate)"),
            ),
            "batch": FormRow(
                self.tr("Pictures a step"),
                self.batch,
                self.tr("How many pictures are looked at in one step. (Batch size)"),
            ),
            "augment": FormRow(
                self.tr("Augmentation"),
                self.augment,
                self.tr(
                    "Changes every picture a little, so that few pictures last longer. "
                    "(DiffAugment)"
                ),
            ),
            "mirror": FormRow("", self.mirror),
            "places": self.places.row(),
            "rhythm": self.rhythm.row(),
            "seed": FormRow(
                self.tr("Seed"),
                self.seed,
                self.tr("The same seed begins from the same noise. Empty draws a new one."),
            ),
        }

    def _field(self, name: str) -> QLineEdit:
        field = QLineEdit()
        field.setFont(theme.font("body"))
        field.setFixedHeight(Size.FIELD)
        field.setProperty("focusRing", False)
        field.setAccessibleName(name)
        return field

    def _connect(self) -> None:
        self.preset.activated.connect(self._preset_chosen)
        self.source.activated.connect(
            lambda index: self._desk.set_plan(source=self.source.itemData(index))
        )
        self.speed.editingFinished.connect(self._speed_typed)
        self.batch.activated.connect(
            lambda index: self._change({"batch_size": self.batch.itemData(index)})
        )
        self.augment.activated.connect(self._augment_chosen)
        for watching in (self.places, self.rhythm):
            watching.activated.connect(partial(self._watch_chosen, watching))
        self.mirror.clicked.connect(lambda on: self._change({"augment.flip": bool(on)}))

    def _write(self, recipe: Recipe) -> None:
        self.preset.setCurrentIndex(self.preset.findData(recipe.name))
        self.speed.setText(f"{recipe.optimizer.lr:g}")
        if self.batch.findData(recipe.batch_size) < 0:
            self.batch.addItem(str(recipe.batch_size), recipe.batch_size)
        self.batch.setCurrentIndex(self.batch.findData(recipe.batch_size))
        self.augment.setCurrentIndex(self.augment.findData(augmentation_of(recipe)))
        self.mirror.setChecked(recipe.augment.flip)
        self.places.show_recipe(recipe)
        self.rhythm.show_recipe(recipe)

    def _lock(self, reason: str, seed: str) -> None:
        words = {
            "preset": self.preset.currentText(),
            "source": self.source.currentText(),
            "speed": self.speed.text(),
            "batch": self.batch.currentText(),
            "augment": self.augment.currentText(),
            "mirror": self.tr("Mirrored too")
            if self.mirror.isChecked()
            else self.tr("As they are"),
            "places": self.places.currentText(),
            "rhythm": self.rhythm.currentText(),
            "seed": seed,
        }
        for key, row in self._rows.items():
            row.set_locked(words[key], reason)

    def _device_words(self, facts: RunFacts | None) -> str:
        if facts is not None and facts.info.device_reason:
            return facts.info.device_reason
        report = self._desk.studio.machine.report
        return report.reason if report is not None else ""

    def _recipe(self) -> Recipe:
        """What is shown: of the run that trains, or of the next one."""
        return self._running or planned_recipe(self._desk.plan, self._desk.pictures)

    def _change(self, changes: Mapping[str, Value]) -> None:
        """Change what is shown; what the recipe refuses is shown as it was."""
        plan = self._desk.plan
        try:
            if self._running is not None:
                changed_recipe(self._running, changes)
                self._desk.change_recipe(changes)
            else:
                base = shown_preset(plan, self._desk.pictures)
                self._desk.set_plan(values=changed_values(plan, base, changes))
        except UserError:
            self._write(self._recipe())

    @Slot(int)
    def _preset_chosen(self, index: int) -> None:
        # Numbers that were right for one recipe are rarely right for another.
        self._desk.set_plan(preset=self.preset.itemData(index), values={}, source="")

    @Slot()
    def _speed_typed(self) -> None:
        recipe = self._recipe()
        try:
            lr = float(self.speed.text().replace(",", "."))
        except ValueError:
            self._write(recipe)
            return
        if lr != recipe.optimizer.lr:
            self._change(learning_speed(recipe, lr))

    def _watch_chosen(self, choice: PlacesChoice | RhythmChoice, index: int) -> None:
        self._change(choice.values(index))

    @Slot(int)
    def _augment_chosen(self, index: int) -> None:
        self._change(augmentation(self._recipe(), self.augment.itemData(index)))
