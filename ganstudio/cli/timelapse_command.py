"""`ganstudio timelapse`: how a run learned to draw, as a GIF.

Not responsible for drawing it (`export`).
"""

from __future__ import annotations

from argparse import Namespace

from ganstudio.cli.output import Output
from ganstudio.cli.signals import Stopper
from ganstudio.project.errors import UserError
from ganstudio.project.folder import Project
from ganstudio.studio import engine
from ganstudio.studio.models import find_model

__all__ = ["run"]


def run(options: Namespace, output: Output) -> int:
    """Save it and print where."""
    reference = find_model(options.model)
    found = reference.run
    if found is None:
        raise UserError("film-needs-run", path=reference.path)
    project = Project.open(found.path.resolve().parent.parent)
    captions = dict.fromkeys(found.snapshots(), options.caption) if options.caption else None
    with Stopper() as stopper:
        engine.save_film(project, found, options.file, stopper.watched(), options.losses, captions)
    output.result(str(options.file))
    return 0
