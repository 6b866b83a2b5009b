"""Settings: picture size, network size, and when training ends by itself.

They are the plan of the next new run; while a run trains they are shown with a lock. Not
responsible for the rest of the recipe (`more`).
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Slot
from PySide6.QtWidgets import QWidget

from ganstudio.desktop.desk import Desk
from ganstudio.desktop.pages.train.recipe_values import planned_recipe
from ganstudio.desktop.pages.train.situation import RunFacts, Situation
from ganstudio.desktop.pages.train.until_field import Until, UntilField
from ganstudio.desktop.widgets.choice import Choice
from ganstudio.desktop.widgets.form_row import FormRow
from ganstudio.desktop.widgets.label import Label
from ganstudio.desktop.widgets.section import Section
from ganstudio.project.numbers import say_count, say_duration
from ganstudio.project.presets import PRESETS, STRENGTHS
from ganstudio.project.recipe import SIZES
from ganstudio.studio.speeds import SpeedKey

__all__ = ["SettingsSection", "say_size", "say_strength"]


def say_size(size: int) -> str:
    """A picture size with a real multiplication sign."""
    return f"{size} \u00d7 {size}"


def say_strength(widget: QWidget, strength: str) -> str:
    """A network size in words."""
    words = {
        "small": widget.tr("Small"),
        "medium": widget.tr("Medium"),
        "large": widget.tr("Large"),
    }
    return words.get(strength, strength)


class SettingsSection(Section):
    """The three settings of the surface."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(QCoreApplication.translate("SettingsSection", "Settings"))
        self._desk = desk
        self._facts: RunFacts | None = None
        self.until_changed = False
        self.size_choice = Choice(self.tr("Picture size"))
        for size in SIZES:
            self.size_choice.addItem(say_size(size), size)
        self.strength = Choice(self.tr("Network size"))
        for strength in STRENGTHS:
            self.strength.addItem(say_strength(self, strength), strength)
        self.until = UntilField()
        self.buys = Label("", "small", "text_quiet", wrap=True)
        self._rows = {
            "size": FormRow(
                self.tr("Picture size"),
                self.size_choice,
                self.tr("Pixels a side. Twice the size takes about four times as long."),
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
        self.add(self.buys)
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
        self.size_choice.setCurrentIndex(
            self.size_choice.findData(self._desk.pictures.framing.size)
        )
        self.strength.setCurrentIndex(self.strength.findData(plan.strength))
        if not self.until_changed:
            self.until.set_until(self._planned(situation))
        read_only = self._desk.project is None or self._desk.studio.projects.read_only
        if situation.active and situation.kind != "preparing" and facts is not None:
            self._lock_to_run(situation, facts)
        elif situation.active or read_only or self._desk.imports.busy:
            self._lock_to_plan(situation)
        else:
            for row in self._rows.values():
                row.set_unlocked()
        self._say_what_it_buys(situation)

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
        reason = self.tr("Fixed while training. Stop, and a new run can have another one.")
        strength = say_strength(self, _strength_of(facts))
        if facts.weights:
            weights = say_count(facts.weights)
            strength = self.tr("{size} \u00b7 {n} weights").format(size=strength, n=weights)
        until = self.tr("I stop it")
        if situation.target:
            until = self.tr("{n} pictures").format(n=say_count(situation.target))
        self._rows["size"].set_locked(say_size(facts.recipe.network.size), reason)
        self._rows["strength"].set_locked(strength, reason)
        self._rows["until"].set_locked(
            until, self.tr("Fixed while training. Stop, choose another end, and go on.")
        )

    def _lock_to_plan(self, situation: Situation) -> None:
        if self._desk.project is None:
            reason = self.tr("Choose some pictures first.")
        elif self._desk.studio.projects.read_only:
            reason = self.tr("This project is open elsewhere, so it can only be looked at here.")
        elif self._desk.imports.busy:
            reason = self.tr("Fixed while pictures are being read.")
        elif situation.kind == "elsewhere":
            reason = self.tr("Fixed while another run trains.")
        else:
            reason = self.tr("Fixed while training.")
        self._rows["size"].set_locked(self.size_choice.currentText(), reason)
        self._rows["strength"].set_locked(self.strength.currentText(), reason)
        self._rows["until"].set_locked(self.until.words(), reason)

    def _say_what_it_buys(self, situation: Situation) -> None:
        """Minutes in pictures, pictures in minutes: at the speed that was measured here."""
        until, speed = self.until.until(), self.speed()
        words = ""
        if not situation.active and situation.kind not in ("empty", "finished"):
            words = self.tr("Measuring how fast this computer is.")
            if self._desk.studio.machine.report is None:
                words = self.tr("How far that gets is measured at the start.")
            if until.unit == "endless":
                words = self.tr("It goes on until you press Stop.")
            elif speed and until.minutes is not None:
                count = say_count(_round(until.minutes * 60 * speed))
                words = self.tr("Buys about {n} pictures.").format(n=count)
            elif speed and until.images is not None:
                left = max(0, until.images - (situation.clock if situation.goes_on else 0))
                time = say_duration(left / speed)
                words = self.tr("Takes about {time}.").format(time=time) if left else ""
        self.buys.setText(words)
        self.buys.setVisible(bool(words))

    def speed(self) -> float:
        """Images a second of the next run here; 0 while it is not known.

        A run that was measured with the same networks knows best; otherwise this computer is
        measured behind the window, once, and `SpeedMeasured` tells the end.
        """
        studio, plan = self._desk.studio, self._desk.plan
        size = self._desk.pictures.framing.size
        facts = self._facts
        if facts is not None and facts.info.speed > 0:
            planned = planned_recipe(plan, size, max(1, self._desk.pictures.usable_count))
            if planned.network == facts.recipe.network:
                return facts.info.speed
        if studio.machine.report is None or self._desk.project is None:
            return 0.0
        return studio.speeds.measure(SpeedKey(size, plan.preset, plan.strength)) or 0.0

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


def _round(count: float) -> int:
    """Two digits are all an estimate can promise."""
    unit = 10 ** max(0, len(str(int(count))) - 2)
    return max(1, round(count / unit)) * unit
