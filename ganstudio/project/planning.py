"""The recipe of the next new run: a plan, filled in for the pictures that there are.

Not responsible for the presets (`presets`), nor for beginning a run.
"""

from __future__ import annotations

from ganstudio.project.folder import TrainingPlan
from ganstudio.project.kinds import wanted_kinds
from ganstudio.project.picture_list import PictureList
from ganstudio.project.presets import recipe_for
from ganstudio.project.recipe import Recipe

__all__ = ["preset_recipe"]


def preset_recipe(plan: TrainingPlan, pictures: PictureList, count: int | None = None) -> Recipe:
    """What a plan's preset and strength say for a project's pictures.

    Args:
        plan: Its changed values are not looked at.
        pictures: Their size, proportions, colours and kinds are the networks'.
        count: How many there are to learn from, at least 1; None counts those that can be used.

    Raises:
        UserError: "no-such-preset", "bad-size" or "bad-setting".
    """
    framing = pictures.framing
    return recipe_for(
        plan.preset,
        size=framing.size,
        pictures=max(1, pictures.usable_count if count is None else count),
        strength=plan.strength,
        aspect=framing.aspect,
        channels=framing.channels,
        classes=len(wanted_kinds(pictures).names),
    )
