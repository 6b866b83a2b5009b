"""Changed fields of the recipe as a plan keeps them: only what differs from the preset.

Pure functions. Not responsible for the controls.
"""

from __future__ import annotations

from collections.abc import Mapping

from ganstudio.project.errors import UserError
from ganstudio.project.folder import TrainingPlan
from ganstudio.project.picture_list import PictureList
from ganstudio.project.planning import preset_recipe
from ganstudio.project.presets import recipe_for
from ganstudio.project.recipe import Recipe

__all__ = ["AUGMENTATIONS", "Value", "changed_values", "planned_recipe", "shown_preset"]

Value = str | int | float | bool

#: Key -> policy, from nothing to everything (DiffAugment).
AUGMENTATIONS: Mapping[str, tuple[str, ...]] = {
    "none": (),
    "move": ("translation", "cutout"),
    "all": ("color", "translation", "cutout"),
}


def shown_preset(plan: TrainingPlan, pictures: PictureList) -> Recipe:
    """What the preset says by itself; the default one's where there is none of that name."""
    try:
        return preset_recipe(plan, pictures)
    except UserError:
        return recipe_for(size=64, pictures=max(1, pictures.usable_count))


def planned_recipe(plan: TrainingPlan, pictures: PictureList) -> Recipe:
    """What the next new run would have; values that do not fit the preset are passed over."""
    recipe = shown_preset(plan, pictures)
    try:
        return recipe.with_values(dict(plan.values))
    except UserError:
        return recipe


def changed_values(plan: TrainingPlan, recipe: Recipe, key: str, value: Value) -> dict[str, Value]:
    """The plan's values with one field changed; back at the preset's value it is dropped.

    Args:
        plan: As it is.
        recipe: What the preset says by itself.
        key: A dotted field of the recipe.
        value: A tuple of names is written `a+b`.

    Raises:
        UserError: "bad-setting" if the recipe refuses the value.
    """
    changed = recipe.with_values({key: value})
    values = {k: v for k, v in plan.values.items() if k != key}
    if changed != recipe:
        values[key] = value
    return values
