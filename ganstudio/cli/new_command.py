"""`ganstudio new`: a project from a folder, a ZIP or a bundled set.

Not responsible for reading pictures: `studio.pictures` does.
"""

from __future__ import annotations

import contextlib
import shutil
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from ganstudio.cli.importing import bring_in, named_pictures
from ganstudio.cli.output import Output
from ganstudio.cli.signals import Stopper
from ganstudio.project.atomic import writing
from ganstudio.project.errors import UserError
from ganstudio.project.folder import Project
from ganstudio.project.kinds import kinds_of, shortened
from ganstudio.project.picture_list import FramingSettings
from ganstudio.studio.app import Studio

__all__ = ["run"]


def run(options: Namespace, output: Output) -> int:
    """Make the project, or leave nothing behind."""
    what, own_size = named_pictures(options.pictures)
    framing = FramingSettings(
        size=options.size or own_size,
        aspect=options.aspect,
        channels=options.colours,
        mode=options.framing,
    )
    path: Path = options.project
    with Stopper() as stopper:
        studio = Studio(window_open=False)
        try:
            with _made(path) as project:
                usable = bring_in(studio, project, what, framing, stopper, output)
                kinds = _tell_kinds_apart(project) if options.kinds else ""
        finally:
            studio.close()
    output.tell(f"Made a project with {usable:,} pictures at {framing.pixels}{kinds}.")
    output.tell(f"Train it with `ganstudio train {path}`, or look at it with `ganstudio {path}`.")
    output.result(str(path))
    return 0


def _tell_kinds_apart(project: Project) -> str:
    """Let every folder be a kind of picture; returns words about them.

    Raises:
        UserError: "no-kinds" if there are fewer than two.
    """
    pictures = project.pictures()
    names = kinds_of(pictures).names
    if not names:
        raise UserError("no-kinds")
    project.write_pictures(pictures.model_copy(update={"kinds": True}))
    return f", of {len(names)} kinds: {shortened(names)}"


@contextlib.contextmanager
def _made(path: Path) -> Iterator[Project]:
    """A new project, which goes again if it cannot be filled: the same command may be repeated."""
    with writing(path):
        was_there = path.exists()
        free = not was_there or (path.is_dir() and not any(path.iterdir()))
        try:
            yield Project.create(path)
        except BaseException:  # Ctrl+C too leaves nothing half made; it goes on after that
            if free:
                shutil.rmtree(path, ignore_errors=True)
            if free and was_there:
                path.mkdir(exist_ok=True)
            raise
