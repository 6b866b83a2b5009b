"""The training doctor: what is going on in a run, the worst first, each with one thing to do.

Every rule looks at a `Case` and finds something or nothing. A relativistic loss leaves the
inspector without an absolute zero, so who is ahead is read from the balance alone: how often a real
picture beats a generated one. All thresholds stand in `limits`.

Plain numbers in, plain values out. Not responsible for measuring (`score`, `memorised`), for words
(`project.finding_texts`) nor for doing anything about what it finds.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from ganstudio.project.findings import Finding, Remedy
from ganstudio.project.messages import MetricsRow
from ganstudio.project.presets import UNDECIDED
from ganstudio.project.quality import EXPECTED_COPIES, MomentScore
from ganstudio.project.recipe import Recipe
from ganstudio.quality import remedies
from ganstudio.quality.case import Case, trailing
from ganstudio.quality.limits import limit

__all__ = ["examine"]

Floats = npt.NDArray[np.float64]

_WHO_IS_AHEAD = ("balance", "loss_g", "loss_d")
_OFTEN = {1: "", 2: " twice", 3: " three times"}


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
    found = [finding for rule in _RULES if (finding := rule(case)) is not None]
    return found or [_calm(case)]


def _calm(case: Case) -> Finding:
    lasts = case.warm + limit("lasts") * case.window
    if case.end < case.warm or (case.rows and case.end < lasts):
        return Finding("warming-up", "calm", values={"shapes": case.warm})
    return Finding("healthy", "calm")


# -- numbers ---------------------------------------------------------------------------------------


def _not_a_number(case: Case) -> Finding | None:
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


def _exploding(case: Case) -> Finding | None:
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


# -- who is ahead ----------------------------------------------------------------------------------


def _inspector_ahead(case: Case) -> Finding | None:
    """It tells nearly every pair apart, and what is drawn gets no better by it."""
    balance = case.medians("balance")
    place = trailing(balance >= limit("ahead"), int(limit("lasts")))
    if place is None:
        return None
    since = case.start_of(place)
    long_enough = len(balance) - place >= limit("ahead-windows")
    if not (_hints_gone(case) or (long_enough and not _gets_better(case, since))):
        return None
    values = {"times": _times(balance[-1])}
    evidence = ("balance", "loss_g", "loss_d")
    return Finding(
        "inspector-ahead", "poor", since, values, evidence, remedies.harder_to_tell(case)
    )


def _hints_gone(case: Case) -> bool:
    """Whether the generator's gradient has vanished, as it does in games that saturate."""
    sizes = case.medians("gradient_g")
    first = sizes[np.isfinite(sizes)][:1]
    return bool(len(first) and sizes[-1] < limit("hints-gone") * first[0])


def _gets_better(case: Case, since: int) -> bool:
    """Whether the newest moment is clearly nearer to real pictures than those around a clock."""
    before = [score for score in case.scores if score.images <= since][-1:]
    after = [score for score in case.scores if score.images > since]
    moments = [*before, *after]
    if len(moments) < 2:
        return False
    first, last = _kernel(moments[0]), _kernel(moments[-1])
    return last < (1 - limit("ahead-gain")) * first


def _generator_ahead(case: Case) -> Finding | None:
    """The inspector is fooled by pictures that are still rough."""
    balance = case.medians("balance")
    place = trailing(balance < limit("behind"), int(limit("lasts")))
    if place is None:
        return None
    fooled = trailing(balance < limit("fooled"), int(limit("lasts")))
    if fooled is None and not _is_rough(case):
        return None
    since = case.start_of(place)
    values, remedy = {"times": _times(balance[-1])}, remedies.easier_to_tell(case)
    return Finding("generator-ahead", "poor", since, values, _WHO_IS_AHEAD, remedy)


def _is_rough(case: Case) -> bool:
    """Whether the newest score is still far from what one's own pictures come to."""
    if not case.scores:
        return False
    newest = case.scores[-1]
    floor = 0.0 if newest.own is None else max(newest.own.kernel.value, newest.own.kernel.error)
    floor = floor or 2 * newest.score.kernel.error
    return newest.score.kernel.interval[0] > limit("rough") * floor


# -- what is drawn ---------------------------------------------------------------------------------


def _mode_collapse(case: Case) -> Finding | None:
    """Generated pictures are much more alike than real ones, and once were less so, or never."""
    known = [score for score in case.scores if score.score.diversity is not None]
    if not known:
        return None
    shares = np.array([score.score.diversity for score in known], dtype=float)
    best = np.maximum.accumulate(shares)
    late = [score.images >= limit("never-many") * case.recipe.horizon for score in known]
    few = (shares < limit("few-kinds")) & (late | (shares < limit("lost") * best))
    place = trailing(few & [case.is_evidence(score) for score in known], int(limit("lasts")))
    if place is None:
        return None
    since = known[place].images
    values = {"share": float(shares[-1]), "best": float(best[-1])}
    remedy = remedies.more_kinds(case, since)
    return Finding("mode-collapse", "bad", since, values, ("diversity", "loss_g", "loss_d"), remedy)


