"""The row above the map: through which two ways or three places it goes, zoom, and back to here.

Not responsible for the map.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ganstudio.desktop.pages.explore.nearby import HEAD
from ganstudio.desktop.tokens import Size
from ganstudio.desktop.widgets.buttons import Button, IconButton
from ganstudio.desktop.widgets.choice import Choice
from ganstudio.desktop.widgets.label import Label
from ganstudio.desktop.widgets.segments import SegmentControl

__all__ = ["PLACES", "WAYS", "MapHead"]

WAYS, PLACES = "ways", "places"


class MapHead(QWidget):
    """One row of the height of a section's head.

    Signals:
        ways_chosen: Other ways.
        places_asked: Span the map by the last three places of the path.
        zoom_asked: Larger (1) or smaller (-1).
        here_asked: Look at where one is.
    """

    ways_chosen = Signal()
    places_asked = Signal()
    zoom_asked = Signal(int)
    here_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.kind = SegmentControl(
            [
                (WAYS, self.tr("Two ways"), self.tr("Through where you are, along two ways.")),
                (PLACES, self.tr("Three places"), ""),
            ],
            self.tr("What the map goes through"),
            small=True,
        )
        tip = self.tr("What changes from left to right. (Axis)")
        self.across = Choice(self.tr("Across"), tip)
        tip = self.tr("What changes from top to bottom. (Axis)")
        self.down = Choice(self.tr("Down"), tip)
        self.words = [
            Label(self.tr("Across"), "small", "text_quiet"),
            Label(self.tr("Down"), "small", "text_quiet"),
        ]
        self.here = Button(
            self.tr("Here"),
            icon="explore",
            height=Size.BUTTON_SMALL,
            tip=self.tr("Look at the place where you are. (Ctrl+0)"),
        )
        self.smaller = IconButton("minus", self.tr("Smaller"), self.tr("See more. (Ctrl+\u2212)"))
        self.larger = IconButton("plus", self.tr("Larger"), self.tr("Come closer. (Ctrl++)"))
        self._lay_out()
        self.kind.chosen.connect(self._kind_chosen)
        for choice in (self.across, self.down):
            choice.activated.connect(self.ways_chosen)
        self.here.clicked.connect(self.here_asked)
        self.larger.clicked.connect(lambda: self.zoom_asked.emit(1))
        self.smaller.clicked.connect(lambda: self.zoom_asked.emit(-1))

    def ways(self) -> tuple[str, str]:
        """The two that are chosen."""
        return str(self.across.currentData()), str(self.down.currentData())

    def names(self) -> tuple[str, str]:
        """What they are called."""
        return self.across.currentText(), self.down.currentText()

    def offer(self, ways: Sequence[tuple[str, str]], chosen: tuple[str, str]) -> None:
        """Offer ways (key, name), and have two of them chosen; without a signal."""
        for choice, key in ((self.across, chosen[0]), (self.down, chosen[1])):
            if [(choice.itemData(n), choice.itemText(n)) for n in range(choice.count())] != list(
                ways
            ):
                choice.clear()
                for way, name in ways:
                    choice.addItem(name, way)
            choice.setCurrentIndex(max(0, choice.findData(key)))

    def offer_places(self, possible: bool) -> None:
        """Whether there are three places to go through."""
        tip = self.tr(
            "Between the last three places of your path, or favourites dropped on the map. "
            "(Barycentric blend)"
        )
        why = self.tr("Walk to two more places first, or drop favourites on the map.")
        self.kind.set_item_enabled(PLACES, possible, tip if possible else why)

    def show_kind(self, kind: str) -> None:
        """What the map goes through now."""
        self.kind.set_current(kind)
        for widget in (self.across, self.down, *self.words):
            widget.setVisible(kind == WAYS and (widget not in self.words or not self._narrow))

    def set_narrow(self, narrow: bool) -> None:
        """The words give way first; the lists' tooltips have them."""
        self._narrow = narrow
        self.show_kind(self.kind.current())

    def _kind_chosen(self, kind: str) -> None:
        if kind == WAYS:
            self.ways_chosen.emit()
        else:
            self.places_asked.emit()

    def _lay_out(self) -> None:
        self._narrow = False
        self.setFixedHeight(HEAD)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, HEAD - Size.BUTTON_SMALL)
        row.setSpacing(10)
        row.addWidget(self.kind)
        for words, choice in zip(self.words, (self.across, self.down), strict=True):
            row.addWidget(words)
            choice.setMaximumWidth(170)
            row.addWidget(choice, 8)
        row.addStretch(1)
        row.addWidget(self.smaller)
        row.addWidget(self.larger)
        row.addWidget(self.here)
        row.setAlignment(Qt.AlignmentFlag.AlignVCenter)
