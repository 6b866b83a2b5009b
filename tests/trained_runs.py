"""Tiny runs that are really trained, and scored, to be looked at by the doctor.

    python -m tests.trained_runs [--write] [NAME]...

trains each of `SCRIPTS` and says what the doctor makes of it. With --write, the rows and scores of
those whose training takes too long for a test are kept in `tests/data/doctor`.

Not responsible for what the doctor should say of healthy runs at length: `benchmarks/doctor.py`.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np
import torch

from ganstudio.gan.device import DeviceChoice
from ganstudio.gan.session import TrainingSession
from ganstudio.project.errors import UserError
from ganstudio.project.findings import Finding
from ganstudio.project.messages import MetricsRow, Pictures
from ganstudio.project.point import LatentPoint
from ganstudio.project.quality import MomentScore
from ganstudio.project.recipe import Recipe
from ganstudio.project.runs import RunFolder, RunInfo
from ganstudio.quality.doctor import examine
from ganstudio.quality.memorised import Judged, inspector_reading
from ganstudio.quality.score import Pile, Reference
from ganstudio.studio.engine import LoadedModel
from ganstudio.studio.run_history import rows_of

DATA = Path(__file__).parent / "data" / "doctor"
BATCH = 16

_HEALTHY: dict[str, Any] = {
    "name": "sketch",
    "network": {"name": "sketch", "size": 16, "width": 8, "d_width": 8, "z_dim": 16},
    "game": {"loss": "relativistic", "gamma": 1.0, "gamma_end": 0.1, "penalty_every": 8},
    "optimizer": {"lr": 2e-3, "lr_end": 2e-4, "clip": 2.0},
    "ema": {"half_life_images": 10_000, "ramp": 0.05},
    "batch_size": BATCH,
    "horizon": 40_000,
}


class Host:
    """Lets it train, and looks at nothing."""

    def should_stop(self) -> bool:
        return False

    def on_rows(self, rows: object) -> None: ...
    def on_samples(self, images_seen: int, pictures: Pictures) -> None: ...
    def on_saved(self, kind: str, clock: int) -> None: ...
    def on_notice(self, notice: object) -> None: ...


@dataclass(frozen=True)
class Script:
    """A run that is trained into a state on purpose.

    Attributes:
        expected: The code of the worst finding.
        images: Pictures to see.
        values: What its recipe has otherwise than a healthy one.
        learned: Pictures to learn from.
        held_out: Pictures it never sees.
        scored: How many of its moments are scored, the newest ones at even distances.
        plain: Whether its pictures are of one colour each: a task that is soon done.
        poisoned: Clocks of steps whose real pictures are not numbers.
    """

    expected: str
    images: int
    values: Mapping[str, object] = field(default_factory=dict)
    learned: int = 400
    held_out: int = 64
    scored: int = 0
    plain: bool = False
    poisoned: tuple[int, ...] = ()

    @property
    def recipe(self) -> Recipe:
        return Recipe.parse(_HEALTHY).with_values({"horizon": self.images, **self.values})


_FREE: dict[str, object] = {"game.gamma": 0.0, "game.gamma_end": 0.0}


def _rate(rate: float) -> dict[str, object]:
    """A constant learning rate, whatever gradients come."""
    return {"optimizer.lr": rate, "optimizer.lr_end": rate, "optimizer.clip": 0.0}


SCRIPTS: dict[str, Script] = {
    "healthy": Script("healthy", 24_000, scored=8),
    "warming-up": Script("warming-up", 800, {"horizon": 40_000}),
    "inspector-ahead": Script(
        "inspector-ahead",
        6_400,
        {**_FREE, "game.d_steps": 8, "network.width": 4, "network.d_width": 32},
        scored=3,
    ),
    "generator-ahead": Script("generator-ahead", 2_000, {"optimizer.frozen": "discriminator"}),
    "mode-collapse": Script(
        "mode-collapse",
        4_800,
        {**_FREE, **_rate(3e-2), "game.loss": "minimax", "optimizer.beta1": 0.5},
        scored=4,
    ),
    "memorising": Script("memorising", 32_000, learned=8, scored=3),
    "oscillating": Script(
        "oscillating",
        16_000,
        {**_FREE, **_rate(1e-3), "game.loss": "wasserstein", "optimizer.beta1": 0.9},
    ),
    "stalled": Script(
        "stalled",
        22_000,
        {"horizon": 12_000, "batch_size": 8, "optimizer.lr": 4e-3, "optimizer.lr_end": 1e-6},
        plain=True,
        scored=20,
    ),
    "exploding": Script("exploding", 2_000, _rate(0.2)),
    "not-a-number": Script("not-a-number", 800, poisoned=(480, 496, 512)),
}


def invented_pictures(count: int, seed: int, plain: bool = False, side: int = 16) -> Pictures:
    """A square of any colour anywhere on a ground of any colour, or the ground alone, uint8."""
    random = np.random.default_rng(seed)
    pictures = np.empty((count, side, side, 3), np.uint8)
    for picture in pictures:
        picture[:] = random.integers(0, 256, 3)
        if plain:
            continue
        x, y = random.integers(0, side // 2, 2)
        picture[y : y + side // 2, x : x + side // 2] = random.integers(0, 256, 3)
    return pictures


def train(script: Script, place: Path, seed: int = 0) -> tuple[RunFolder, Pictures, Pictures]:
    """Train a script; the run, what it learned from, and what it never saw."""
    learned = invented_pictures(script.learned, 1, script.plain)
    held_out = invented_pictures(script.held_out, 2, script.plain)
    recipe = script.recipe
    info = RunInfo(
        name="Run 1",
        created="2026-01-01T00:00:00+00:00",
        seed=seed,
        row_images=max(BATCH, recipe.horizon // 100 // BATCH * BATCH),
        target=script.images,
    )
    run = RunFolder.create(place, recipe, info, [f"{number:x}" for number in range(len(learned))])
    train_on(run, learned, script.images, script.poisoned)
    return run, learned, held_out


def train_on(run: RunFolder, learned: Pictures, images: int, poisoned: Sequence[int] = ()) -> None:
    """Train a run with one thread, without anybody looking on."""
    before = torch.get_num_threads()
    choice = DeviceChoice("cpu", 1, "a test")
    session = TrainingSession.open(
        run, learned, choice=choice, watched=False, checkpoint_every_s=1e9
    )
    with _poison(session, poisoned):
        try:
            session.run(Host(), images)
        except UserError as error:
            if error.code != "training-diverged":
                raise
        finally:
            torch.set_num_threads(before)


def _poison(session: TrainingSession, clocks: Sequence[int]) -> mock._patch[Callable[..., None]]:
    """Steps from these clocks on see pictures that are not numbers, each once."""
    trainer, left = session._trainer, set(clocks)
    step = trainer.step

    def poisoned(reals: torch.Tensor, labels: torch.Tensor | None = None) -> None:
        if trainer.clock in left:
            left.discard(trainer.clock)
            reals = torch.full_like(reals, torch.nan)
        step(reals, labels)

    return mock.patch.object(trainer, "step", poisoned)


def score(
    run: RunFolder, learned: Pictures, held_out: Pictures, clocks: Sequence[int]
) -> list[MomentScore]:
    """Score moments of a run as a window has it done."""
    reference = Reference(Pile.of(held_out), Pile.of(learned))
    found = []
    for clock in clocks:
        path = run.snapshot_folder(clock) / "generator.safetensors"
        model = LoadedModel(path)
        count = reference.wanted
        drawn = model.render([LatentPoint(seed_x=seed) for seed in range(count)])
        quality, inspector = reference.score(Pile.of(drawn)), None
        if reference.honest:
            asked = (Judged(Pile.of(pixels)) for pixels in (learned, held_out, drawn))
            slices = inspector_reading(path, *asked)
            try:
                while True:
                    next(slices)
            except StopIteration as end:
                inspector = end.value
        found.append(
            MomentScore(
                clock,
                quality,
                reference.own,
                count,
                reference.count,
                reference.honest,
                inspector,
            )
        )
        run.add_score(found[-1])
    return found


def moments_to_score(run: RunFolder, count: int) -> list[int]:
    """So many of its moments, at even distances, the newest one among them."""
    clocks = run.snapshots()
    places = np.linspace(0, len(clocks) - 1, count + 1).round().astype(int)[1:] if count else []
    return sorted({clocks[place] for place in places})


def played(name: str, place: Path) -> RunFolder:
    """Train and score one of the scripts."""
    script = SCRIPTS[name]
    run, learned, held_out = train(script, place)
    score(run, learned, held_out, moments_to_score(run, script.scored))
    return run


def findings_of(run: RunFolder) -> list[Finding]:
    """What the doctor makes of it."""
    return examine(
        rows_of(run.metrics()),
        run.scores().values(),
        run.recipe(),
        events=run.events(),
        kept=run.checkpoints() + run.snapshots(),
    )


def written(run: RunFolder) -> dict[str, Any]:
    """Rows, scores and events as a fixture keeps them, numbers in five figures."""
    rows = [dataclasses.asdict(row) for row in rows_of(run.metrics())]
    return {
        "recipe": run.recipe().model_dump(mode="json"),
        "columns": {name: _short([row[name] for row in rows]) for name in rows[0]},
        "scores": [_short(one.line()) for one in run.scores().values()],
        "events": run.events(),
        "kept": sorted({*run.checkpoints(), *run.snapshots()}),
    }


def read(name: str) -> tuple[list[MetricsRow], list[MomentScore], Recipe, list[Any], list[int]]:
    """A fixture."""
    kept = json.loads((DATA / f"{name}.json").read_text())
    scores = [MomentScore.of_line(line) for line in kept["scores"]]
    names, columns = list(kept["columns"]), kept["columns"].values()
    return (
        rows_of(dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)),
        [one for one in scores if one is not None],
        Recipe.parse(kept["recipe"]),
        kept["events"],
        kept["kept"],
    )


def _short(value: Any) -> Any:
    if isinstance(value, float):
        return float(f"{value:.5g}")
    if isinstance(value, dict):
        return {key: _short(item) for key, item in value.items()}
    return [_short(item) for item in value] if isinstance(value, list) else value


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.trained_runs", description=__doc__)
    parser.add_argument("names", nargs="*", default=list(SCRIPTS), metavar="NAME")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    for name in options.names:
        began = time.monotonic()
        with tempfile.TemporaryDirectory() as place:
            run = played(name, Path(place))
            codes = [finding.code for finding in findings_of(run)]
            if options.write:
                DATA.mkdir(parents=True, exist_ok=True)
                text = json.dumps(written(run), separators=(",", ":"))
                (DATA / f"{name}.json").write_text(text + "\n")
        print(f"{name}: {', '.join(codes)} ({time.monotonic() - began:.1f} s)", flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
