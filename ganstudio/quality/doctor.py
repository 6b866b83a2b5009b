"""The training doctor: what is going on in a run, the worst first, each with one thing to do.

Every sign looks at a `Case` and finds something or nothing; all thresholds stand in `limits`. Plain
numbers in, plain values out.

Not responsible for the signs themselves (`signs_...`), for measuring (`score`, `memorised`), for
words (`project.finding_texts`) nor for doing anything about what it finds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from ganstudio.project.findings import Finding
from ganstudio.project.messages import MetricsRow
from ganstudio.project.quality import MomentScore
from ganstudio.project.recipe import Recipe
from ganstudio.quality.case import Case
from ganstudio.quality.limits import limit
from ganstudio.quality.signs_drawn import (
    dropping_kinds,
    memorising,
    mode_collapse,
    stalled,
    swinging_score,
)
from ganstudio.quality.signs_lead import (
    generator_ahead,
    inspector_ahead,
    inspector_drifting,
    swinging_balance,
)
from ganstudio.quality.signs_numbers import exploding, not_a_number

__all__ = ["examine"]


def examine(
    rows: Sequence[MetricsRow],
    scores: Iterable[MomentScore],
    recipe: Recipe,
    *,
    events: Sequence[Mapping[str, Any]] = (),
    kept: Iterable[int] = (),
) -> list[Finding]:
    """What is going on in a run.

    Args:
        rows: Of its metrics, their clocks rising.
        scores: Of its moments.
        recipe: What it was told to do.
        events: Of its history, in order.
        kept: Clocks of the moments that one can go back to.

    Returns:
        At least one finding, the worst first; "healthy" or "warming-up" if nothing is wrong.
    """
    case = Case(rows, scores, recipe, events, kept)
    found = [finding for sign in _SIGNS if (finding := sign(case)) is not None]
    return found or [_calm(case)]


def _calm(case: Case) -> Finding:
    lasts = case.warm + limit("lasts") * case.window
    if case.end < case.warm or (case.rows and case.end < lasts):
        return Finding("warming-up", "calm", values={"shapes": case.warm})
    return Finding("healthy", "calm")


def _oscillating(case: Case) -> Finding | None:
    """The lead or the score goes to and fro."""
    return swinging_balance(case) or swinging_score(case)


#: The worst first.
_SIGNS: tuple[Callable[[Case], Finding | None], ...] = (
    not_a_number,
    exploding,
    mode_collapse,
    memorising,
    dropping_kinds,
    _oscillating,
    inspector_ahead,
    inspector_drifting,
    generator_ahead,
    stalled,
)
