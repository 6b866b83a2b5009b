"""What the Judge page says, in sentences.

Not responsible for the numbers in them.
"""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QCoreApplication

from ganstudio.desktop.pages.train.captions import percent
from ganstudio.project.judging import (
    SURE,
    Court,
    HeatMap,
    JudgedPicture,
    Nearest,
    Pile,
    coin_chance,
    most_right,
)
from ganstudio.project.numbers import say_count
from ganstudio.project.quality import EXPECTED_COPIES, MomentScore
from ganstudio.project.titles import Best

__all__ = [
    "balance_line",
    "compared",
    "copies_line",
    "moment_words",
    "nearest_line",
    "picture_line",
    "pile_line",
    "say",
    "score_words",
    "significance",
    "tile_name",
    "where_most",
]

_PARTS = 3


def say(text: str) -> str:
    """A text in the person's language."""
    return QCoreApplication.translate("Judge", text)


def score_words(score: float) -> str:
    """What the inspector says: "60 % real"."""
    return say("{n} real").format(n=percent(score))


def moment_words(clock: int, newest: int, best: Best | None) -> str:
    """A moment in a list: "380 k, best"; the clock first, for where there is little room."""
    at = say_count(clock)
    if best is not None and best.clock == clock:
        words = say("{at}, your choice") if best.reason == "choice" else say("{at}, best")
        return words.format(at=at)
    return say("{at}, newest").format(at=at) if clock == newest else at


def tile_name(number: int, card: JudgedPicture, told: bool) -> str:
    """A picture for a screen reader: "Generated picture 14, 72 % real, wrong"."""
    if not told:
        words = say("Picture {n}, {score}")
    elif card.real:
        words = say("Real picture {n}, {score}")
    else:
        words = say("Generated picture {n}, {score}")
    said = words.format(n=number + 1, score=score_words(card.score))
    return f"{said}, {say('wrong')}" if told and not card.right else said


def picture_line(card: JudgedPicture, heat: HeatMap | None) -> str:
    """What the chosen picture is, whether the inspector was right, and what that rests on.

    `[word|token]` marks are those of `Caption`.
    """
    what = say("It is [real|real].") if card.real else say("It is [generated|generator].")
    place = where_most(heat, for_real=card.called_real) if heat is not None else ""
    plain, reasoned = {
        (True, True): (
            say("The inspector is right."),
            say("The inspector is right, most of all because of the {place}."),
        ),
        (False, False): (
            say("The inspector is right."),
            say("The inspector is right: most of all, the {place} gave it away."),
        ),
        (True, False): (
            say("The inspector is wrong."),
            say("The inspector is wrong: most of all, the {place} misled it."),
        ),
        (False, True): (
            say("The inspector was fooled."),
            say("The inspector was fooled, most of all by the {place}."),
        ),
    }[card.real, card.called_real]
    return f"{what} {reasoned.format(place=place) if place else plain}"


def where_most(heat: HeatMap, for_real: bool) -> str:
    """In which ninth of a picture most of the evidence lies; empty if there is none."""
    weights = heat.weights if for_real else -heat.weights
    evidence = np.clip(weights, 0, None)
    if not evidence.any():
        return ""
    rows = np.array_split(evidence, _PARTS, axis=0)
    ninths = [float(part.mean()) for row in rows for part in np.array_split(row, _PARTS, axis=1)]
    return (
        say("upper left"),
        say("top"),
        say("upper right"),
        say("left side"),
        say("middle"),
        say("right side"),
        say("lower left"),
        say("bottom"),
        say("lower right"),
    )[int(np.argmax(ninths))]


def nearest_line(found: Nearest) -> str:
    """Whether a generated picture lies suspiciously near one that was learned from."""
    if found.limit is None:
        return say("How near a copy would be is known only for runs of 200 pictures or more.")
    limit = f"{found.limit:.2f}"
    if found.suspicious:
        words = say(
            "Suspiciously near: of new pictures, only 5 in 100 come nearer than {limit}. "
            "Compare the two."
        )
    else:
        words = say("Not a copy. A copy would be nearer than {limit}.")
    return words.format(limit=limit)


def copies_line(score: MomentScore | None) -> str:
    """Whether the whole model copies, as its score has it."""
    copying = score.score.copying if score is not None else None
    if score is None or copying is None:
        return ""
    at = say_count(score.images)
    if copying.interval[0] <= EXPECTED_COPIES:
        return say("At {at}, the model copies no more than chance.").format(at=at)
    words = say("At {at}, {n} of what the model draws is suspiciously near.")
    return words.format(at=at, n=percent(copying.value))


def pile_line(court: Court) -> str:
    """What the strip shows, and whether the inspector knows the real pictures."""
    if court.honest:
        return say("by how real the inspector finds them; it never saw the real ones")
    return say("by how real the inspector finds them; it learned from the real ones")


def balance_line(court: Court) -> str:
    """How often the inspector puts a real picture before a generated one."""
    times = round(100 * court.balance)
    if times == 100:
        return say("A real one always beats a generated one.")
    return say("A real one beats a generated one {n} times in 100.").format(n=times)


def significance(right: int, total: int) -> str:
    """What so many right answers of a game mean beside a coin."""
    chance = coin_chance(right, total)
    times = round(100 * chance)
    if times == 0:
        often = say("less than once in 100")
    elif times == 1:
        often = say("once in 100")
    elif times >= 100:
        often = say("nearly always")
    else:
        often = say("{n} times in 100").format(n=times)
    coin = say("{right} of {total}: a coin would do as well {often}.").format(
        right=right, total=total, often=often
    )
    if chance < SURE:
        return f"{coin} {say('You can tell them apart.')}"
    bound = round(100 * most_right(right, total))
    if bound >= 100:
        rest = say("So few pictures show nothing either way.")
    elif bound > 75:
        rest = say(
            "So it may be luck; but you may be right up to {n} times in 100. 50 pictures would say "
            "more."
        )
    else:
        rest = say(
            "Nothing shows that you can tell: you are right at most {n} times in 100. To you they "
            "are nearly indistinguishable."
        )
    return f"{coin} {rest.format(n=bound)}"


def compared(you: int, pile: Pile) -> str:
    """Your score beside the inspector's, on the same pictures."""
    total, inspector = len(pile.cards), pile.right
    if you > inspector:
        words = say("You: {you} of {total}. The inspector: {it}. You see more than the network.")
    elif you < inspector:
        words = say("You: {you} of {total}. The inspector: {it}. It sees more than you.")
    else:
        words = say("You: {you} of {total}. The inspector: {it}, just as many.")
    return words.format(you=you, total=total, it=inspector)
