"""`ganstudio export`: a model as one file to share, or a run for TensorBoard.

Not responsible for checking, copying or writing anything.
"""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from ganstudio.cli.output import Output
from ganstudio.cli.signals import Stopper
from ganstudio.project.errors import UserError
from ganstudio.project.folder import Project
from ganstudio.studio import engine
from ganstudio.studio.models import ModelRef, find_model

__all__ = ["run"]


def run(options: Namespace, output: Output) -> int:
    """Save the model and print where."""
    reference = find_model(options.model)
    if options.tensorboard is not None:
        return _for_tensorboard(reference, options.tensorboard, output)
    engine.export_model(reference.path, options.file)
    output.tell(f"Saved {reference.title}.")
    output.result(str(options.file))
    return 0


def _for_tensorboard(reference: ModelRef, folder: Path, output: Output) -> int:
    """Save the run that a model belongs to, and say how to look at it."""
    run = reference.run
    if run is None:
        raise UserError("tensorboard-needs-run", path=reference.path)
    project = Project.open(run.path.resolve().parent.parent)
    output.progress("Writing the history")
    with Stopper() as stopper:
        place = engine.export_events(project, run, folder, stopper.watched())
    output.tell(f"Look at it: tensorboard --logdir {folder}")
    output.result(str(place))
    return 0
