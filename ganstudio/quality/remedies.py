"""One thing to do about each finding: settings to change while it runs, or where to branch off.

Changes keep to what can change while a run trains (learning speed, augmentation); everything else
needs a branch, and a branch needs a moment to go back to.

Not responsible for finding anything (`doctor`), nor for doing it.
"""

from __future__ import annotations

from ganstudio.project.findings import Remedy
from ganstudio.quality.case import Case

__all__ = [
    "easier_to_tell",
    "harder_to_learn",
    "harder_to_tell",
    "more_kinds",
    "slower",
    "slower_branch",
]

#: Changes of pictures that show up in drawn ones least (DiffAugment, Zhao 2020).
_POLICY = "translation+cutout"
_P_STEP, _P_MOST = 0.2, 0.8
_SLOWER, _MUCH_SLOWER, _FASTER = 0.5, 0.3, 1.5
#: A game that has a penalty at real and at generated pictures covers all kinds.
_STEADY_GAMMA = 1.0


def slower(case: Case) -> Remedy:
    """Half the learning rate, from now on."""
    return Remedy("change", "slower", _rates(case, _SLOWER))


def slower_branch(case: Case, since: int) -> Remedy | None:
    """Back to before it broke, and on with less than a third of the learning rate."""
    clock = case.last_good(since)
    if clock is None:
        return None
    return Remedy("branch", "branch-slower", _rates(case, _MUCH_SLOWER), clock)


def harder_to_tell(case: Case, since: int) -> Remedy:
    """The inspector shall find it harder: more augmentation, else a steadier game."""
    return _more_augmentation(case) or _steadier(case, since) or slower(case)


def harder_to_learn(case: Case, since: int) -> Remedy | None:
    """Pictures shall be harder to learn by heart: more augmentation, now or from before."""
    return _more_augmentation(case) or _augmenting_branch(case, since)


def more_kinds(case: Case, since: int) -> Remedy | None:
    """Back to when it drew more kinds: with a steadier game, else with more augmentation."""
    return _steadier(case, since) or _augmenting_branch(case, since) or slower_branch(case, since)


def easier_to_tell(case: Case, since: int) -> Remedy:
    """The inspector shall find it easier: less augmentation, else a looser rein."""
    augment, game = case.recipe.augment, case.recipe.game
    if augment.policy and augment.p > 0:
        p = round(max(0.0, augment.p - _P_STEP), 2)
        return Remedy("change", "less-augmentation", {"augment.p": p})
    clock = case.last_good(since)
    if game.gamma > 0 and clock is not None:
        halved = {"game.gamma": game.gamma / 2, "game.gamma_end": game.gamma_end / 2}
        return Remedy("branch", "branch-freer", halved, clock)
    return Remedy("change", "faster", _rates(case, _FASTER))


def _more_augmentation(case: Case) -> Remedy | None:
    """While it runs, where pictures are augmented already and may be more."""
    augment = case.recipe.augment
    if not augment.policy or augment.p >= _P_MOST:
        return None
    p = round(min(_P_MOST, augment.p + _P_STEP), 2)
    return Remedy("change", "more-augmentation", {"augment.p": p})


def _augmenting_branch(case: Case, since: int) -> Remedy | None:
    augment, clock = case.recipe.augment, case.last_good(since)
    if clock is None or augment.p >= _P_MOST:
        return None
    values: dict[str, object] = {"augment.p": round(min(_P_MOST, augment.p + _P_STEP), 2)}
    if not augment.policy:
        values["augment.policy"] = _POLICY
    return Remedy("branch", "branch-augmenting", values, clock)


def _steadier(case: Case, since: int) -> Remedy | None:
    """The relativistic game with penalties on both sides, or twice the penalty it has."""
    game, clock = case.recipe.game, case.last_good(since)
    if clock is None:
        return None
    if game.loss == "relativistic" and game.gamma > 0:
        values: dict[str, object] = {
            "game.gamma": 2 * game.gamma,
            "game.gamma_end": 2 * game.gamma_end,
        }
    else:
        values = {
            "game.loss": "relativistic",
            "game.penalty": "r1+r2",
            "game.gamma": _STEADY_GAMMA,
            "game.gamma_end": _STEADY_GAMMA / 10,
        }
    return Remedy("branch", "branch-steadier", values, clock)


def _rates(case: Case, factor: float) -> dict[str, object]:
    numbers = case.recipe.optimizer
    return {"optimizer.lr": numbers.lr * factor, "optimizer.lr_end": numbers.lr_end * factor}
