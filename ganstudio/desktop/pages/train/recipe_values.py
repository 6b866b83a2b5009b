"""Changed fields of the recipe as a plan keeps them: only what differs from the preset.

Pure functions. Not responsible for the controls.
"""

from __future__ import annotations

from collections.abc import Mapping

from ganstudio.project.errors import UserError
from ganstudio.project.folder import TrainingPlan
from ganstudio.project.presets import recipe_for
from ganstudio.project.recipe import Recipe

__all__ = ["AUGMENTATIONS", "Value", "changed_values", "planned_recipe", "preset_recipe"]

Value = str | int | float | bool

#: Key -> policy, from nothing to everything (DiffAugment).
AUGMENTATIONS: Mapping[str, tuple[str, ...]] = {
    "none": (),
    "move": ("translation", "cutout"),
    "all": ("color", "translation", "cutout"),
}


def preset_recipe(plan: TrainingPlan, size: int, pictures: int) -> Recipe:
    """What the preset says by itself."""
    try:
        return recipe_for(plan.preset, size=size, pictures=pictures, strength=plan.strength)
    except UserError:
        return recipe_for(size=64, pictures=pictures)


def planned_recipe(plan: TrainingPlan, size: int, pictures: int) -> Recipe:
    """What the next new run would have; values that do not fit the preset are passed over."""
    recipe = preset_recipe(plan, size, pictures)
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
