"""Changes while a run trains: what may change, and what the recipe has become."""

from __future__ import annotations

import pytest

from ganstudio.project.changes import CHANGE, CHANGEABLE, changed_recipe, recipe_after
from ganstudio.project.errors import UserError
from ganstudio.project.presets import PRESETS, recipe_for


def test_every_other_field_is_refused_by_name():
    recipe = recipe_for(size=32, pictures=300)
    fixed = recipe.flat().keys() - CHANGEABLE
    assert fixed
    assert recipe.flat().keys() >= CHANGEABLE
    for key in fixed:
        with pytest.raises(UserError) as caught:
            changed_recipe(recipe, {"optimizer.lr": 0.001, key: recipe.flat()[key]})
        assert caught.value.code == "fixed-while-training"
        assert key in caught.value.sentence


def test_a_change_touches_nothing_else():
    recipe = recipe_for(size=32, pictures=300)
    changed = changed_recipe(recipe, {"augment.p": 0.1, "augment.policy": "cutout"})
    differs = {key for key, value in changed.flat().items() if recipe.flat()[key] != value}
    assert differs == {"augment.p", "augment.policy"}


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"optimizer.lr": -1}, "bad-setting"),
        ({"augment.p": "nan"}, "bad-setting"),
        ({"game.gamma": 0, "game.gamma_end": 0}, "combination-wasserstein-unbounded"),
    ],
)
def test_nonsense_is_refused(values, code):
    recipe = recipe_for("wgan-gp-2017", size=64, pictures=3_000)
    with pytest.raises(UserError) as caught:
        changed_recipe(recipe, values)
    assert caught.value.code == code


def test_events_add_up_in_their_order_and_damage_is_passed_over():
    recipe = recipe_for(next(iter(PRESETS)), size=32, pictures=300)
    events = [
        {"event": CHANGE, "images": 10, "values": {"optimizer.lr": 0.001}},
        {"event": "note", "images": 11, "values": {"optimizer.lr": 0.5}},
        {"event": CHANGE, "images": 12, "values": {"network.width": 8}},
        {"event": CHANGE, "images": 13, "values": {"optimizer.lr": "fast"}},
        {"event": CHANGE, "images": 14, "values": 7},
        {"event": CHANGE, "images": 15, "values": {"augment.p": 0.25}},
        {"event": CHANGE, "images": 16, "values": {"optimizer.lr": 0.0005}},
    ]
    after = recipe_after(recipe, events)
    assert (after.optimizer.lr, after.augment.p) == (0.0005, 0.25)
    assert recipe_after(recipe, []) == recipe
    assert after.network == recipe.network
