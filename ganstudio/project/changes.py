"""Changes while a run trains: what may change, and what the recipe has become.

A change is an event in the run's history, with the clock from which on it holds. So going on later
comes to the same recipe, and going back to an earlier checkpoint takes the change away with
everything else. `recipe.json` stays as it was written. A moment that is kept at the very clock of a
change is still one of before.

Not responsible for playing by a changed recipe (`gan`), nor for asking for one (`studio`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ganstudio.project.combinations import refuse_bad
from ganstudio.project.errors import UserError
from ganstudio.project.recipe import Recipe

__all__ = ["CHANGE", "CHANGEABLE", "changed_recipe", "changes_learning", "recipe_after"]

#: What such an event is called; its `values` are the changed fields.
CHANGE = "change"

#: Fields that matter to the next step, or the next moment that is kept, and to nothing before it.
CHANGEABLE = frozenset(
    {
        "augment.p",
        "augment.policy",
        "game.gamma",
        "game.gamma_end",
        "optimizer.lr",
        "optimizer.lr_end",
        "watch.first_seed",
        "watch.snapshots",
    }
)


def changes_learning(event: Mapping[str, Any]) -> bool:
    """Whether an event is a change of what is learned; how a run is watched has no part in that."""
    values = event.get("values")
    watching = isinstance(values, dict) and {str(key).split(".")[0] for key in values} == {"watch"}
    return event.get("event") == CHANGE and not watching


def changed_recipe(recipe: Recipe, values: Mapping[str, object]) -> Recipe:
    """A recipe after a change.

    Args:
        recipe: Before it.
        values: Dotted fields, as `Recipe.with_values` takes them.

    Raises:
        UserError: "fixed-while-training" for a field that no run can change, "bad-setting", or as
            `refuse_bad` for a combination that does not go together.
    """
    for key in values:
        if key not in CHANGEABLE:
            raise UserError("fixed-while-training", key=key)
    changed = recipe.with_values(dict(values))
    refuse_bad(changed)
    return changed


def recipe_after(
    recipe: Recipe, events: Iterable[Mapping[str, Any]], before: int | None = None
) -> Recipe:
    """What a recipe has become; an event that means nothing to it is passed over.

    Args:
        recipe: What it began as.
        events: Lines of `events.jsonl`, in order.
        before: Only what was changed before this clock counts; None for all of it.
    """
    for event in events:
        values, images = event.get("values"), event.get("images")
        if before is not None and not (isinstance(images, int) and images < before):
            continue
        if event.get("event") == CHANGE and isinstance(values, dict):
            try:
                recipe = changed_recipe(recipe, values)
            except UserError:
                continue
    return recipe
