"""Which place decides where things are, what they are, and how they are painted.

Not responsible for what the bands stand for in a network (`latent`).
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ganstudio.desktop.pages.explore.mixing import (
    LETTERS,
    SLOTS,
    band_place,
    places,
    with_band,
)
from ganstudio.desktop.pages.explore.walk import Walk
from ganstudio.desktop.tokens import Size
from ganstudio.desktop.widgets.buttons import Button
from ganstudio.desktop.widgets.label import Label
from ganstudio.desktop.widgets.segments import SegmentControl
from ganstudio.desktop.widgets.tips import tip
from ganstudio.project.point import BANDS, Band, LatentPoint
from ganstudio.studio.events import ModelOpened

__all__ = ["PartsTool"]


class PartsTool(QWidget):
    """A row for each band, A to D in each."""

    def __init__(self, walk: Walk) -> None:
        super().__init__()
        self._walk = walk
        self._words: dict[Band, tuple[str, str]] = {
            "coarse": (self.tr("Where things are"), self.tr("Coarse")),
            "middle": (self.tr("What they are"), self.tr("Middle")),
            "fine": (self.tr("How they are painted"), self.tr("Fine")),
        }
        self.rows: dict[Band, QWidget] = {}
        self.switches: dict[Band, SegmentControl] = {}
        self.reset = Button(
            self.tr("All from A"),
            "link",
            height=Size.BUTTON_SMALL,
            tip=self.tr("Every part is the place's own again."),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for band in BANDS:
            self._add_row(band, column)
        column.addWidget(self.reset, 0, Qt.AlignmentFlag.AlignRight)
        self.note = Label("", "small", "text_quiet", wrap=True)
        column.addWidget(self.note)
        column.addStretch(1)
        self.reset.clicked.connect(self._reset)

    def set_model(self, model: ModelOpened) -> None:
        """Only the bands that decide something are offered."""
        for band in BANDS:
            self.rows[band].setVisible(band in model.bands)
            self.rows[band].setToolTip(tip(*self._about(band, model.layered)))
        self.note.setText(
            ""
            if model.layered
            else self.tr(
                "Here things stay where they are: a part takes over how strong each channel is."
            )
        )
        self.note.setVisible(not model.layered)

    def show_point(self, point: LatentPoint) -> None:
        """Whose each part is."""
        count = len(places(point))
        for band, switch in self.switches.items():
            for slot in range(SLOTS):
                there = slot < count
                words = self.tr("From {letter}.") if there else self.tr("{letter} is empty.")
                letter = LETTERS[slot]
                switch.set_item_enabled(letter, there, words.format(letter=letter))
            chosen = band_place(point, band)
            switch.set_current(LETTERS[min(chosen, SLOTS - 1)])
        self.reset.setEnabled(bool(point.mixes))

    def _add_row(self, band: Band, column: QVBoxLayout) -> None:
        words, _ = self._words[band]
        switch = SegmentControl([(letter, letter) for letter in LETTERS[:SLOTS]], words, small=True)
        switch.chosen.connect(partial(self._chosen, band))
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(Label(words), 1)
        line.addWidget(switch)
        row.setFixedHeight(Size.FORM_ROW)
        self.rows[band], self.switches[band] = row, switch
        column.addWidget(row)

    def _about(self, band: Band, layered: bool) -> tuple[str, str]:
        term = self._words[band][1]
        what = self.tr("Which place decides this part.")
        if layered:
            text = self.tr("{band} layers (style mixing)")
        else:
            text = self.tr("{band} stages (mean and spread of each channel, as in AdaIN)")
        return what, text.format(band=term)

    def _chosen(self, band: Band, letter: str) -> None:
        point = with_band(self._walk.point, band, LETTERS.index(letter))
        self._walk.go(point, self.tr("mix of parts"))

    def _reset(self) -> None:
        point = self._walk.point
        for band in BANDS:
            point = with_band(point, band, 0)
        self._walk.go(point, self.tr("mix of parts"))
