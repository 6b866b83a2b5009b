"""`ganstudio advise`: which recipe suits these pictures, this much time and this computer.

Not responsible for the choice itself (`studio.advising`), nor for measuring (`studio.engine`).
"""

from __future__ import annotations

import dataclasses
import shlex
from argparse import Namespace

from ganstudio.cli.output import Output
from ganstudio.cli.signals import Stopper
from ganstudio.project.advice import Advice
from ganstudio.project.errors import Cancelled, UserError
from ganstudio.project.folder import Project
from ganstudio.project.outlook import Speed
from ganstudio.project.recipe import Recipe
from ganstudio.studio import engine
from ganstudio.studio.advising import Answers, advised

__all__ = ["run"]


def run(options: Namespace, output: Output) -> int:
    """Measure every candidate for a few seconds, and say which one to take."""
    project = Project.open(options.project)
    answers = Answers(project.pictures(), options.minutes, options.kind)
    if answers.pictures.usable_count == 0:
        raise UserError("too-few-pictures")
    output.progress("Loading the engine, then measuring for a few seconds")
    report = engine.load("auto", 0, False)
    with Stopper() as stopper:

        def measure(recipe: Recipe) -> Speed:
            output.progress(f"Measuring {recipe.name}")
            found = engine.measured(recipe, "auto", 0, False, lambda: stopper.asked)
            if stopper.asked:
                raise Cancelled
            return found.speed

        filled = advised(answers, report, measure)
    output.end_progress()
    assert filled is not None, "every candidate was measured"
    command = _command(project, filled.advice, options.minutes)
    if options.json:
        told = dataclasses.asdict(dataclasses.replace(filled.advice, values={}))
        told |= {"values": dict(filled.advice.values), "command": command}
        output.document(told | {"recipe": filled.recipe.flat(), "reasons": filled.reasons})
    else:
        output.result("\n".join(_lines(filled.advice, command)))
    return 0


def _command(project: Project, advice: Advice, minutes: float) -> str:
    words = ["ganstudio", "train", str(project.path), "--recipe", advice.preset]
    words += ["--strength", advice.strength, "--minutes", f"{minutes:g}"]
    for key, value in advice.values.items():
        words += ["--set", f"{key}={str(value).lower()}"]
    return shlex.join(words)


def _lines(advice: Advice, command: str) -> list[str]:
    title = f"{advice.preset}, {advice.strength}"
    return [title, *(f"  {sentence}" for sentence in advice.why), "", command]
