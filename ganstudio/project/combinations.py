"""Settings that do not go together, by what the papers say: refused, or warned of.

Not responsible for single values out of range: `recipe` checks those.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ganstudio.project.errors import UserError
from ganstudio.project.recipe import LossName, NetworkName, Recipe

__all__ = [
    "BATCH_NORM_INSPECTORS",
    "LOSSES_WITHOUT_MIDDLE",
    "RULES",
    "Rule",
    "refuse_bad",
    "warnings_about",
]

#: Networks whose discriminator, as published, compares the pictures of a batch by batch norm. A
#: test in `gan` looks into them.
BATCH_NORM_INSPECTORS: frozenset[NetworkName] = frozenset({"dcgan", "fastgan"})

#: Losses that only compare logits; a test in `gan` asks the losses themselves.
LOSSES_WITHOUT_MIDDLE: frozenset[LossName] = frozenset({"relativistic", "wasserstein"})

# Residual networks without any norm blow up somewhere below 1e-3; at 2e-4 they do not (measured).
_TOO_FAST_FOR_RESIDUAL = 5e-4
_RESIDUAL: frozenset[NetworkName] = frozenset({"r3"})

# From here on changes made by augmentation show up in generated pictures (Karras 2020, section 3).
_LEAKS = 0.8


@dataclass(frozen=True, slots=True)
class Rule:
    """One combination.

    Attributes:
        code: A key of `errors.TEXTS`: what is wrong and what to do.
        refused: Whether it cannot be trained at all; else it is only warned of.
        applies: Whether a recipe has it.
        source: Where it is known from.
    """

    code: str
    refused: bool
    applies: Callable[[Recipe], bool]
    source: str


def _compares_pictures(recipe: Recipe) -> bool:
    network = recipe.network
    return network.name in BATCH_NORM_INSPECTORS and network.d_norm == "own"


def _in_bounds(recipe: Recipe) -> bool:
    """Whether anything keeps the discriminator's slope in check."""
    return recipe.game.gamma > 0 or recipe.network.d_norm == "spectral"


RULES: tuple[Rule, ...] = (
    Rule(
        "combination-batch-norm-penalty",
        True,
        lambda recipe: _compares_pictures(recipe) and recipe.game.gamma > 0,
        "Gulrajani 2017, section 4: a penalty is meant for each picture alone",
    ),
    Rule(
        "combination-wasserstein-unbounded",
        True,
        lambda recipe: recipe.game.loss == "wasserstein" and not _in_bounds(recipe),
        "Arjovsky 2017: the critic has to be Lipschitz, or its loss has no bound",
    ),
    Rule(
        "combination-sign-without-middle",
        True,
        lambda recipe: recipe.augment.steer == "sign" and recipe.game.loss in LOSSES_WITHOUT_MIDDLE,
        "Karras 2020: the sign of a logit has to mean something",
    ),
    Rule(
        "combination-minimax",
        False,
        lambda recipe: recipe.game.loss == "minimax",
        "Goodfellow 2014, section 3: the generator's gradient vanishes while it is bad",
    ),
    Rule(
        "combination-nothing-holds",
        False,
        lambda recipe: (
            recipe.game.loss != "wasserstein"
            and not _in_bounds(recipe)
            and not _compares_pictures(recipe)
        ),
        "Mescheder 2018: without regularisation training circles and need not converge",
    ),
    Rule(
        "combination-residual-too-fast",
        False,
        lambda recipe: (
            recipe.network.name in _RESIDUAL and recipe.optimizer.lr > _TOO_FAST_FOR_RESIDUAL
        ),
        "measured: residual networks without norm blow up at 1e-3",
    ),
    Rule(
        "combination-momentum-wasserstein",
        False,
        lambda recipe: recipe.game.loss == "wasserstein" and recipe.optimizer.beta1 > 0,
        "Arjovsky 2017, section 4: a critic trained with momentum becomes unstable",
    ),
    Rule(
        "combination-leaks",
        False,
        lambda recipe: bool(recipe.augment.policy) and recipe.augment.p > _LEAKS,
        "Karras 2020, section 3: above 0.8 augmentation shows up in generated pictures",
    ),
)


def refuse_bad(recipe: Recipe) -> None:
    """Refuse what cannot be trained.

    Raises:
        UserError: The code of the first rule that says so.
    """
    for rule in RULES:
        if rule.refused and rule.applies(recipe):
            raise UserError(rule.code, **_values(recipe))


def warnings_about(recipe: Recipe) -> list[tuple[str, dict[str, object]]]:
    """Codes and values of sentences that a person should read before training."""
    return [
        (rule.code, _values(recipe)) for rule in RULES if not rule.refused and rule.applies(recipe)
    ]


def _values(recipe: Recipe) -> dict[str, object]:
    return {
        "network": recipe.network.name,
        "loss": recipe.game.loss,
        "lr": recipe.optimizer.lr,
        "p": recipe.augment.p,
    }
