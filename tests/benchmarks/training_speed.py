"""Images a second of our trainer against the same game in a plainly written PyTorch loop.

    python tests/benchmarks/training_speed.py [--smoke] [--only CASE]... [--measures WIDTH]

The plain loop (`plain_loop`) plays the same recipe with the same networks, losses, penalties and
average. Each runs in a process of its own, as its user would start it, by turns, so that noise of
the computer meets all of them. `--measures` takes the plain loop at 64 pixels and adds one measure
after the other, up to ours, and ours in float32.

Only conclusive on an otherwise idle machine.
"""

from __future__ import annotations

import argparse
import contextlib
import itertools
import os
import statistics
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from turns import Player, answer, turns

from ganstudio.project.openmp import let_threads_stay_awake
from ganstudio.project.paths import resources
from ganstudio.project.presets import recipe_for
from ganstudio.project.recipe import Recipe

_PICTURES = 2_000
_NOT_COUNTED = 6
_PLAIN, _OURS, _OURS_EXACT = "plain", "ours", "ours-float32"


@dataclass(frozen=True, slots=True)
class Case:
    """The default recipe at a size.

    Attributes:
        size: Pixels a side.
        width: Of both networks; None: the recipe's own.
        wanted: How many times the plain loop's rate.
    """

    size: int
    width: int | None
    wanted: float

    @property
    def name(self) -> str:
        """What a person reads."""
        return f"{self.size} px" + (f", width {self.width}" if self.width else "")

    @property
    def recipe(self) -> Recipe:
        """Filled in."""
        return recipe_at(self.size, self.width)


CASES = (Case(32, None, 2.2), Case(64, None, 1.8), Case(64, 32, 2.1), Case(64, 64, 1.8))


def recipe_at(size: int, width: int | None = None) -> Recipe:
    """The default recipe for plenty of pictures."""
    recipe = recipe_for(size=size, pictures=_PICTURES)
    widths = {"network.width": width, "network.d_width": width} if width else {}
    return recipe.with_values(dict(widths))


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


def plain(recipe: Recipe, folder: Path, taken: Sequence[str]) -> None:
    """The loop that one writes first, with some measures."""
    from plain_loop import PlainLoop, Plan

    steps = counted_steps(recipe.batch_size)
    PlainLoop(Plan(recipe, folder, frozenset(taken))).train(lambda: next(steps, True))


def ours(recipe: Recipe, folder: Path, exact: bool) -> None:
    """`TrainingSession.run`, files and samples included, in the precision that a run would take."""
    import numpy as np
    from PIL import Image

    from ganstudio.gan.device import choose_device
    from ganstudio.gan.probe import probe
    from ganstudio.gan.session import TrainingSession
    from ganstudio.project.runs import RunFolder, RunInfo

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
    choice = measured.choice.with_precision("float32") if exact else measured.choice
    print(choice.reason, file=sys.stderr)
    with tempfile.TemporaryDirectory() as place:
        info = RunInfo(name="r", created="", seed=1, row_images=measured.row_images)
        run = RunFolder.create(Path(place), recipe, info, [file.stem for file in files])
        session = TrainingSession.open(run, images, choice=choice, watched=False)
        session.run(Watch(), None)


def _player(which: str, folder: Path, case: Case) -> Player:
    """`which`: a name of ours, or "plain" and measures, with a plus between them."""
    environment = {name: value for name, value in os.environ.items() if "OMP" not in name}
    if which in (_OURS, _OURS_EXACT):
        let_threads_stay_awake(environment)  # as without a window where nothing else runs
    command = [__file__, "--player", which, str(folder), str(case.size), str(case.width or 0)]
    return Player(command, environment)


def rates(case: Case, players: Sequence[str], seconds: float, count: int) -> list[list[float]]:
    """Images a second of each player, turn by turn."""
    with contextlib.ExitStack() as stack:
        place = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        make_pictures(place, case.size, _PICTURES)
        playing = []
        for which in players:  # one after the other: a probe wants to be alone
            playing.append(stack.enter_context(_player(which, place, case)))
            playing[-1].turn(min(1.0, seconds))  # the first steps are slow
        return [[player.turn(seconds)["rate"] for player in playing] for _ in range(count)]


def compare(case: Case, smoke: bool) -> list[tuple[str, str, str]]:
    """Rows of (what, found, wanted)."""
    found = rates(case, (_PLAIN, _OURS), *((0.3, 1) if smoke else (4.0, 12)))
    first, second = (statistics.median(values) for values in zip(*found, strict=True))
    ratio = statistics.median(mine / written for written, mine in found)
    return [
        (f"a plain loop at {case.name}", f"{first:.0f} images/s", ""),
        (f"ours at {case.name}", f"{second:.0f} images/s", ""),
        (f"ours against plain at {case.name}", f"{ratio:.2f}", f"{case.wanted:.1f}"),
    ]


def contributions(width: int, smoke: bool) -> list[tuple[str, float]]:
    """(Measure, rate over the plain loop's), each on top of those before it."""
    from plain_loop import MEASURES

    taken = list(itertools.accumulate(([name] for name in MEASURES), lambda a, b: a + b))
    chains = ["+".join([_PLAIN, *some]) for some in taken]
    if smoke:
        chains = chains[-1:]
    players = [_PLAIN, *chains, _OURS, _OURS_EXACT]
    found = rates(Case(64, width, 0.0), players, *((0.2, 1) if smoke else (3.0, 8)))
    words = list(MEASURES.values())[-len(chains) :]
    names = ["written plainly", *words, "ours", "ours in float32"]
    return [
        (name, statistics.median(turn[place] / turn[0] for turn in found))
        for place, name in enumerate(names)
    ]


def print_contributions(width: int, smoke: bool) -> None:
    """Markdown: what each measure contributes."""
    print(f"| measure (64 px, width {width}) | rate over the plain loop's | times the one before |")
    print("|---|---|---|")
    before = 1.0
    for name, times in contributions(width, smoke):
        print(f"| {name} | {times:.2f} | {times / before:.2f} |")
        before = times


def run(smoke: bool) -> list[tuple[str, str, str]]:
    """Rows of (what, found, wanted)."""
    return [row for case in (CASES[:3:2] if smoke else CASES) for row in compare(case, smoke)]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    names = [case.name for case in CASES]
    parser.add_argument("--smoke", action="store_true", help="a second each: does it run?")
    parser.add_argument("--only", action="append", choices=names, help="just this one")
    parser.add_argument("--measures", type=int, metavar="WIDTH", help="what each contributes")
    parser.add_argument("--player", nargs=4, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.player:
        which, folder, size, width = options.player
        recipe = recipe_at(int(size), int(width) or None)
        if which.startswith(_PLAIN):
            plain(recipe, Path(folder), which.split("+")[1:])
        else:
            ours(recipe, Path(folder), exact=which == _OURS_EXACT)
    elif options.measures:
        print_contributions(options.measures, options.smoke)
    else:
        for case in CASES:
            if not options.only or case.name in options.only:
                for row in compare(case, options.smoke):
                    print("{:<45} {:>14} {:>10}".format(*row), flush=True)


if __name__ == "__main__":
    main()