def _memorising(case: Case) -> Finding | None:
    """It copies, for sure; or its inspector no longer believes pictures that it never saw."""
    for evidence, test, share in (
        ("copying", _copies, _copied_share),
        ("newness", _too_near, lambda score: score.score.newness),
        ("memorised", _by_heart, lambda score: score.inspector.memorised.value),
    ):
        known = [one for one in case.scores if test(one) is not None and case.is_evidence(one)]
        place = trailing([bool(test(score)) for score in known], int(limit("lasts")))
        if place is None:
            continue
        since = known[place].images
        values = {"share": min(1.0, float(share(known[-1]))), "expected": EXPECTED_COPIES}
        severity = "poor" if evidence == "memorised" else "bad"
        remedy = remedies.harder_to_learn(case)
        return Finding("memorising", severity, since, values, (evidence,), remedy)
    return None


def _copies(score: MomentScore) -> bool | None:
    copying = score.score.copying
    return None if copying is None else copying.interval[0] > limit("copied")


def _copied_share(score: MomentScore) -> float:
    return score.score.copying.value if score.score.copying is not None else 0.0


def _too_near(score: MomentScore) -> bool | None:
    newness = score.score.newness
    return None if newness is None else newness < limit("too-near")


def _by_heart(score: MomentScore) -> bool | None:
    reading = score.inspector
    return None if reading is None else reading.memorised.interval[0] > limit("by-heart")


# -- the course ------------------------------------------------------------------------------------


def _oscillating(case: Case) -> Finding | None:
    return _swinging_balance(case) or _swinging_score(case)


def _swinging_balance(case: Case) -> Finding | None:
    """The lead goes to and fro, window after window."""
    balance = case.medians("balance")[-int(limit("swing-windows")) :]
    if not np.isfinite(balance).all() or _turns(balance, limit("swing")) < limit("swing-turns"):
        return None
    values = {"low": _times(balance.min()), "high": _times(balance.max())}
    since, evidence = case.start_of(case.count - len(balance)), ("balance", "loss_g")
    return Finding("oscillating", "poor", since, values, evidence, remedies.slower(case))


def _swinging_score(case: Case) -> Finding | None:
    """The score gets better and worse by more than chance explains."""
    moments = case.scores[-_LOOKED:]
    values = np.array([_kernel(score) for score in moments])
    if len(values) < _LOOKED:
        return None
    error = float(np.median([score.score.kernel.error for score in moments]))
    least = max(limit("swing-score") * float(np.median(values)), 3 * error)
    if _turns(values, least) < limit("swing-turns"):
        return None
    share = float(np.abs(np.diff(values)).max() / np.median(values))
    since, remedy = moments[0].images, remedies.slower(case)
    return Finding("oscillating", "poor", since, {"share": share}, ("kernel",), remedy)


#: Moments among which turns are counted.
_LOOKED = 10


def _turns(values: Floats, least: float) -> int:
    """How often a curve turns round after going at least so far."""
    turns, way, mark = 0, 0, values[0] if len(values) else 0.0
    for value in values[1:]:
        if (way >= 0 and value > mark) or (way <= 0 and value < mark):
            if way == 0 and abs(value - mark) >= least:
                way = 1 if value > mark else -1
                mark = value
            elif way != 0:
                mark = value
        elif abs(value - mark) >= least:
            turns, way, mark = turns + 1, -way, value
    return turns


def _stalled(case: Case) -> Finding | None:
    """It got much better once, and the last third of the way has brought nothing more."""
    begin = (1 - limit("plateau")) * case.end
    least = int(limit("plateau-moments"))
    late = [score for score in case.scores if score.images > begin]
    before = [
        score
        for score in case.scores
        if begin - limit("plateau") * case.end < score.images <= begin
    ]
    if len(late) < least or len(before) < least:
        return None
    gains = [_gain(before, late, name) for name in ("kernel", "frechet")]
    balance = case.medians("balance")[-int(limit("lasts")) :]
    matched = len(balance) > 0 and bool(np.nanmax(balance) < limit("matched"))
    best = min(case.scores, key=_kernel)
    climbed = _kernel(best) < limit("climbed") * max(map(_kernel, case.scores))
    if not (matched and climbed) or any(gain >= limit("plateau-gain") for gain in gains):
        return None
    values = {"span": int(case.end - before[-1].images), "best": best.images}
    return Finding(
        "stalled", "good", before[-1].images, values, ("kernel",), Remedy("stop", "stop")
    )


def _gain(before: Sequence[MomentScore], late: Sequence[MomentScore], name: str) -> float:
    """By which share a distance has surely fallen, at most: the upper end of the interval."""
    means, errors = [], []
    for moments in (before, late):
        found = [getattr(score.score, name) for score in moments]
        means.append(float(np.mean([one.value for one in found])))
        spread = float(np.std([one.value for one in found], ddof=1))
        errors.append(spread / math.sqrt(len(found)))
    if means[0] <= 0:
        return 0.0
    return (means[0] - means[1] + math.hypot(*errors)) / means[0]


def _kernel(score: MomentScore) -> float:
    return score.score.kernel.value


def _times(balance: float) -> str:
    return str(round(100 * float(balance)))


def _plain(value: float) -> str:
    """A loss in few figures."""
    return f"{value:.1f}" if value < 100 else f"{value:,.0f}"


#: The worst first.
_RULES: tuple[Callable[[Case], Finding | None], ...] = (
    _not_a_number,
    _exploding,
    _mode_collapse,
    _memorising,
    _oscillating,
    _inspector_ahead,
    _generator_ahead,
    _stalled,
)
