from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ganstudio.desktop.pages.train.recipe_values import (
    AUGMENTATIONS,
    augmentation,
    augmentation_of,
    changed_values,
    learning_speed,
    planned_recipe,
    shown_preset,
)
from ganstudio.desktop.pages.train.until_field import Until, UntilField
from ganstudio.project.errors import UserError
from ganstudio.project.folder import TrainingPlan
from ganstudio.project.picture_list import FramingSettings, PictureEntry, PictureList
from ganstudio.project.presets import recipe_for

#: So many pictures at 32 x 32.
MANY = PictureList(
    framing=FramingSettings(size=32),
    pictures=tuple(PictureEntry(source=0, name=f"{n}.png", hash=f"{n}") for n in range(1_500)),
)


@pytest.fixture
def field(qtbot: QtBot) -> UntilField:
    field = UntilField()
    qtbot.addWidget(field)
    field.show()
    return field


def type_into(qtbot: QtBot, field: UntilField, text: str) -> None:
    field.number.setFocus()
    field.number.selectAll()
    qtbot.keyClicks(field.number, text)
    qtbot.keyClick(field.number, Qt.Key.Key_Return)


def test_pictures_are_typed_as_one_says_them(qtbot: QtBot, field: UntilField):
    field.set_until(Until("pictures", 250_000))
    with qtbot.waitSignal(field.changed) as told:
        type_into(qtbot, field, "1M")
    assert told.args[0] == Until("pictures", 1_000_000)
    assert field.words() == "1 M pictures"


@pytest.mark.parametrize("text", ["", "soon", "-3", "0", "nan", "1e9"])
def test_what_is_no_number_of_minutes_changes_nothing(qtbot: QtBot, field: UntilField, text: str):
    field.set_until(Until("minutes", 10))
    with qtbot.assertNotEmitted(field.changed):
        type_into(qtbot, field, text)
    assert field.until() == Until("minutes", 10)
    assert field.number.text() == "10"


def test_leaving_the_field_alone_keeps_the_exact_number(qtbot: QtBot, field: UntilField):
    field.set_until(Until("pictures", 412_345))
    with qtbot.assertNotEmitted(field.changed):
        field.number.setFocus()
        qtbot.keyClick(field.number, Qt.Key.Key_Return)
    assert field.until().images == 412_345


def test_i_stop_it_has_no_number(field: UntilField):
    field.set_until(Until("endless"))
    assert not field.number.isVisible()
    assert (field.until().minutes, field.until().images) == (None, None)


def test_a_plan_keeps_only_what_differs_from_the_preset():
    plan = TrainingPlan()
    base = shown_preset(plan, MANY)
    assert changed_values(plan, base, learning_speed(base, base.optimizer.lr)) == {}
    values = changed_values(plan, base, learning_speed(base, 0.001))
    changed = plan.model_copy(update={"values": values})
    slower = planned_recipe(changed, MANY)
    assert slower.optimizer.lr == 0.001
    assert slower.optimizer.lr_end == pytest.approx(
        base.optimizer.lr_end * 0.001 / base.optimizer.lr
    )
    back = learning_speed(slower, base.optimizer.lr)
    assert changed_values(changed, base, back) == {}


def test_a_policy_is_written_as_one_text():
    plan = TrainingPlan()
    values = changed_values(plan, shown_preset(plan, MANY), {"augment.policy": "color+cutout"})
    changed = plan.model_copy(update={"values": values})
    assert planned_recipe(changed, MANY).augment.policy == ("color", "cutout")


def test_what_the_recipe_refuses_is_refused():
    plan = TrainingPlan()
    with pytest.raises(UserError):
        changed_values(plan, shown_preset(plan, MANY), {"optimizer.lr": -1})


@pytest.mark.parametrize("key", AUGMENTATIONS)
def test_a_chosen_augmentation_is_what_is_shown_then(key):
    for recipe in (recipe_for(size=32, pictures=100), recipe_for(size=32, pictures=50_000)):
        assert augmentation_of(recipe.with_values(augmentation(recipe, key))) == key
