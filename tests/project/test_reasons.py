"""Every number of every recipe has one line that says why."""

import pytest

from ganstudio.project import reasons as told
from ganstudio.project.preset_table import PRESETS
from ganstudio.project.presets import recipe_for
from ganstudio.project.reasons import GENERAL, reason, reasons

every_preset = pytest.mark.parametrize("preset", list(PRESETS))


@every_preset
def test_every_field_has_one_short_line(preset: str) -> None:
    recipe = recipe_for(preset, size=64, pictures=1_000)
    found = reasons(recipe)
    assert found.keys() == recipe.flat().keys() == GENERAL.keys()
    for field, line in found.items():
        assert line.endswith("."), field
        assert "\n" not in line
        assert len(line) <= 100, field


def test_reasons_are_given_for_what_there_is() -> None:
    fields = recipe_for(size=64, pictures=1_000).flat().keys()
    assert {field for _, field in told._BY_PRESET} <= fields
    assert {preset for preset, _ in told._BY_PRESET} <= PRESETS.keys()
    assert {field for field, _ in told._BY_NAME} <= fields


def test_a_changed_name_changes_the_line() -> None:
    recipe = recipe_for(size=64, pictures=1_000)
    other = recipe.with_values({"game.loss": "hinge"})
    assert reason(recipe, "game.loss") != reason(other, "game.loss")
