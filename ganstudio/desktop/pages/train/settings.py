"""Settings: picture size, network size, and when training ends by itself.

They are the plan of the next new run; while a run trains they are shown with a lock. Not
responsible for the rest of the recipe (`more`).
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Slot

from ganstudio.desktop.desk import Desk
from ganstudio.desktop.pages.train.outlook import OutlookBlock
from ganstudio.desktop.pages.train.say import say_strength
from ganstudio.desktop.pages.train.situation import RunFacts, Situation
from ganstudio.desktop.pages.train.until_field import Until, UntilField
from ganstudio.desktop.widgets.choice import Choice
from ganstudio.desktop.widgets.form_row import FormRow
from ganstudio.desktop.widgets.section import Section
from ganstudio.project.numbers import say_count
from ganstudio.project.presets import PRESETS, STRENGTHS
from ganstudio.project.recipe import SIZES

__all__ = ["SettingsSection"]


class SettingsSection(Section):
    """The three settings of the surface."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(QCoreApplication.translate("SettingsSection", "Settings"))
        self._desk = desk
        self._facts: RunFacts | None = None
        self.until_changed = False
        self.size_choice = Choice(self.tr("Picture size"))
        for size in SIZES:
            self.size_choice.addItem("", size)
        self.strength = Choice(self.tr("Network size"))
        for strength in STRENGTHS:
            self.strength.addItem(say_strength(self, strength), strength)
        self.until = UntilField()
        self.outlook = OutlookBlock(desk)
        self._rows = {
            "size": FormRow(
                self.tr("Picture size"),
                self.size_choice,
                self.tr("Width and height. Twice the size takes about four times as long."),
            ),
            "strength": FormRow(
                self.tr("Network size"),
                self.strength,
                self.tr("Larger draws finer and learns slower. (Width of both networks)"),
            ),
            "until": FormRow(
                self.tr("Train until"),
                self.until,
                self.tr("When it ends by itself. You can stop and go on at any time."),
            ),
        }
        for row in self._rows.values():
            self.add(row)
        self.add(self.outlook)
        self.size_choice.activated.connect(self._size_chosen)
        self.strength.activated.connect(self._strength_chosen)
        self.until.changed.connect(self._until_chosen)

    def set_narrow(self, narrow: bool) -> None:
        """Less room for labels."""
        for row in self._rows.values():
            row.set_narrow(narrow)

    def show_plan(self, situation: Situation, facts: RunFacts | None) -> None:
        """Show what the next run will be like, or what the running one is like."""
        self._facts = facts
        plan = self._desk.plan
        framing = self._desk.pictures.framing
        for place, size in enumerate(SIZES):
            self.size_choice.setItemText(place, framing.model_copy(update={"size": size}).pixels)
        self.size_choice.setCurrentIndex(self.size_choice.findData(framing.size))
        self.strength.setCurrentIndex(self.strength.findData(plan.strength))
        if not self.until_changed:
            self.until.set_until(self._planned(situation))
        read_only = self._desk.project is None or self._desk.studio.projects.read_only
        if situation.trains and situation.kind != "preparing" and facts is not None:
            self._lock_to_run(situation, facts)
        elif situation.active or read_only or self._desk.imports.busy:
            self._lock_to_plan(situation)
        else:
            for row in self._rows.values():
                row.set_unlocked()
        self.outlook.show_plan(situation, facts, self.until.until())

    def first_look(self) -> str:
        """When there is something to see of the next run; empty while nobody knows."""
        return self.outlook.first_look(self.until.until())

    def _planned(self, situation: Situation) -> Until:
        """Where it will end: a run that goes on ends where it always meant to."""
        plan = self._desk.plan
        if situation.goes_on and self._facts is not None and not situation.active:
            target = self._facts.info.target
            return Until("pictures", target) if target else Until("endless")
        if plan.endless:
            return Until("endless")
        if plan.minutes is not None:
            return Until("minutes", plan.minutes)
        if plan.images is not None:
            return Until("pictures", plan.images)
        preset = PRESETS.get(plan.preset)
        return Until("pictures", preset.recipe.horizon if preset else 250_000)

    def _lock_to_run(self, situation: Situation, facts: RunFacts) -> None:
        reason = situation.barred or self.tr(
            "Fixed while training. Stop, and a new run can have another one."
        )
        strength = say_strength(self, _strength_of(facts))
        if facts.weights:
            weights = say_count(facts.weights)
            strength = self.tr("{size} \u00b7 {n} weights").format(size=strength, n=weights)
        until = self.tr("I stop it")
        if situation.target:
            until = self.tr("{n} pictures").format(n=say_count(situation.target))
        self._rows["size"].set_locked(facts.recipe.network.pixels, reason)
        self._rows["strength"].set_locked(strength, reason)
        if not situation.barred:
            reason = self.tr("Fixed while training. Stop, choose another end, and go on.")
        self._rows["until"].set_locked(until, reason)

    def _lock_to_plan(self, situation: Situation) -> None:
        if self._desk.project is None:
            reason = self.tr("Choose some pictures first.")
        elif self._desk.barred:
            reason = self._desk.barred
        elif self._desk.imports.busy:
            reason = self.tr("Fixed while pictures are being read.")
        elif situation.kind == "elsewhere":
            reason = self.tr("Fixed while another run trains.")
        else:
            reason = self.tr("Fixed while training.")
        self._rows["size"].set_locked(self.size_choice.currentText(), reason)
        self._rows["strength"].set_locked(self.strength.currentText(), reason)
        self._rows["until"].set_locked(self.until.words(), reason)

    @Slot(int)
    def _size_chosen(self, index: int) -> None:
        framing = self._desk.pictures.framing
        size = self.size_choice.itemData(index)
        if size != framing.size:
            self._desk.imports.reframe(framing.model_copy(update={"size": size}))

    @Slot(int)
    def _strength_chosen(self, index: int) -> None:
        self._desk.set_plan(strength=self.strength.itemData(index))

    @Slot(object)
    def _until_chosen(self, until: Until) -> None:
        self.until_changed = True
        self._desk.set_plan(
            minutes=until.minutes, images=until.images, endless=until.unit == "endless"
        )


def _strength_of(facts: RunFacts) -> str:
    """Which network size a run has: the one whose widths are nearest to its own."""
    preset = PRESETS.get(facts.recipe.name)
    widths = preset.widths.get(facts.recipe.network.size) if preset else None
    if widths is None:
        return "medium"
    factor = facts.recipe.network.width / widths[0]
    return min(STRENGTHS, key=lambda name: abs(STRENGTHS[name] - factor))
