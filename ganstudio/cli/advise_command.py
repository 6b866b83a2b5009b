"""`ganstudio advise`: which recipe suits these pictures, this much time and this computer.

Not responsible for the choice itself (`project.advice`), nor for measuring (`studio.engine`).
"""

from __future__ import annotations

import dataclasses
from argparse import Namespace

from ganstudio.cli.output import Output
from ganstudio.cli.signals import Stopper
from ganstudio.project.advice import Advice, Candidate, advise, candidates
from ganstudio.project.errors import Cancelled, UserError
from ganstudio.project.folder import Project
from ganstudio.studio import engine

__all__ = ["run"]


def run(options: Namespace, output: Output) -> int:
    """Measure every candidate for a few seconds, and say which one to take."""
    project = Project.open(options.project)
    pictures = project.pictures()
    count, size = pictures.usable_count, pictures.framing.size
    if count == 0:
        raise UserError("too-few-pictures")
    output.progress("Loading the engine, then measuring for a few seconds")
    report = engine.load("auto", 0, False)
    gpu = report.device != "cpu"
    with Stopper() as stopper:
        rates: dict[Candidate, float] = {}
        for preset, strength in candidates(count, gpu):
            output.progress(f"Measuring {preset}, {strength}")
            found = engine.measured(size, preset, strength, False, lambda: stopper.asked)
            rates[preset, strength] = found.images_per_s
            if stopper.asked:
                raise Cancelled
    output.end_progress()
    advice = advise(count, options.minutes, gpu, rates, report.reason)
    command = (
        f"ganstudio train {project.path} --recipe {advice.preset} --strength {advice.strength} "
        f"--minutes {options.minutes:g}"
    )
    if options.json:
        output.document(dataclasses.asdict(advice) | {"command": command})
    else:
        output.result("\n".join(_lines(advice, command)))
    return 0


def _lines(advice: Advice, command: str) -> list[str]:
    title = f"{advice.preset}, {advice.strength}"
    return [title, *(f"  {sentence}" for sentence in advice.why), "", command]
