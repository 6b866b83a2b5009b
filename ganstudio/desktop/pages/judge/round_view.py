"""The stage of one round, slowly: pictures, a caption, Back and Next.

Not responsible for playing the round, nor for the words (`round_steps`).
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ganstudio.desktop.pages.judge.round_steps import STEPS, StepShown, shown_at
from ganstudio.desktop.tokens import Size
from ganstudio.desktop.widgets.buttons import Button
from ganstudio.desktop.widgets.caption import Caption
from ganstudio.desktop.widgets.label import Label
from ganstudio.desktop.widgets.pile_grid import PileGrid
from ganstudio.project.judging import Round

__all__ = ["RoundView"]

_TEXT = 88


class RoundView(QWidget):
    """One round, step by step.

    Signals:
        again_asked: A person wants another round.
        step_changed: Another step is shown.
    """

    again_asked = Signal()
    step_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._round: Round | None = None
        self._step = 0
        self.number = Label("", "small", "text_quiet")
        self.title = Label("", "title")
        self.caption = Caption("lesson", "text")
        self.caption.set_active(False)
        self.caption.setFixedHeight(_TEXT)
        self.grid = PileGrid(self.tr("Pictures of the round"), 8, 1, jumbled=False)
        self.back = Button(
            self.tr("Back"), height=Size.BUTTON_LARGE, tip=self.tr("One step back in this round.")
        )
        self.next = Button(
            self.tr("Next"),
            icon="arrow-right",
            height=Size.BUTTON_LARGE,
            tip=self.tr("The next step of this round."),
        )
        self.next.set_icon_right(True)
        self.again = Button(
            self.tr("Another round"),
            height=Size.BUTTON_LARGE,
            tip=self.tr("Begin again with fresh copies and eight other pictures."),
        )
        self._lay_out()
        self.back.clicked.connect(lambda: self.go(self._step - 1))
        self.next.clicked.connect(lambda: self.go(self._step + 1))
        self.again.clicked.connect(self.again_asked.emit)
        self.clear()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.back)
        row.addWidget(self.next)
        row.addWidget(self.again)
        row.addStretch(1)
        row.addWidget(self.number)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.title)
        layout.addWidget(self.caption)
        layout.addWidget(self.grid, 1)
        layout.addSpacing(8)
        layout.addLayout(row)

    @property
    def step(self) -> int:
        """Which step is shown, from 0."""
        return self._step

    @property
    def round(self) -> Round | None:
        """The round that is shown."""
        return self._round

    def clear(self) -> None:
        """A round is being played."""
        self._round = None
        self.title.setText(self.tr("Copying both networks"))
        self.caption.set_text("")
        self.number.setText("")
        self.grid.clear()
        for button in (self.back, self.next, self.again):
            button.setEnabled(False)

    def show_round(self, round_: Round) -> None:
        """Begin at the first step of a round."""
        self._round = round_
        self.go(0)

    def go(self, step: int) -> None:
        """Show another step."""
        if self._round is None or not 0 <= step < STEPS:
            return
        self._step = step
        shown = shown_at(self._round, step)
        self.title.setText(shown.title)
        self.caption.set_text(shown.text)
        self.number.setText(self.tr("Step {n} of {total}").format(n=step + 1, total=STEPS))
        self._place(shown)
        self.grid.set_pictures(shown.pictures, shown.tiles)
        self.back.setEnabled(step > 0)
        self.next.setEnabled(step < STEPS - 1)
        self.again.setEnabled(True)
        self.step_changed.emit()

    def _place(self, shown: StepShown) -> None:
        self.grid.set_shape(shown.columns, -(-len(shown.pictures) // shown.columns))
