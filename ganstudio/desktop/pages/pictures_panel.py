"""The parts of the Pictures page's panel about the pictures there are: verdict, health, sources.

Not responsible for doing what a person chooses here: it tells, the page does. What pictures are
brought to is in `framing_panel`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from ganstudio.desktop.pages.pictures_words import Problem, Verdict
from ganstudio.desktop.tokens import Size
from ganstudio.desktop.widgets.buttons import Button, IconButton
from ganstudio.desktop.widgets.icon_label import IconLabel
from ganstudio.desktop.widgets.label import Label
from ganstudio.desktop.widgets.list_row import ListRow
from ganstudio.desktop.widgets.section import Section
from ganstudio.desktop.widgets.surface import Divider

__all__ = ["HealthSection", "SourcesSection", "VerdictBlock"]


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
