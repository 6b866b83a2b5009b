"""The parts of the Pictures page's panel that say what every picture is brought to.

Not responsible for doing it: they tell what a person chose, the page does.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QColorDialog

from ganstudio.desktop.widgets.choice import Choice
from ganstudio.desktop.widgets.form_row import FormRow
from ganstudio.desktop.widgets.label import Label
from ganstudio.desktop.widgets.section import Section
from ganstudio.desktop.widgets.segments import SegmentControl
from ganstudio.project.kinds import shortened
from ganstudio.project.picture_list import FramingSettings
from ganstudio.project.recipe import SIZES, Aspect

__all__ = ["ColourSection", "FramingSection", "KindsSection"]


class FramingSection(Section):
    """What every picture is brought to.

    Signals:
        chosen: Another size, shape or framing: changed fields of `FramingSettings`.
    """

    chosen = Signal(dict)

    def __init__(self) -> None:
        super().__init__(self.tr("Framing"))
        self.size_choice = Choice(self.tr("Size"))
        for size in SIZES:
            self.size_choice.addItem("", size)
        self.size_choice.activated.connect(self._chosen)
        self.shape_choice = Choice(self.tr("Shape"))
        for aspect, words in self._shapes().items():
            self.shape_choice.addItem(words, aspect)
        self.shape_choice.activated.connect(self._chosen)
        self.mode_choice = SegmentControl(
            [
                ("crop", self.tr("Crop"), self.tr("Cut the middle out.")),
                ("pad", self.tr("Pad"), self.tr("Keep everything, fill the rest.")),
            ],
            self.tr("Framing"),
            small=True,
        )
        self.mode_choice.chosen.connect(self._chosen)
        self._rows = (
            FormRow(
                self.tr("Size"),
                self.size_choice,
                self.tr("Width and height in pixels. Smaller learns faster; 32 or 64 suit a CPU."),
            ),
            FormRow(
                self.tr("Shape"),
                self.shape_choice,
                self.tr("Width to height of every picture it learns and draws. (Aspect ratio)"),
            ),
            FormRow(
                self.tr("Framing"),
                self.mode_choice,
                self.tr("How a picture of another shape gets this one."),
            ),
        )
        for row in self._rows:
            self.add(row)

    def show_framing(self, framing: FramingSettings, locked: str) -> None:
        """Show the values of now; a reason in `locked` draws them with a lock."""
        for place, size in enumerate(SIZES):
            self.size_choice.setItemText(place, framing.model_copy(update={"size": size}).pixels)
        self.size_choice.setCurrentIndex(self.size_choice.findData(framing.size))
        self.shape_choice.setCurrentIndex(self.shape_choice.findData(framing.aspect))
        self.mode_choice.set_current(framing.mode)
        words = (
            framing.pixels,
            self._shapes()[framing.aspect],
            self.tr("Crop") if framing.mode == "crop" else self.tr("Pad"),
        )
        for row, word in zip(self._rows, words, strict=True):
            if locked:
                row.set_locked(word, locked)
            else:
                row.set_unlocked()

    def set_narrow(self, narrow: bool) -> None:
        """Less room for the labels."""
        for row in self._rows:
            row.set_narrow(narrow)

    def _shapes(self) -> dict[Aspect, str]:
        return {
            "1:1": self.tr("Square"),
            "3:2": self.tr("3 : 2, wide"),
            "2:3": self.tr("2 : 3, tall"),
            "16:9": self.tr("16 : 9, wide"),
            "9:16": self.tr("9 : 16, tall"),
        }

    @Slot()
    def _chosen(self) -> None:
        changes = {
            "size": self.size_choice.currentData(),
            "aspect": self.shape_choice.currentData(),
            "mode": self.mode_choice.current(),
        }
        self.chosen.emit(changes)


class KindsSection(Section):
    """Whether folders are kinds of pictures that the networks learn to tell apart.

    Signals:
        chosen: True to tell them apart, False to learn all as one.
    """

    chosen = Signal(bool)

    def __init__(self) -> None:
        super().__init__(self.tr("Kinds"))
        self.choice = SegmentControl(
            [
                ("one", self.tr("All as one"), self.tr("Folders do not matter.")),
                ("apart", self.tr("Tell apart"), self.tr("Then you can ask for one kind.")),
            ],
            self.tr("Kinds"),
            small=True,
        )
        self.choice.chosen.connect(self._chosen)
        self._names = Label("", "small", "text_quiet", wrap=True)
        self._row = FormRow(
            self.tr("Folders"),
            self.choice,
            self.tr("Every folder can be a kind of picture that it learns to draw. (Classes)"),
        )
        self.add(self._row)
        self.add(self._names)

    def show_kinds(self, names: Sequence[str], apart: bool, locked: str) -> None:
        """Show which there are; without any there is nothing to choose."""
        self.setVisible(bool(names))
        self.choice.set_current("apart" if apart else "one")
        words = self.tr("{n} kinds: {names}")
        self._names.setText(words.format(n=len(names), names=shortened(names)))
        if locked:
            self._row.set_locked(self.tr("Tell apart") if apart else self.tr("All as one"), locked)
        else:
            self._row.set_unlocked()

    @Slot()
    def _chosen(self) -> None:
        self.chosen.emit(self.choice.current() == "apart")


class ColourSection(Section):
    """Which colours it learns, and what lies behind transparency and beside padded pictures.

    Signals:
        chosen: Other colours or another ground: changed fields of `FramingSettings`.
    """

    chosen = Signal(dict)

    def __init__(self) -> None:
        super().__init__(self.tr("Colour and transparency"), opened=False)
        self.ground = Choice(self.tr("Background"))
        self._named = {
            (255, 255, 255): self.tr("White"),
            (128, 128, 128): self.tr("Grey"),
            (0, 0, 0): self.tr("Black"),
        }
        self.ground.activated.connect(self._activated)
        self._shown = FramingSettings()
        self.colours = SegmentControl(
            [
                ("3", self.tr("Colour"), self.tr("Red, green and blue.")),
                ("1", self.tr("Grey"), self.tr("One third of the numbers: learns faster.")),
                ("4", self.tr("Clear"), self.tr("Keeps what can be seen through. (RGBA)")),
            ],
            self.tr("Colours"),
            small=True,
        )
        self.colours.chosen.connect(self._colours_chosen)
        self._colours_row = FormRow(
            self.tr("Colours"), self.colours, self.tr("What every picture is made of. (Channels)")
        )
        self.add(self._colours_row)
        self._row = FormRow(
            self.tr("Background"),
            self.ground,
            self.tr("Lies behind transparent places and beside padded pictures. (Alpha)"),
        )
        self.add(self._row)

    def show_colour(self, framing: FramingSettings, locked: str) -> None:
        """Show the colours of now."""
        self._shown, colour = framing, framing.background
        self.colours.set_current(str(framing.channels))
        self.ground.clear()
        for value, name in self._named.items():
            self.ground.addItem(name, value)
        if colour not in self._named:
            self.ground.addItem(QColor(*colour).name().upper(), colour)
        self.ground.addItem(self.tr("Another colour"), None)
        names = [self.ground.itemText(i) for i in range(self.ground.count())]
        place = list(self._named).index(colour) if colour in self._named else len(self._named)
        self.ground.setCurrentIndex(place)
        if locked:
            self._row.set_locked(names[place], locked)
            words = {1: self.tr("Grey"), 3: self.tr("Colour"), 4: self.tr("Clear")}
            self._colours_row.set_locked(words[framing.channels], locked)
        else:
            self._row.set_unlocked()
            self._colours_row.set_unlocked()

    def set_narrow(self, narrow: bool) -> None:
        """Less room for the labels."""
        self._row.set_narrow(narrow)
        self._colours_row.set_narrow(narrow)

    @Slot()
    def _colours_chosen(self) -> None:
        self.chosen.emit({"channels": int(self.colours.current())})

    @Slot(int)
    def _activated(self, index: int) -> None:
        colour = self.ground.itemData(index)
        if colour is None:
            self._ask()
        elif tuple(colour) != self._shown.background:
            self.chosen.emit({"background": tuple(colour)})

    def _ask(self) -> None:
        """Ask for a colour; a window of its own that stops nothing."""
        self.show_colour(self._shown, "")
        dialog = QColorDialog(QColor(*self._shown.background), self.window())
        dialog.setWindowTitle(self.tr("Background"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.colorSelected.connect(self._picked)
        dialog.open()

    @Slot(QColor)
    def _picked(self, colour: QColor) -> None:
        self.chosen.emit({"background": (colour.red(), colour.green(), colour.blue())})
