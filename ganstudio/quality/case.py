"""A run as the training doctor looks at it: rows in windows of so many pictures, and its moments.

A window holds the median of each number over its rows, so that one odd row changes nothing. Its
length grows with the batch and the horizon: 200 steps, or 2 % of the run.

Not responsible for judging any of it (`doctor`).
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from ganstudio.project.changes import changes_learning
from ganstudio.project.messages import MetricsRow
from ganstudio.project.outlook import first_shapes
from ganstudio.project.quality import MomentScore
from ganstudio.project.recipe import Recipe
from ganstudio.quality.limits import limit

__all__ = ["Case", "kernel_of", "trailing", "turns"]

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

#: So many of the newest rows are all looked at, of older ones an even choice of as many.
_ROWS = 2_000


class Case:
    """What there is to judge.

    Args:
        rows: Of metrics, their clocks rising.
        scores: Of moments, in any order.
        recipe: Of the run.
        events: Of the run's history.
        kept: Clocks of the moments that one can go back to.

    Attributes:
        rows: As above; of a long past an even choice.
        scores: Of moments after the warm-up, their clocks rising.
        end: The clock of now.
        warm: The clock from which on there is something to judge.
        fresh: The clock from which on it is what it is now: of the end of the warm-up, or of the
            last change of its settings. What was before is no evidence for what is now.
        window: Pictures of a window.
    """

    def __init__(
        self,
        rows: Sequence[MetricsRow],
        scores: Iterable[MomentScore],
        recipe: Recipe,
        events: Sequence[Mapping[str, Any]] = (),
        kept: Iterable[int] = (),
    ) -> None:
        self.recipe, self.events, self.kept = recipe, events, sorted(kept)
        self.rows = _fewer(rows)
        steps = int(limit("warm-steps")) * recipe.batch_size
        self.warm = max(first_shapes(recipe.horizon), steps)
        changes = (int(event.get("images", 0)) for event in events if changes_learning(event))
        self.fresh = max([self.warm, *changes])
        in_order = sorted(scores, key=lambda score: score.images)
        self.scores = [score for score in in_order if score.images >= self.warm]
        self.end = max([0, *(row.images for row in rows[-1:]), *(s.images for s in in_order[-1:])])
        self._clocks = np.array([row.images for row in self.rows], dtype=float)
        self.window = self._window()
        self._edges = self._borders()

    @property
    def count(self) -> int:
        """Whole windows that are evidence."""
        return max(0, len(self._edges) - 1)

    def start_of(self, place: int) -> int:
        """The clock at which a window begins."""
        return int(self._edges[place])

    def medians(self, name: str) -> Floats:
        """A field of the rows, one number for each window, the oldest first; NaN where none is."""
        values = np.array([getattr(row, name) for row in self.rows], dtype=float)
        values[~np.isfinite(values)] = np.nan
        return np.array([_median(values[place]) for place in self._places()])

    def is_evidence(self, score: MomentScore) -> bool:
        """Whether a moment was drawn with the settings of now."""
        return score.images >= self.fresh

    @property
    def has_climbed(self) -> bool:
        """Whether it drew much better pictures once than in the beginning."""
        distances = [kernel_of(score) for score in self.scores]
        return bool(distances) and min(distances) < limit("climbed") * max(distances)

    def last_good(self, before: int) -> int | None:
        """The newest moment one can go back to before a clock; None if there is none."""
        past = [clock for clock in self.kept if clock < before]
        return past[-1] if past else None

    def _window(self) -> float:
        horizon, batch = self.recipe.horizon, self.recipe.batch_size
        steps = min(limit("window-steps") * batch, limit("window-most") * horizon)
        gap = float(np.median(np.diff(self._clocks))) if len(self._clocks) > 1 else 0.0
        return max(limit("window-share") * horizon, steps, limit("window-rows") * gap, 1.0)

    def _borders(self) -> Floats:
        """Of the windows, backwards from the newest row to where it began to be as it is."""
        if not len(self._clocks) or self._clocks[-1] <= self.fresh:
            return np.empty(0)
        end = self._clocks[-1]
        count = int((end - self.fresh) // self.window)
        return np.asarray(end - self.window * np.arange(count, -1, -1.0), dtype=np.float64)

    def _places(self) -> list[slice]:
        found = np.searchsorted(self._clocks, self._edges, side="right")
        return [slice(a, b) for a, b in itertools.pairwise(found)]


def trailing(flags: Flags | Sequence[bool], least: int) -> int | None:
    """Where the unbroken row of true ones begins that reaches to the end.

    None if they are fewer than `least`.
    """
    count = 0
    for flag in reversed(list(flags)):
        if not flag:
            break
        count += 1
    return len(flags) - count if count >= least else None


def turns(values: Floats, least: float) -> int:
    """How often a curve turns round after going at least so far."""
    turns, way, mark = 0, 0, values[0] if len(values) else 0.0
    for value in values[1:]:
        if (way >= 0 and value > mark) or (way <= 0 and value < mark):
            if way == 0 and abs(value - mark) >= least:
                way = 1 if value > mark else -1
                mark = value
            elif way != 0:
                mark = value
        elif abs(value - mark) >= least:
            turns, way, mark = turns + 1, -way, value
    return turns


def kernel_of(score: MomentScore) -> float:
    """The distance from real pictures that findings speak of."""
    return score.score.kernel.value


def _fewer(rows: Sequence[MetricsRow]) -> list[MetricsRow]:
    past, newest = rows[:-_ROWS], rows[-_ROWS:]
    return [*past[:: max(1, math.ceil(len(past) / _ROWS))], *newest]


def _median(values: Floats) -> float:
    """Of what is known; NaN of nothing."""
    known = values[~np.isnan(values)]
    return float(np.median(known)) if len(known) else math.nan
