"""Playing inspector: a game is dealt, answered and counted, and another one begun.

Not responsible for what a game is (`game`), how it looks (`game_view`), nor for which view is seen.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from ganstudio.desktop.pages.judge.bench import BenchOfPage
from ganstudio.desktop.pages.judge.game import Game
from ganstudio.desktop.pages.judge.game_view import LENGTHS, GameView
from ganstudio.desktop.pages.judge.panel import WhoSection
from ganstudio.project.judging import Pile

__all__ = ["Playing"]


class Playing(QObject):
    """The games of one run, one at a time.

    Signals:
        dealt: The pictures of a game are there.
        changed: There was an answer, or a result.

    Attributes:
        game: That is played, or was.
        dealing: Pictures of the game that is being dealt; 0 for none.
        result_shown: Whether the game's result is shown.
    """

    dealt = Signal()
    changed = Signal()

    def __init__(
        self, bench: BenchOfPage, view: GameView, who: WhoSection, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._bench, self._view, self._who = bench, view, who
        self._played: dict[int, tuple[int, int]] = {}  # clock -> right answers, all answers
        self.game: Game | None = None
        self.dealing = 0
        self.result_shown = False
        bench.deal_came.connect(self._deal_came)

    @property
    def asks(self) -> bool:
        """Whether an answer is waited for."""
        return self.game is not None and not self.game.over

    def look_at(self, clock: int, other_run: bool) -> None:
        """Another moment judges, perhaps of another run."""
        self.clear()
        if other_run:
            self._played = {}
        self._who.show_played(*self._played.get(clock, (0, 0)))

    def clear(self) -> None:
        """There is no game, and none is dealt."""
        self.game, self.dealing, self.result_shown = None, 0, False

    def show_start(self) -> None:
        """Ask how many pictures it shall be, unless there is a game."""
        if self.game is None and not self.dealing:
            self._view.show_start()

    def begin(self, count: int) -> None:
        """Have a game of so many pictures dealt."""
        self.clear()
        self.dealing = count
        self._view.show_waiting()
        self._bench.ask_deal(count)

    @property
    def last_length(self) -> int:
        """How many pictures the last game had; how many a first one has."""
        return self.game.total if self.game is not None else LENGTHS[0]

    def answer(self, real: bool) -> None:
        """Say whether the picture whose turn it is seems real."""
        game = self.game
        if game is not None and not game.over:
            game.answer(real)
            self._view.show_game(game)
            self.changed.emit()

    def show_result(self) -> None:
        """What came of the game; it counts once."""
        game, clock = self.game, self._bench.clock
        if game is None or not game.over or clock is None or self.result_shown:
            return
        self.result_shown = True
        right, total = self._played.get(clock, (0, 0))
        self._played[clock] = right + game.right, total + game.total
        self._view.show_result(game)
        self._who.show_played(*self._played[clock])
        self.changed.emit()

    @Slot(object)
    def _deal_came(self, pile: Pile) -> None:
        self.dealing = 0
        self.game = Game(pile)
        self._view.show_game(self.game)
        self._who.show_court(pile.court)
        self.dealt.emit()
