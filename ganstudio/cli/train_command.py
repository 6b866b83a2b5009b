"""`ganstudio train`: go on with a project's newest run, or begin one.

Not responsible for training itself.
"""

from __future__ import annotations

import contextlib
import signal
from argparse import Namespace

from ganstudio.cli.following import Followed, follow
from ganstudio.cli.output import Output
from ganstudio.cli.projects import held_if_free, writable
from ganstudio.cli.signals import Stopper
from ganstudio.project.branching import BranchRequest
from ganstudio.project.combinations import refuse_bad
from ganstudio.project.errors import UserError
from ganstudio.project.folder import Project, TrainingPlan
from ganstudio.project.numbers import parse_count, say_count
from ganstudio.project.planning import preset_recipe
from ganstudio.project.processes import Place, place_of_this_process
from ganstudio.project.run_summary import run_named
from ganstudio.studio import engine
from ganstudio.studio.app import Studio
from ganstudio.studio.engine import StartRequest
from ganstudio.studio.models import BEST, best_of_run, find_model

__all__ = ["run", "tell_end"]


def run(options: Namespace, output: Output) -> int:
    """Train until the target, the time, or a signal; or help the process that does."""
    place = place_of_this_process()
    if place is not None and place.rank > 0:
        return _help(Project.open(options.project), place)
    project = writable(options.project)
    request = _request(project, options, place)
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


def _help(project: Project, place: Place) -> int:
    """Be one of the processes that torchrun started beside the first one.

    Ctrl+C reaches all of them, and the first one alone decides what comes of it.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.ExitStack() as stack:
        engine.help_train(project, place, lambda: stack.enter_context(Stopper()))
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
    best = ended.run.best()
    if best is not None:
        words = "as you chose" if best.reason == "choice" else "by its score"
        output.tell(f"The best moment, {words}: {say_count(best.clock)} ({project.path}@best).")


def _request(project: Project, options: Namespace, place: Place | None) -> StartRequest:
    """What was asked for, checked as far as that needs no engine."""
    if options.branch is not None:
        return _branch_request(project, options, place)
    plan = project.info().plan
    given = [
        name
        for name, value in (
            ("--recipe", options.recipe),
            ("--strength", options.strength),
            ("--from", options.source),
            ("--set", options.settings),
            ("--seed", options.seed),
        )
        if value not in (None, [])
    ]
    chosen = TrainingPlan(
        preset=options.recipe or plan.preset,
        strength=options.strength or plan.strength,
        values=plan.values | dict(options.settings),
    )
    recipe = preset_recipe(chosen, project.pictures())
    refuse_bad(recipe.with_values(dict(chosen.values)))
    return StartRequest(
        fresh=options.fresh,
        images=options.images,
        minutes=options.minutes,
        seed=options.seed,
        device=options.device,
        threads=options.threads,
        plan=chosen,
        source=find_model(options.source) if options.source else None,
        settings_given=tuple(given),
        place=place,
        scores=not options.no_score,
    )


def _branch_request(project: Project, options: Namespace, place: Place | None) -> StartRequest:
    """A branch keeps networks, pictures and beginning; `--set` is all that can be different.

    Raises:
        UserError: "branch-fixed", "no-such-run", or what is wrong with the clock.
    """
    for name, value in (
        ("--recipe", options.recipe),
        ("--strength", options.strength),
        ("--from", options.source),
    ):
        if value is not None:
            raise UserError("branch-fixed", key=name)
    name, _, wanted = str(options.branch).rpartition("@")
    run = run_named(project.runs(), name) if name else project.newest_run()
    images = (best_of_run(run).images or 0) if wanted == BEST else parse_count(wanted)
    return StartRequest(
        images=options.images,
        minutes=options.minutes,
        seed=options.seed,
        threads=options.threads,
        branch=BranchRequest(run.path, images, dict(options.settings)),
        place=place,
        scores=not options.no_score,
    )
