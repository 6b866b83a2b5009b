"""Three questions and a measurement make a recipe: for the command line and the window alike.

Not responsible for choosing (`project.advice`), nor for measuring: whoever asks brings a way.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ganstudio.project.advice import Advice, Candidate, PictureKind, advise, candidates
from ganstudio.project.folder import TrainingPlan
from ganstudio.project.outlook import Speed
from ganstudio.project.picture_list import PictureList
from ganstudio.project.planning import preset_recipe
from ganstudio.project.reasons import reasons
from ganstudio.project.recipe import Recipe
from ganstudio.studio.machine import MachineReport

__all__ = ["Answers", "Filled", "advised"]


@dataclass(frozen=True, slots=True)
class Answers:
    """What a person says.

    Attributes:
        pictures: The project's.
        minutes: How long it may take.
        kind: What they show.
    """

    pictures: PictureList
    minutes: float
    kind: PictureKind = "any"


@dataclass(frozen=True, slots=True)
class Filled:
    """The answer: advice, the plan that follows it, its recipe, and why each value."""

    advice: Advice
    plan: TrainingPlan
    recipe: Recipe

    @property
    def reasons(self) -> dict[str, str]:
        """Field -> one line."""
        return reasons(self.recipe)


def advised(
    answers: Answers, report: MachineReport, measure: Callable[[Recipe], Speed | None]
) -> Filled | None:
    """The recipe that suits the answers.

    Args:
        answers: Of the person.
        report: Of the computer.
        measure: How fast a recipe trains here; None if that is not known yet. Every candidate is
            asked for at once.

    Returns:
        None while something is not measured yet.

    Raises:
        UserError: "bad-size" and others, if there is no recipe for these pictures.
    """
    pictures, minutes = answers.pictures, answers.minutes
    count = pictures.usable_count
    offered = candidates(count, report.has_gpu, answers.kind)
    plans = {found: TrainingPlan(preset=found[0], strength=found[1]) for found in offered}
    speeds = {found: measure(preset_recipe(plan, pictures)) for found, plan in plans.items()}
    rates: dict[Candidate, float] = {
        found: speed.images_per_s for found, speed in speeds.items() if speed is not None
    }
    if len(rates) < len(offered):
        return None
    advice = advise(count, minutes, report.has_gpu, rates, report.reason, answers.kind)
    values = dict(advice.values)
    plan = plans[advice.preset, advice.strength].model_copy(
        update={"minutes": minutes, "values": values}
    )
    return Filled(advice, plan, preset_recipe(plan, pictures).with_values({**values}))
