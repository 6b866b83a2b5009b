"""How many pictures each recipe gets through in a minute of this computer.

    python tests/benchmarks/paces.py        what is known

A recipe's pace is measured once, for half a minute, by turns with a fixed reference, so that a
moment in which the computer is busy with something else slows both of them; what is kept is a
multiple of the reference's own pace, which is measured once and for all: then the computer has to
be idle. With it, minutes become a number of pictures before any training begins: the training
itself may then be slowed by anything, broken off and taken up again, and comes to the same score.

Kept in `results/paces.json` by the computer's name. To measure again, remove that file.

Not responsible for what runs in a turn (`pace_players`), nor for scores (`arena`).
"""

from __future__ import annotations

import bisect
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from results import FOLDER, Results
from turns import Player

from ganstudio.project.atomic import read_json
from ganstudio.project.openmp import let_threads_sleep, let_threads_stay_awake
from ganstudio.project.recipe import Recipe
from ganstudio.project.schedule import MOST_SNAPSHOTS, spread_clocks

#: Who trains as PyTorch's example does; every other player is the name of a preset.
EXAMPLE = "pytorch-dcgan"

Threads = Literal["sleep", "awake", "spin"]

_CHECKPOINT_EVERY_S = 120.0
_REFERENCE = "reference"
_PLAYERS = str(Path(__file__).with_name("pace_players.py"))
_BUSY = 0.8


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast training goes here, everything included.

    Attributes:
        images_per_s: Between snapshots and checkpoints.
        snapshot_s: What a snapshot takes.
        checkpoint_s: What a checkpoint takes.
        bfloat16: 1 where the networks compute in bfloat16.
        threads: That it ran on; 0 where nobody wrote it down.
        idle: What the reference reached meanwhile, as a share of its usual pace: well under 1, the
            computer was busy with something else.
    """

    images_per_s: float
    snapshot_s: float = 0.0
    checkpoint_s: float = 0.0
    bfloat16: float = 0.0
    threads: float = 0.0
    idle: float = 1.0

    def images_in(self, minutes: float, batch: int) -> int:
        """Pictures seen in so long, in whole batches, at least one.

        Few steps leave few snapshots: what files take follows from how many steps there are.
        """
        seconds = minutes * 60
        most = max(1, int(self.images_per_s * seconds / batch))
        steps = bisect.bisect_right(range(most + 1), seconds, key=self._after(batch)) - 1
        return batch * max(1, steps)

    def _after(self, batch: int) -> Callable[[int], float]:
        """Seconds that a number of steps takes as a whole training."""

        def seconds(steps: int) -> float:
            # As many as a long run keeps: how many a short one keeps may change, minutes shall not.
            clocks = spread_clocks(steps * batch, batch, MOST_SNAPSHOTS) if self.snapshot_s else ()
            training = steps * batch / self.images_per_s + len(clocks) * self.snapshot_s
            return training + (training / _CHECKPOINT_EVERY_S + 1) * self.checkpoint_s

        return seconds


@dataclass(frozen=True, slots=True)
class Runner:
    """What is run: a recipe by name, or the example at a size."""

    player: str
    size: int
    recipe: Recipe | None = None

    @property
    def name(self) -> str:
        """Of its entry."""
        parts = [machine(), self.player, f"{self.size} px"]
        if self.recipe is not None:
            network = self.recipe.network
            parts.append(f"width {network.width} and {network.d_width}")
            parts += ["+".join(self.recipe.augment.policy)] if self.recipe.augment.policy else []
        return "/".join(parts)

    @property
    def threads(self) -> Threads:
        """What those do that wait: the example is started as it is."""
        return "spin" if self.recipe is None else "sleep"

    @property
    def told(self) -> dict[str, object]:
        """Everything that decides how fast it runs."""
        if self.recipe is None:
            return {"player": self.player, "size": self.size}
        # All pictures go through the augmentation, however many of them it changes.
        plain = self.recipe.with_values({"horizon": "1", "augment.ramp_images": "0"})
        return {"recipe": plain.model_dump(mode="json")}

    def command(self, folder: Path) -> list[str]:
        """That of the process which is measured."""
        if self.recipe is None:
            return [_PLAYERS, "--example", str(folder), str(self.size)]
        return [_PLAYERS, "--recipe", self.recipe.model_dump_json(), str(folder)]


class Paces:
    """Paces by runner; those that are not known yet are measured.

    Args:
        path: A JSON file; it need not exist.
        rounds: Turns of each, at most.
        seconds: Of a turn.
    """

    def __init__(
        self, path: Path = FOLDER / "paces.json", rounds: int = 6, seconds: float = 3.0
    ) -> None:
        self._results = Results(path)
        self._rounds, self._seconds = rounds, seconds

    def of(self, runner: Runner) -> Pace:
        """A runner's pace on this computer."""
        found = self._results.get(runner.name, runner.told)
        if found is None:
            _say(f"measuring the pace of {runner.player} at {runner.size} px")
            with player([_PLAYERS, "--reference"], threads=runner.threads) as reference:
                found = self._measure(runner, reference)
            self._results.keep({runner.name: found}, runner.told)
        return Pace(**found)

    def _usual(self, reference: Player, spins: bool) -> float:
        """Passes a second of the reference, as the quieter moments of a minute allow."""
        name = f"{machine()}/{_REFERENCE}" + ("/spinning" if spins else "")
        found = self._results.get(name, {})
        if found is None:
            reference.turn(self._seconds)
            rates = [reference.turn(self._seconds / 3)["rate"] for _ in range(self._rounds * 8)]
            found = {"rate": float(np.quantile(rates, 0.75))}
            self._results.keep({name: found}, {})
        return found["rate"]

    def _measure(self, runner: Runner, reference: Player) -> dict[str, float]:
        usual = self._usual(reference, runner.threads == "spin")
        with (
            tempfile.TemporaryDirectory() as folder,
            player(runner.command(Path(folder)), threads=runner.threads) as contestant,
        ):
            told = contestant.turn(0.0)
            pairs = list(self._turns(reference, contestant))
        del told["rate"]
        multiple = statistics.median(mine / theirs for mine, theirs in pairs)
        idle = statistics.median(theirs for _, theirs in pairs) / usual
        if not _BUSY <= idle <= 1 / _BUSY:
            _say(f"the computer is not idle: the reference reached {idle:.0%} of its usual pace")
        return {**told, "images_per_s": multiple * usual, "idle": round(idle, 3)}

    def _turns(self, reference: Player, contestant: Player) -> Iterator[tuple[float, float]]:
        """Rates of (the contestant, the reference just before and after), for a minute or so."""
        began, short = time.monotonic(), self._seconds / 3
        reference.turn(short)
        before = reference.turn(short)["rate"]
        for _ in range(self._rounds):
            mine = contestant.turn(self._seconds)["rate"]
            after = reference.turn(short)["rate"]
            yield mine, (before + after) / 2
            before = after
            if time.monotonic() - began > self._rounds * self._seconds * 3:
                return


