"""Images a second of our trainer against the same game in a plainly written PyTorch loop.

The plain loop plays the same recipe with the same networks, losses, penalties and average, as one
writes it first: float32, default memory format, `torch.optim.Adam`, fresh pictures for the
generator's half, and an `ImageFolder` behind a `DataLoader` with two workers. Both run in a process
of their own, one after the other, each as its user would start it, several times in turn.

    python tests/benchmarks/training_speed.py [--smoke]

Only conclusive on an otherwise idle machine.
"""

from __future__ import annotations

import argparse
import itertools
import os
import statistics
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

from turns import Player, answer, turns

from ganstudio.project.paths import resources
from ganstudio.project.presets import recipe_for
from ganstudio.project.recipe import Recipe

WANTED = {32: 2.2, 64: 1.8}
_PICTURES = 2_000
_NOT_COUNTED = 6


def _recipe(size: int) -> Recipe:
    return recipe_for(size=size, pictures=_PICTURES)


def make_pictures(folder: Path, size: int, count: int) -> None:
    """Lay pictures of a bundled set of that size into a folder, as `ImageFolder` wants them."""
    bundle = {32: "pixel-avatars", 64: "open-peeps"}[size]
    (folder / "all").mkdir(parents=True)
    with zipfile.ZipFile(resources() / "pictures" / bundle / "pictures.zip") as archive:
        names = [name for name in archive.namelist() if name.endswith(".png")]
        for index, name in enumerate(names[:count]):
            (folder / "all" / f"{index:05}.png").write_bytes(archive.read(name))


def counted_steps(batch_size: int) -> Iterator[bool]:
    """Count steps turn by turn; the first ones of a turn do not count: their batches wait already.

    Yields:
        False before every step that shall be done; it ends when there are no more turns.
    """
    for seconds in turns():
        yield from itertools.repeat(False, _NOT_COUNTED)
        began, done = time.perf_counter(), 0
        while (elapsed := time.perf_counter() - began) < seconds:
            yield False
            done += 1
        answer(rate=done * batch_size / elapsed)


def plain(folder: Path, size: int) -> None:
    """The loop that one writes first."""
    import copy

    import torch
    from torch.nn.functional import softplus
    from torch.utils.data import DataLoader
    from torchvision import transforms
    from torchvision.datasets import ImageFolder

    from ganstudio.gan.networks import build_discriminator, build_generator

    recipe = _recipe(size)
    rng = torch.Generator().manual_seed(0)
    g = build_generator(recipe.network, rng)
    d = build_discriminator(recipe.network, rng)
    ema = copy.deepcopy(g)
    opt_g = torch.optim.Adam(g.parameters(), lr=recipe.optimizer.lr, betas=(0.0, 0.99))
    opt_d = torch.optim.Adam(d.parameters(), lr=recipe.optimizer.lr, betas=(0.0, 0.99))
    steps = transforms.Compose(  # as in PyTorch's own DCGAN tutorial
        [
            transforms.Resize(size),
            transforms.CenterCrop(size),
            transforms.ToTensor(),
            transforms.Normalize([0.5] * 3, [0.5] * 3),
        ]
    )
    dataset = ImageFolder(str(folder), steps)
    loader = DataLoader(
        dataset,
        recipe.batch_size,
        shuffle=True,
        num_workers=2,
        drop_last=True,
        persistent_workers=True,
    )

    def slope(pictures: torch.Tensor) -> torch.Tensor:
        (grad,) = torch.autograd.grad(d(pictures).sum(), pictures, create_graph=True)
        return grad.square().sum(dim=(1, 2, 3)).mean()

    step, turn = 0, counted_steps(recipe.batch_size)
    while True:
        for real, _ in loader:
            if next(turn, True):
                return
            opt_d.zero_grad()
            with torch.no_grad():
                fake = g(torch.randn(len(real), recipe.network.z_dim))
            loss_d = softplus(d(fake) - d(real)).mean()
            if step % recipe.game.penalty_every == 0:
                weight = recipe.game.penalty_every * recipe.game.gamma / 2
                penalty = slope(real.requires_grad_()) + slope(fake.requires_grad_())
                loss_d = loss_d + weight * penalty
            loss_d.backward()
            opt_d.step()
            opt_g.zero_grad()
            fake = g(torch.randn(len(real), recipe.network.z_dim))
            loss_g = softplus(d(real) - d(fake)).mean()
            loss_g.backward()
            opt_g.step()
            with torch.no_grad():
                for mine, theirs in zip(ema.parameters(), g.parameters(), strict=True):
                    mine.lerp_(theirs, 0.01)
                for mine, theirs in zip(ema.buffers(), g.buffers(), strict=True):
                    mine.copy_(theirs)
            loss_d.item(), loss_g.item()
            step += 1


