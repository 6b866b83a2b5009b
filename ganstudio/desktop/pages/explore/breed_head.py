"""The row above the contact sheet: how many, how different, throw again, cross, and the way back.

Not responsible for what is bred.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ganstudio.desktop.pages.base import Width
from ganstudio.desktop.pages.explore.nearby import HEAD
from ganstudio.desktop.tokens import Size
from ganstudio.desktop.widgets.buttons import Button, IconButton
from ganstudio.desktop.widgets.label import Label
from ganstudio.desktop.widgets.segments import SegmentControl
from ganstudio.desktop.widgets.slider_track import Slider
from ganstudio.project.breeding import SIZES

__all__ = ["BreedHead"]

_FIRST = 0.35


class BreedHead(QWidget):
    """One row of the height of a section's head.

    Signals:
        changed: Another number of pictures, or another dial.
        throw_asked: Throw again.
        cross_toggled: Begin to choose two, or give it up.
        back_asked: From children back to variations.
    """

    changed = Signal()
    throw_asked = Signal()
    cross_toggled = Signal(bool)
    back_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._chosen: int | None = None
        self._children = False
        self._width_class: Width = "wide"
        self.title = Label(self.tr("Variations"), "head")
        self.back = IconButton(
            "undo",
            self.tr("Back to variations"),
            self.tr("Back to variations of the place where you are. (Esc)"),
            framed=True,
        )
        self.many = SegmentControl(
            [(str(n), str(n), self.tr("Show {n} pictures.").format(n=n)) for n in SIZES],
            self.tr("How many"),
            small=True,
        )
        self.many.set_current(str(SIZES[1]))
        self.words = Label(self.tr("How different"), "small", "text_quiet")
        self.dial = Slider(
            0.05,
            1.0,
            _FIRST,
            _FIRST,
            name=self.tr("How different"),
            tip=self.tr("From a shade to another picture. (Mutation strength)"),
        )
        self.dial.set_ground("stage")
        self.dial.setFixedWidth(112)
        self.dice = IconButton(
            "dice", self.tr("Throw again"), self.tr("Other pictures, as different as these.")
        )
        self.cross = Button("", icon="branch", height=Size.BUTTON_SMALL)
        self._lay_out()
        self.many.chosen.connect(self.changed)
        self.dial.released.connect(self.changed)
        self.dice.clicked.connect(self.throw_asked)
        self.cross.clicked.connect(self._toggle)
        self.back.clicked.connect(self.back_asked)
        self.show_children(False)
        self.show_chosen(None)

    @property
    def count(self) -> int:
        """How many pictures."""
        return int(self.many.current())

    @property
    def how_different(self) -> float:
        """0.05 to 1."""
        return self.dial.value()

    def show_children(self, children: bool) -> None:
        """Whether the sheet shows children of two, or variations of one."""
        self._children = children
        self.title.setText(self.tr("Children of two") if children else self.tr("Variations"))
        self.back.setVisible(children)
        self.set_width_class(self._width_class)

    def show_chosen(self, chosen: int | None) -> None:
        """How many are chosen for crossing; None while nobody chooses."""
        self._chosen = chosen
        words = {
            None: self.tr("Cross two"),
            0: self.tr("Choose two"),
            1: self.tr("Choose one more"),
        }
        self.cross.setText(words[chosen])
        self.cross.set_icon("branch" if chosen is None else "x")
        begin = self.tr(
            "Choose two pictures and see their children. Ctrl or Shift and a click choose at once, "
            "so does a favourite that is dropped on the sheet. (Crossover)"
        )
        self.cross.setToolTip(begin if chosen is None else self.tr("Give up choosing. (Esc)"))

    def set_width_class(self, width: Width) -> None:
        """The words give way first; the slider's tooltip has them."""
        self._width_class = width
        room = width == "wide" or (width == "medium" and not self._children)
        self.words.setVisible(room)
        self.dial.setFixedWidth(64 if width == "narrow" else 112)

    @Slot()
    def _toggle(self) -> None:
        self.cross_toggled.emit(self._chosen is None)

    def _lay_out(self) -> None:
        self.setFixedHeight(HEAD)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, HEAD - Size.BUTTON_SMALL)
        row.setSpacing(10)
        row.addWidget(self.title)
        row.addWidget(self.back)
        row.addStretch(1)
        row.addWidget(self.words)
        row.addWidget(self.dial)
        row.addWidget(self.dice)
        row.addWidget(self.many)
        row.addWidget(self.cross)
        row.setAlignment(Qt.AlignmentFlag.AlignVCenter)
