"""Notes that a person pins to a moment, and what else happened in a run: rows, pins, Undo.

Not responsible for how rows and pins look (`history`, `plots`).
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from ganstudio.desktop.desk import Desk
from ganstudio.desktop.dialogs.name import NameDialog
from ganstudio.desktop.pages.train.film import TimeMachine
from ganstudio.desktop.pages.train.history import HistorySection, say_mark
from ganstudio.desktop.pages.train.plots import TrainPlots
from ganstudio.desktop.pages.train.run_view import RunView
from ganstudio.project.errors import UserError
from ganstudio.project.marks import pin_note
from ganstudio.project.numbers import say_count
from ganstudio.project.runs import RunFolder

__all__ = ["Noting"]


class Noting(QObject):
    """Keeps the section and the plots in step with the run's marks."""

    def __init__(
        self,
        desk: Desk,
        view: RunView,
        machine: TimeMachine,
        section: HistorySection,
        plots: TrainPlots,
    ) -> None:
        super().__init__(section)
        self._desk, self._view, self._machine = desk, view, machine
        self._section, self._plots = section, plots
        view.events_changed.connect(self._show)
        section.moment_asked.connect(self._go)
        section.note_asked.connect(self.ask)
        section.removal_asked.connect(lambda images: self._pin(images, ""))

    @property
    def possible(self) -> bool:
        """Whether there is a moment, and nobody else who writes this run's history."""
        return self._desk.run is not None and self._view.timeline.end > 0 and not self._desk.barred

    @Slot()
    def ask(self) -> None:
        """Ask for the words of a note at the moment that is shown."""
        if not self.possible:
            return
        moment = self._machine.moment
        images = self._view.timeline.end if moment is None else moment
        title = self.tr("Pin a note to {n}").format(n=say_count(images))
        dialog = NameDialog(title, self.tr("Note"), self._text_at(images), self.tr("Pin"))
        dialog.ask(lambda text: self._pin(images, text))

    def _text_at(self, images: int) -> str:
        texts = [m.text for m in self._view.marks if m.kind == "note" and m.images == images]
        return texts[-1] if texts else ""

    def _pin(self, images: int, text: str) -> None:
        run, before = self._desk.run, self._text_at(images)
        if run is None or text == before or not self._write(run, images, text):
            return

        def undo() -> None:
            self._write(run, images, before)

        words = self.tr("Note pinned to {n}") if text else self.tr("Note taken away from {n}")
        self._desk.toast(words.format(n=say_count(images)), undo)

    def _write(self, run: RunFolder, images: int, text: str) -> bool:
        try:
            pin_note(run, images, text)
        except UserError as error:
            self._desk.show_error(error)
            return False
        self._view.read_events()
        return True

    @Slot()
    def _show(self) -> None:
        marks = self._view.marks
        self._section.show_marks(marks, self.possible)
        self._plots.set_pins([(float(mark.images), say_mark(mark)) for mark in marks])

    @Slot(int)
    def _go(self, images: int) -> None:
        """To the first moment at or after it."""
        moments = self._view.timeline.moments
        later = [place for place, moment in enumerate(moments) if moment >= images]
        self._machine.go(later[0] if later else None)
