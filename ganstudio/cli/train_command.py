"""`ganstudio train`: go on with a project's newest run, or begin one.

Not responsible for training itself.
"""

from __future__ import annotations

from argparse import Namespace

from ganstudio.cli.following import Followed, follow
from ganstudio.cli.output import Output
from ganstudio.cli.projects import held_if_free, writable
from ganstudio.cli.signals import Stopper
from ganstudio.project.folder import Project, TrainingPlan
from ganstudio.project.numbers import say_count
from ganstudio.project.presets import recipe_for
from ganstudio.studio.app import Studio
from ganstudio.studio.engine import StartRequest

__all__ = ["run", "tell_end"]


def run(options: Namespace, output: Output) -> int:
    """Train until the target, the time, or a signal."""
    project = writable(options.project)
    request = _request(project, options)
    with Stopper() as stopper:
        studio = Studio(window_open=False)
        try:
            with held_if_free(project):
                ended = follow(studio, project, request, stopper, output)
        finally:
            studio.close()
    tell_end(project, ended, output)
    if ended.run is not None:
        output.result(str(ended.run.path))
    return 0


def tell_end(project: Project, ended: Followed, output: Output) -> None:
    """Say what there is now, and what to do next."""
    if ended.run is None:
        output.tell("Stopped before training began.")
        return
    seen = f"{say_count(ended.images)} pictures seen"
    if ended.reason == "target" and ended.images == ended.began:
        output.tell(
            f"{seen} already: there is nothing left to do. "
            "Go on with --images and a larger number, or begin anew with --fresh."
        )
    elif ended.reason == "target":
        draw = f"ganstudio generate {project.path} --seeds 0-63 --sheet sheet.png"
        output.tell(f"Done: {seen}. Draw with `{draw}`.")
    else:
        output.tell(f"Saved at {seen}. `ganstudio train {project.path}` goes on from there.")


def _request(project: Project, options: Namespace) -> StartRequest:
    """What was asked for, checked as far as that needs no engine."""
    plan = project.info().plan
    given = [
        name
        for name, value in (
            ("--recipe", options.recipe),
            ("--set", options.settings),
            ("--seed", options.seed),
        )
        if value not in (None, [])
    ]
    chosen = TrainingPlan(
        preset=options.recipe or plan.preset,
        strength=plan.strength,
        values=plan.values | dict(options.settings),
    )
    pictures = project.pictures()
    recipe_for(
        chosen.preset,
        size=pictures.framing.size,
        pictures=pictures.usable_count,
        strength=chosen.strength,
    ).with_values(dict(chosen.values))
    return StartRequest(
        fresh=options.fresh,
        images=options.images,
        minutes=options.minutes,
        seed=options.seed,
        device=options.device,
        threads=options.threads,
        plan=chosen,
        settings_given=tuple(given),
    )
