"""Playing inspector: a pile, and a person's answers to it, one picture after the other.

Not responsible for showing it (`game_view`).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ganstudio.project.judging import Pile

__all__ = ["Game"]


@dataclass(slots=True)
class Game:
    """One game.

    Attributes:
        pile: What is asked.
        answers: Of each picture in turn, whether the person took it for real.
    """

    pile: Pile
    answers: list[bool] = field(default_factory=list)

    @property
    def total(self) -> int:
        """How many pictures are asked."""
        return len(self.pile.cards)

    @property
    def over(self) -> bool:
        """Whether all are answered."""
        return len(self.answers) >= self.total

    @property
    def right(self) -> int:
        """How many answers are right."""
        cards = self.pile.cards
        return sum(a == card.real for a, card in zip(self.answers, cards, strict=False))

    def answer(self, real: bool) -> None:
        """Say what the picture whose turn it is seems to be."""
        if not self.over:
            self.answers.append(real)
