"""`ganstudio check`: what this computer can do, and a verdict in words.

Not responsible for measuring: `studio.engine` does.
"""

from __future__ import annotations

import platform
from argparse import Namespace
from pathlib import Path

from ganstudio import __version__
from ganstudio.cli.output import Output
from ganstudio.cli.signals import Stopper
from ganstudio.project.errors import UserError
from ganstudio.project.numbers import say_bytes, say_duration
from ganstudio.project.paths import default_projects
from ganstudio.project.presets import recipe_for
from ganstudio.studio import engine
from ganstudio.studio.app import Studio
from ganstudio.studio.display import display_problem

__all__ = ["run"]

#: The size that is measured, and what its first faces take.
_SIZE = 32
_FIRST_RUN_IMAGES = 150_000
#: So many want no augmentation.
_MANY_PICTURES = 10_000
_LEAST_DISK = 2_000_000_000


def run(options: Namespace, output: Output) -> int:
    """Measure and say what it means; exit code 0 if this computer can train."""
    with Stopper() as stopper:
        studio = Studio(window_open=False)
        try:
            output.progress("Loading the engine, then measuring for a few seconds")
            report = engine.load("auto", 0, False)
            recipe = recipe_for(size=_SIZE, pictures=_MANY_PICTURES)
            measured = engine.measured(recipe, "auto", 0, False, lambda: stopper.asked)
            output.end_progress()
            facts: dict[str, object] = {
                "version": __version__,
                "python": platform.python_version(),
                "system": platform.platform(),
                "torch": report.torch_version,
                "device": measured.choice.device,
                "reason": measured.choice.reason,
                "precision": measured.choice.precision,
                "threads": measured.choice.threads,
                "cores": studio.machine.cores,
                "memory": studio.machine.memory_bytes,
                "images_per_s": round(measured.images_per_s, 1),
                "size": _SIZE,
                "disk_free": studio.machine.disk_free(Path.cwd()),
                "disk_path": Path.cwd(),
            }
        finally:
            studio.close()
    facts |= _display_facts(display_problem())
    verdict = _verdict(facts, measured.images_per_s)
    facts["verdict"] = verdict
    if options.json:
        output.document(facts)
    else:
        output.result("\n".join([*_lines(facts, measured.images_per_s), "", verdict]))
    return 0


def _display_facts(problem: UserError | None) -> dict[str, object]:
    return {
        "display": problem is None,
        "display_problem": problem.sentence if problem else None,
        "display_hint": problem.hint if problem and problem.code.startswith("qt-") else None,
    }


def _lines(facts: dict[str, object], images_per_s: float) -> list[str]:
    memory, disk = facts["memory"], facts["disk_free"]
    assert isinstance(memory, int)
    assert isinstance(disk, int)
    problem = facts["display_problem"]
    parts = (problem, facts["display_hint"]) if problem else ("a window can be shown",)
    display = " ".join(str(part) for part in parts if part)
    return [
        f"GAN Studio {facts['version']}, Python {facts['python']}, torch {facts['torch']}",
        f"  device     {facts['reason']}",
        f"  speed      {images_per_s:.0f} images/s at {_SIZE} × {_SIZE} ({facts['precision']}, "
        f"{facts['threads']} threads)",
        f"  memory     {say_bytes(memory)}, {facts['cores']} cores",
        f"  disk       {say_bytes(disk)} free at {facts['disk_path']}",
        f"  display    {display}",
        f"  projects   {default_projects()}",
    ]


def _verdict(facts: dict[str, object], images_per_s: float) -> str:
    """What a person can expect, in one or two sentences."""
    if images_per_s <= 0:
        return "Training could not be measured here; see the log."
    first = say_duration(_FIRST_RUN_IMAGES / images_per_s)
    parts = [f"Ready: the demo's first faces take about {first} here."]
    disk = facts["disk_free"]
    if isinstance(disk, int) and disk < _LEAST_DISK:
        parts.append("The disk is nearly full: a run wants 2 GB.")
    if not facts["display"]:
        parts.append("There can be no window, but everything works in the terminal.")
    return " ".join(parts)
