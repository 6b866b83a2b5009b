"""One thing to do about each finding: settings to change while it runs, or where to branch off.

Changes keep to what can change while a run trains (learning speed, augmentation, penalty); where
that would come too late, or needs another game, it goes back to a moment that was kept.

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
    "steadier",
]

#: Changes of pictures that show up in drawn ones least (DiffAugment, Zhao 2020).
_POLICY = "translation+cutout"
_P_STEP, _P_MOST = 0.2, 0.8
_SLOWER, _MUCH_SLOWER, _FASTER = 0.5, 0.3, 1.5
#: For a game that leaves kinds of pictures out: more penalty, and smaller steps.
_TIGHTER, _CALMER = 1.5, 0.7
#: Weight of the penalty that a game without one gets, as the default recipe has it.
_GAMMA = 1.0


def slower(case: Case) -> Remedy:
    """Half the learning rate, from now on."""
    return Remedy("change", "slower", _rates(case, _SLOWER))


def slower_branch(case: Case, since: int) -> Remedy | None:
    """Back to before it broke, and on with less than a third of the learning rate."""
    clock = case.last_good(since)
    if clock is None:
        return None
    return Remedy("branch", "branch-slower", _rates(case, _MUCH_SLOWER), clock)


def harder_to_tell(case: Case) -> Remedy:
    """The inspector shall find it harder: a penalty if it has none, else more augmentation."""
    if not case.recipe.game.gamma:
        return Remedy("change", "held", {"game.gamma": _GAMMA, "game.gamma_end": _GAMMA / 10})
    return harder_to_learn(case) or slower(case)


def harder_to_learn(case: Case) -> Remedy | None:
    """Pictures shall be harder to learn by heart: more augmentation, if there can be more."""
    more = _augmented_more(case)
    return Remedy("change", "more-augmentation", more) if more else None


def more_kinds(case: Case, since: int) -> Remedy | None:
    """Back to when it drew more kinds, and on in a steadier game with more augmentation."""
    game, clock = case.recipe.game, case.last_good(since)
    if clock is None:
        return None
    if game.loss == "relativistic" and game.gamma > 0:
        gammas = {"game.gamma": 2 * game.gamma, "game.gamma_end": 2 * game.gamma_end}
        return Remedy("branch", "branch-augmenting", gammas | _augmented_more(case), clock)
    steady: dict[str, object] = {
        "game.loss": "relativistic",
        "game.penalty": "r1+r2",
        "game.gamma": _GAMMA,
        "game.gamma_end": _GAMMA / 10,
    }
    return Remedy("branch", "branch-steadier", steady, clock)


def steadier(case: Case) -> Remedy:
    """Smaller steps with more of the penalty that it has, or with one if it has none."""
    game = case.recipe.game
    if not game.gamma:
        return harder_to_tell(case)
    gammas = {"game.gamma": _TIGHTER * game.gamma, "game.gamma_end": _TIGHTER * game.gamma_end}
    return Remedy("change", "steadier", gammas | _rates(case, _CALMER))


def easier_to_tell(case: Case) -> Remedy:
    """The inspector shall find it easier: less augmentation, a looser rein, or faster."""
    augment, game = case.recipe.augment, case.recipe.game
    if augment.policy and augment.p > 0:
        p = round(max(0.0, augment.p - _P_STEP), 2)
        return Remedy("change", "less-augmentation", {"augment.p": p})
    if game.gamma > 0:
        halved = {"game.gamma": game.gamma / 2, "game.gamma_end": game.gamma_end / 2}
        return Remedy("change", "freed", halved)
    return Remedy("change", "faster", _rates(case, _FASTER))


def _augmented_more(case: Case) -> dict[str, object]:
    """Settings that augment more; none where there is as much as there should be."""
    augment = case.recipe.augment
    if augment.p >= _P_MOST:
        return {}
    more: dict[str, object] = {"augment.p": round(min(_P_MOST, augment.p + _P_STEP), 2)}
    return more if augment.policy else more | {"augment.policy": _POLICY}


def _rates(case: Case, factor: float) -> dict[str, object]:
    numbers = case.recipe.optimizer
    return {"optimizer.lr": numbers.lr * factor, "optimizer.lr_end": numbers.lr_end * factor}
