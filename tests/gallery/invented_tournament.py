"""A tournament that nobody played: whoever trained longer draws and sees better.

For the gallery and for tests of pages. It stands where `studio.engine.playing` stands.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from pathlib import Path

import numpy as np

from ganstudio.project.folder import Project
from ganstudio.project.runs import RunFolder
from ganstudio.project.tasks import Task
from ganstudio.project.tournament import Tournament
from ganstudio.quality.tournament import skills

_SLICES = 20


def invented_playing(
    project: Project, run: RunFolder, models: Sequence[Path], task: Task
) -> Generator[None, None, Tournament]:
    """As `engine.playing`."""
    for done in range(_SLICES):
        task.check()
        task.report(done, _SLICES)
        yield
    return invented_tournament([int(model.parent.name) for model in models])


def endless_playing(
    project: Project, run: RunFolder, models: Sequence[Path], task: Task
) -> Generator[None, None, Tournament]:
    """As `engine.playing`, but it comes no further than a third."""
    while True:
        task.check()
        task.report(_SLICES // 3, _SLICES)
        yield


def invented_tournament(clocks: Sequence[int]) -> Tournament:
    """Win rates of moments at these clocks, and the skills that belong to them."""
    age = np.array(clocks) / max(1, *clocks)
    draws = 1.6 * (age - 0.9 * age**3)
    sees = 1.1 * np.sqrt(age)
    wobble = 0.12 * np.sin(np.arange(len(age)) * 2.1)
    wins = 1 / (1 + np.exp(2.2 * (sees[None, :] - (draws + wobble)[:, None]) + 0.4))
    found, errors = skills(wins, 64)
    points, errors = 1500 + 400 / np.log(10) * found, 400 / np.log(10) * errors
    return Tournament(wins, points[: len(age)], points[len(age) :], errors)
