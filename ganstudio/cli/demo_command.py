"""`ganstudio demo`: a first run on bundled pictures, in the window or in the terminal.

Not responsible for the window's part of it.
"""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from ganstudio.cli.following import follow
from ganstudio.cli.importing import bring_in
from ganstudio.cli.output import Output
from ganstudio.cli.projects import held_if_free, writable
from ganstudio.cli.requests import WindowRequest
from ganstudio.cli.signals import Stopper
from ganstudio.cli.train_command import tell_end
from ganstudio.project.errors import Cancelled, UserError
from ganstudio.project.folder import Project
from ganstudio.project.picture_list import FramingSettings
from ganstudio.project.runs import RunFolder
from ganstudio.studio import engine
from ganstudio.studio.app import Studio
from ganstudio.studio.display import display_problem
from ganstudio.studio.engine import StartRequest
from ganstudio.studio.pictures import Bundle, PicturesService

__all__ = ["run"]

#: Long enough for first faces on two cores.
_MINUTES = 3.0


def run(options: Namespace, output: Output) -> int | WindowRequest:
    """Ask for a window where there is a display, else train here."""
    bundle = _bundle(options.name)
    if not options.headless:
        problem = display_problem()
        if problem is None:
            return WindowRequest(
                project=options.project,
                demo=bundle.name,
                images=options.images,
                minutes=options.minutes,
                debug=options.debug,
            )
        output.tell(f"{problem.sentence} So the demo trains here, in the terminal.")
    return _train_here(bundle, options, output)


def _keepsakes(project: Project, run: RunFolder, stopper: Stopper, output: Output) -> list[Path]:
    """What is left to look at; a second Ctrl+C does without, for the training is saved."""
    output.progress("Writing the pictures, the plot and the film")
    try:
        return engine.leave_keepsakes(project, run, stopper.watched())
    except Cancelled:
        output.tell("The film was left out.")
        return []
    finally:
        output.end_progress()


def _bundle(name: str) -> Bundle:
    bundles = {bundle.name: bundle for bundle in PicturesService.bundles()}
    if name not in bundles:
        raise UserError("no-such-bundle", name=name, available=", ".join(bundles))
    return bundles[name]


def _train_here(bundle: Bundle, options: Namespace, output: Output) -> int:
    minutes = options.minutes
    if minutes is None and options.images is None:
        minutes = _MINUTES
    request = StartRequest(
        images=options.images,
        minutes=minutes,
        horizon_images=options.images,
        horizon_minutes=minutes,
        scores=not options.no_score,
    )
    with Stopper() as stopper:
        studio = Studio(window_open=False)
        try:
            project = _project(bundle, options.project or Path("ganstudio-demo"))
            with held_if_free(project):
                _fill(studio, project, bundle, stopper, output)
                ended = follow(studio, project, request, stopper, output)
                tell_end(project, ended, output)
                if ended.run is None:
                    return 0
                kept = _keepsakes(project, ended.run, stopper, output)
        finally:
            studio.close()
    for path in kept:
        output.result(str(path))
    return 0


def _project(bundle: Bundle, path: Path) -> Project:
    """The demo's project, made if it is not there; one with other pictures is left alone."""
    if not (path / "project.json").is_file():
        return Project.create(path, f"{bundle.title} demo")
    project = writable(path)
    sources = project.pictures().sources
    if any(source.kind != "bundle" or source.location != bundle.name for source in sources):
        raise UserError("demo-other-pictures", path=path, name=bundle.name)
    return project


def _fill(
    studio: Studio, project: Project, bundle: Bundle, stopper: Stopper, output: Output
) -> None:
    """Bring the set in, if it is not in yet or its cache was thrown away."""
    pictures = project.pictures()
    if not pictures.usable_count or not project.cache_path.is_dir():
        framing = FramingSettings(size=bundle.size)
        bring_in(studio, project, bundle.source, framing, stopper, output)
