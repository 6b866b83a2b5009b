"""Trains a tiny run in child processes, kills each at a random moment, and looks at what is left.

Run by test_kill.py as a program of its own: it forks, which is only safe in a process with one
thread. Prints one JSON object.

    python kill_rounds.py FOLDER ROUNDS SEED
"""

from __future__ import annotations

import json
import os
import random
import select
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from ganstudio.gan.checkpoint import read_checkpoint
from ganstudio.gan.device import DeviceChoice
from ganstudio.gan.modelfile import load_generator
from ganstudio.gan.session import TrainingSession
from ganstudio.gan.snapshot import snapshot_model_path
from ganstudio.project.messages import MetricsRow, Notice, Pictures
from ganstudio.project.recipe import Recipe
from ganstudio.project.runs import RunFolder, RunInfo

BATCH = 4
RECIPE = Recipe.parse(
    {
        "name": "sketch",
        "network": {"name": "sketch", "size": 16, "width": 4, "d_width": 4, "z_dim": 8},
        "game": {"loss": "relativistic", "gamma": 1.0, "gamma_end": 0.1, "penalty_every": 3},
        "optimizer": {"lr": 2e-3, "lr_end": 2e-4},
        "ema": {"half_life_images": 40},
        "batch_size": BATCH,
        "horizon": 4_000,
    }
)
IMAGES = np.random.default_rng(5).integers(0, 256, (30, 16, 16, 3), dtype=np.uint8)


class TellingHost:
    """Writes the clock of everything it is told into a pipe."""

    def __init__(self, pipe: int | None) -> None:
        self._pipe = pipe

    def _tell(self, kind: str, clock: int) -> None:
        if self._pipe is not None:
            os.write(self._pipe, f"{kind} {clock}\n".encode())

    def should_stop(self) -> bool:
        return False

    def on_rows(self, rows: Sequence[MetricsRow]) -> None:
        self._tell("row", rows[-1].images)

    def on_samples(self, images_seen: int, pictures: Pictures) -> None:
        pass

    def on_saved(self, kind: str, clock: int) -> None:
        self._tell(kind, clock)

    def on_notice(self, notice: Notice) -> None:
        self._tell(notice.code, notice.images)


def make(folder: Path) -> RunFolder:
    info = RunInfo(name="r", created="", seed=3, row_images=2 * BATCH)
    return RunFolder.create(folder, RECIPE, info, [f"{i:x}" for i in range(30)])


def train(run: RunFolder, pipe: int | None, until: int | None, interval_s: float) -> None:
    choice = DeviceChoice("cpu", 1, "")
    host = TellingHost(pipe)
    session = TrainingSession.open(
        run, IMAGES, choice=choice, checkpoint_every_s=interval_s, disk_budget=400_000, host=host
    )
    session.run(host, until)


def killed(run: RunFolder, lines: int, delay_s: float, interval_s: float) -> dict[str, int]:
    """Train in a child and kill it a little after it has told so many things.

    Returns:
        The newest clock it told, by kind.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            train(run, writing, None, interval_s)
        finally:
            os._exit(1)  # it is killed long before
    os.close(writing)
    data = b""
    while data.count(b"\n") < lines:
        part = os.read(reading, 64)
        if not part:
            raise RuntimeError("training ended by itself")
        data += part
    time.sleep(delay_s)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    told: dict[str, int] = {}
    while select.select([reading], [], [], 0)[0] and (part := os.read(reading, 65536)):
        data += part
    os.close(reading)
    for line in data.decode().splitlines():
        kind, clock = line.split()
        told[kind] = int(clock)
    return told


def complaints(run: RunFolder, told: dict[str, int], interval_s: float) -> list[str]:
    """What is wrong with what is left; nothing, hopefully. Raises if something is unreadable."""
    for clock in run.checkpoints():
        read_checkpoint(run.checkpoint_folder(clock))
    for clock in run.snapshots():
        load_generator(snapshot_model_path(run, clock))
        with Image.open(run.snapshot_folder(clock) / "samples.png") as picture:
            picture.load()
    run.info(), run.recipe(), run.metrics(), run.events()
    newest = max(run.checkpoints(), default=0)
    found = []
    if "notice-checkpoint-unreadable" in told:
        found.append("a checkpoint was unreadable")
    if newest < told.get("checkpoint", 0):
        found.append(f"the checkpoint of {told['checkpoint']} is gone, the newest is {newest}")
    if interval_s == 0 and newest < told.get("row", 0) - BATCH:
        found.append(f"more than a step was lost: {told['row']} was shown, {newest} is saved")
    return found


def same_end(one: RunFolder, other: RunFolder, clock: int) -> bool:
    a, b = (read_checkpoint(run.checkpoint_folder(clock)).state.tensors for run in (one, other))
    watch = ("seconds", "images_per_s", "memory_mb")
    left, right = (
        [{k: v for k, v in row.items() if k not in watch} for row in run.metrics()]
        for run in (one, other)
    )
    same = a.keys() == b.keys() and all(torch.equal(value, b[name]) for name, value in a.items())
    # Which of the older snapshots make room depends on how many checkpoints were written.
    ends = [run.snapshots()[-1] for run in (one, other)]
    files = [snapshot_model_path(run, ends[0]).read_bytes() for run in (one, other)]
    return same and left == right and ends[0] == ends[1] and files[0] == files[1]


def main(folder: Path, rounds: int, seed: int) -> dict[str, object]:
    torch.set_num_threads(1)
    chance = random.Random(seed)
    run = make(folder)
    wrong: list[str] = []
    for number in range(rounds):
        interval_s = 0.0 if number % 2 else 0.05
        told = killed(run, chance.randrange(12), chance.uniform(0.0, 0.05), interval_s)
        wrong += complaints(run, told, interval_s)
    reached = max(run.checkpoints(), default=0)
    train(run, None, reached + 40, 60.0)
    straight = make(folder)
    train(straight, None, reached + 40, 60.0)
    return {
        "wrong": wrong,
        "reached": reached,
        "same": same_end(run, straight, reached + 40),
        "generation": run.info().generation,
    }


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))))  # noqa: T201
