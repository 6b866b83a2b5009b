"""Realism, coverage and copying of the moment that is shown, and the best moment: in the panel.

Not responsible for scoring (`studio.scoring`), nor for which moment is best (`honours`).
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt

from ganstudio.desktop.desk import Desk
from ganstudio.desktop.pages.train.best_row import BestRow
from ganstudio.desktop.pages.train.film import TimeMachine
from ganstudio.desktop.pages.train.run_view import RunView
from ganstudio.desktop.widgets.form_row import FormRow
from ganstudio.desktop.widgets.label import Label
from ganstudio.desktop.widgets.section import Section
from ganstudio.desktop.widgets.share_row import ShareRow
from ganstudio.project.numbers import say_count
from ganstudio.project.quality import EXPECTED_COPIES, FID_WANTS, Estimate, MomentScore

__all__ = ["QualitySection"]


class QualitySection(Section):
    """Three bars, and one line that says what was compared with what.

    With weights of Inception that the person supplied there is FID, too; without them the word is
    nowhere to be seen.
    """

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
        self.fid = Label("", "body")
        self.fid.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._fid_row = FormRow(self.tr("FID"), self.fid)
        self._sentence = Label("", "small", "text_quiet", wrap=True)
        self.best = BestRow()
        bars = (self.realism, self.coverage, self.copying)
        for widget in (*bars, self._fid_row, self._sentence, self.best):
            self.add(widget)
        self.show_score(None)
        self.show_fid(None, "")

    def follow(self, desk: Desk, view: RunView, machine: TimeMachine) -> None:
        """Show the score of whatever moment of whatever run is looked at."""

        def show(*_: object) -> None:
            found = view.score_at(machine.moment)
            self.show_score(found)
            self.show_fid(found, desk.studio.settings.value.inception_digest)

        view.scores_changed.connect(show)
        machine.moment_changed.connect(show)
        desk.settings_changed.connect(show)

    def show_fid(self, found: MomentScore | None, weights: str) -> None:
        """The FID that belongs to a score, by weights of this digest; without any, no row."""
        self._fid_row.setVisible(bool(weights))
        fid = found.fid_by(weights) if found is not None else None
        words = f"{fid.value:.1f}" if fid is not None else self.tr("not measured yet")
        self.fid.setText(words)
        self.fid.set_tone("text" if fid is not None else "text_quiet")
        self.fid.setAccessibleName(f"{self.tr('FID')}, {words}")
        tip = self.tr(
            "Frechet Inception distance, by the weights in the settings: lower is better. Measured "
            "for the newest and the best moment."
        )
        if fid is not None:
            pictures = self.tr("{drawn} generated pictures beside {real} of yours.")
            tip += "\n\n" + pictures.format(drawn=f"{fid.drawn:,}", real=f"{fid.real:,}")
        if fid is not None and fid.biased:
            few = self.tr("Of fewer than {n} it is too high: compare it with FIDs of as many only.")
            tip += " " + few.format(n=f"{FID_WANTS:,}")
        self._fid_row.setToolTip(tip)
        self.fid.setToolTip(tip)
        self.fid.setAccessibleDescription(tip)

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
