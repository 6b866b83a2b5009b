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

__all__ = [
    "AUGMENTATIONS",
    "Value",
    "augmentation",
    "augmentation_of",
    "changed_values",
    "learning_speed",
    "planned_recipe",
    "shown_preset",
]

Value = str | int | float | bool

#: Key -> policy, from nothing to everything (DiffAugment).
AUGMENTATIONS: Mapping[str, tuple[str, ...]] = {
    "none": (),
    "move": ("translation", "cutout"),
    "all": ("color", "translation", "cutout"),
}

_USUAL_SHARE = 0.5


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


def changed_values(
    plan: TrainingPlan, recipe: Recipe, changes: Mapping[str, Value]
) -> dict[str, Value]:
    """The plan's values with some fields changed; back at the preset's value they are dropped.

    Args:
        plan: As it is.
        recipe: What the preset says by itself.
        changes: By dotted field of the recipe; a tuple of names is written `a+b`.

    Raises:
        UserError: "bad-setting" if the recipe refuses a value.
    """
    kept = {key: value for key, value in plan.values.items() if key not in changes}
    differing = {
        key: value for key, value in changes.items() if recipe.with_values({key: value}) != recipe
    }
    return kept | differing


def learning_speed(recipe: Recipe, lr: float) -> dict[str, Value]:
    """Another learning speed, at the end by as much as at the start.

    Args:
        recipe: As it is.
        lr: At the start.
    """
    end = recipe.optimizer.lr_end * lr / recipe.optimizer.lr
    return {"optimizer.lr": lr, "optimizer.lr_end": float(f"{end:.6g}")}


def augmentation(recipe: Recipe, key: str) -> dict[str, Value]:
    """Another augmentation, a key of `AUGMENTATIONS`; it is of no use without a share."""
    policy = AUGMENTATIONS[key]
    values: dict[str, Value] = {"augment.policy": "+".join(policy)}
    if policy and recipe.augment.p == 0:
        values["augment.p"] = _USUAL_SHARE
    return values


def augmentation_of(recipe: Recipe) -> str:
    """The key of `AUGMENTATIONS` that says best what a recipe does."""
    policy = recipe.augment.policy if recipe.augment.p > 0 else ()
    return "all" if "color" in policy else "move" if policy else "none"
