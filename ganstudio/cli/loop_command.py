"""`ganstudio loop`: a closed, smooth film through several places of a model.

Not responsible for drawing it (`studio.engine`).
"""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from ganstudio.cli.kept_places import kept_favourites, kept_files, of_another_model
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
    reference = find_model(options.model)
    kept = kept_favourites(reference, options.model, options.favourites)
    kept += kept_files(options.point)
    model = engine.open_model(reference.path)
    warning = of_another_model(kept, model.fingerprint)
    if warning:
        output.tell(warning)
    keys = [place.point for _, place in kept]
    keys += engine.points_of_seeds(model, options.seeds, options.diversity)
    directions = [direction for _, place in kept for direction in place.directions]

    def tell(progress: Progress) -> None:
        output.progress(counting_line("Drawing frames", progress.done, progress.total))

    with Stopper() as stopper:
        task = stopper.watched(tell=tell)
        engine.save_loop(reference.path, keys, settings, options.file, task, directions)
    output.end_progress()
    output.result(str(options.file))
    return 0


def _kind(path: Path) -> Kind:
    """What a file of that name is; without an ending a folder of PNG files."""
    for kind, ending in ENDINGS.items():
        if path.suffix.lower() == ending:
            return kind
    raise UserError("film-ending", path=path)
