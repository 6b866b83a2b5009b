"""Stars, titles and the best moment of the run that is looked at: on film, strip and panel.

Not responsible for what makes a moment the best (`project.titles`), nor for scoring.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot
from PySide6.QtGui import QUndoCommand, QUndoStack

from ganstudio.desktop.desk import Desk
from ganstudio.desktop.pages.train.film import TimeMachine
from ganstudio.desktop.pages.train.panel import TrainPanel
from ganstudio.desktop.pages.train.run_view import RunView
from ganstudio.desktop.pages.train.situation import Kind
from ganstudio.desktop.pages.train.stage import TrainStage
from ganstudio.desktop.widgets.film_slider import NOW
from ganstudio.desktop.widgets.title_strip import TitleMark
from ganstudio.project.errors import UserError
from ganstudio.project.numbers import say_count
from ganstudio.project.quality import MomentScore
from ganstudio.project.runs import RunFolder
from ganstudio.project.titles import Best, best_moment, starred, titles

__all__ = ["Honours", "title_words"]


class Honours(QObject):
    """Keeps film, strip and panel in step with scores and stars, and stars what a person asks for.

    Signals:
        changed: There is another best moment, or other stars.
    """

    changed = Signal()

    def __init__(
        self,
        desk: Desk,
        view: RunView,
        machine: TimeMachine,
        body: TrainStage,
        panel: TrainPanel,
        undo: QUndoStack,
    ) -> None:
        super().__init__(machine)
        self._desk, self._view, self._machine, self._body = desk, view, machine, body
        self._row, self._progress, self._undo = panel.quality.best, panel.progress, undo
        self._kind: Kind = "empty"
        self.best: Best | None = None
        self.stars: list[int] = []
        for changed in (view.scores_changed, view.events_changed, view.moments_changed):
            changed.connect(self._refresh)
        body.film.star_clicked.connect(self._star_clicked)
        body.titles.chosen.connect(machine.go_to)
        for plot in body.plots.plots():
            plot.zoomed.connect(self.follow_plots)
        self._row.chosen.connect(self.go_to_best)
        self._row.star_clicked.connect(self._star_best)
        machine.place_changed.connect(self._show_row)
        self._progress.keep_asked.connect(self._keep_end)
        view.story_read.connect(self._open_at_best)
        self._refresh()

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """Starring the moment that is shown."""
        return {"keep": self.star_shown} if self._view.timeline.moments else {}

    @property
    def shown(self) -> int | None:
        """The moment a star would go to: the one that is shown, now the newest that is kept."""
        moments = self._view.timeline.moments
        if self._machine.moment is not None or not moments:
            return self._machine.moment
        return moments[-1]

    @Slot()
    def star_shown(self) -> None:
        """Star the moment that is shown, or take its star away."""
        if self.shown is not None:
            self.star(self.shown)

    def star(self, clock: int) -> None:
        """Star a moment, or take its star away; Undo takes that back."""
        run = self._desk.run
        if run is None:
            return
        if self._desk.held:
            self._desk.toast(self._desk.held)
            return
        add = clock not in self.stars
        command = _Star(self._write, run, clock, add)
        self._undo.push(command)
        if command.failed:
            return
        text = self.tr("{clock} is your choice now. It is kept, whatever happens.")
        text = text if add else self.tr("{clock} has no star any more.")
        self._desk.toast(text.format(clock=say_count(clock)), self._undo.undo)

    @Slot()
    def go_to_best(self) -> None:
        """Show the best moment, if there is one."""
        if self.best is not None:
            self._machine.go_to(self.best.clock)

    @property
    def happy(self) -> bool:
        """Whether training was stopped at a moment that is a person's choice."""
        moments = self._view.timeline.moments
        if self._kind != "stopped" or not moments:
            return False
        return self.best == Best(moments[-1], "choice")

    def show_situation(self, kind: Kind) -> None:
        """What is going on: a run that is finished opens at its best, a stop can be kept."""
        self._kind = kind
        self._offer_to_keep()

    @Slot()
    def _open_at_best(self) -> None:
        if self._kind == "finished" and self._machine.moment is None:
            self.go_to_best()

    def _offer_to_keep(self) -> None:
        """After Stop, offer "I am happy" where its moment has no star yet."""
        moments = self._view.timeline.moments
        stopped = self._kind == "stopped" and bool(moments) and not self._desk.held
        end = moments[-1] if stopped else None
        self._progress.offer_to_keep(end if end not in self.stars else None)

    @Slot()
    def _keep_end(self) -> None:
        moments = self._view.timeline.moments
        if moments and moments[-1] not in self.stars:
            self.star(moments[-1])

    @Slot()
    def _star_best(self) -> None:
        if self.best is not None:
            self.star(self.best.clock)

    @Slot()
    def _show_row(self) -> None:
        self._row.show_best(self.best, self.stars, self._desk.held)
        if self.best is not None:
            run, place = self._desk.run, self._machine.place
            self._row.show_picture(run, self.best.clock, place, self._view.later)

    @Slot()
    def follow_plots(self) -> None:
        """The titles stand under the part of the clock that the plots show."""
        self._body.titles.set_window(*self._body.plots.losses.window_shown())

    @Slot(int)
    def _star_clicked(self, index: int) -> None:
        moments = self._view.timeline.moments
        if index == NOW:
            self.star_shown()
        elif index < len(moments):
            self.star(moments[index])

    def _write(self, run: RunFolder, clock: int, add: bool) -> bool:
        try:
            run.star(clock, add)
        except UserError as error:
            self._desk.show_error(error)
            return False
        self._view.read_events()
        return True

    @Slot()
    def _refresh(self) -> None:
        """Read the story again: it is short, and told by the clock."""
        view, moments = self._view, self._view.timeline.moments
        before = (self.best, self.stars)
        won = titles(view.scores)
        self.stars = [clock for clock in starred(view.events) if clock in set(moments)]
        self.best = best_moment(view.scores, view.events, moments)
        film = self._body.film
        film.set_stars({score.images for score in won}, set(self.stars))
        film.set_starring(bool(moments) and not self._desk.held, self._desk.held)
        marks = [TitleMark(s.images, title_words(s, b)) for b, s in pairwise([None, *won]) if s]
        self._body.titles.set_titles(marks, self._nothing())
        self.follow_plots()
        self._show_row()
        self._offer_to_keep()
        if before != (self.best, self.stars):
            self.changed.emit()

    def _nothing(self) -> str:
        return self.tr("No moment is scored yet.") if self._view.timeline.moments else ""


