"""What is checked, and told, when a run is opened for training.

Not responsible for training (`session`).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import torch

from ganstudio.gan.data import Batches, PictureSource
from ganstudio.gan.device import DeviceChoice, keep_freed_memory, use_threads
from ganstudio.gan.distributed import Team
from ganstudio.gan.networks import build_discriminator
from ganstudio.gan.networks.shapes import shapes_alone
from ganstudio.gan.trainer import Trainer
from ganstudio.project.combinations import warnings_about
from ganstudio.project.errors import UserError
from ganstudio.project.messages import Notice
from ganstudio.project.recipe import Recipe
from ganstudio.project.runs import RunFolder, RunInfo

__all__ = ["changes", "check_processes", "first_notices", "opened", "returns_in"]


def returns_in(run: RunFolder) -> int:
    """How often the run went back so far, by its history: a checkpoint may be older than that."""
    found = [e.get("returns", 0) for e in run.events() if e.get("event") == "rollback"]
    return max((count for count in found if isinstance(count, int)), default=0)


def check_processes(recipe: Recipe, processes: int) -> None:
    """Each process has to get as many pictures of a batch, in whole groups that are compared.

    Raises:
        UserError: "bad-processes".
    """
    if processes == 1:
        return
    with shapes_alone():
        group = build_discriminator(recipe.network, torch.Generator()).group
    unit, batch = processes * group, recipe.batch_size
    if batch % unit:
        raise UserError("bad-processes", processes=processes, batch=batch, unit=unit)


def opened(
    recipe: Recipe,
    seed: int,
    images: npt.NDArray[np.uint8] | PictureSource,
    choice: DeviceChoice,
    *,
    rows: Sequence[int] | npt.NDArray[np.int64] | None = None,
    labels: Sequence[int] | npt.NDArray[np.int64] | None = None,
    held_out: npt.NDArray[np.uint8] | None = None,
    held_out_labels: Sequence[int] | None = None,
    team: Team | None = None,
) -> tuple[Trainer, Batches]:
    """Make ready what steps are played with, by this process and in the thread that plays them.

    Args:
        recipe: Of the run.
        seed: Of the run.
        images: uint8 (N, H, W, C), or something that gathers such rows.
        choice: Where to train.
        rows: Which of the images, in the run's order; None for all.
        labels: Class of each of them, in that order; None where the recipe has no classes.
        held_out: Pictures that are never learned from, uint8 (N, H, W, C).
        held_out_labels: Class of each of those.
        team: Who trains together.

    Raises:
        UserError: "too-few-pictures", "run-other-pictures" or "bad-processes".
    """
    team = team or Team.alone()
    check_processes(recipe, team.size)
    keep_freed_memory()
    use_threads(choice.threads)
    flip, device = recipe.augment.flip, choice.device
    batches = Batches(images, rows=rows, labels=labels, seed=seed, flip=flip, device=device)
    _check_pictures(batches, recipe)
    held = _held_out(held_out, held_out_labels, seed, choice)
    return Trainer(recipe, seed, choice, held, team), batches


def _check_pictures(batches: Batches, recipe: Recipe) -> None:
    """Pictures have to be of the recipe's shape and kinds.

    Raises:
        UserError: "run-other-pictures".
    """
    channels, height, width = recipe.network.shape
    wanted = (height, width, channels)
    if batches.shape != wanted:
        raise UserError(
            "run-other-pictures",
            wanted=" x ".join(map(str, wanted)),
            found=" x ".join(map(str, batches.shape)),
        )
    known, labels = recipe.network.classes, batches.labels
    named = 0 if labels is None else int(labels.max()) + 1
    if named > known or (known and labels is None):
        raise UserError("run-other-pictures", wanted=f"{known} kinds", found=f"{named} kinds")


def _held_out(
    pictures: npt.NDArray[np.uint8] | None,
    labels: Sequence[int] | None,
    seed: int,
    choice: DeviceChoice,
) -> Batches | None:
    """What a trainer asks for pictures that it never learns from; None without any."""
    if pictures is None or len(pictures) == 0:
        return None
    return Batches(pictures, labels=labels, seed=seed, device=choice.device)


def first_notices(recipe: Recipe, held_out: npt.NDArray[np.uint8] | None) -> list[Notice]:
    """What a person should know before a run begins."""
    notices = [Notice(code, "warning", told) for code, told in warnings_about(recipe)]
    if recipe.augment.steer == "held-out" and (held_out is None or len(held_out) == 0):
        notices.append(Notice("notice-no-held-out", "warning"))
    return notices


def changes(
    info: RunInfo, choice: DeviceChoice, processes: int, pictures: int, were: int
) -> list[Notice]:
    """A notice if a run that has begun goes on in another way than it began."""
    before = [info.device, f"threads: {info.threads}", info.precision]
    before += [f"processes: {info.processes}", f"pictures: {were}"]
    now = [choice.device, f"threads: {choice.threads}", choice.precision]
    now += [f"processes: {processes}", f"pictures: {pictures}"]
    if choice.device != "cpu" and info.device == choice.device:
        before[1] = now[1] = ""
    changed = [(b, n) for b, n in zip(before, now, strict=True) if b != n]
    if not changed:
        return []
    values: dict[str, object] = {
        "before": ", ".join(b for b, _ in changed),
        "now": ", ".join(n for _, n in changed),
    }
    return [Notice("notice-not-bit-equal", "warning", values)]
