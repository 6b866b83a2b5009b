"""A run in a few facts, and what differs between the recipes of two.

Not responsible for words (`cli`, `desktop`), nor for where runs lie (`folder`, `runs`).
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ganstudio.project.errors import UserError
from ganstudio.project.quality import MomentScore
from ganstudio.project.recipe import Recipe
from ganstudio.project.runs import RunFolder
from ganstudio.project.titles import Best, best_moment

__all__ = ["RunSummary", "differences", "family", "run_named", "summary_of"]


@dataclass(frozen=True, slots=True)
class RunSummary:
    """What a list of runs shows.

    Attributes:
        id: The folder's name.
        name: What a person calls it.
        created: When, in ISO 8601 with a time zone.
        recipe: Its recipe's name.
        images: Pictures seen, as far as anything on the disk tells.
        saved: The clock of the newest checkpoint, None before the first.
        target: Images at which it is finished, None for "I stop it".
        seconds: Training time, pauses left out.
        snapshots: The clocks of all moments, ascending.
        disk: Bytes it takes.
        score: What the newest moment that was scored came to; None if none was.
        best: Its best moment; None if none was scored or starred.
        best_score: What that came to; None if it has no score.
        note: What a person wrote about it.
        parent: The id of the run it branched off, or a model's name; "" if it began from noise.
        parent_images: At which clock of that.
    """

    id: str
    name: str
    created: str
    recipe: str
    images: int
    saved: int | None
    target: int | None
    seconds: float
    snapshots: tuple[int, ...]
    disk: int
    score: MomentScore | None
    best: Best | None
    best_score: MomentScore | None
    note: str
    parent: str
    parent_images: int


def summary_of(run: RunFolder) -> RunSummary:
    """Read a run's facts; raises `UserError` if its files cannot be read."""
    info, checkpoints, snapshots = run.info(), run.checkpoints(), run.snapshots()
    last = run.metrics()[-1:]
    scores = run.scores()
    best = best_moment(scores, run.events(), snapshots)
    return RunSummary(
        id=run.id,
        name=info.name,
        created=info.created,
        recipe=run.recipe().name,
        images=max([0, *(row.get("images", 0) for row in last), *checkpoints[-1:]]),
        saved=checkpoints[-1] if checkpoints else None,
        target=info.target,
        seconds=float(last[0].get("seconds", 0.0)) if last else 0.0,
        snapshots=tuple(snapshots),
        disk=_bytes_below(run.path),
        score=scores[max(scores)] if scores else None,
        best=best,
        best_score=scores.get(best.clock) if best is not None else None,
        note=info.note,
        parent=info.parent.run if info.parent is not None else "",
        parent_images=info.parent.images if info.parent is not None else 0,
    )


def run_named(runs: Sequence[RunFolder], name: str) -> RunFolder:
    """The run with this id or name; of several with one name the newest.

    Raises:
        UserError: "no-such-run", with those there are.
    """
    for run in reversed(runs):
        if name in (run.id, run.info().name):
            return run
    available = ", ".join(run.info().name for run in runs) or "none"
    raise UserError("no-such-run", name=name, available=available)


def family(parents: Mapping[str, str]) -> list[tuple[str, int]]:
    """Runs as a tree, from top to bottom: (id, how deep).

    What did not branch off a run that is there stands at the left, the newest first; below each run
    stand those that branched off it, the oldest first.

    Args:
        parents: Id -> id of the run it branched off, or anything else for none; ids rise with time.
    """
    children: dict[str, list[str]] = {}
    for run in sorted(parents):
        children.setdefault(parents[run], []).append(run)
    found: dict[str, int] = {}

    def place(run: str, depth: int) -> None:
        if run not in found:
            found[run] = depth
            for child in children.get(run, []):
                place(child, depth + 1)

    for run in sorted(parents, reverse=True):
        if parents[run] not in parents:
            place(run, 0)
    for run in sorted(parents, reverse=True):  # damaged: runs that are their own forefathers
        place(run, 0)
    return list(found.items())


def differences(one: Recipe, other: Recipe) -> list[tuple[str, object, object]]:
    """What differs, by dotted key as `--set` takes it: (key, of one, of the other)."""
    ours, theirs = one.flat(), other.flat()
    keys = [*ours, *(key for key in theirs if key not in ours)]
    return [
        (key, ours.get(key), theirs.get(key)) for key in keys if ours.get(key) != theirs.get(key)
    ]


def _bytes_below(folder: Path) -> int:
    """Of all files; what goes away meanwhile counts nothing."""
    total = 0
    for place, _, names in os.walk(folder):
        for name in names:
            try:
                total += (Path(place) / name).stat().st_size
            except FileNotFoundError:
                continue
    return total
