"""The stage of a pile: the pictures that fit, and all of them on the strip below.

Not responsible for what is judged, nor for what the panel says of the chosen one.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ganstudio.desktop import theme
from ganstudio.desktop.pages.base import Width
from ganstudio.desktop.pages.judge.tiles import pile_tiles
from ganstudio.desktop.pages.judge.words import pile_line
from ganstudio.desktop.widgets.frames import draw_point
from ganstudio.desktop.widgets.judgement_strip import JudgementStrip
from ganstudio.desktop.widgets.label import Label
from ganstudio.desktop.widgets.pile_grid import PileGrid
from ganstudio.desktop.widgets.surface import Divider
from ganstudio.desktop.widgets.writing import width_of, write
from ganstudio.project.judging import Pile

__all__ = ["PileView"]

#: Width class -> columns and rows of pictures, and the height of the strip.
_SHAPES: dict[Width, tuple[int, int, int]] = {
    "wide": (8, 4, 170),
    "medium": (7, 3, 150),
    "narrow": (5, 3, 96),
}


class _Legend(QWidget):
    """What circles and triangles are."""

    def __init__(self) -> None:
        super().__init__()
        self._words = ((True, self.tr("yours")), (False, self.tr("generated")))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Circles are yours, triangles are generated"))

    def sizeHint(self) -> QSize:
        return QSize(round(sum(width_of(word, "small") + 26 for _, word in self._words)), 24)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        left = 0.0
        for real, word in self._words:
            draw_point(painter, QPointF(left + 6, self.height() / 2), real)
            wide = width_of(word, "small")
            line = QRectF(left + 16, 0, wide + 1, self.height())
            write(painter, line, word, "small", theme.colour("text_quiet"))
            left += wide + 26


class PileView(QWidget):
    """A grid, a title, a strip; what is chosen in one is chosen in the other.

    Signals:
        chosen: A person chose a picture of the pile.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.grid = PileGrid(self.tr("Pile"))
        self.strip = JudgementStrip()
        self._title = Label("", "head")
        self._more = Label("", "small", "text_quiet")
        self._legend = _Legend()
        self._pile: Pile | None = None
        self._told = True
        head = QHBoxLayout()
        head.setContentsMargins(0, 12, 0, 0)
        head.setSpacing(8)
        head.addWidget(self._title)
        head.addWidget(self._more)
        head.addStretch(1)
        head.addWidget(self._legend, 0, Qt.AlignmentFlag.AlignVCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.grid, 1)
        layout.addSpacing(12)
        layout.addWidget(Divider())
        layout.addLayout(head)
        layout.addWidget(self.strip)
        self.grid.chosen.connect(self._choose)
        self.strip.chosen.connect(self._choose)
        self.set_width_class("wide")
        self.clear()

    @property
    def told(self) -> bool:
        """Whether frames are shown."""
        return self._told

    def clear(self) -> None:
        """No pile yet."""
        self._pile = None
        self.grid.clear()
        self.strip.set_scores((), ())
        self._title.setText(self.tr("The inspector is looking at a fresh pile"))
        self._more.hide()

    def show_pile(self, pile: Pile, seed: int) -> None:
        """Show a pile; `seed` says how it lies."""
        self._pile = pile
        self.grid.set_pictures(pile.pictures, pile_tiles(pile.cards, self._told), seed)
        self.strip.set_scores(
            [card.score for card in pile.cards], [card.real for card in pile.cards]
        )
        self._title.setText(self.tr("All {n} in this pile").format(n=len(pile.cards)))
        self._more.setText(pile_line(pile.court))
        self._more.show()

    def set_told(self, told: bool) -> None:
        """Show or hide what is real."""
        self._told = told
        self.strip.set_told(told)
        self._legend.setVisible(told)
        if self._pile is not None:
            self.grid.set_tiles(pile_tiles(self._pile.cards, told))

    def set_current(self, index: int) -> None:
        """Choose a picture of the pile, without a signal."""
        self.grid.set_current(index)
        self.strip.set_current(index)

    def set_width_class(self, width: Width) -> None:
        """More or less room."""
        columns, rows, strip = _SHAPES[width]
        self.grid.set_shape(columns, rows)
        self.strip.setFixedHeight(strip)

    def _choose(self, index: int) -> None:
        self.set_current(index)
        self.chosen.emit(index)
