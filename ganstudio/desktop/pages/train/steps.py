"""Which step the amber button of the Train page stands for: words from the situation.

Not responsible for taking it: `action` names what the page does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QCoreApplication

from ganstudio.desktop.pages.train.finding import say_finding
from ganstudio.desktop.pages.train.situation import Situation
from ganstudio.desktop.translate import marked
from ganstudio.project.finding_texts import words_of_finding, words_of_remedy
from ganstudio.project.findings import Finding, Remedy
from ganstudio.project.numbers import say_count, say_duration

__all__ = ["Step", "longer_target", "remedy_step", "step_for"]

Action = Literal["start", "resume", "explore", "pictures", "watch", "remedy", "none"]


@dataclass(frozen=True, slots=True)
class Step:
    """The words of the amber button and what it does."""

    text: str
    hint: str
    action: Action
    icon: str = "arrow-right"
    tip: str = ""


def say(text: str) -> str:
    """A text in the person's language."""
    return QCoreApplication.translate("TrainSteps", text)


def longer_target(clock: int) -> int:
    """Where "Train longer" leads: half as far again, a number one can say."""
    wanted = clock * 3 // 2
    unit = 10 ** max(0, len(str(wanted)) - 2)
    return max(clock + 1, round(wanted / unit) * unit)


def step_for(
    situation: Situation,
    seconds_to_shapes: float | None,
    outlook: str = "",
    happy: bool = False,
) -> Step:
    """The step of a situation.

    Args:
        situation: What is going on.
        seconds_to_shapes: Time until the first shapes, 0 once they are there, None if unknown.
        outlook: When there will be something to see of a run that begins, if that is known.
        happy: Whether a person keeps the moment at which it was stopped.
    """
    if situation.barred and situation.kind in ("ready", "stopped", "failed"):
        return Step(say("Start training"), situation.barred, "none", "", situation.barred)
    if situation.kind == "ready" and outlook:
        tip = say("Begin from noise.")
        return Step(say("Start training"), outlook, "start", "play", tip)
    step = _STEPS.get(situation.kind)
    if step is not None:
        text, hint, action, icon, tip = step
        return Step(say(text), say(hint), action, icon, say(tip) if tip else "")
    if situation.kind in ("running", "watched"):
        return _running(seconds_to_shapes)
    if situation.kind == "finished":
        return _explore(say("The best it has learned so far."))
    if happy:
        return _explore(say("Your choice is kept, whatever happens."))
    return _stopped(situation)


def remedy_step(finding: Finding, remedy: Remedy) -> Step:
    """The step that would help a finding."""
    text, hint = words_of_remedy(remedy, say_finding)
    headline, term, _ = words_of_finding(finding, say_finding)
    icon = {"branch": "branch", "stop": "stop", "change": "check"}[remedy.kind]
    return Step(text, hint, "remedy", icon, f"{headline}. ({term})")


def _running(seconds_to_shapes: float | None) -> Step:
    if seconds_to_shapes is None:
        text = say("First shapes soon")
    elif seconds_to_shapes > 0:
        time = say_duration(seconds_to_shapes)
        text = say("First shapes in about {time}").replace("{time}", time)
    else:
        return _explore(say("Training goes on while you explore."))
    tip = say("There is nothing to explore in noise yet.")
    return Step(text, say("The button wakes up by itself."), "none", "", tip)


def _explore(hint: str) -> Step:
    tip = say("Walk through everything it can draw.")
    return Step(say("Explore it now"), hint, "explore", "arrow-right", tip)


def _stopped(situation: Situation) -> Step:
    if not situation.goes_on:
        hint = say("Pictures or settings have changed. This run is kept.")
        return Step(say("Start a new run"), hint, "start", "play", say("Begin again from noise."))
    clock = say_count(situation.clock)
    text = say("Go on from {clock}").replace("{clock}", clock)
    hint = say("From the very step where it stopped.")
    return Step(text, hint, "start", "play", say("Everything is as it was. (Resume)"))


_STEPS: dict[str, tuple[str, str, Action, str, str]] = {
    "empty": (
        marked("TrainSteps", "Choose pictures"),
        marked("TrainSteps", "100 or more of one kind work best."),
        "pictures",
        "arrow-right",
        marked("TrainSteps", "Go to Pictures."),
    ),
    "ready": (
        marked("TrainSteps", "Start training"),
        marked("TrainSteps", "You can stop and go on at any time."),
        "start",
        "play",
        marked("TrainSteps", "Begin from noise."),
    ),
    "preparing": (
        marked("TrainSteps", "Getting ready"),
        marked("TrainSteps", "Measuring this computer."),
        "none",
        "",
        "",
    ),
    "stopping": (
        marked("TrainSteps", "Saving"),
        marked("TrainSteps", "The step at hand is finished first."),
        "none",
        "",
        "",
    ),
    "paused": (
        marked("TrainSteps", "Go on training"),
        marked("TrainSteps", "Everything is saved."),
        "resume",
        "play",
        marked("TrainSteps", "From the very step where it paused. (Resume)"),
    ),
    "failed": (
        marked("TrainSteps", "Look again and go on"),
        marked("TrainSteps", "Goes on from what is saved."),
        "start",
        "play",
        marked("TrainSteps", "Try again from the newest checkpoint."),
    ),
    "elsewhere": (
        marked("TrainSteps", "Watch the run that trains"),
        marked("TrainSteps", "Another run is training now."),
        "watch",
        "arrow-right",
        marked("TrainSteps", "Look at the run that is training."),
    ),
}
