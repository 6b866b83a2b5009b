"""A tournament as plain values: who plays, which moments are worth asking, and what came out.

Not responsible for playing (`studio.engine`), nor for what a skill is (`quality.tournament`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ganstudio.project.errors import UserError
from ganstudio.project.folder import Project
from ganstudio.project.runs import RunFolder
from ganstudio.project.titles import Best

__all__ = [
    "SPREAD",
    "Player",
    "RunMoments",
    "Tournament",
    "evenly",
    "guests",
    "moments_of_runs",
    "usual",
]

#: Moments that are chosen evenly, before the best and the newest come to them.
SPREAD = 6

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Tournament:
    """What came out.

    Attributes:
        wins: (G, D) share of rounds that generator g won against inspector d, 0 to 1.
        generators: (G,) skill in points; 400 more win ten rounds of eleven.
        inspectors: (D,) skill in points.
        errors: (G + D,) standard error of each skill, generators first.
    """

    wins: Floats
    generators: Floats
    inspectors: Floats
    errors: Floats


@dataclass(frozen=True, slots=True)
class Player:
    """A moment of a run: its generator plays, and its inspector.

    Attributes:
        folder: The run's.
        name: What a person calls the run.
        clock: Of the snapshot.
    """

    folder: Path
    name: str
    clock: int

    @property
    def model(self) -> Path:
        """Its generator; the inspector lies beside it."""
        return RunFolder(self.folder).snapshot_folder(self.clock) / "generator.safetensors"


@dataclass(frozen=True, slots=True)
class RunMoments:
    """What of a run can play.

    Attributes:
        folder: The run's.
        name: What a person calls it.
        clocks: Of all snapshots, ascending.
        best: Its best moment; None while nothing was scored or starred.
        fits: Whether its pictures are of the size and colours of the others'.
    """

    folder: Path
    name: str
    clocks: tuple[int, ...]
    best: Best | None = None
    fits: bool = True


def evenly(clocks: Sequence[int], count: int) -> list[int]:
    """So many of them, or all there are, at even distances in their order; both ends among them."""
    count = min(count, len(clocks))
    places = (round(i * (len(clocks) - 1) / max(1, count - 1)) for i in range(count))
    return [clocks[place] for place in sorted(set(places))]


def usual(run: RunMoments) -> tuple[int, ...]:
    """The moments of a run that are worth asking: an even spread, the best and the newest."""
    return tuple(sorted({*evenly(run.clocks, SPREAD), *guests(run)}))


def guests(run: RunMoments) -> tuple[int, ...]:
    """The moments of a run that stand for it among those of another: the best and the newest."""
    best = () if run.best is None else (run.best.clock,)
    return tuple(sorted({*best, *run.clocks[-1:]}))


def moments_of_runs(project: Project, run: RunFolder) -> tuple[RunMoments, ...]:
    """What can play beside a run: it first, then the project's other runs, the newest first.

    Raises:
        UserError: If the run itself cannot be read; others that cannot are left out.
    """
    shape = run.recipe().network.shape
    found = [_moments_of(run, shape)]
    for other in reversed(project.runs()):
        if other.path == run.path:
            continue
        try:
            read = _moments_of(other, shape)
        except UserError:  # a run that is damaged is not offered
            continue
        if read.clocks:
            found.append(read)
    return tuple(found)


def _moments_of(run: RunFolder, shape: tuple[int, int, int]) -> RunMoments:
    fits = run.recipe().network.shape == shape
    return RunMoments(run.path, run.info().name, tuple(run.snapshots()), run.best(), fits)
