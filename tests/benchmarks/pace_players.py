"""What runs in the processes whose pace is measured: a recipe, PyTorch's example, a reference.

Not responsible for starting them, nor for what comes of it (`paces`).
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from turns import answer, turns

from ganstudio.project.recipe import Recipe

_FOREVER = 10**12
#: How many there are matters to nothing but the loader's first pass.
_PICTURES = 2_000
#: With two workers that read ahead, so many batches wait at the beginning of a turn.
_WAITING_BATCHES = 6


class Stopwatch:
    """Counts steps turn by turn; a turn ends only after whole cycles of steps.

    In a turn of 0 seconds nothing but the skipped steps is done, to warm up.

    Args:
        images: Of a step.
        cycle: Steps after which the same work comes again, such as one with a penalty.
        skipped: Steps at the beginning of a turn that do not count.
        found: What else is told.
    """

    def __init__(self, images: int, cycle: int = 1, skipped: int = 1, **found: float) -> None:
        self._steps = self._count(images, cycle, skipped, found)

    def __call__(self) -> bool:
        """Asked before every step; True when there are no more turns."""
        return next(self._steps, True)

    def _count(
        self, images: int, cycle: int, skipped: int, found: dict[str, float]
    ) -> Iterator[bool]:
        for seconds in turns():
            for _ in range(skipped):
                yield False
            began, done = time.perf_counter(), 0
            while seconds and (not done or done % cycle or time.perf_counter() - began < seconds):
                yield False
                done += 1
            answer(rate=done * images / (time.perf_counter() - began), **found)


class Silent:
    """A host that says nothing, and when to stop.

    Args:
        should_stop: Asked once a step.
    """

    def __init__(self, should_stop: Callable[[], bool]) -> None:
        self.should_stop = should_stop

    def on_rows(self, rows: object) -> None: ...
    def on_samples(self, images_seen: int, pictures: object) -> None: ...
    def on_saved(self, kind: object, clock: int) -> None: ...
    def on_notice(self, notice: object) -> None: ...


def run_reference() -> None:
    """Bare convolutions, forward and backward, as a small network has them."""
    import torch
    from torch.nn import functional

    torch.manual_seed(0)
    pictures = torch.randn(32, 48, 16, 16).requires_grad_()
    weight = torch.randn(96, 48, 4, 4).requires_grad_()
    watch = Stopwatch(1)
    while not watch():
        functional.conv2d(pictures, weight, None, 2, 1).sum().backward()
        pictures.grad = weight.grad = None


def run_recipe(recipe: Recipe, folder: Path) -> None:
    """`TrainingSession.run` without a window, as a probe has such a run trained."""
    from ganstudio.gan.device import choose_device
    from ganstudio.gan.probe import probe
    from ganstudio.gan.session import TrainingSession
    from ganstudio.project.runs import RunFolder, RunInfo

    choice = probe(recipe, choose_device("cpu")).choice
    far = recipe.with_values({"horizon": _FOREVER})
    snapshot_s, checkpoint_s = _cost_of_files(far, folder / "files")
    shape = (_PICTURES, recipe.network.size, recipe.network.size, recipe.network.channels)
    images = np.random.default_rng(0).integers(0, 256, shape, dtype=np.uint8)
    run = RunFolder.create(folder / "runs", far, RunInfo(name="r", created="", seed=1), ["-"])
    session = TrainingSession.open(
        run, images, choice=choice, checkpoint_every_s=_FOREVER, watched=False
    )
    watch = Stopwatch(
        recipe.batch_size,
        cycle_of(recipe),
        snapshot_s=snapshot_s,
        checkpoint_s=checkpoint_s,
        bfloat16=float(choice.precision == "bfloat16"),
        threads=float(choice.threads),
    )
    session.run(Silent(watch), None)


def cycle_of(recipe: Recipe) -> int:
    """Steps after which the same work comes again."""
    return recipe.game.d_steps * (recipe.game.penalty_every if recipe.game.gamma else 1)


def _cost_of_files(recipe: Recipe, folder: Path) -> tuple[float, float]:
    """Seconds of a snapshot and of a checkpoint."""
    from ganstudio.gan.checkpoint import Checkpoint, write_checkpoint
    from ganstudio.gan.device import choose_device
    from ganstudio.gan.sampling import pictures_of, preview_seeds, seed_vectors
    from ganstudio.gan.snapshot import write_snapshot
    from ganstudio.gan.trainer import Trainer
    from ganstudio.project.runs import RunFolder, RunInfo

    trainer = Trainer(recipe, 0, choose_device("cpu"))
    run = RunFolder.create(folder, recipe, RunInfo(name="r", created="", seed=1), ["-"])
    latents = seed_vectors(preview_seeds(recipe), recipe.network.z_dim)

    def snapshot() -> None:
        write_snapshot(run, trainer, pictures_of(trainer.average.network, latents))
        trainer.clock += recipe.batch_size

    def checkpoint() -> None:
        write_checkpoint(run.checkpoint_folder(trainer.clock), Checkpoint(trainer.state(), 0.0, 0))
        trainer.clock += recipe.batch_size

    return _median_time(snapshot), _median_time(checkpoint)


def _median_time(action: Callable[[], None], times: int = 4) -> float:
    """Seconds, of all times but the first."""
    seconds = []
    for _ in range(times):
        began = time.perf_counter()
        action()
        seconds.append(time.perf_counter() - began)
    return statistics.median(seconds[1:])


def run_example(folder: Path, size: int) -> None:
    """PyTorch's example on pictures of a bundled set."""
    from picture_sets import picture_set
    from pytorch_dcgan import BATCH, Example, lay_out

    name = {32: "pixel-avatars", 64: "open-peeps"}[size]
    lay_out(folder, picture_set(name).training[:_PICTURES])
    watch = Stopwatch(BATCH, skipped=_WAITING_BATCHES, bfloat16=0.0)
    Example(folder, size, seed=0).train(watch)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--reference", action="store_true", help="bare convolutions")
    which.add_argument("--recipe", nargs=2, metavar=("JSON", "FOLDER"), help="a session")
    which.add_argument("--example", nargs=2, metavar=("FOLDER", "SIZE"), help="PyTorch's DCGAN")
    options = parser.parse_args()
    if options.reference:
        run_reference()
    elif options.recipe:
        run_recipe(Recipe.parse(json.loads(options.recipe[0])), Path(options.recipe[1]))
    else:
        run_example(Path(options.example[0]), int(options.example[1]))


if __name__ == "__main__":
    main()
