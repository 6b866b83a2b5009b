"""Whether a run can go on with the pictures and settings of now, or a new one has to begin.

Not responsible for starting either.
"""

from __future__ import annotations

from ganstudio.project.errors import UserError
from ganstudio.project.folder import TrainingPlan
from ganstudio.project.kinds import wanted_kinds
from ganstudio.project.picture_list import PictureList
from ganstudio.project.planning import preset_recipe
from ganstudio.project.runs import RunFolder, RunInfo

__all__ = ["fits"]


def fits(run: RunFolder, pictures: PictureList, plan: TrainingPlan) -> bool:
    """Whether a run's pictures, size, recipe, beginning and changed settings are still wanted.

    A run that cannot be read does not fit: a new one begins and the old one stays as it is. What
    a newer program would choose by itself does not count: only what a person can choose does.
    """
    try:
        info, recipe = run.info(), run.recipe()
        learned = {*run.training_hashes(), *info.held_out}
    except UserError:
        return False
    wanted = {picture.hash for picture in pictures.pictures if picture.usable}
    if wanted != learned:
        return False
    try:
        new = preset_recipe(plan, pictures, len(wanted)).with_values(dict(plan.values))
    except UserError:
        return False
    if recipe.name != new.name or not _begins_alike(info, plan):
        return False
    # Who begins with a model has its networks.
    if info.parent is None and recipe.network != new.network:
        return False
    if recipe.network.shape != new.network.shape or not _same_kinds(run, info, pictures):
        return False
    changed: dict[str, object] = {k: v for k, v in plan.values.items() if k != "horizon"}
    try:
        return recipe.with_values(changed) == recipe
    except UserError:
        return False


def _same_kinds(run: RunFolder, info: RunInfo, pictures: PictureList) -> bool:
    """Whether every picture is of the kind that it was of when the run began."""
    wanted = wanted_kinds(pictures)
    if wanted.names != info.kinds:
        return False
    if not wanted.names:
        return True
    learned = [*run.training_hashes(), *info.held_out]
    return run.kinds_of(learned) == [wanted.of[content] for content in learned]


def _begins_alike(info: RunInfo, plan: TrainingPlan) -> bool:
    """Whether a run began with what is chosen; nothing chosen asks for no new run by itself."""
    return not plan.source or (info.parent is not None and plan.source == info.parent.run)