def ours(folder: Path, size: int) -> None:
    """`TrainingSession.run`, files and samples included, in the precision that a run would take."""
    import numpy as np
    from PIL import Image

    from ganstudio.gan.device import choose_device
    from ganstudio.gan.probe import probe
    from ganstudio.gan.session import TrainingSession
    from ganstudio.project.runs import RunFolder, RunInfo

    recipe = _recipe(size)
    files = sorted((folder / "all").iterdir())
    images = np.stack([np.asarray(Image.open(file).convert("RGB")) for file in files])

    class Watch:
        """Stops when there are no more turns."""

        turn = counted_steps(recipe.batch_size)

        def should_stop(self) -> bool:
            return next(self.turn, True)

        def on_rows(self, rows: object) -> None: ...
        def on_samples(self, images_seen: int, pictures: object) -> None: ...
        def on_saved(self, kind: object, clock: int) -> None: ...
        def on_notice(self, notice: object) -> None: ...

    measured = probe(recipe, choose_device("cpu"))
    print(measured.choice.reason, file=sys.stderr)
    with tempfile.TemporaryDirectory() as place:
        info = RunInfo(name="r", created="", seed=1, row_images=measured.row_images)
        run = RunFolder.create(Path(place), recipe, info, [file.stem for file in files])
        session = TrainingSession.open(run, images, choice=measured.choice)
        session.run(Watch(), None)


def _player(which: str, folder: Path, size: int) -> Player:
    environment = {name: value for name, value in os.environ.items() if "OMP" not in name}
    if which == "ours":
        environment["OMP_WAIT_POLICY"] = "PASSIVE"  # as `ganstudio` sets it before torch loads
    return Player([__file__, "--only", which, str(folder), str(size)], environment)


def compare(size: int, seconds: float, count: int) -> list[tuple[float, float]]:
    """Images a second of (plain, ours), turn by turn."""
    with tempfile.TemporaryDirectory() as place:
        make_pictures(Path(place), size, _PICTURES)
        with _player("plain", Path(place), size) as plain:
            plain.turn(1.0)  # the first steps are slow
            with _player("ours", Path(place), size) as us:  # now: its probe wants to be alone
                us.turn(1.0)
                return [
                    (plain.turn(seconds)["rate"], us.turn(seconds)["rate"]) for _ in range(count)
                ]


def run(smoke: bool) -> list[tuple[str, str, str]]:
    """Rows of (what, found, wanted)."""
    rows = []
    for size, wanted in WANTED.items():
        pairs = compare(size, 0.5, 1) if smoke else compare(size, 4.0, 12)
        first, second = (statistics.median(values) for values in zip(*pairs, strict=True))
        ratio = statistics.median(ours / plain for plain, ours in pairs)
        rows += [
            (f"a plain loop at {size} px", f"{first:.0f} images/s", ""),
            (f"ours at {size} px", f"{second:.0f} images/s", ""),
            (f"ours against plain at {size} px", f"{ratio:.2f}", f"{wanted:.1f}"),
        ]
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--smoke", action="store_true", help="a second each: does it run?")
    parser.add_argument("--only", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.only:
        which, folder, size = options.only
        (plain if which == "plain" else ours)(Path(folder), int(size))
        return
    for row in run(options.smoke):
        print("{:<40} {:>14} {:>10}".format(*row))


if __name__ == "__main__":
    main()
