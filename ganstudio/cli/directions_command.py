"""`ganstudio directions`: those of a model, found or kept: list them, save them as a file.

Not responsible for finding them: `studio.engine` does.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence

from ganstudio.cli.output import Output
from ganstudio.cli.progress import counting_line
from ganstudio.cli.signals import Stopper
from ganstudio.project.direction import Direction
from ganstudio.project.directions_file import read_kept, save_directions
from ganstudio.project.errors import Cancelled, UserError
from ganstudio.studio import engine
from ganstudio.studio.models import find_model

__all__ = ["run"]


def run(options: Namespace, output: Output) -> int:
    """Find or read, list, and save."""
    directions = _found(options, output) if options.find else _read(options)
    if options.out is not None:
        save_directions(options.out, directions)
    if options.json:
        output.document(
            {
                "directions": [one.model_dump(mode="json") for one in directions],
                "file": None if options.out is None else str(options.out),
            }
        )
    else:
        lines = _lines(directions)
        output.result("\n".join(lines if options.out is None else [*lines, str(options.out)]))
    return 0


def _found(options: Namespace, output: Output) -> Sequence[Direction]:
    model = engine.open_model(find_model(options.model).path)
    with Stopper() as stopper:
        for slices, _ in enumerate(model.finding(options.kinds_of), 1):
            if stopper.asked:
                raise Cancelled
            output.progress(counting_line("Finding directions, in slices", slices, 0))
    output.end_progress()
    return model.directions


def _read(options: Namespace) -> Sequence[Direction]:
    """Those that a project keeps, the strongest first."""
    run = find_model(options.model).run
    if run is None:
        raise UserError("directions-need-project", path=options.model)
    kept = read_kept(run.path.parent.parent)
    listed = [one.direction for one in kept if one.listed and not one.deleted]
    if not listed:
        raise UserError("no-directions", path=options.model)
    return sorted(listed, key=lambda one: -one.effect)


def _lines(directions: Sequence[Direction]) -> list[str]:
    """One for each: its number or name, how strong it is, how far it leads, how it was found."""
    lines = []
    for number, one in enumerate(directions, 1):
        name = one.name or f"Direction {number}"
        low, high = (f"{end:+.1f}" for end in (one.low, one.high))
        lines.append(f"{name:<16}{one.effect:>6.0%}  {low} to {high}  {one.origin}  {one.key}")
    return lines
