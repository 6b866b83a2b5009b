"""A recipe takes what makes sense, refuses the rest in one sentence, and never half changes."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ganstudio.project.errors import UserError
from ganstudio.project.presets import PRESETS, STRENGTHS, recipe_for
from ganstudio.project.recipe import SIZES, AugmentRecipe, Recipe

_RECIPE = recipe_for(size=32, pictures=1000)


def _keys(plain: dict[str, object], prefix: str = "") -> list[str]:
    keys = []
    for name, value in plain.items():
        if isinstance(value, dict):
            keys += _keys(value, f"{prefix}{name}.")
        else:
            keys.append(f"{prefix}{name}")
    return keys


_KEYS = _keys(_RECIPE.model_dump(mode="json"))
_text = st.text(max_size=12) | st.sampled_from(
    ["nan", "inf", "-1", "0", "1e999", "None", "true", "[]", "{}", "..", "__class__", "\x00", "1_0"]
)


@given(key=st.sampled_from(_KEYS), value=_text)
def test_any_text_for_any_key_gives_a_recipe_or_one_sentence(key: str, value: str) -> None:
    try:
        changed = _RECIPE.with_values({key: value})
    except UserError as error:
        code = error.code if error.sentence and error.hint else "wordless"
    else:
        code = ""
        assert Recipe.parse(json.loads(changed.model_dump_json())) == changed
    assert code in {"", "bad-setting"}


@given(key=st.text(max_size=20) | st.sampled_from(["network", "optimizer", "network.", ".lr", "."]))
def test_a_key_that_is_none_is_refused_and_the_keys_are_named(key: str) -> None:
    if key in _KEYS:
        return
    with pytest.raises(UserError) as caught:
        _RECIPE.with_values({key: "1"})
    assert caught.value.code == "no-such-setting"
    assert "optimizer.lr" in caught.value.hint


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("optimizer.lr", "nan"),
        ("optimizer.lr", "inf"),
        ("optimizer.lr", "0"),
        ("optimizer.beta1", "1"),
        ("network.size", "48"),
        ("network.size", "1024"),
        ("network.width", "1000000"),
        ("network.z_dim", "1"),
        ("batch_size", "1"),
        ("batch_size", "2.5"),
        ("horizon", "0"),
        ("augment.p", "1.5"),
        ("augment.flip", "maybe"),
    ],
)
def test_a_value_out_of_range_is_refused_by_its_key(key: str, value: str) -> None:
    with pytest.raises(UserError) as caught:
        _RECIPE.with_values({key: value})
    assert caught.value.code == "bad-setting"
    assert key in caught.value.sentence


def test_a_value_is_taken_from_text() -> None:
    changed = _RECIPE.with_values(
        {"optimizer.lr": "0.001", "augment.policy": "color+cutout", "augment.flip": "true"}
    )
    assert changed.optimizer.lr == 0.001
    assert changed.augment.policy == ("color", "cutout")
    assert changed.augment.flip is True
    assert _RECIPE.optimizer.lr != 0.001
    assert changed.with_values({"augment.policy": ""}).augment.policy == ()


@pytest.mark.parametrize("value", [None, [], 3, "x", {}, {"name": "x"}, {"network": []}])
def test_a_strange_recipe_file_is_named(value: object) -> None:
    with pytest.raises(UserError) as caught:
        Recipe.parse(value)
    assert caught.value.code == "bad-setting"


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("strength", STRENGTHS)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("pictures", [1, 299, 1_500, 100_000])
def test_every_preset_fits_every_size_strength_and_count(
    preset: str, strength: str, size: int, pictures: int
) -> None:
    recipe = recipe_for(preset, size=size, pictures=pictures, strength=strength, horizon=12_345)
    assert recipe.network.size == size
    assert recipe.horizon == 12_345
    assert recipe.name == preset
    assert Recipe.parse(recipe.model_dump(mode="json")) == recipe


def test_unknown_presets_strengths_and_sizes_are_refused() -> None:
    wrong: list[tuple[dict[str, object], str]] = [
        ({"preset": "best", "size": 32}, "no-such-preset"),
        ({"size": 48}, "bad-size"),
        ({"size": 32, "strength": "huge"}, "bad-setting"),
    ]
    for values, code in wrong:
        with pytest.raises(UserError) as caught:
            recipe_for(pictures=10, **values)  # type: ignore[arg-type]
        assert caught.value.code == code


def test_the_fewer_pictures_the_sooner_they_are_augmented_and_plenty_are_not() -> None:
    few, more, plenty = (recipe_for(size=64, pictures=count).augment for count in (100, 400, 9_000))
    assert few.ramp_images / 100 == more.ramp_images / 400  # passes over all pictures
    assert few.p == more.p > 0
    assert "color" not in few.policy
    assert plenty == AugmentRecipe()
    assert recipe_for(size=64, pictures=0).augment.ramp_images > 0
