"""The stage of the tournament: what came out in a sentence, the matrix, what a cell says.

Not responsible for playing, nor for who plays.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QImage, QImageWriter, QPainter
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from ganstudio.desktop import theme
from ganstudio.desktop.pages.base import Width
from ganstudio.desktop.pages.judge.tournament_words import cell_line, names_of, verdict
from ganstudio.desktop.widgets.buttons import Button
from ganstudio.desktop.widgets.caption import Caption, plain_text
from ganstudio.desktop.widgets.label import Label
from ganstudio.desktop.widgets.progress_bar import ProgressRow
from ganstudio.desktop.widgets.win_board import WinBoard
from ganstudio.desktop.widgets.win_board_drawing import Contestant, Results
from ganstudio.project.errors import UserError
from ganstudio.project.tournament import Player, Tournament

__all__ = ["TournamentView"]

_HEAD, _HEAD_TALL = 64, 88
_FOOT, _FOOT_TALL = 24, 40
_SAVED_RATIO = 2.0


class TournamentView(QWidget):
    """Before, during and after: the heads are always there, the numbers once they are known.

    Signals:
        cancelled: A person does not want it to go on.
        table_wanted: A person wants the numbers as a file.
        picture_wanted: A person wants the matrix as a picture.
    """

    cancelled = Signal()
    table_wanted = Signal()
    picture_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._players: tuple[Player, ...] = ()
        self._narrow = False
        self._found: Tournament | None = None
        self.title = Label("", "finding", wrap=True)
        self.meaning = Label("", "small", "text_quiet", wrap=True)
        self.table = Button(
            self.tr("Save table"),
            icon="save",
            tip=self.tr("Save win rates and skills as a CSV file."),
        )
        self.picture = Button(
            self.tr("Save picture"), icon="export", tip=self.tr("Save the matrix as a PNG file.")
        )
        self.progress = ProgressRow("", self.tr("Stop this. Nothing comes out of it."))
        self.progress.cancelled.connect(self.cancelled)
        self.board = WinBoard()
        self.board.chosen.connect(self._say_cell)
        self.caption = Caption("body", "text")
        self.caption.set_active(False)
        self.table.clicked.connect(self.table_wanted)
        self.picture.clicked.connect(self.picture_wanted)
        self._lay_out()
        self.show_lineup(())

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.title)
        words.addWidget(self.meaning)
        words.addStretch()
        said = QWidget()
        row = QHBoxLayout(said)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addLayout(words, 1)
        row.addSpacing(16)
        for button in (self.table, self.picture):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        plays = QWidget()
        column = QVBoxLayout(plays)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.progress)
        column.addStretch()
        self._head = QStackedWidget()
        self._head.addWidget(said)
        self._head.addWidget(plays)
        self._head.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self._head)
        layout.addWidget(self.board, 1)
        layout.addWidget(self.caption)
        layout.addStretch()

    def set_width_class(self, width: Width) -> None:
        """More or less room: words wrap where there is little, and buttons have none."""
        self._narrow = narrow = width == "narrow"
        self._fit_head()
        for button, words in (
            (self.table, self.tr("Save table")),
            (self.picture, self.tr("Save picture")),
        ):
            button.setText("" if narrow else words)
            button.setAccessibleName(words)
            button.updateGeometry()

    @property
    def players(self) -> tuple[Player, ...]:
        """Who stands in the heads."""
        return self._players

    @property
    def found(self) -> Tournament | None:
        """What came out among them."""
        return self._found

    # -- what is shown ---

    def show_too_few(self) -> None:
        """There are no two moments yet that could play."""
        self.show_lineup(())
        self.title.setText(self.tr("Two moments are needed"))
        self.meaning.setText(
            self.tr("Train a little longer; then the moments of this run can play here.")
        )

    def show_lineup(self, players: Sequence[Player]) -> None:
        """Who would play: heads and empty cells."""
        self._players, self._found = tuple(players), None
        self._fit_head()
        heads = [Contestant(name, run) for name, run in names_of(players)]
        self.board.set_heads(heads)
        self.board.setVisible(bool(heads))
        self.title.setText(self.tr("Who fools whom?"))
        self.meaning.setText(
            self.tr(
                "The generators of several moments play against the inspectors of several moments. "
                "A generator wins where the inspector finds its picture more real than a real one."
            )
        )
        self._show_found(False)

    def show_picture(self, index: int, picture: np.ndarray) -> None:
        """What one of them draws."""
        self.board.set_picture(index, picture)

    def show_running(self) -> None:
        """They play."""
        self.board.set_results(None)
        self._found = None
        self.progress.restart(self.tr("Everybody draws, then every inspector looks at all"))
        self.caption.set_text("")
        self._show_found(False)
        self._head.setCurrentIndex(1)

    def show_problem(self, error: UserError | None) -> None:
        """They do not play any more; say why, if there is a reason."""
        self._show_found(False)
        if error is not None:
            self.title.setText(error.sentence)
            self.meaning.setText(error.hint)

    def show_found(self, found: Tournament) -> None:
        """What came out; the cell of the best generator and the best inspector is chosen."""
        self._found = found
        names, many = names_of(self._players), len(self._players)
        lines = [
            [plain_text(cell_line(g, d, share)) for d, share in zip(names, row, strict=True)]
            for g, row in zip(names, found.wins.tolist(), strict=True)
        ]
        skills = np.concatenate([found.generators, found.inspectors])
        pairs = list(zip(skills.tolist(), found.errors.tolist(), strict=True))
        self.board.set_results(Results(found.wins, pairs[:many], pairs[many:], lines))
        self.title.setText(verdict(self._players, found))
        self.meaning.setText(
            self.tr(
                "How often a generated picture was found more real than a real one: pink where "
                "the generator wins, blue where the inspector does. At 50\u00a0% it cannot tell."
            )
        )
        best = int(found.generators.argmax()), int(found.inspectors.argmax())
        self.board.set_current(*best)
        self._say_cell(*best)
        self._show_found(True)

    def save_png(self, path: Path) -> bool:
        """Save the matrix as it looks now, at twice the size. Returns whether it worked."""
        size = self.board.size() * _SAVED_RATIO
        image = QImage(size, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(_SAVED_RATIO)
        image.fill(theme.colour("stage"))
        painter = QPainter(image)
        self.board.render(painter, QPoint())
        painter.end()
        return QImageWriter(str(path), b"png").write(image)

    @Slot(int, int)
    def _say_cell(self, row: int, column: int) -> None:
        if self._found is None:
            return
        names = names_of(self._players)
        self.caption.set_text(
            cell_line(names[row], names[column], float(self._found.wins[row, column]))
        )

    def _fit_head(self) -> None:
        """Room for words in two lines, where they may need it: what grows would move the board."""
        several = any(run for _, run in names_of(self._players))
        self._head.setFixedHeight(_HEAD_TALL if several or self._narrow else _HEAD)
        self.caption.setFixedHeight(_FOOT_TALL if several and self._narrow else _FOOT)

    def _show_found(self, found: bool) -> None:
        self._head.setCurrentIndex(0)
        for button in (self.table, self.picture):
            button.setVisible(found)
        if not found:
            self.caption.set_text("")
