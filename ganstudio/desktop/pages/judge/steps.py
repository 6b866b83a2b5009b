"""The amber button of the Judge page, and the sentence in its head.

Pure functions: what is going on in, words out. Not responsible for doing the step.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ganstudio.desktop.pages.judge.game import Game
from ganstudio.desktop.pages.judge.game_view import LENGTHS
from ganstudio.desktop.pages.judge.round_steps import STEPS
from ganstudio.desktop.pages.judge.words import say
from ganstudio.project.numbers import say_count
from ganstudio.project.titles import Best

__all__ = ["JudgeStep", "explore_step", "head_sentence", "step_for"]


@dataclass(frozen=True, slots=True)
class JudgeStep:
    """What the amber button says and does."""

    action: Literal["play", "result", "explore", "next", "tournament", "train"]
    text: str
    hint: str
    icon: str = "arrow-right"
    enabled: bool = True


def step_for(
    view: str,
    game: Game | None,
    dealing: int,
    result_shown: bool,
    round_step: int | None,
    best: Best | None,
) -> JudgeStep:
    """The next step.

    Args:
        view: Which view is shown.
        game: That is played, or was.
        dealing: Pictures of a game that is being dealt; 0 for none.
        result_shown: Whether the game's result is shown.
        round_step: The step of the round that is shown; None without a round.
        best: The best moment of the run, if one is known.
    """
    if view == "round" and round_step is not None and round_step < STEPS - 1:
        hint = say("Step {n} of {total} is shown.").format(n=round_step + 1, total=STEPS)
        return JudgeStep("next", say("Next"), hint)
    if view != "play" or (game is None and not dealing):
        text = say("Play inspector: {n} pictures").format(n=LENGTHS[0])
        return JudgeStep("play", text, say("Can you tell better than the network?"), "judge")
    if result_shown:
        return explore_step(best)
    left = game.total - len(game.answers) if game is not None else dealing
    hint = say("You against the inspector.")
    if left:
        hint = say("{n} to go. Press R for real, G for generated.").format(n=left)
    return JudgeStep("result", say("Show the result"), hint, enabled=left == 0)


def explore_step(best: Best | None) -> JudgeStep:
    """On to Explore: at the best moment, if one is known."""
    if best is None:
        return JudgeStep("explore", say("Explore it now"), say("Walk through all it can draw."))
    hint = say("{at}: walk through all it can draw.").format(at=say_count(best.clock))
    if best.reason == "choice":
        return JudgeStep("explore", say("Explore your choice"), hint)
    return JudgeStep("explore", say("Explore the best moment"), hint)


def head_sentence(view: str, clock: int, again: bool, best: Best | None) -> str:
    """What is happening, in one line.

    Args:
        view: Which view is shown.
        clock: Of the moment that judges.
        again: All real pictures were shown before.
        best: The best moment of the run, if one is known.
    """
    pile = say("At {at}: real and generated, jumbled.")
    if again:
        pile = say("At {at}, jumbled. All real ones were shown: some come again.")
    return {
        "pile": pile,
        "play": say("At {at}: you and the inspector, on the same pictures."),
        "round": say("One round of the game on copies, slowly."),
        "folder": say("What the inspector of {at} says of any pictures."),
        "tournament": say("Generators of several moments against their inspectors."),
    }[view].format(at=_at(clock, best))


def _at(clock: int, best: Best | None) -> str:
    """A moment, and that it is the best one, if it is."""
    words = "{at}"
    if best is not None and best.clock == clock:
        words = say("the best moment ({at})")
        if best.reason == "choice":
            words = say("your choice ({at})")
    return words.format(at=say_count(clock))
