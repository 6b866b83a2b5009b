"""A loop through places, drawn and written.

Not responsible for threads, nor for where the places come from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import numpy as np

from ganstudio.project.direction import Direction
from ganstudio.project.errors import UserError
from ganstudio.project.film import FilmSettings
from ganstudio.project.messages import Pictures
from ganstudio.project.point import LatentPoint
from ganstudio.project.tasks import Task
from ganstudio.studio.engine.models import LoadedModel

__all__ = ["loop_part", "save_loop"]

#: Pictures that are drawn in one go.
_HANDFUL = 16
_PREVIEW = 24


def save_loop(
    model: Path,
    keys: Sequence[LatentPoint],
    settings: FilmSettings,
    path: Path,
    task: Task,
    directions: Iterable[Direction] = (),
) -> None:
    """Draw a closed path through places with a model of its own, and write it as a film.

    Args:
        model: A `generator.safetensors`.
        keys: Two or more places, in the order in which they are passed.
        settings: The film's.
        path: See `export.film.save_film`.
        task: Takes the progress and may cancel.
        directions: Those that the places move along.

    Raises:
        UserError: "loop-needs-places", or as `LoadedModel` and `save_film`.
        Cancelled: If the task was cancelled; nothing is written then.
    """
    from ganstudio.export.film import save_film

    if len(keys) < 2:
        raise UserError("loop-needs-places")
    loaded = LoadedModel(model)
    loaded.know(directions)
    path.parent.mkdir(parents=True, exist_ok=True)
    gaps = _gaps(loaded.render(keys))
    apart = max(1, settings.frames // _PREVIEW)
    preview = _drawn(loaded, islice(_points(loaded, keys, settings, gaps), 0, None, apart))
    frames = _drawn(loaded, _points(loaded, keys, settings, gaps))
    save_film(path, frames, settings, task, preview)


def loop_part(
    model: LoadedModel, keys: Sequence[LatentPoint], frames: int, part: range
) -> Pictures:
    """Some frames of a loop on trial, which spends the same time between all places.

    Args:
        model: Draws them.
        keys: Two or more places.
        frames: How many the whole loop has.
        part: Which of them.

    Returns:
        (N, H, W, C) uint8.
    """
    from ganstudio.latent.loops import loop_points

    points = loop_points(keys, frames, [1.0] * len(keys), layered=model.layered)
    return model.render(list(islice(points, part.start, part.stop)))


def _points(
    model: LoadedModel, keys: Sequence[LatentPoint], settings: FilmSettings, gaps: list[float]
) -> Iterator[LatentPoint]:
    from ganstudio.latent.loops import loop_points

    return loop_points(keys, settings.frames, gaps, layered=model.layered)


def _gaps(pictures: Pictures) -> list[float]:
    """How much each picture differs from the next one, the last from the first."""
    values = pictures.astype(np.float32)
    apart = (values - np.roll(values, -1, axis=0)) ** 2
    return [float(gap) for gap in np.sqrt(apart.mean((1, 2, 3)))]


def _drawn(model: LoadedModel, points: Iterator[LatentPoint]) -> Iterator[Pictures]:
    """(H, W, C) of each point, drawn in handfuls."""
    while handful := list(islice(points, _HANDFUL)):
        yield from model.render(handful)
