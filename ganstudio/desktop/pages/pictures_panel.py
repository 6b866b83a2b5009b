"""The panel of the Pictures page: verdict, health, framing, sources, what lies behind transparency.

Not responsible for doing what a person chooses here: it tells, the page does.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QColorDialog, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from ganstudio.desktop.pages.pictures_words import Problem, Verdict
from ganstudio.desktop.tokens import Size
from ganstudio.desktop.widgets.buttons import Button, IconButton
from ganstudio.desktop.widgets.choice import Choice
from ganstudio.desktop.widgets.form_row import FormRow
from ganstudio.desktop.widgets.icon_label import IconLabel
from ganstudio.desktop.widgets.label import Label
from ganstudio.desktop.widgets.list_row import ListRow
from ganstudio.desktop.widgets.section import Section
from ganstudio.desktop.widgets.segments import SegmentControl
from ganstudio.desktop.widgets.surface import Divider
from ganstudio.project.picture_list import FramingSettings
from ganstudio.project.recipe import SIZES

__all__ = ["ColourSection", "FramingSection", "HealthSection", "SourcesSection", "VerdictBlock"]


class VerdictBlock(QWidget):
    """A check or a warning, a headline, a line."""

    def __init__(self) -> None:
        super().__init__()
        self._mark = IconLabel("check", 18)
        self._headline = Label("", "finding")
        self._text = Label("", "body", "text_quiet", wrap=True)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self._headline)
        words.addWidget(self._text)
        row = QHBoxLayout()
        row.setContentsMargins(Size.PANEL_PADDING, 15, Size.PANEL_PADDING, 15)
        row.setSpacing(10)
        mark = QVBoxLayout()
        mark.setContentsMargins(0, 2, 0, 0)
        mark.addWidget(self._mark)
        mark.addStretch(1)
        row.addLayout(mark)
        row.addLayout(words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(Divider())

    def show_verdict(self, verdict: Verdict) -> None:
        """Say it."""
        self._mark.set_icon("check" if verdict.good else "warning", "text")
        self._headline.setText(verdict.headline)
        self._text.setText(verdict.text)
        self.setAccessibleName(f"{verdict.headline}. {verdict.text}")


class _Rows(QVBoxLayout):
    """Rows that are made anew whenever the list changes; lines between them."""

    def __init__(self) -> None:
        super().__init__()
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(0)

    def clear(self) -> None:
        while (item := self.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def add(self, row: ListRow) -> None:
        row.set_line_above(self.count() > 0)
        self.addWidget(row)


class HealthSection(Section):
    """What was left out, by kind of reason.

    Signals:
        show_wanted: Show pictures left out, beginning with this one (index).
    """

    show_wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__(self.tr("Health"))
        self._rows = _Rows()
        self.body.addLayout(self._rows)

    def show_problems(self, problems: Sequence[Problem], left_out: int) -> None:
        """List them."""
        self.set_note(self.tr("{n} left out").format(n=f"{left_out:,}") if left_out else "")
        self._rows.clear()
        if not problems:
            row = ListRow(self.tr("Every picture can be used"), "", "check")
            self._rows.add(row)
        for problem in problems:
            row = ListRow(problem.title, problem.line)
            row.set_icon("warning" if problem.serious else "pictures", "text_quiet", boxed=True)
            link = Button(self.tr("Show"), "link", tip=self.tr("Show them in the grid."))
            link.setAccessibleName(self.tr("Show: {what}").format(what=problem.title))
            link.clicked.connect(partial(self._show, problem.first))
            row.set_right(link)
            self._rows.add(row)

    def _show(self, index: int) -> None:
        self.show_wanted.emit(index)


class FramingSection(Section):
    """How a picture becomes a square.

    Signals:
        chosen: Another size or framing (size, mode).
    """

    chosen = Signal(int, str)

    def __init__(self) -> None:
        super().__init__(self.tr("Framing"))
        self.size_choice = Choice(self.tr("Size"))
        for size in SIZES:
            self.size_choice.addItem(f"{size} × {size}", size)
        self.size_choice.activated.connect(self._chosen)
        self.mode_choice = SegmentControl(
            [
                ("crop", self.tr("Crop"), self.tr("Cut the middle square out.")),
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
                self.tr("Pixels a side. Smaller learns faster; 32 or 64 suit a CPU."),
            ),
            FormRow(
                self.tr("Framing"),
                self.mode_choice,
                self.tr("How a picture that is no square becomes one."),
            ),
        )
        for row in self._rows:
            self.add(row)

    def show_framing(self, framing: FramingSettings, locked: str) -> None:
        """Show the values of now; a reason in `locked` draws them with a lock."""
        index = self.size_choice.findData(framing.size)
        self.size_choice.setCurrentIndex(index)
        self.mode_choice.set_current(framing.mode)
        words = (
            f"{framing.size} × {framing.size}",
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

    @Slot()
    def _chosen(self) -> None:
        self.chosen.emit(self.size_choice.currentData(), self.mode_choice.current())


class SourcesSection(Section):
    """Where the pictures come from.

    Signals:
        remove_wanted: Take this source out of the project (index).
        show_wanted: Show where it lies (index).
    """

    remove_wanted = Signal(int)
    show_wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__(self.tr("Sources"))
        self._rows = _Rows()
        self.body.addLayout(self._rows)

    def show_sources(self, sources: Sequence[tuple[str, str, bool]], locked: bool) -> None:
        """List them as (title, line, whether it lies in a folder of the person's)."""
        self._rows.clear()
        for index, (title, line, own) in enumerate(sources):
            row = ListRow(title, line, "folder")
            row.set_right(self._more(index, title, own, locked))
            self._rows.add(row)

    def _more(self, index: int, title: str, own: bool, locked: bool) -> IconButton:
        name = self.tr("More about {title}").format(title=title)
        button = IconButton("more", name, self.tr("Show where it lies, or remove it."))
        menu = QMenu(button)
        if own:
            menu.addAction(self.tr("Show in folder"), partial(self._emit_show, index))
        remove = menu.addAction(
            self.tr("Remove from this project"), partial(self._emit_remove, index)
        )
        remove.setEnabled(not locked)
        button.clicked.connect(lambda: menu.popup(button.mapToGlobal(button.rect().bottomLeft())))
        return button

    def _emit_show(self, index: int) -> None:
        self.show_wanted.emit(index)

    def _emit_remove(self, index: int) -> None:
        self.remove_wanted.emit(index)


class ColourSection(Section):
    """What lies behind transparency and beside padded pictures.

    Signals:
        chosen: Another colour: (red, green, blue), 0 to 255.
    """

    chosen = Signal(tuple)

    def __init__(self) -> None:
        super().__init__(self.tr("Colour and transparency"), opened=False)
        self.ground = Choice(self.tr("Background"))
        self._named = {
            (255, 255, 255): self.tr("White"),
            (128, 128, 128): self.tr("Grey"),
            (0, 0, 0): self.tr("Black"),
        }
        self.ground.activated.connect(self._activated)
        self._shown = (255, 255, 255)
        self._row = FormRow(
            self.tr("Background"),
            self.ground,
            self.tr("Lies behind transparent places and beside padded pictures. (Alpha)"),
        )
        self.add(self._row)

    def show_colour(self, colour: tuple[int, int, int], locked: str) -> None:
        """Show the colour of now."""
        self._shown = colour
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
        else:
            self._row.set_unlocked()

    @Slot(int)
    def _activated(self, index: int) -> None:
        colour = self.ground.itemData(index)
        if colour is None:
            self._ask()
        elif tuple(colour) != self._shown:
            self.chosen.emit(tuple(colour))

    def _ask(self) -> None:
        """Ask for a colour; a window of its own that stops nothing."""
        self.show_colour(self._shown, "")
        dialog = QColorDialog(QColor(*self._shown), self.window())
        dialog.setWindowTitle(self.tr("Background"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.colorSelected.connect(self._picked)
        dialog.open()

    @Slot(QColor)
    def _picked(self, colour: QColor) -> None:
        self.chosen.emit((colour.red(), colour.green(), colour.blue()))
