"""The two plots on one time axis: the losses, and how real the inspector finds pictures.

While there is a finding, its evidence is shaded, and the second plot is the one that proves it.

Not responsible for where the numbers come from, nor for the film above.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ganstudio.desktop import theme
from ganstudio.desktop.pages.train.plot_choice import PlotChoice
from ganstudio.desktop.pages.train.proof import PLOTS, PROOFS, append, fill, make_plot
from ganstudio.desktop.tokens import Size
from ganstudio.desktop.widgets.loss_plot import LossPlot
from ganstudio.desktop.widgets.plot_labels import to_picture, write_svg
from ganstudio.desktop.widgets.segments import SegmentControl
from ganstudio.project.findings import Finding
from ganstudio.project.messages import MetricsRow
from ganstudio.project.numbers import say_count
from ganstudio.project.presets import undecided_line
from ganstudio.project.quality import MomentScore
from ganstudio.project.recipe import LossName

__all__ = ["TrainPlots"]

_FIELDS = {"losses": ("loss_g", "loss_d"), "scores": ("d_real", "d_fake")}
_SAVED_RATIO = 2.0
_TITLE = 18
_STRETCH = {"losses": 116, "scores": 98}

#: A caption's word -> the line it means, in each plot.
_LIT = {
    "generator": ("loss_g", "d_fake"),
    "inspector": ("loss_d", ""),
    "real": ("", "d_real"),
}


class TrainPlots(QWidget):
    """Losses above, scores below; when narrow, one of them at a time."""

    enlarge_asked = Signal()
    export_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.losses = LossPlot(self.tr("Losses"))
        self.losses.add_series("other_g", "", "text_quiet")
        self.losses.add_series("other_d", "", "text_quiet", "dash")
        self.losses.add_series("loss_g", self.tr("Generator"), "generator")
        self.losses.add_series("loss_d", self.tr("Inspector"), "inspector", "dash")
        self.scores = LossPlot(
            self.tr("How real the inspector finds them"),
            (0.0, 1.0),
            "%",
            self.tr("pictures seen"),
            tools=False,
        )
        self.scores.add_series("d_real", self.tr("On yours"), "real")
        self.scores.add_series("d_fake", self.tr("On generated"), "generator", "dot")
        self.losses.link(self.scores)
        self.losses.enlarge_requested.connect(self.enlarge_asked)
        self.losses.export_requested.connect(self.export_asked)
        self.switch = SegmentControl(
            [("losses", self.tr("Losses")), ("scores", self.tr("Scores"))],
            self.tr("Plot"),
            small=True,
        )
        self.switch.chosen.connect(self._switched)
        self.switch.hide()
        self._narrow = False
        self._dirty: list[LossPlot] = []
        self._extent = 0
        self._moment: int | None = None
        self._proofs: dict[str, LossPlot] = {}
        self._pins: Sequence[tuple[float, str]] = ()
        self._proof = self._chosen = ""
        self._rows: list[MetricsRow] = []
        self._other = np.empty((0, 3))
        self._scored: list[MomentScore] = []
        self.choice = PlotChoice(self.tr("How real the inspector finds them"))
        self.choice.chosen.connect(self.choose)
        self.losses.add_tool(self.choice)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.losses, _STRETCH["losses"] + Size.ICON_BUTTON)
        self._column.addWidget(self.scores, _STRETCH["scores"] + 36)
        self.switch.setParent(self)

    def plots(self) -> tuple[LossPlot, LossPlot]:
        """Losses and scores."""
        return self.losses, self.scores

    def second(self) -> LossPlot:
        """The second plot: what proves a finding, what was chosen, or the scores."""
        return self._proofs.get(self._key, self.scores)

    @property
    def _key(self) -> str:
        return self._proof or self._chosen

    @Slot(str)
    def choose(self, key: str) -> None:
        """Show another second plot: a key of `PLOTS`, or "" for the scores."""
        self._chosen = key
        self._fill()
        self._show_chosen()
        self.redraw_if_needed()

    def set_other(self, name: str, rows: Sequence[MetricsRow]) -> None:
        """Lay another run's losses under these, as far as these go; no rows: none."""
        found = [(row.images, row.loss_g, row.loss_d) for row in rows]
        self._other = np.array(found, dtype=float).reshape(-1, 3)
        both = self.tr("Losses, and those of {run} in grey").format(run=name)
        self.losses.set_title(both if rows else self.tr("Losses"))
        self._cut_other()
        self.losses.redraw()

    def _cut_other(self) -> None:
        """The time axis is that of the film: it does not grow for another run."""
        end = int(np.searchsorted(self._other[:, 0], self._extent, side="right"))
        for place, name in enumerate(("other_g", "other_d"), 1):
            self.losses.set_series(name, self._other[:end, 0], self._other[:end, place])

    def _fill(self) -> None:
        """Give the second plot its points, if it is not the scores."""
        if self._key:
            fill(self._plot_of(self._key), PLOTS[self._key], self._rows, self._scored)

    def set_scores(self, scores: Iterable[MomentScore]) -> None:
        """All scored moments."""
        self._scored = list(scores)
        self._fill()
        self._make_dirty()

    def show_finding(self, finding: Finding | None) -> None:
        """Shade what proves a finding and show its plot; None: everything as usual."""
        evidence, before = finding.evidence if finding is not None else (), self._proof
        self._proof = evidence[0] if evidence and evidence[0] in PROOFS else ""
        self._fill()
        since = finding.since if finding is not None else None
        good = finding.remedy.clock if finding is not None and finding.remedy else None
        words = self.tr("{clock}, last good moment").format(clock=say_count(good or 0))
        for plot in self._every():
            plot.set_evidence(since, good, words if plot is self.losses else "")
        if self._proof != before:  # where only one plot is seen, it is what proves something
            self.switch.set_current("scores" if self._proof else "losses")
        self.switch.set_text("scores", self.tr("Evidence") if self._proof else self.tr("Scores"))
        self.switch.adjustSize()
        self._show_chosen()
        self.redraw_if_needed()

    def _plot_of(self, evidence: str) -> LossPlot:
        if evidence not in self._proofs:
            plot = make_plot(PLOTS[evidence], self.tr("pictures seen"))
            self.losses.link(plot)
            plot.set_narrow(self._narrow)
            plot.set_extent(self._extent)
            plot.set_moment(self._moment)
            plot.set_pins(self._pins)
            self._column.addWidget(plot, _STRETCH["scores"] + 36)
            self.switch.raise_()
            self._proofs[evidence] = plot
        return self._proofs[evidence]

    def _every(self) -> list[LossPlot]:
        return [*self.plots(), *self._proofs.values()]

    def set_loss(self, loss: LossName | None) -> None:
        """Draw the line "cannot tell" where this loss has it."""
        value = undecided_line(loss) if loss else None
        self.losses.set_cannot_tell(value, self.tr("cannot tell"))

    def set_rows(self, rows: Sequence[MetricsRow]) -> None:
        """Replace everything."""
        self._rows = list(rows)
        self._fill()
        clocks = np.array([row.images for row in rows], dtype=float)
        for plot, names in zip(self.plots(), _FIELDS.values(), strict=True):
            for name in names:
                plot.set_series(name, clocks, self._values(rows, name))
        self._make_dirty()

    def append(self, rows: Sequence[MetricsRow]) -> None:
        """Add rows at the end; nothing is drawn before `redraw_next`."""
        self._rows += rows
        if self._key:
            append(self._plot_of(self._key), PLOTS[self._key], rows)
        clocks = np.array([row.images for row in rows], dtype=float)
        for plot, names in zip(self.plots(), _FIELDS.values(), strict=True):
            for name in names:
                plot.append(name, clocks, self._values(rows, name))
        self._make_dirty()

    def set_extent(self, clock: int) -> None:
        """The right end of the time axis, shared with the film."""
        if clock != self._extent:
            self._extent = clock
            for plot in self._every():
                plot.set_extent(clock)
            self._cut_other()
            self._make_dirty()

    def set_moment(self, clock: int | None) -> None:
        """Move the cursor of both plots; None is now."""
        self._moment = clock
        for plot in self._every():
            plot.set_moment(clock)

    def set_pins(self, pins: Sequence[tuple[float, str]]) -> None:
        """Where something happened, and what, in words."""
        self._pins = tuple(pins)
        for plot in self._every():
            plot.set_pins(pins)

    def redraw_if_needed(self) -> None:
        """Draw what has come since the last time."""
        while self._dirty:
            self.redraw_next()

    def redraw_next(self) -> None:
        """Draw it in one of the plots."""
        if self._dirty:
            self._dirty.pop(0).redraw()

    def light(self, token: str) -> None:
        """Light what a word of the caption means; empty lights everything alike."""
        names = _LIT.get(token, ("", ""))
        for plot, name in zip(self.plots(), names, strict=True):
            plot.set_highlight(name or None)

    def set_narrow(self, narrow: bool) -> None:
        """Little room: one plot at a time, with a switch."""
        self._narrow = narrow
        for plot in self._every():
            plot.set_narrow(narrow)
        self.switch.setVisible(narrow)
        self._show_chosen()

    def save_png(self, path: Path) -> bool:
        """Save both plots under each other, at twice the size. Returns whether it worked."""
        pictures = []
        for plot in (self.losses, self.second()):
            plot.build()
            pictures.append(to_picture(plot, _SAVED_RATIO))
        width = max(picture.width() for picture in pictures)
        height = sum(picture.height() for picture in pictures)
        whole = QImage(width, height, QImage.Format.Format_RGB32)
        whole.fill(theme.colour("stage"))
        painter = QPainter(whole)
        top = 0
        for picture in pictures:
            picture.setDevicePixelRatio(1.0)
            painter.drawImage(0, top, picture)
            top += picture.height()
        painter.end()
        return bool(whole.save(str(path)))

    def save_svg(self, path: Path) -> bool:
        """Save both plots under each other as lines and letters. Returns whether it worked."""
        plots = (self.losses, self.second())
        for plot in plots:
            plot.build()
        return write_svg(plots, path)

    def resizeEvent(self, event: object) -> None:
        """Keep the switch in the title line."""
        self.switch.adjustSize()
        self.switch.move(Size.PLOT_LEFT, 0)

    def _make_dirty(self) -> None:
        """Those that wait already stay in front, so that every plot has its turn."""
        self._dirty = [plot for plot in self._dirty if not plot.isHidden()]
        self._dirty += [plot for plot in self._shown() if plot not in self._dirty]

    def _shown(self) -> list[LossPlot]:
        return [plot for plot in self._every() if not plot.isHidden()]

    def _show_chosen(self) -> None:
        chosen = self.switch.current()
        self.losses.setVisible(not self._narrow or chosen == "losses")
        for plot in self._every()[1:]:
            seen = not self._narrow or chosen == "scores"
            plot.setVisible(plot is self.second() and seen)
        # The switch is higher than a title without tools.
        lower = self._narrow and chosen == "scores"
        self._column.setContentsMargins(0, Size.ICON_BUTTON - _TITLE if lower else 0, 0, 0)
        self._make_dirty()

    @Slot(str)
    def _switched(self) -> None:
        self._show_chosen()
        self.redraw_if_needed()

    @staticmethod
    def _values(rows: Sequence[MetricsRow], name: str) -> np.ndarray:
        return np.array([getattr(row, name) for row in rows], dtype=float)
