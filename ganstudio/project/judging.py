"""What the inspector says of single pictures, as plain values, and what a coin would have said.

Not responsible for judging anything (`studio.engine`), nor for showing it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ganstudio.project.messages import Pictures
from ganstudio.project.quality import Estimate

__all__ = [
    "EVEN",
    "SURE",
    "Court",
    "FolderJudged",
    "HeatMap",
    "JudgedPicture",
    "Nearest",
    "Neighbour",
    "Pile",
    "Round",
    "coin_chance",
    "most_right",
]

#: A score above it says "real", one below it "generated".
EVEN = 0.5
#: Whoever guesses is believed to see something if a coin does as well less often than this.
SURE = 0.05

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class JudgedPicture:
    """One picture of a pile.

    Attributes:
        real: Whether it is one of the person's own.
        score: How real the inspector finds it, 0 to 1.
        name: File of a real picture; empty for generated ones.
        seed: Seed of a generated picture, None for real ones.
        kind: Number of its kind; 0 where there are none.
    """

    real: bool
    score: float
    name: str = ""
    seed: int | None = None
    kind: int = 0

    @property
    def called_real(self) -> bool:
        """Which of the two the inspector takes it for."""
        return self.score > EVEN

    @property
    def right(self) -> bool:
        """Whether the inspector is right about it."""
        return self.called_real == self.real


@dataclass(frozen=True, slots=True)
class Court:
    """Who judges, and how well it can tell.

    Attributes:
        images: The moment's clock.
        middle: The logit that means "as likely real as generated": the `c` of every score.
        right: Share of the reference pile on the right side of 50 %.
        balance: How often a real picture of it beats a generated one; a tie counts half.
        real: Real pictures of the reference pile.
        generated: Generated ones.
        honest: Whether the real ones are held out: the inspector never saw them.
        available: How many real pictures there are to draw piles from.
    """

    images: int
    middle: float
    right: Estimate
    balance: float
    real: int
    generated: int
    honest: bool
    available: int


@dataclass(frozen=True, slots=True)
class Pile:
    """Real and generated pictures, jumbled.

    Attributes:
        court: Who judged it.
        pictures: (N, H, W, C) uint8, read-only.
        cards: What is known of each.
        again: Whether real pictures in it were in an earlier pile: there are no unseen ones left.
    """

    court: Court
    pictures: Pictures
    cards: tuple[JudgedPicture, ...]
    again: bool = False

    @property
    def right(self) -> int:
        """How many of them the inspector is right about."""
        return sum(card.right for card in self.cards)


@dataclass(frozen=True, slots=True)
class HeatMap:
    """Which parts of a picture speak for it: above 0 they make it look real, below generated.

    Attributes:
        index: The picture's place in its pile.
        weights: (H, W) float32, read-only; how much the inspector's logit falls where the picture
            is blurred there.
    """

    index: int
    weights: Floats


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A picture that was learned from, and how far away it lies in feature space."""

    picture: Pictures
    name: str
    distance: float


@dataclass(frozen=True, slots=True)
class Nearest:
    """The pictures that were learned from which lie nearest to one of a pile.

    Attributes:
        index: The picture's place in its pile.
        neighbours: The nearest first.
        limit: New pictures lie nearer than this 5 times in 100; None without held-out pictures.
        searched: How many pictures were looked through.
    """

    index: int
    neighbours: tuple[Neighbour, ...]
    limit: float | None
    searched: int

    @property
    def suspicious(self) -> bool:
        """Whether it lies as near to one of them as copies do."""
        return self.limit is not None and self.neighbours[0].distance <= self.limit


@dataclass(frozen=True, slots=True)
class FolderJudged:
    """A folder's pictures, the least convincing first.

    Attributes:
        folder: Its name.
        pictures: (N, H, W, C) uint8, read-only.
        names: Of each.
        scores: Of each, 0 to 1, rising.
        left_out: (name, sentence) of each that could not be read.
        more: How many were not looked at, because there were too many.
    """

    folder: str
    pictures: Pictures
    names: tuple[str, ...]
    scores: tuple[float, ...]
    left_out: tuple[tuple[str, str], ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True)
class Round:
    """One round of the game on copies of both networks, slowly.

    Attributes:
        images: The clock of the moment whose networks were copied.
        pictures: (N, H, W, C) uint8: real and generated ones, jumbled, as the inspector sees them.
        real: Which of them are real.
        before: The inspector's scores, 0 to 1.
        after: The same once it has learned.
        redrawn: (M, H, W, C) uint8: the generated ones in their order, drawn again once the
            generator has learned.
        redrawn_scores: What the inspector, which has learned, says of those.
        changes: (M, H, W, C) uint8: what changed in them, on grey and made visible.
        magnified: How many times stronger than it is.
        loss: The name of the run's game.
        learning_rate: Of both steps.
    """

    images: int
    pictures: Pictures
    real: tuple[bool, ...]
    before: tuple[float, ...]
    after: tuple[float, ...]
    redrawn: Pictures
    redrawn_scores: tuple[float, ...]
    changes: Pictures
    magnified: float
    loss: str
    learning_rate: float


def coin_chance(right: int, total: int) -> float:
    """How often a coin is right at least so many times: exact, 0 to 1.

    Every picture of a game is real or generated by a coin of its own, so that this holds however
    somebody guesses.
    """
    ways = sum(math.comb(total, hits) for hits in range(right, total + 1))
    return float(ways / 2**total)


def most_right(right: int, total: int, sure: float = 1 - SURE) -> float:
    """The largest share of right answers that still fits with so many of a game.

    The upper one-sided bound of Clopper and Pearson 1934, by halving.

    Args:
        right: Right answers.
        total: Answers.
        sure: How sure the bound shall be.
    """
    if right >= total:
        return 1.0
    low, high = right / total, 1.0
    for _ in range(40):
        middle = (low + high) / 2
        if _at_most(right, total, middle) > 1 - sure:
            low = middle
        else:
            high = middle
    return high


def _at_most(right: int, total: int, share: float) -> float:
    """P(at most so many right) of somebody who is right with that share."""
    ways: Sequence[float] = [
        math.comb(total, hits) * share**hits * (1 - share) ** (total - hits)
        for hits in range(right + 1)
    ]
    return sum(ways)
