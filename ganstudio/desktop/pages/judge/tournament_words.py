"""What the tournament says, in sentences.

Not responsible for the numbers in them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from ganstudio.desktop.pages.judge.lineup import FEWEST, MOST
from ganstudio.desktop.pages.judge.words import say
from ganstudio.project.numbers import say_count, say_duration
from ganstudio.project.tournament import Player, Tournament

__all__ = ["cell_line", "names_of", "progress_line", "verdict", "why_not"]


def names_of(players: Sequence[Player]) -> list[tuple[str, str]]:
    """The clock of each, and its run's name where there are several runs."""
    several = len({player.folder for player in players}) > 1
    return [(say_count(player.clock), player.name if several else "") for player in players]


def cell_line(generator: tuple[str, str], inspector: tuple[str, str], share: float) -> str:
    """How often a generator fools an inspector, with `[word|token]` marks."""
    times = round(100 * share)
    if share <= 0:
        words = say("The {g} never fools the {d}.")
    elif share >= 1:
        words = say("The {g} always fools the {d}.")
    elif times == 0:
        words = say("The {g} fools the {d} less than once in 100.")
    elif times == 1:
        words = say("The {g} fools the {d} once in 100.")
    elif times >= 100:
        words = say("The {g} fools the {d} nearly always.")
    else:
        words = say("The {g} fools the {d} {n} times in 100.")
    return words.format(
        g=say("[generator|generator] of {at}").format(at=_full(generator)),
        d=say("[inspector|inspector] of {at}").format(at=_full(inspector)),
        n=times,
    )


def verdict(players: Sequence[Player], found: Tournament) -> str:
    """Who is the best at either, and who cannot be told from them."""
    names, many = names_of(players), len(players)
    best = _best_of(names, found.generators, found.errors[:many])
    sharpest = _best_of(names, found.inspectors, found.errors[many:])
    words = say("Strongest generator: {g}. Strongest inspector: {d}.")
    return words.format(g=best, d=sharpest)


def progress_line(done: int, total: int, seconds: float) -> str:
    """How far it is, and how long it takes from here at the pace so far."""
    if not total:
        return say("Waiting for its turn")
    if not done or seconds < 1:
        return say("{n} of 100 done").format(n=round(100 * done / total))
    left = say_duration(seconds * (total - done) / done)
    words = say("{n} of 100 done, about {time} left")
    return words.format(n=round(100 * done / total), time=left)


def why_not(count: int) -> str:
    """Why so many cannot play; empty if they can."""
    if count < FEWEST:
        return say("Tick two moments or more.")
    if count > MOST:
        return say("{most} can play at once: untick {n}.").format(most=MOST, n=count - MOST)
    return ""


def _best_of(names: Sequence[tuple[str, str]], skills: np.ndarray, errors: np.ndarray) -> str:
    """The name of the most skilful, and of the next if it is as good within the error."""
    order = np.argsort(skills)[::-1]
    first, second = (int(place) for place in order[:2])
    if skills[first] - skills[second] < math.hypot(errors[first], errors[second]):
        words = say("{first} or {second}")
        return words.format(first=_full(names[first]), second=_full(names[second]))
    return _full(names[first])


def _full(name: tuple[str, str]) -> str:
    clock, run = name
    return f"{run}, {clock}".replace(" ", "\u00a0") if run else clock
