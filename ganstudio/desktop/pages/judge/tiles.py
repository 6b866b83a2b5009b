"""Piles, games and rounds as tiles: which frame, which words.

Not responsible for painting them (`widgets.pile_grid`).
"""

from __future__ import annotations

from collections.abc import Sequence

from ganstudio.desktop.pages.judge.words import say, score_words, tile_name
from ganstudio.desktop.pages.train.captions import percent
from ganstudio.desktop.widgets.pile_grid import PileTile
from ganstudio.project.judging import JudgedPicture

__all__ = ["answered_tiles", "pile_tiles"]


def pile_tiles(cards: Sequence[JudgedPicture], told: bool) -> list[PileTile]:
    """The inspector's score on each; told, the frames, and where it is wrong."""
    return [
        PileTile(
            name=tile_name(number, card, told),
            caption=score_words(card.score),
            strong=say(", wrong") if told and not card.right else "",
            real=card.real if told else None,
        )
        for number, card in enumerate(cards)
    ]


def answered_tiles(cards: Sequence[JudgedPicture], answers: Sequence[bool]) -> list[PileTile]:
    """What was answered so far: frames, scores, and where the person was wrong."""
    found = []
    for number, (card, answer) in enumerate(zip(cards, answers, strict=False)):
        fooled = answer != card.real
        said = tile_name(number, card, told=True)
        you = say("you were wrong") if fooled else say("you were right")
        found.append(
            PileTile(
                name=f"{said}, {you}",
                caption=percent(card.score) if fooled else score_words(card.score),
                strong=say(", fooled you") if fooled else "",
                real=card.real,
            )
        )
    return found
