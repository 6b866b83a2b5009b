"""Signs in what is drawn: too few kinds of pictures, copies, a score that swings or stands still.

Not responsible for scores (`score`, `memorised`), nor for thresholds (`limits`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np

from ganstudio.project.findings import Finding, Remedy, Severity
from ganstudio.project.quality import EXPECTED_COPIES, MomentScore
from ganstudio.quality import remedies
from ganstudio.quality.case import Case, kernel_of, trailing, turns
from ganstudio.quality.limits import limit

__all__ = ["dropping_kinds", "memorising", "mode_collapse", "stalled", "swinging_score"]

#: Whether a moment is sick, and how much of it there is.
_Reading = tuple[bool, float]

#: Moments among which turns are counted.
_LOOKED = 10


def mode_collapse(case: Case) -> Finding | None:
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


def dropping_kinds(case: Case) -> Finding | None:
    """It draws something like fewer and fewer of the real pictures, though no less real ones.

    The best coverage is that of a moment between two others that are no worse and no better than
    it, so that luck is not taken for what was lost.
    """
    known = case.scores
    lost = [
        case.is_evidence(one) and _has_lost(known[: place + 1]) for place, one in enumerate(known)
    ]
    place = trailing(lost, int(limit("dropped-moments")))
    if place is None:
        return None
    best = _most_covering(known)
    values = {"share": known[-1].score.recall.value, "best": best.score.recall.value}
    since, evidence = known[place].images, ("recall",)
    return Finding("mode-dropping", "poor", since, values, evidence, remedies.steadier(case))


def _has_lost(past: Sequence[MomentScore]) -> bool:
    """Whether the last moment surely covers much less than the best one, and is as real as it."""
    if len(past) <= int(limit("dropped-moments")):
        return False
    now, best = past[-1].score, _most_covering(past).score
    if now.diversity is not None and now.diversity < limit("few-kinds"):
        return False  # that is a collapse, or none yet
    gap = best.recall.value - now.recall.value
    surely = gap > 2 * math.hypot(best.recall.error, now.recall.error)
    room = math.hypot(best.precision.error, now.precision.error)
    as_real = now.precision.value >= best.precision.value - room
    much = best.recall.value >= limit("dropped-least")
    return much and surely and as_real and now.recall.value < limit("dropped") * best.recall.value


def _most_covering(moments: Sequence[MomentScore]) -> MomentScore:
    """Of all medians of three neighbours the one with the most coverage."""
    threes = zip(moments, moments[1:], moments[2:], strict=False)
    middles = [sorted(three, key=_recall)[1] for three in threes]
    return max(middles, key=_recall)


def _recall(score: MomentScore) -> float:
    return score.score.recall.value


def memorising(case: Case) -> Finding | None:
    """It copies, for sure; or its inspector no longer believes pictures that it never saw."""
    for evidence, reading_of in _READINGS:
        told = [
            (score.images, reading_of(score)) for score in case.scores if case.is_evidence(score)
        ]
        known = [(clock, *reading) for clock, reading in told if reading is not None]
        place = trailing([sick for _, sick, _ in known], int(limit("lasts")))
        if place is None:
            continue
        since, values = known[place][0], {"share": known[-1][2], "expected": EXPECTED_COPIES}
        severity: Severity = "poor" if evidence == "memorised" else "bad"
        remedy = remedies.harder_to_learn(case)
        return Finding("memorising", severity, since, values, (evidence,), remedy)
    return None


def _copies(score: MomentScore) -> _Reading | None:
    copying = score.score.copying
    return None if copying is None else (copying.interval[0] > limit("copied"), copying.value)


def _too_near(score: MomentScore) -> _Reading | None:
    newness = score.score.newness
    return None if newness is None else (newness < limit("too-near"), newness)


def _by_heart(score: MomentScore) -> _Reading | None:
    if score.inspector is None:
        return None
    memorised = score.inspector.memorised
    return memorised.interval[0] > limit("by-heart"), min(1.0, memorised.value)


#: Evidence, and what a score says of it; the worst first.
_READINGS: tuple[tuple[str, Callable[[MomentScore], _Reading | None]], ...] = (
    ("copying", _copies),
    ("newness", _too_near),
    ("memorised", _by_heart),
)


def swinging_score(case: Case) -> Finding | None:
    """The score gets better and worse by more than chance explains."""
    moments = case.scores[-_LOOKED:]
    values = np.array([kernel_of(score) for score in moments])
    if len(values) < _LOOKED:
        return None
    error = float(np.median([score.score.kernel.error for score in moments]))
    least = max(limit("swing-score") * float(np.median(values)), 3 * error)
    if turns(values, least) < limit("swing-turns"):
        return None
    share = float(np.abs(np.diff(values)).max() / np.median(values))
    since, remedy = moments[0].images, remedies.slower(case)
    return Finding("oscillating", "poor", since, {"share": share}, ("kernel",), remedy)


def stalled(case: Case) -> Finding | None:
    """It got much better once, and the last third of the way has brought nothing more."""
    part, least = limit("plateau") * case.end, int(limit("plateau-moments"))
    begin = case.end - part
    late = [score for score in case.scores if score.images > begin]
    before = [score for score in case.scores if begin - part < score.images <= begin]
    if len(late) < least or len(before) < least:
        return None
    balance = case.medians("balance")[-int(limit("lasts")) :]
    best = min(case.scores, key=kernel_of)
    if not case.has_climbed or not len(balance) or not np.nanmax(balance) < limit("matched"):
        return None
    if not all(_stands_still(before, late, name) for name in ("kernel", "frechet")):
        return None
    since = before[-1].images
    values = {"span": int(case.end - since), "best": best.images}
    return Finding("stalled", "good", since, values, ("kernel",), Remedy("stop", "stop"))


def _stands_still(before: Sequence[MomentScore], late: Sequence[MomentScore], name: str) -> bool:
    """Whether a distance has hardly fallen from some moments to others, and surely not by much."""
    means, errors = [], []
    for moments in (before, late):
        found = [getattr(score.score, name).value for score in moments]
        means.append(float(np.mean(found)))
        errors.append(float(np.std(found, ddof=1)) / math.sqrt(len(found)))
    gain, scale = means[0] - means[1], max(means[0], 1e-9)
    surely = (gain + 2 * math.hypot(*errors)) / scale
    return gain / scale < limit("plateau-gain") and surely < limit("plateau-surely")
