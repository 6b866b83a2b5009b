"""How a run is watched: which 64 places the grid draws, and how often a moment is kept.

Not responsible for drawing or keeping them (`gan`), nor for when they may change (`more`).
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from ganstudio.desktop.pages.train.film import TimeMachine
from ganstudio.desktop.pages.train.recipe_values import Value
from ganstudio.desktop.pages.train.run_view import RunView
from ganstudio.desktop.widgets.choice import Choice
from ganstudio.desktop.widgets.form_row import FormRow
from ganstudio.project.recipe import Recipe
from ganstudio.project.sheets import SAMPLE_COUNT

__all__ = ["PlacesChoice", "RhythmChoice", "places_note", "say_places", "say_rhythm", "shown_seed"]


def _say(text: str) -> str:
    return QCoreApplication.translate("Watching", text)


def say_places(first_seed: int) -> str:
    """A set of places by its seeds: "Seeds 0 to 63"."""
    text = _say("Seeds {first} to {last}").replace("{first}", str(first_seed))
    return text.replace("{last}", str(first_seed + SAMPLE_COUNT - 1))


def say_rhythm(snapshots: str) -> str:
    """How many moments are kept."""
    words = {
        "half": _say("Half as many"),
        "planned": _say("As planned"),
        "double": _say("Twice as many"),
    }
    return words.get(snapshots, snapshots)


def places_note(first_seed: int, now: int) -> str:
    """Where a moment drew other places than now, which ones; else nothing."""
    if first_seed == now:
        return ""
    text = _say("{places} are shown: the grid drew other places then.")
    return text.replace("{places}", say_places(first_seed))


def shown_seed(view: RunView, machine: TimeMachine) -> int:
    """The seed of the first place that the grid shows: of the moment, else of the newest."""
    newest = view.newest.first_seed if view.newest is not None else 0
    return newest if machine.first_seed is None else machine.first_seed


class PlacesChoice(Choice):
    """The set that is drawn, the first one, and another one that nobody has seen yet."""

    def __init__(self) -> None:
        super().__init__(_say("Places"))

    def row(self) -> FormRow:
        """With its label."""
        return FormRow(
            _say("Places"),
            self,
            _say(
                "Which 64 pictures the grid draws again and again. Moments that are kept already "
                "keep theirs. (Seeds of the fixed latents)"
            ),
        )

    def show_recipe(self, recipe: Recipe) -> None:
        """Offer what suits a recipe."""
        now = recipe.watch.first_seed
        self.clear()
        for first_seed in sorted({0, now}):
            self.addItem(say_places(first_seed), first_seed)
        self.addItem(_say("Another 64"), now + SAMPLE_COUNT)
        self.setCurrentIndex(self.findData(now))

    def values(self, index: int) -> dict[str, Value]:
        """What an entry changes in the recipe."""
        return {"watch.first_seed": self.itemData(index)}


class RhythmChoice(Choice):
    """How many moments are kept."""

    def __init__(self) -> None:
        super().__init__(_say("Snapshots"))
        for snapshots in ("double", "planned", "half"):
            self.addItem(say_rhythm(snapshots), snapshots)

    def row(self) -> FormRow:
        """With its label."""
        return FormRow(
            _say("Snapshots"),
            self,
            _say(
                "How many moments are kept for the film, from now on. They share the same room on "
                "the disk. (Snapshot interval)"
            ),
        )

    def show_recipe(self, recipe: Recipe) -> None:
        """Show what holds."""
        self.setCurrentIndex(self.findData(recipe.watch.snapshots))

    def values(self, index: int) -> dict[str, Value]:
        """What an entry changes in the recipe."""
        return {"watch.snapshots": self.itemData(index)}
