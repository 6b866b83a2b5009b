"""The stage of the Judge page: one of its views, or what to do first.

Not responsible for what the views show.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ganstudio.desktop.pages.base import Width
from ganstudio.desktop.pages.judge.folder_view import FolderView
from ganstudio.desktop.pages.judge.game_view import GameView
from ganstudio.desktop.pages.judge.pile_view import PileView
from ganstudio.desktop.pages.judge.round_view import RoundView
from ganstudio.desktop.pages.judge.tournament_view import TournamentView
from ganstudio.desktop.tokens import Size
from ganstudio.desktop.widgets.buttons import Button
from ganstudio.desktop.widgets.label import Label
from ganstudio.project.errors import UserError

__all__ = ["EmptyView", "JudgeStage"]


class EmptyView(QWidget):
    """Nothing to judge with: what to do first, and the button that does it."""

    asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.question = Label("", "question", wrap=True)
        self.question.setFixedWidth(420)
        self.reason = Label("", "body", "text_quiet", wrap=True)
        self.reason.setFixedWidth(420)
        self.button = Button("", icon="arrow-right", height=Size.BUTTON_LARGE)
        self.button.set_icon_right(True)
        self.button.clicked.connect(self.asked.emit)
        row = QHBoxLayout()
        row.addWidget(self.button)
        row.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(16)
        column.addWidget(self.question)
        column.addWidget(self.reason)
        column.addLayout(row)
        across = QHBoxLayout()
        across.addStretch(1)
        across.addLayout(column)
        across.addStretch(1)
        layout = QVBoxLayout(self)
        layout.addStretch(2)
        layout.addLayout(across)
        layout.addStretch(3)

    def show_reason(self, problem: UserError | None, button: str) -> None:
        """Say what is missing, and what the button does about it.

        Args:
            problem: Why nothing can be judged; None while nothing was trained.
            button: What it leads to.
        """
        if problem is not None:
            self.question.setText(problem.sentence)
            self.reason.setText(problem.hint)
        else:
            self.question.setText(self.tr("Train a little first"))
            self.reason.setText(
                self.tr(
                    "Then real and generated pictures lie here in one pile, the inspector says "
                    "what it thinks of each, and you can try to tell better."
                )
            )
        self.button.setText(button)
        self.button.setToolTip(button)
        self.button.updateGeometry()


class JudgeStage(QStackedWidget):
    """The five views and the empty one."""

    def __init__(self) -> None:
        super().__init__()
        self.empty = EmptyView()
        self.pile = PileView()
        self.game = GameView()
        self.round = RoundView()
        self.folder = FolderView()
        self.tournament = TournamentView()
        self._views: dict[str, QWidget] = {
            "empty": self.empty,
            "pile": self.pile,
            "play": self.game,
            "round": self.round,
            "folder": self.folder,
            "tournament": self.tournament,
        }
        for view in self._views.values():
            self.addWidget(view)

    def show_view(self, key: str) -> None:
        """Show one of the views by its key."""
        self.setCurrentWidget(self._views[key])

    def set_width_class(self, width: Width) -> None:
        """More or less room."""
        self.pile.set_width_class(width)
        self.game.set_width_class(width)
        self.folder.pile.set_width_class(width)
        self.tournament.set_width_class(width)

    def main_widget(self) -> QWidget:
        """What has the focus when the page is entered."""
        view = self.currentWidget()
        if view is self.game:
            return self.game.main_widget()
        if view is self.pile:
            return self.pile.grid
        if view is self.round:
            return self.round.next
        if view is self.tournament:
            return self.tournament.board
        return self.folder.choose if view is self.folder else self.empty.button
