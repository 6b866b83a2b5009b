"""A tournament: generators of several moments against the inspectors of several moments.

Not responsible for what the results mean (`quality.tournament`), nor for threads.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ganstudio.project.errors import UserError
from ganstudio.project.folder import Project
from ganstudio.project.messages import Pictures
from ganstudio.project.runs import RunFolder
from ganstudio.project.tasks import Task, all_at_once
from ganstudio.studio.engine.judging import RunPictures
from ganstudio.studio.engine.models import LoadedModel, points_of_seeds

if TYPE_CHECKING:
    from ganstudio.quality.tournament import Tournament

__all__ = ["play_tournament"]

#: Pictures of each player, and as many real ones where there are.
_PICTURES = 64

_Pile = tuple[Pictures, list[int]]


def play_tournament(
    project: Project, run: RunFolder, models: Sequence[Path], task: Task
) -> Tournament:
    """Let every generator play against every inspector.

    Args:
        project: Whose pictures are the real ones.
        run: Its held-out pictures are, or those it learned from where it holds none out.
        models: `generator.safetensors` of snapshots, their inspectors beside them.
        task: Takes the progress and may cancel between two inspectors.

    Raises:
        UserError: "too-few-to-score", "score-needs-cache", "score-other-pictures", or as
            `LoadedModel`.
        Cancelled: If the task was cancelled.
    """
    from ganstudio.gan.inspecting import Inspector
    from ganstudio.quality.tournament import played

    real = _real_pictures(project, run)
    piles = []
    for done, model in enumerate(models):
        task.check()
        task.report(done, 2 * len(models))
        piles.append(_drawn_pictures(model, real))
    drawn, truths = [], []
    for done, model in enumerate(models):
        task.check()
        task.report(len(models) + done, 2 * len(models))
        inspector = Inspector(model)
        judged = [all_at_once(inspector.looking(*pile)) for pile in (*piles, real)]
        drawn.append(judged[:-1])
        truths.append(judged[-1])
    return played(drawn, truths)


def _real_pictures(project: Project, run: RunFolder) -> _Pile:
    from ganstudio.quality.score import LEAST_REAL

    with contextlib.closing(RunPictures(project, run)) as pictures:
        held_out, learned = pictures.held_out, pictures.learned
        places = (held_out if len(held_out) >= LEAST_REAL else learned)[:_PICTURES]
        if len(places) < LEAST_REAL:
            raise UserError("too-few-to-score", least=LEAST_REAL)
        kinds = pictures.kinds_of(places) or [0] * len(places)
        return pictures.all.gather(places).copy(), kinds


def _drawn_pictures(model: Path, real: _Pile) -> _Pile:
    """Seeds 0, 1, 2 ... at diversity 1, as in the grid of samples."""
    loaded = LoadedModel(model)
    points = points_of_seeds(loaded, range(_PICTURES), 1.0)
    pictures = loaded.render(points)
    if pictures.shape[1:] != real[0].shape[1:]:
        raise UserError("score-other-pictures")
    return pictures, [point.kind or 0 for point in points]
