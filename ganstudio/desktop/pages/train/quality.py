"""Realism, coverage and copying of the moment that is shown, and the best moment: in the panel.

Not responsible for scoring (`studio.scoring`), nor for which moment is best (`honours`).
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from ganstudio.desktop.pages.train.best_row import BestRow
from ganstudio.desktop.pages.train.film import TimeMachine
from ganstudio.desktop.pages.train.run_view import RunView
from ganstudio.desktop.widgets.label import Label
from ganstudio.desktop.widgets.section import Section
from ganstudio.desktop.widgets.share_row import ShareRow
from ganstudio.project.numbers import say_count
from ganstudio.project.quality import EXPECTED_COPIES, Estimate, MomentScore

__all__ = ["QualitySection"]


class QualitySection(Section):
    """Three bars, and one line that says what was compared with what."""

    def __init__(self) -> None:
        super().__init__(QCoreApplication.translate("QualitySection", "Quality"))
        self.realism = ShareRow(
            self.tr("Realism"),
            self.tr(
                "How many generated pictures look like one of yours. The green tick is where your "
                "own pictures lie against each other. (Precision, on the bundled features.)"
            ),
        )
        self.coverage = ShareRow(
            self.tr("Coverage"),
            self.tr(
                "How many of your pictures have a generated one like them: low means little "
                "variety. The green tick is where your own pictures lie against each other. "
                "(Recall, on the bundled features.)"
            ),
        )
        self.copying = ShareRow(
            self.tr("Copying"),
            self.tr(
                "How many generated pictures lie suspiciously near one it learned from. None "
                "found: no more than of new pictures. Known for runs of 200 pictures or more."
            ),
        )
        self._sentence = Label("", "small", "text_quiet", wrap=True)
        self.best = BestRow()
        for widget in (self.realism, self.coverage, self.copying, self._sentence, self.best):
            self.add(widget)
        self.show_score(None)

    def follow(self, view: RunView, machine: TimeMachine) -> None:
        """Show the score of whatever moment of whatever run is looked at."""

        def show(*_: object) -> None:
            self.show_score(view.score_at(machine.moment))

        view.scores_changed.connect(show)
        machine.moment_changed.connect(show)

    def show_score(self, found: MomentScore | None) -> None:
        """The score of the moment that is shown, or of the last one before it; None: not known."""
        if found is None:
            for row in (self.realism, self.coverage, self.copying):
                row.clear()
            self._sentence.setText(self.tr("Not measured yet."))
            return
        own = found.own
        _show(self.realism, found.score.precision, own.precision if own else None)
        _show(self.coverage, found.score.recall, own.recall if own else None)
        self._show_copying(found.score.copying, found.honest)
        if found.honest:
            text = self.tr("At {clock}, beside {n} pictures it never saw.")
        else:
            text = self.tr("At {clock}, beside the {n} pictures it learns from.")
        self._sentence.setText(text.format(clock=say_count(found.images), n=found.real))

    def _show_copying(self, copying: Estimate | None, honest: bool) -> None:
        if copying is None:
            self.copying.clear("" if honest else self.tr("not known"))
        elif copying.interval[0] <= EXPECTED_COPIES:
            self.copying.set_share(copying.value, copying.interval, None, self.tr("none found"))
        else:
            _show(self.copying, copying, None)


def _show(row: ShareRow, found: Estimate, own: Estimate | None) -> None:
    words = f"{100 * found.value:.0f}\u00a0%"
    row.set_share(found.value, found.interval, own.value if own else None, words)
