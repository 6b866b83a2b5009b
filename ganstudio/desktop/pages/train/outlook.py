"""What the next run will take: time to its end, time to something to see, and memory.

Not responsible for measuring (`studio.speeds`) nor for the settings it follows (`settings`).
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ganstudio.desktop.desk import Desk
from ganstudio.desktop.pages.train.helper import HelperWindow
from ganstudio.desktop.pages.train.recipe_values import planned_recipe
from ganstudio.desktop.pages.train.situation import RunFacts, Situation
from ganstudio.desktop.pages.train.until_field import Until
from ganstudio.desktop.widgets.buttons import Button
from ganstudio.desktop.widgets.icon_label import IconLabel
from ganstudio.desktop.widgets.label import Label
from ganstudio.project.numbers import say_bytes, say_count, say_duration
from ganstudio.project.outlook import Outlook, Speed, outlook
from ganstudio.project.recipe import Recipe

__all__ = ["OutlookBlock", "outlook_sentence"]


def outlook_sentence(seen: Outlook | None) -> str:
    """When there is something to see, in the person's language; empty while nobody knows."""
    if seen is None:
        return ""
    if not seen.good_s:
        text = _say("A first look in about {first}.")
    elif seen.ends_before:
        text = _say("A first look in about {first}; good ones would take about {good}.")
    else:
        text = _say("A first look in about {first}, good in about {good}.")
    first, good = _whole(seen.first_s), _whole(seen.good_s)
    return text.replace("{first}", first).replace("{good}", good)


def _whole(seconds: float) -> str:
    """A duration that is never torn apart at a line's end."""
    return say_duration(seconds).replace(" ", "\u00a0")


class OutlookBlock(QWidget):
    """Quiet lines, a warning where the memory is too small, and help with choosing."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._facts: RunFacts | None = None
        self.buys = Label("", "small", "text_quiet", wrap=True)
        self.memory = Label("", "small", "text_quiet", wrap=True)
        self.warning = IconLabel("warning", 16, "error")
        self.memory.setToolTip(
            self.tr("What networks, optimisers and one step's pictures take, as measured here.")
        )
        self.help = Button(
            self.tr("Help me choose"),
            "link",
            tip=self.tr("Three questions and a measurement fill in the recipe. (Preset)"),
        )
        self.help.clicked.connect(self._open_helper)
        self.helper: HelperWindow | None = None
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.warning, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.memory, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.buys)
        column.addLayout(row)
        column.addWidget(self.help, 0, Qt.AlignmentFlag.AlignLeft)

    def show_plan(self, situation: Situation, facts: RunFacts | None, until: Until) -> None:
        """Say it for these settings; nothing while something trains."""
        self._facts = facts
        waits = not situation.trains and situation.kind not in ("empty", "finished")
        speed = self.speed() if waits else None
        words = self._time_words(situation, until, speed) if waits else ""
        if speed is not None and not situation.goes_on:
            words = f"{words} {outlook_sentence(self._seen(until, speed))}".strip()
        self._write(self.buys, words)
        self._write_memory(speed)
        free = waits or situation.kind == "finished"
        self.help.setVisible(free and not self._desk.studio.projects.read_only)
        if self.helper is not None and self.helper.isVisible():
            self.helper.refresh()

    @Slot()
    def _open_helper(self) -> None:
        """One window of it, whose answers stay."""
        if self.helper is None:
            self.helper = HelperWindow(self._desk, self.window())
        self.helper.refresh()
        self.helper.show()
        self.helper.raise_()
        self.helper.kind.setFocus()

    def first_look(self, until: Until) -> str:
        """When there is something to see of a run that begins now; "" while nobody knows."""
        speed = self.speed()
        seen = self._seen(until, speed) if speed is not None else None
        if seen is None:
            return ""
        return _say("A first look in about {first}.").replace("{first}", _whole(seen.first_s))

    def _seen(self, until: Until, speed: Speed) -> Outlook | None:
        end = until.images
        if until.minutes is not None:
            end = round(until.minutes * 60 * speed.images_per_s)
        return outlook(self._recipe(), speed.images_per_s, end)

    def speed(self) -> Speed | None:
        """Of the next run here; None while it is not known.

        This computer is measured behind the window, once for each choice that matters;
        `SpeedMeasured` tells the end. Until then a run that was measured with the same networks on
        the same device stands in.
        """
        studio, recipe = self._desk.studio, self._recipe()
        if self._desk.project is None:
            return None
        found = studio.speeds.measure(recipe) if studio.machine.report is not None else None
        facts = self._facts
        if found is not None or facts is None or facts.info.speed <= 0:
            return found
        alike = studio.speeds.key(recipe) == studio.speeds.key(facts.recipe)
        wanted = studio.settings.value.device
        here = wanted == "auto" or facts.info.device.startswith(wanted)
        return Speed(facts.info.speed) if alike and here else None

    def _recipe(self) -> Recipe:
        return planned_recipe(self._desk.plan, self._desk.pictures)

    def _time_words(self, situation: Situation, until: Until, speed: Speed | None) -> str:
        """Minutes in pictures, pictures in minutes: at the speed that was measured here."""
        if until.unit == "endless":
            return self.tr("It goes on until you press Stop.")
        if speed is None:
            if self._desk.studio.machine.report is None:
                return self.tr("How far that gets is measured at the start.")
            return self.tr("Measuring this computer.")
        rate = speed.images_per_s
        if rate <= 0:
            return self.tr("This computer could not be measured with these settings.")
        if until.minutes is not None:
            count = say_count(_round(until.minutes * 60 * rate))
            return self.tr("Buys about {n} pictures.").format(n=count)
        left = max(0, (until.images or 0) - (situation.clock if situation.goes_on else 0))
        time = say_duration(left / rate)
        return self.tr("Takes about {time}.").format(time=time) if left else ""

    def _write_memory(self, speed: Speed | None) -> None:
        words, tone = "", "text_quiet"
        if speed is not None and speed.memory_bytes:
            needed, free = say_bytes(speed.memory_bytes), say_bytes(max(0, speed.memory_free))
            if speed.fits:
                text = self.tr("Needs about {needed} of memory.")
            else:
                text, tone = self._too_much(speed), "error"
            words = text.replace("{needed}", needed).replace("{free}", free)
        self.memory.set_tone(tone)
        self._write(self.memory, words)
        self.warning.setVisible(tone == "error")

    def _too_much(self, speed: Speed) -> str:
        text = self.tr("Needs about {needed} of memory, and {free} are free.")
        return f"{text} " + self.tr(
            "Choose a smaller network or picture size, or close other programs. Else it trains "
            "with fewer pictures at a time, slower."
        )

    @staticmethod
    def _write(label: Label, words: str) -> None:
        label.setText(words)
        label.setVisible(bool(words))


def _say(text: str) -> str:
    return QCoreApplication.translate("TrainOutlook", text)


def _round(count: float) -> int:
    """Two digits are all an estimate can promise."""
    unit = 10 ** max(0, len(str(int(count))) - 2)
    return max(1, round(count / unit)) * unit
