"""A tournament: generators of several moments against the inspectors of several moments.

Not responsible for what the results mean (`quality.tournament`), nor for threads.
"""

from __future__ import annotations

import contextlib
from collections.abc import Generator, Sequence
from pathlib import Path

import numpy as np

from ganstudio.project.errors import UserError
from ganstudio.project.folder import Project
from ganstudio.project.messages import Pictures
from ganstudio.project.runs import RunFolder
from ganstudio.project.tasks import Task, all_at_once
from ganstudio.project.tournament import Tournament
from ganstudio.studio.engine.judging import RunPictures
from ganstudio.studio.engine.models import LoadedModel, points_of_seeds

__all__ = ["play_tournament", "playing"]

#: Pictures of each player, and as many real ones where there are.
_PICTURES = 64

#: Pictures that are drawn or judged in one slice.
_HANDFUL = 16

_Pile = tuple[Pictures, list[int]]


def play_tournament(
    project: Project, run: RunFolder, models: Sequence[Path], task: Task
) -> Tournament:
    """Let every generator play against every inspector, at once; see `playing`."""
    return all_at_once(playing(project, run, models, task))


def playing(
    project: Project, run: RunFolder, models: Sequence[Path], task: Task
) -> Generator[None, None, Tournament]:
    """Let every generator play against every inspector, slice by slice.

    Args:
        project: Whose pictures are the real ones.
        run: Its held-out pictures are, or those it learned from where it holds none out.
        models: `generator.safetensors` of snapshots, their inspectors beside them.
        task: Takes the progress, in slices, and may cancel between two of them.

    Raises:
        UserError: "too-few-to-score", "score-needs-cache", "score-other-pictures", or as
            `LoadedModel`.
        Cancelled: If the task was cancelled.
    """
    task.check()
    real = _real_pictures(project, run)
    slices, total = _slices(models, real), _count_slices(len(models), len(real[1]))
    done = 0
    while True:
        task.check()
        task.report(min(done, total), total)
        try:
            next(slices)
        except StopIteration as end:
            found: Tournament = end.value
            return found
        done += 1
        yield


def _slices(models: Sequence[Path], real: _Pile) -> Generator[None, None, Tournament]:
    from ganstudio.gan.inspecting import Inspector
    from ganstudio.quality.tournament import played

    piles = []
    for model in models:
        pile = yield from _drawing(model, real)
        piles.append(pile)
    drawn, truths = [], []
    for model in models:
        inspector = Inspector(model)
        yield
        judged = []
        for pile in (*piles, real):
            logits = yield from inspector.looking(*pile)
            judged.append(logits)
        drawn.append(judged[:-1])
        truths.append(judged[-1])
    return played(drawn, truths)


def _count_slices(players: int, real: int) -> int:
    """How many slices it takes, near enough for a bar."""
    handfuls, real_ones = (-(-count // _HANDFUL) for count in (_PICTURES, real))
    return players * (1 + handfuls) + players * (1 + players * handfuls + real_ones)


def _real_pictures(project: Project, run: RunFolder) -> _Pile:
    from ganstudio.quality.score import LEAST_REAL

    with contextlib.closing(RunPictures(project, run)) as pictures:
        held_out, learned = pictures.held_out, pictures.learned
        places = (held_out if len(held_out) >= LEAST_REAL else learned)[:_PICTURES]
        if len(places) < LEAST_REAL:
            raise UserError("too-few-to-score", least=LEAST_REAL)
        kinds = pictures.kinds_of(places) or [0] * len(places)
        return pictures.all.gather(places).copy(), kinds


def _drawing(model: Path, real: _Pile) -> Generator[None, None, _Pile]:
    """Seeds 0, 1, 2 ... at diversity 1, as in the grid of samples."""
    loaded = LoadedModel(model)
    points = points_of_seeds(loaded, range(_PICTURES), 1.0)
    yield
    handfuls = []
    for start in range(0, _PICTURES, _HANDFUL):
        handfuls.append(loaded.render(points[start : start + _HANDFUL]))
        yield
    pictures = np.concatenate(handfuls)
    if pictures.shape[1:] != real[0].shape[1:]:
        raise UserError("score-other-pictures")
    return pictures, [point.kind or 0 for point in points]