def machine() -> str:
    """This computer's processor and its cores, in words."""
    model = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.is_file():
        lines = cpuinfo.read_text().splitlines()
        names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
        model = names[0] if names else model
    return f"{model}, {os.cpu_count()} cores"


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def player(command: list[str], *, threads: Threads = "sleep") -> Player:
    """A process that takes turns.

    Args:
        command: What it runs.
        threads: What those that wait do: "sleep", "awake" for a while, as a training without a
            window on an idle computer, or "spin", as is usual. Whatever does not sleep suffers far
            more from whatever else runs.
    """
    environment = {name: value for name, value in os.environ.items() if "OMP" not in name}
    if threads != "spin":
        (let_threads_sleep if threads == "sleep" else let_threads_stay_awake)(environment)
    return Player(command, environment)


def print_table() -> None:
    """Markdown: every pace that is known, of any computer."""
    path = FOLDER / "paces.json"
    print(
        "| computer, recipe | images/s | in 3 minutes | precision | idle |\n|---|---|---|---|---|"
    )
    for name, entry in (read_json(path) if path.exists() else {}).items():
        if "images_per_s" in entry["found"]:
            pace = Pace(**entry["found"])
            seen = f"{pace.images_in(3.0, 64):,}"
            precision = "bfloat16" if pace.bfloat16 else "float32"
            print(f"| {name} | {pace.images_per_s:.1f} | {seen} | {precision} | {pace.idle:.0%} |")


if __name__ == "__main__":
    print_table()