class _Star(QUndoCommand):
    """A star that was given or taken away."""

    def __init__(
        self, write: Callable[[RunFolder, int, bool], bool], run: RunFolder, clock: int, add: bool
    ) -> None:
        words = _tr("star at {clock}") if add else _tr("star taken away at {clock}")
        super().__init__(words.format(clock=say_count(clock)))
        self._write, self._run, self._clock, self._add = write, run, clock, add
        self.failed = False

    def redo(self) -> None:
        """Give or take it."""
        self.failed = not self._write(self._run, self._clock, self._add)
        self.setObsolete(self.failed)

    def undo(self) -> None:
        """As it was."""
        self._write(self._run, self._clock, not self._add)


def title_words(won: MomentScore, before: MomentScore | None) -> str:
    """How a title was won."""
    score, clock = won.score, say_count(won.images)
    numbers = _tr("kernel distance {value:.1f} \u00b1 {error:.1f}, realism {realism:.0f}\u00a0%")
    said = numbers.format(
        value=score.kernel.value,
        error=score.kernel.error,
        realism=100 * score.precision.value,
    )
    if before is None:
        return _tr("{clock} was the first with a score: {said}.").format(clock=clock, said=said)
    text = _tr(
        "{clock} took the title from {before}: {said}, before {value:.1f} \u00b1 {error:.1f}."
    )
    kernel = before.score.kernel
    return text.format(
        clock=clock,
        before=say_count(before.images),
        said=said,
        value=kernel.value,
        error=kernel.error,
    )


def _tr(words: str) -> str:
    return QCoreApplication.translate("Honours", words)
