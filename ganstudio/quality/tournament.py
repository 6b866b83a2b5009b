"""Generators of several moments play against the inspectors of several moments: who beats whom.

A generator wins a round against an inspector if the inspector finds one of its pictures more real
than a real one; a tie counts half. That needs no threshold, which a relativistic loss has none of,
and 50 % means that the inspector cannot tell. From all rounds a skill is found for each player, as
Olsson 2018 ("Skill rating for generative models") does with Glicko: here all rounds are known at
once, so the most likely skills of a Bradley-Terry model are taken, which do not depend on the order
of the rounds. They are said on the scale of chess: 400 points more win ten rounds of eleven.

Not responsible for networks, nor for where pictures come from.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from ganstudio.project.tournament import Tournament

__all__ = ["played", "skills", "win_rate"]

Floats = npt.NDArray[np.float64]

#: Points of a skill of one, and where the mean of all players is.
_POINTS, _MEAN = 400 / np.log(10), 1500.0
#: Standard deviation of skills before anybody has played: who always wins is not infinitely good.
_SPREAD = 4.0
_MOST_STEPS = 100
_ENOUGH = 1e-10


def win_rate(drawn: Floats, real: Floats) -> float:
    """How often a generated picture has a higher logit than a real one; a tie counts half.

    Args:
        drawn: Logits of generated pictures, (n,), at least one.
        real: Logits of real ones, (m,), at least one.
    """
    ranked = np.sort(real)
    below = np.searchsorted(ranked, drawn, side="left")
    not_above = np.searchsorted(ranked, drawn, side="right")
    return float((below + not_above).mean()) / (2 * len(ranked))


def skills(wins: Floats, rounds: int) -> tuple[Floats, Floats]:
    """The most likely skills: generator g wins with the probability sigmoid(skill_g - skill_d).

    Args:
        wins: (G, D) shares, 0 to 1.
        rounds: How many independent ones each share stands for: the pictures, not their pairs.

    Returns:
        Skills (G + D,) in natural units, generators first, their mean 0; and their standard errors.
    """
    many, others = wins.shape
    skill = np.zeros(many + others)
    for _ in range(_MOST_STEPS):
        expected = 1 / (1 + np.exp(skill[many:][None, :] - skill[:many][:, None]))
        short = rounds * (wins - expected)
        slope = np.concatenate([short.sum(axis=1), -short.sum(axis=0)]) - skill / _SPREAD**2
        sure = rounds * expected * (1 - expected)
        bend = np.zeros((many + others, many + others))
        bend[:many, many:] = -sure
        bend[many:, :many] = -sure.T
        bend[np.diag_indices(many + others)] = np.concatenate([sure.sum(axis=1), sure.sum(axis=0)])
        bend[np.diag_indices(many + others)] += 1 / _SPREAD**2
        step = np.linalg.solve(bend, slope)
        # Far away a whole step may overshoot; the goal is concave, so shorter ones arrive.
        skill += step * min(1.0, 1.0 / max(1e-12, float(np.abs(step).max())))
        if float(np.abs(step).max()) < _ENOUGH:
            break
    # The common level of all is arbitrary, so it adds nothing to how sure a skill is.
    level = np.full((many + others, many + others), 1 / (many + others))
    centred = np.eye(many + others) - level
    spread = centred @ np.linalg.inv(bend) @ centred.T
    return skill - skill.mean(), np.sqrt(np.diag(spread))


def played(drawn: Sequence[Sequence[Floats]], real: Sequence[Floats]) -> Tournament:
    """Play every generator against every inspector.

    Args:
        drawn: For each inspector, for each generator: logits of its pictures, always as many.
        real: For each inspector: logits of the real pictures.
    """
    wins = np.array(
        [
            [win_rate(logits, truth) for logits in judged]
            for judged, truth in zip(drawn, real, strict=True)
        ]
    ).T
    rounds = min(len(drawn[0][0]), len(real[0]))
    found, errors = skills(wins, rounds)
    points, errors = _MEAN + _POINTS * found, _POINTS * errors
    for array in (wins, points, errors):
        array.flags.writeable = False
    many = wins.shape[0]
    return Tournament(wins, points[:many], points[many:], errors)
