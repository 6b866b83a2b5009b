"""`ganstudio loop`: a closed, smooth film through several places of a model.

Not responsible for drawing it (`studio.engine`).
"""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from ganstudio.cli.output import Output
from ganstudio.cli.progress import counting_line
from ganstudio.cli.signals import Stopper
from ganstudio.project.errors import UserError
from ganstudio.project.film import ENDINGS, FilmSettings, Kind
from ganstudio.project.messages import Progress
from ganstudio.studio import engine
from ganstudio.studio.models import find_model

__all__ = ["run"]


def run(options: Namespace, output: Output) -> int:
    """Draw it, and print where it is."""
    settings = FilmSettings(
        seconds=options.seconds,
        shape=options.shape,
        side=options.size,
        kind=_kind(options.file),
        filling="fill" if options.fill else "fit",
        sharp=options.sharp,
    )
    model = find_model(options.model).path
    keys = engine.points_of_seeds(engine.open_model(model), options.seeds, options.diversity)

    def tell(progress: Progress) -> None:
        output.progress(counting_line("Drawing frames", progress.done, progress.total))

    with Stopper() as stopper:
        engine.save_loop(model, keys, settings, options.file, stopper.watched(tell=tell))
    output.end_progress()
    output.result(str(options.file))
    return 0


def _kind(path: Path) -> Kind:
    """What a file of that name is; without an ending a folder of PNG files."""
    for kind, ending in ENDINGS.items():
        if path.suffix.lower() == ending:
            return kind
    raise UserError("film-ending", path=path)
