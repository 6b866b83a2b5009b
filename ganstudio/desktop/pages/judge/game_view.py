"""The stage of the game: how many pictures, one after the other, and what came of it.

Not responsible for dealing pictures, nor for the arithmetic (`project.judging`).
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ganstudio.desktop.pages.base import Width
from ganstudio.desktop.pages.judge.framed_picture import FramedPicture
from ganstudio.desktop.pages.judge.game import Game
from ganstudio.desktop.pages.judge.pile_scroll import PileScroll
from ganstudio.desktop.pages.judge.tiles import answered_tiles
from ganstudio.desktop.pages.judge.words import compared, significance
from ganstudio.desktop.tokens import Size
from ganstudio.desktop.widgets.buttons import Button
from ganstudio.desktop.widgets.label import Label
from ganstudio.desktop.widgets.pile_grid import PileGrid

__all__ = ["LENGTHS", "GameView"]

#: A quick game, and one that says something.
LENGTHS = (10, 50)
#: How many of the answered pictures are seen.
_LAST: dict[Width, int] = {"wide": 10, "medium": 8, "narrow": 6}


class GameView(QWidget):
    """Three pages: before, during and after a game.

    Signals:
        begun: A person wants a game of so many pictures.
        answered: A person says of the picture whether it is real.
    """

    begun = Signal(int)
    answered = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stack = QStackedWidget()
        self.lengths: dict[int, Button] = {}
        self._last = _LAST["wide"]
        self._length = LENGTHS[0]
        self._stack.addWidget(self._before())
        self._stack.addWidget(self._during())
        self._stack.addWidget(self._after())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)

    def _before(self) -> QWidget:
        question = Label(self.tr("Can you tell?"), "question")
        rules = Label(
            self.tr(
                "You see one picture at a time and say whether it is one of yours or generated. A "
                "coin decided that of each, so counting does not help. The inspector judges the "
                "same pictures."
            ),
            "body",
            "text_quiet",
            wrap=True,
        )
        rules.setFixedWidth(420)
        row = QHBoxLayout()
        row.setSpacing(12)
        tips = {
            LENGTHS[0]: self.tr("A quick game, in about half a minute."),
            LENGTHS[1]: self.tr("Long enough to say something about you."),
        }
        for count in LENGTHS:
            words = self.tr("Play {n} pictures").format(n=count)
            button = Button(words, height=Size.BUTTON_LARGE, tip=tips[count])
            button.clicked.connect(lambda _=False, count=count: self.begun.emit(count))
            self.lengths[count] = button
            row.addWidget(button)
        row.addStretch(1)
        return _centred(question, rules, row)

    def _during(self) -> QWidget:
        self.progress = Label("", "finding")
        self.progress.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.picture = FramedPicture(self.tr("The picture to judge"), 360, centred=True)
        self.real = Button(
            self.tr("Real (R)"),
            height=Size.BUTTON_LARGE,
            tip=self.tr("It is one of your pictures. (R)"),
        )
        self.generated = Button(
            self.tr("Generated (G)"),
            height=Size.BUTTON_LARGE,
            tip=self.tr("The generator drew it. (G)"),
        )
        for button, real in ((self.real, True), (self.generated, False)):
            button.setMinimumWidth(160)
            button.clicked.connect(lambda _=False, real=real: self.answered.emit(real))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addStretch(1)
        row.addWidget(self.real)
        row.addWidget(self.generated)
        row.addStretch(1)
        self.last = PileGrid(self.tr("Answered so far"), self._last, 1, jumbled=False)
        self.last.setFixedHeight(124)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self.progress)
        column.addWidget(self.picture, 1)
        column.addLayout(row)
        column.addWidget(self.last)
        return page

    def _after(self) -> QWidget:
        self.verdict = Label("", "title")
        self.meaning = Label("", "body", "text_quiet", wrap=True)
        self.longer = Button(
            self.tr("Play {n} pictures").format(n=LENGTHS[1]),
            tip=self.tr("Long enough to say something about you."),
        )
        self.longer.clicked.connect(lambda: self.begun.emit(LENGTHS[1]))
        self.again = Button(
            self.tr("Play again"),
            tip=self.tr("Another game, with pictures nobody has seen yet."),
        )
        self.again.clicked.connect(lambda: self.begun.emit(self._length))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.meaning, 1)
        row.addSpacing(16)
        row.addWidget(self.again, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.longer, 0, Qt.AlignmentFlag.AlignTop)
        self.all = PileScroll(self.tr("All pictures of the game"))
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.verdict)
        column.addLayout(row)
        column.addSpacing(8)
        column.addWidget(self.all, 1)
        return page

    # -- what is shown ---

    def show_start(self) -> None:
        """Ask how many pictures it shall be."""
        self._stack.setCurrentIndex(0)

    def show_waiting(self) -> None:
        """The pictures are being dealt."""
        self.progress.setText(self.tr("Dealing"))
        self.picture.set_picture(None)
        self.last.clear()
        self._set_open(False)
        self._stack.setCurrentIndex(1)

    def show_game(self, game: Game) -> None:
        """Show the picture whose turn it is, and how it went so far."""
        done, total, pile = len(game.answers), game.total, game.pile
        turn = min(done, total - 1)
        words = self.tr("Picture {n} of {total}. Real or generated?")
        if game.over:
            words = self.tr("That was the last of {total}.")
        self.progress.setText(words.format(n=done + 1, total=total))
        real = pile.cards[turn].real if game.over else None
        self.picture.set_picture(pile.pictures[turn], real)
        self._set_open(not game.over)
        start = max(0, done - self._last)
        tiles = answered_tiles(pile.cards[start:done], game.answers[start:])
        self.last.set_pictures(pile.pictures[start:done], tiles)
        self._stack.setCurrentIndex(1)

    def show_result(self, game: Game) -> None:
        """What came of it."""
        pile, total = game.pile, game.total
        self.verdict.setText(compared(game.right, pile))
        self.meaning.setText(significance(game.right, total))
        self._length = total
        self.longer.setVisible(total < LENGTHS[1])
        self.all.show_pictures(pile.pictures, answered_tiles(pile.cards, game.answers))
        self._stack.setCurrentIndex(2)

    def set_width_class(self, width: Width) -> None:
        """More or less room."""
        self._last = _LAST[width]
        self.last.set_shape(self._last, 1)
        self.all.set_width_class(width)

    def main_widget(self) -> QWidget:
        """What has the focus."""
        page = self._stack.currentIndex()
        return (self.lengths[LENGTHS[0]], self.real, self.all.grid)[page]

    def _set_open(self, opened: bool) -> None:
        self.real.setEnabled(opened)
        self.generated.setEnabled(opened)


def _centred(*parts: QWidget | QHBoxLayout) -> QWidget:
    """Parts below each other in the middle of the stage."""
    page = QWidget()
    column = QVBoxLayout()
    column.setSpacing(16)
    for part in parts:
        if isinstance(part, QWidget):
            column.addWidget(part)
        else:
            column.addLayout(part)
    row = QHBoxLayout()
    row.addStretch(1)
    row.addLayout(column)
    row.addStretch(1)
    outer = QVBoxLayout(page)
    outer.addStretch(2)
    outer.addLayout(row)
    outer.addStretch(3)
    return page
