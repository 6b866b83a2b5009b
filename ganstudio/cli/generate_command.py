"""`ganstudio generate`: draw seeds, kept places and favourites with a model.

Not responsible for drawing: `studio.engine` does.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from ganstudio.cli.output import Output
from ganstudio.cli.progress import counting_line
from ganstudio.cli.signals import Stopper
from ganstudio.project.errors import Cancelled, UserError
from ganstudio.project.favourites import favourites_named
from ganstudio.project.kept import KeptPoint, keep
from ganstudio.project.messages import Pictures
from ganstudio.studio import engine
from ganstudio.studio.models import ModelRef, find_model

__all__ = ["run"]

_AT_ONCE = 64
#: A sheet of more pictures than this is larger than most programs can open.
_MOST_ON_A_SHEET = 4_096


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A place to draw, and what its file is called without the ending."""

    place: KeptPoint
    name: str


def run(options: Namespace, output: Output) -> int:
    """Draw, save, and print where."""
    if not (options.seeds or options.point or options.favourite):
        raise UserError("nothing-to-draw")
    if options.sheet is not None and options.sheet.suffix.lower() != ".png":
        raise UserError("wrong-ending", path=options.sheet, ending=".png")
    if options.sheet is not None and len(options.seeds) > _MOST_ON_A_SHEET:
        raise UserError("sheet-too-large", most=_MOST_ON_A_SHEET)
    reference = find_model(options.model)
    kept = _kept(reference, options)
    model = engine.open_model(reference.path)
    model.know([direction for one in kept for direction in one.place.directions])
    points = engine.points_of_seeds(model, options.seeds, options.diversity, options.kind)
    digits = max(4, len(str(max(options.seeds, default=0))))
    wanted = [
        _Wanted(keep(point, (), model.fingerprint, model.images), f"seed-{seed:0{digits}}")
        for seed, point in zip(options.seeds, points, strict=True)
    ]
    others = [one.name for one in kept if one.place.model not in ("", model.fingerprint)]
    if others:
        output.tell(f"Kept with another model, so they may look different: {', '.join(others)}.")
    drawn = _drawn(model, wanted, kept, output)
    if options.sheet is not None:
        engine.save_as_sheet(np.stack([picture for _, picture in drawn]), options.sheet)
    else:
        for one, picture in drawn:
            place = keep(one.place.point, one.place.directions, model.fingerprint, model.images)
            engine.save_still(picture, options.out / f"{one.name}.png", place, 1, "nearest")
    output.end_progress()
    output.result(str(options.sheet or options.out))
    return 0


def _drawn(
    model: engine.LoadedModel, seeds: Sequence[_Wanted], kept: Sequence[_Wanted], output: Output
) -> Iterator[tuple[_Wanted, Pictures]]:
    """Each with its picture: seeds in handfuls, kept places alone, as the window draws them."""
    handfuls = [seeds[first : first + _AT_ONCE] for first in range(0, len(seeds), _AT_ONCE)]
    handfuls += [[one] for one in kept]
    done = 0
    with Stopper() as stopper:
        for handful in handfuls:
            if stopper.asked:
                raise Cancelled
            if done:
                output.progress(counting_line("Drawing", done, len(seeds) + len(kept)))
            pictures = model.render([one.place.point for one in handful])
            yield from zip(handful, pictures, strict=True)
            done += len(handful)


def _kept(reference: ModelRef, options: Namespace) -> list[_Wanted]:
    """Places from files, and favourites of the model's project."""
    places = [(engine.read_place(path), f"point-{path.stem}") for path in options.point]
    if options.favourite:
        if reference.run is None:
            raise UserError("favourites-need-project", model=options.model)
        project = reference.run.path.parent.parent
        places += [
            (one.kept, f"favourite-{_plain(one.name or name)}")
            for one, name in zip(
                favourites_named(project, options.favourite), options.favourite, strict=True
            )
        ]
    names: dict[str, int] = {}
    return [_Wanted(place, _told_apart(name, names)) for place, name in places]


def _told_apart(name: str, taken: dict[str, int]) -> str:
    """A file's name that no other place has."""
    taken[name.lower()] = number = taken.get(name.lower(), 0) + 1
    return name if number == 1 else f"{name} ({number})"


def _plain(name: str) -> str:
    """What may be part of a file's name everywhere."""
    return "".join(letter if letter.isalnum() or letter in " -_" else "-" for letter in name)
