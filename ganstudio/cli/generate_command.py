"""`ganstudio generate`: draw seeds with a model.

Not responsible for drawing: `studio.engine` does.
"""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from ganstudio.cli.output import Output
from ganstudio.cli.progress import counting_line
from ganstudio.cli.signals import Stopper
from ganstudio.project.errors import Cancelled, UserError
from ganstudio.studio import engine
from ganstudio.studio.models import find_model

__all__ = ["run"]

_AT_ONCE = 64
#: A sheet of more pictures than this is larger than most programs can open.
_MOST_ON_A_SHEET = 4_096


def run(options: Namespace, output: Output) -> int:
    """Draw, save, and print where."""
    reference = find_model(options.model)
    if options.sheet is not None:
        return _save_sheet(reference.path, options, output)
    return _save_each(reference.path, options, output)


def _save_sheet(model: Path, options: Namespace, output: Output) -> int:
    if len(options.seeds) > _MOST_ON_A_SHEET:
        raise UserError("sheet-too-large", most=_MOST_ON_A_SHEET)
    if options.sheet.suffix.lower() != ".png":
        raise UserError("wrong-ending", path=options.sheet, ending=".png")
    pictures = engine.generate(model, options.seeds, options.diversity, options.kind)
    engine.save_as_sheet(pictures, options.sheet)
    output.result(str(options.sheet))
    return 0


def _save_each(path: Path, options: Namespace, output: Output) -> int:
    """One PNG a seed, each with its place inside; drawn and written in handfuls."""
    model = engine.open_model(path)
    fingerprint = engine.model_info(path).fingerprint
    points = engine.points_of_seeds(model, options.seeds, options.diversity, options.kind)
    digits = max(4, len(str(max(options.seeds))))
    with Stopper() as stopper:
        for start in range(0, len(points), _AT_ONCE):
            if stopper.asked:
                raise Cancelled
            if start:
                output.progress(counting_line("Drawing", start, len(points)))
            handful = points[start : start + _AT_ONCE]
            for point, picture in zip(handful, model.render(handful), strict=True):
                file = options.out / f"seed-{int(point.seed_x):0{digits}}.png"
                engine.save_still(picture, file, point, fingerprint, 1, "nearest")
    output.end_progress()
    output.result(str(options.out))
    return 0
