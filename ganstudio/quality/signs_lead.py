"""Signs that one of the two is far ahead, or that the lead goes to and fro.

A relativistic loss leaves the inspector without an absolute zero, so who is ahead is read from the
balance alone: how often a real picture beats a generated one.

Not responsible for what a run is looked at as (`case`), nor for thresholds (`limits`).
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from ganstudio.project.findings import Finding
from ganstudio.quality import remedies
from ganstudio.quality.case import Case, kernel_of, trailing, turns
from ganstudio.quality.limits import limit

__all__ = ["generator_ahead", "inspector_ahead", "inspector_drifting", "swinging_balance"]

Floats = npt.NDArray[np.float64]

_WHO_IS_AHEAD = ("balance", "loss_g", "loss_d")


def inspector_ahead(case: Case) -> Finding | None:
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


def inspector_drifting(case: Case) -> Finding | None:
    """It tells more and more pairs apart, and what is drawn gets no better by it.

    That is how an inspector learns the pictures by heart. In the beginning the balance rises too,
    while the generator looks for its way; so it says nothing before much was learned.
    """
    balance = case.medians("balance")
    count = max(limit("drift-share") * case.recipe.horizon / case.window, limit("drift-windows"))
    part = balance[-math.ceil(count) :]
    if len(part) < count or not np.isfinite(part).all() or part[-1] >= limit("ahead"):
        return None
    since = case.start_of(len(balance) - len(part))
    judged = sum(score.images > since for score in case.scores)
    if judged < limit("lasts") or not case.has_climbed or _gets_better(case, since):
        return None
    first, last, error = _line(part)
    if last - first - 2 * error < limit("drift"):
        return None
    values = {"low": _times(first), "high": _times(last)}
    remedy = remedies.harder_to_tell(case)
    return Finding("inspector-drifting", "poor", since, values, _WHO_IS_AHEAD, remedy)


def _line(values: Floats) -> tuple[float, float, float]:
    """Both ends of the straight line through a curve, and the error of how much it rises."""
    places = np.linspace(-0.5, 0.5, len(values))
    rise = float(places @ values / (places @ places))
    middle = float(values.mean())
    rest = values - middle - rise * places
    error = math.sqrt(float(rest @ rest) / (len(values) - 2) / float(places @ places))
    return middle - rise / 2, middle + rise / 2, error


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
    first, last = kernel_of(moments[0]), kernel_of(moments[-1])
    return last < (1 - limit("ahead-gain")) * first


def generator_ahead(case: Case) -> Finding | None:
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


def swinging_balance(case: Case) -> Finding | None:
    """The lead goes to and fro, window after window."""
    balance = case.medians("balance")[-int(limit("swing-windows")) :]
    if not np.isfinite(balance).all() or turns(balance, limit("swing")) < limit("swing-turns"):
        return None
    values = {"low": _times(balance.min()), "high": _times(balance.max())}
    since, evidence = case.start_of(case.count - len(balance)), ("balance", "loss_g")
    return Finding("oscillating", "poor", since, values, evidence, remedies.slower(case))


def _times(balance: float) -> str:
    return str(round(100 * min(1.0, max(0.0, float(balance)))))
