"""Branches: a new run that shares another one's past up to a checkpoint, and goes its own way.

The past comes along: rows, events, scores and moments, so that the branch's film and plots begin
where the parent's did. What is on the disk already is linked where the file system can do that, so
a branch takes next to no room; nothing of it is ever written to again.

Not responsible for training (`gan`), nor for who asks for a branch (`studio`).
"""

from __future__ import annotations

import datetime
import os
import secrets
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ganstudio.project.atomic import writing
from ganstudio.project.changes import CHANGE, recipe_after
from ganstudio.project.combinations import refuse_bad
from ganstudio.project.errors import UserError
from ganstudio.project.history import append_lines
from ganstudio.project.numbers import say_count
from ganstudio.project.recipe import Recipe
from ganstudio.project.runs import RunFolder, RunParent

__all__ = ["BranchRequest", "branch", "branch_point"]


@dataclass(frozen=True, slots=True)
class BranchRequest:
    """What shall branch off.

    Attributes:
        run: The parent's folder.
        images: From the nearest checkpoint at or before this clock.
        values: Dotted fields of the recipe that are other ones from there on.
    """

    run: Path
    images: int
    values: Mapping[str, object] = field(default_factory=dict)


def branch_point(run: RunFolder, images: int) -> int | None:
    """The clock that a branch from a moment begins at; None before the first checkpoint."""
    earlier = [clock for clock in run.checkpoints() if clock <= images]
    return earlier[-1] if earlier else None


def branch(runs: Path, request: BranchRequest, *, name: str, seed: int | None = None) -> RunFolder:
    """Make a run that goes on from a checkpoint of another one.

    Args:
        runs: The project's `runs` folder.
        request: Where from, and what is different.
        name: What a person calls it.
        seed: Chance from there on; None draws one, for with the parent's own and without changes
            it would come to the very same pictures.

    Raises:
        UserError: "nothing-to-branch-from"; "branch-fixed" for a change of the networks or of the
            batches that the clock counts in; as `Recipe.with_values` and `refuse_bad`; or if the
            parent's files cannot be read or the disk is full.
    """
    parent = RunFolder(request.run)
    clock = branch_point(parent, request.images)
    if clock is None:
        raise UserError("nothing-to-branch-from", clock=say_count(request.images))
    recipe, info = _recipe_at(parent, clock, request.values), parent.info()
    later = info.target is not None and info.target > clock
    info = info.model_copy(
        update={
            "name": name,
            "created": datetime.datetime.now().astimezone().isoformat(timespec="seconds"),
            "seed": secrets.randbelow(2**31) if seed is None else seed,
            "target": info.target if later else None,
            "parent": RunParent(run=parent.id, images=clock),
            "generation": 0,
        }
    )
    training = parent.training_hashes()
    kinds = parent.kinds_of([*training, *info.held_out])
    named = None if kinds is None else dict(zip([*training, *info.held_out], kinds, strict=True))
    made = RunFolder.create(runs, recipe, info, training, named)
    try:
        _take_over(parent, made, clock)
    except FileNotFoundError as error:  # whoever trains the parent has just let go of it
        shutil.rmtree(made.path, ignore_errors=True)
        raise UserError("nothing-to-branch-from", clock=say_count(request.images)) from error
    except (OSError, UserError):
        shutil.rmtree(made.path, ignore_errors=True)
        raise
    return made


def _recipe_at(parent: RunFolder, clock: int, values: Mapping[str, object]) -> Recipe:
    before = [event for event in parent.events() if event.get("images", 0) <= clock]
    recipe = recipe_after(parent.recipe(), before)
    for key in values:
        if key.startswith("network.") or key == "batch_size":
            raise UserError("branch-fixed", key=key)
    changed = recipe.with_values(dict(values))
    refuse_bad(changed)
    return changed


def _take_over(parent: RunFolder, made: RunFolder, clock: int) -> None:
    """The past up to a clock; changes are in the recipe already."""
    rows, events = _until(parent.metrics(), clock), _until(parent.events(), clock)
    append_lines(made.metrics_path, rows)
    append_lines(made.events_path, [line for line in events if line.get("event") != CHANGE])
    append_lines(
        made.scores_path, [s.line() for c, s in sorted(parent.scores().items()) if c <= clock]
    )
    for moment in parent.snapshots():
        if moment <= clock:
            _link(parent.snapshot_folder(moment), made.snapshot_folder(moment), "snapshot.json")
    _link(parent.checkpoint_folder(clock), made.checkpoint_folder(clock), "checkpoint.json")


def _until(lines: Sequence[dict[str, object]], clock: int) -> list[dict[str, object]]:
    return [line for line in lines if isinstance(at := line.get("images"), int) and at <= clock]


def _link(folder: Path, target: Path, proof: str) -> None:
    """The same files at another place; the one that proves it whole comes last."""
    target.mkdir(parents=True)
    for file in sorted(folder.iterdir(), key=lambda path: path.name == proof):
        with writing(target, file.stat().st_size):
            try:
                os.link(file, target / file.name)
            except FileNotFoundError:
                raise
            except OSError:  # a file system without links
                shutil.copyfile(file, target / file.name)
