"""Signs that the numbers of a training broke down or run away.

Not responsible for what a run is looked at as (`case`), nor for thresholds (`limits`).
"""

from __future__ import annotations

import itertools
import math

import numpy as np
import numpy.typing as npt

from ganstudio.project.findings import Finding
from ganstudio.project.presets import UNDECIDED
from ganstudio.quality import remedies
from ganstudio.quality.case import Case, trailing
from ganstudio.quality.limits import limit

__all__ = ["exploding", "not_a_number"]

Floats = npt.NDArray[np.float64]

_OFTEN = {1: "", 2: " twice", 3: " three times"}


def not_a_number(case: Case) -> Finding | None:
    """Training went back a short while ago, or leaves out step after step."""
    lately = case.end - limit("broken-lately") * case.window
    returns = [event for event in case.events if event.get("event") == "rollback"]
    if returns and max(returns[-1].get("broke_at", 0), returns[-1].get("images", 0)) >= lately:
        clock, often = int(returns[-1].get("images", 0)), int(returns[-1].get("returns", 1))
        return Finding(
            "not-a-number",
            "bad",
            since=clock,
            values={"clock": clock, "often": _OFTEN.get(often, f" {often} times")},
            evidence=("loss_g", "loss_d"),
            remedy=remedies.slower_branch(case, clock + 1) if often > 1 else None,
        )
    return _skipping(case)


def _skipping(case: Case) -> Finding | None:
    recent = [row for row in case.rows if row.images > case.end - limit("lasts") * case.window]
    if len(recent) < 2:
        return None
    skipped = recent[-1].skipped - recent[0].skipped
    steps = (recent[-1].images - recent[0].images) / case.recipe.batch_size
    if skipped < max(limit("skipped-least"), limit("skipped") * steps):
        return None
    since = next(a.images for a, b in itertools.pairwise(recent) if b.skipped > a.skipped)
    return Finding(
        "not-a-number",
        "bad",
        since=since,
        values={"steps": str(skipped)},
        evidence=("skipped", "loss_g", "loss_d"),
        remedy=remedies.slower(case),
    )


def exploding(case: Case) -> Finding | None:
    """Losses far beyond what this game usually comes to, though nobody simply wins."""
    sizes = np.fmax(np.abs(case.medians("loss_g")), np.abs(case.medians("loss_d")))
    if not len(sizes):
        return None
    usual = _usual_loss(case, sizes)
    wild = max(limit("wild-least"), limit("wild") * usual)
    if case.recipe.game.loss != "wasserstein":
        wild = min(wild, limit("immense"))
    won = (case.medians("balance") >= limit("winning")) & (sizes < limit("immense"))
    place = trailing((sizes >= wild) & ~won, int(limit("lasts")))
    if place is None:
        return None
    since = case.start_of(place)
    values = {"loss": _plain(sizes[-1]), "usual": _plain(usual)}
    remedy = remedies.slower_branch(case, since) or remedies.slower(case)
    return Finding("exploding", "bad", since, values, ("loss_g", "loss_d"), remedy)


def _usual_loss(case: Case, sizes: Floats) -> float:
    """The larger loss of an undecided inspector, or what it was on the whole, if that is more."""
    past = sizes[: -int(limit("lasts"))]
    before = float(np.nanmedian(past)) if np.isfinite(past).any() else 0.0
    undecided = UNDECIDED.get(case.recipe.game.loss)
    if undecided is None:
        return before or math.inf
    return max(max(map(abs, undecided)), min(before, limit("wild-least")))


def _plain(value: float) -> str:
    """A loss in few figures."""
    return f"{value:.1f}" if value < 100 else f"{value:,.0f}"
