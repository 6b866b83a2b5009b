"""Champion and challengers: which moment of a run is its best, and how the title was won.

Every scored moment challenges the best one before it. What counts is the kernel distance: it has no
bias however few pictures are compared, so scores of 64 and of 500 pictures may meet, and it falls
with missing realism and with missing variety alike.

A challenger takes the title only if it is lower by more than its own standard error. All moments of
a run are compared with the same real pictures and drawn from the same seeds, so most of what two
errors stand for is common to both and cancels in their difference: neighbouring moments of a run
scatter around their trend by about half an error (24 moments of the sketch recipe), so that one
error is about two standard deviations. Of moments that cannot be told apart the earlier one keeps
the title: it has seen the pictures less often, so it copies less. The best is so within one error
of the lowest distance that could take the title.

A moment that surely copies more than twice as much as new pictures would cannot take it: a copier
has the lowest distance of all. Where copying is not known, nothing is held against a moment.

A moment that a person starred outranks all scores: the one starred last is "my choice".

The story is told by the clock, from what is known now. Scores come newest first and out of order,
so it may change as older moments are scored, but it is the same however they came.

Not responsible for scoring (`quality`), nor for keeping what won (`gan.room`).
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from ganstudio.project.quality import EXPECTED_COPIES, MomentScore

__all__ = ["MOST_COPIES", "STAR", "UNSTAR", "Best", "best_moment", "kept", "starred", "titles"]

#: A share of copies that surely lies above this keeps a moment from the title.
MOST_COPIES = 2 * EXPECTED_COPIES
#: Kinds of events in `events.jsonl`; of each clock the last one counts.
STAR, UNSTAR = "star", "unstar"


@dataclass(frozen=True, slots=True)
class Best:
    """The moment that a run is shown at.

    Attributes:
        clock: Its pictures seen.
        reason: "choice" if a person starred it, "score" if it holds the title.
    """

    clock: int
    reason: Literal["choice", "score"]


def titles(scores: Mapping[int, MomentScore]) -> list[MomentScore]:
    """The moments that won the title, by the clock; the last one holds it.

    Args:
        scores: Clock -> score, in any order.
    """
    won: list[MomentScore] = []
    for clock in sorted(scores):
        if _may_challenge(scores[clock]) and (not won or _beats(scores[clock], won[-1])):
            won.append(scores[clock])
    return won


def starred(events: Iterable[Mapping[str, Any]]) -> list[int]:
    """The clocks that carry a star, in the order in which they got it: the last one is my choice.

    Args:
        events: Lines of `events.jsonl`, in order.
    """
    found: dict[int, None] = {}
    for event in events:
        clock = event.get("images")
        if event.get("event") not in (STAR, UNSTAR) or not isinstance(clock, int):
            continue
        found.pop(clock, None)
        if event["event"] == STAR:
            found[clock] = None
    return list(found)


def best_moment(
    scores: Mapping[int, MomentScore],
    events: Iterable[Mapping[str, Any]],
    snapshots: Collection[int],
) -> Best | None:
    """The best moment there is: my choice, else the holder of the title among those that are kept.

    Args:
        scores: Clock -> score.
        events: Lines of `events.jsonl`, in order.
        snapshots: The clocks of all snapshots; moments without one are gone.

    Returns:
        None where nothing is starred and nothing that is kept could take the title.
    """
    there = set(snapshots)
    chosen = [clock for clock in starred(events) if clock in there]
    if chosen:
        return Best(chosen[-1], "choice")
    won = titles({clock: score for clock, score in scores.items() if clock in there})
    return Best(won[-1].images, "score") if won else None


def kept(
    scores: Mapping[int, MomentScore],
    events: Iterable[Mapping[str, Any]],
    snapshots: Collection[int],
) -> frozenset[int]:
    """The snapshots that never make room for others: the best by score, and all starred ones."""
    there = set(snapshots)
    best = best_moment(scores, (), there)
    stars = there.intersection(starred(events))
    return frozenset(stars | {best.clock} if best is not None else stars)


def _may_challenge(score: MomentScore) -> bool:
    """Whether it is a number at all, and no copier's."""
    kernel, copying = score.score.kernel, score.score.copying
    if not (math.isfinite(kernel.value) and math.isfinite(kernel.error)):
        return False
    return copying is None or not copying.interval[0] > MOST_COPIES


def _beats(challenger: MomentScore, champion: MomentScore) -> bool:
    kernel = challenger.score.kernel
    return kernel.value + kernel.error < champion.score.kernel.value
