"""`ganstudio export`: a model as one file to share.

Not responsible for checking or copying it.
"""

from __future__ import annotations

from argparse import Namespace

from ganstudio.cli.output import Output
from ganstudio.studio import engine
from ganstudio.studio.models import find_model

__all__ = ["run"]


def run(options: Namespace, output: Output) -> int:
    """Save the model and print where."""
    reference = find_model(options.model)
    engine.export_model(reference.path, options.file)
    output.tell(f"Saved {reference.title}.")
    output.result(str(options.file))
    return 0
