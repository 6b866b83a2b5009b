"""What does not go together is refused or warned of, with a reason; what does is left alone."""

import pytest

from ganstudio.project.combinations import RULES, refuse_bad, warnings_about
from ganstudio.project.errors import UserError, sentence_and_hint
from ganstudio.project.preset_table import PRESETS
from ganstudio.project.presets import STRENGTHS, recipe_for
from ganstudio.project.recipe import Recipe


def recipe(preset: str = "sketch", **values: object) -> Recipe:
    dotted = {key.replace("__", "."): value for key, value in values.items()}
    return recipe_for(preset, size=32, pictures=1_000).with_values(dotted)


NO_PENALTY = {"game__gamma": 0, "game__gamma_end": 0}


@pytest.mark.parametrize("preset", list(PRESETS))
@pytest.mark.parametrize("pictures", [50, 1_000, 50_000])
def test_what_we_propose_is_sound(preset: str, pictures: int) -> None:
    for size in PRESETS[preset].widths:
        for strength in STRENGTHS:
            made = recipe_for(preset, size=size, pictures=pictures, strength=strength)
            refuse_bad(made)
            assert made.network.size == size
            if not PRESETS[preset].classic:
                assert warnings_about(made) == []


@pytest.mark.parametrize(
    ("made", "code"),
    [
        (recipe("dcgan-2015", game__gamma=1), "combination-batch-norm-penalty"),
        (recipe("few-shot", game__gamma=1), "combination-batch-norm-penalty"),
        (
            recipe("wgan-gp-2017", **NO_PENALTY),
            "combination-wasserstein-unbounded",
        ),
    ],
)
def test_what_cannot_be_trained_is_refused(made: Recipe, code: str) -> None:
    with pytest.raises(UserError) as caught:
        refuse_bad(made)
    assert caught.value.code == code
    assert "{" not in caught.value.sentence + caught.value.hint


@pytest.mark.parametrize(
    ("made", "code"),
    [
        (recipe(game__loss="minimax"), "combination-minimax"),
        (recipe(**NO_PENALTY), "combination-nothing-holds"),
        (recipe("modern", optimizer__lr=1e-3), "combination-residual-too-fast"),
        (recipe("wgan-gp-2017", optimizer__beta1=0.5), "combination-momentum-wasserstein"),
        (recipe("few-shot", augment__p=0.9), "combination-leaks"),
    ],
)
def test_what_is_unwise_is_warned_of(made: Recipe, code: str) -> None:
    refuse_bad(made)
    assert [found for found, _ in warnings_about(made)] == [code]


def test_the_ways_out_that_we_name_are_ways_out() -> None:
    refuse_bad(recipe("dcgan-2015", game__gamma=1, network__d_norm="none"))
    refuse_bad(recipe("wgan-gp-2017", network__d_norm="spectral", **NO_PENALTY))
    assert warnings_about(recipe(network__d_norm="spectral", **NO_PENALTY)) == []


def test_every_rule_has_a_sentence_a_way_out_and_a_source() -> None:
    values: dict[str, object] = {"network": "dcgan", "loss": "hinge", "lr": 1.0, "p": 1.0}
    for rule in RULES:
        sentence, hint = sentence_and_hint(rule.code, values)
        assert sentence
        assert hint
        assert any(digit.isdigit() for digit in rule.source)
