"""A run that nobody trained: metrics, moments and pictures as a good run leaves them.

For the gallery and for tests of pages, which must not wait for training. Not for any proof of it.
"""

from __future__ import annotations

import datetime
import io
import math
import zipfile
from dataclasses import replace
from functools import lru_cache

import numpy as np
from PIL import Image

from ganstudio.project.atomic import write_bytes, write_json
from ganstudio.project.folder import Project
from ganstudio.project.history import append_lines
from ganstudio.project.messages import Pictures
from ganstudio.project.paths import resources
from ganstudio.project.presets import recipe_for
from ganstudio.project.quality import Estimate, MomentScore
from ganstudio.project.runs import RunFolder, RunInfo
from ganstudio.project.schedule import snapshot_clocks
from ganstudio.project.schema import stamp
from tests.invented_scores import invented_score

PLACES = 64


@lru_cache(maxsize=4)
def bundled(bundle: str, count: int = PLACES) -> Pictures:
    """Pictures of a bundled set: (N, H, W, 3) uint8."""
    path = resources() / "pictures" / bundle / "pictures.zip"
    with zipfile.ZipFile(path) as archive:
        names = sorted(n for n in archive.namelist() if n.endswith(".png"))
        chosen = [names[i] for i in np.random.default_rng(7).permutation(len(names))[:count]]
        read = [Image.open(io.BytesIO(archive.read(n))).convert("RGB") for n in chosen]
    return np.stack([np.asarray(picture) for picture in read])


def drawn(pictures: Pictures, age: float, seed: int = 0) -> Pictures:
    """What a generator of some age, 0 to 1, might draw of them: noise, then blur, then shapes."""
    side = pictures.shape[1]
    small = max(2, round(side * min(1.0, 0.08 + 0.92 * age)))
    soft = np.stack(
        [
            np.asarray(
                Image.fromarray(picture)
                .resize((small, small), Image.Resampling.BOX)
                .resize((side, side), Image.Resampling.BICUBIC)
            )
            for picture in pictures
        ]
    )
    noise = np.random.default_rng(seed).integers(0, 256, pictures.shape, np.uint8)
    share = max(0.0, 1 - age * 6)
    mixed = share * noise.astype(np.float32) + (1 - share) * soft
    return mixed.astype(np.uint8)


def rows_until(clock: int, horizon: int, every: int, rate: float = 286.0) -> list[dict[str, float]]:
    """Metrics as a healthy run of the default recipe leaves them."""
    random = np.random.default_rng(3)
    rows = []
    for images in range(every, clock + 1, every):
        age = images / horizon
        lead = 0.29 * np.exp(-5 * age) * min(1.0, images / (0.02 * horizon)) + 0.055
        wild = 0.05 + 0.25 * np.exp(-30 * age)
        rows.append(
            {
                "images": images,
                "loss_g": float(
                    0.69 + 1.6 * lead + 1.1 * np.exp(-40 * age) + random.normal(0, wild)
                ),
                "loss_d": float(0.69 - 0.7 * lead + random.normal(0, wild / 2)),
                "d_real": float(np.clip(0.5 + lead + random.normal(0, 0.025), 0, 1)),
                "d_fake": float(np.clip(0.5 - lead + random.normal(0, 0.025), 0, 1)),
                "balance": float(np.clip(0.5 + 1.3 * lead + random.normal(0, 0.01), 0, 1)),
                "penalty": 0.02,
                "gradient_g": 0.4,
                "gradient_d": 0.5,
                "learning_rate": 0.002,
                "augment_p": 0.0,
                "images_per_s": rate + float(random.normal(0, 3)),
                "seconds": images / rate,
                "skipped": 0,
                "memory_mb": 620 + 40 * min(1.0, 20 * age) + float(random.normal(0, 1)),
            }
        )
    return rows


def invent_run(
    project: Project,
    bundle: str = "open-peeps",
    clock: int = 412_000,
    horizon: int = 1_000_000,
    moments: int = 24,
    name: str = "Run 1",
) -> RunFolder:
    """Leave a run in a project as if it had trained until `clock`."""
    pictures = bundled(bundle)
    size = pictures.shape[1]
    recipe = recipe_for(size=size, pictures=1510, horizon=horizon)
    info = RunInfo(
        name=name,
        created=datetime.datetime(2026, 11, 21, 18, 0, tzinfo=datetime.UTC).isoformat(),
        seed=1,
        device_reason="no GPU found: training on 2 CPU cores",
        speed=286.0,
        target=horizon,
    )
    usable = [picture.hash for picture in project.pictures().pictures if picture.usable]
    run = RunFolder.create(project.runs_path, recipe, info, usable)
    past = [c for c in snapshot_clocks(horizon, recipe.batch_size) if c <= clock]
    for moment in past[:: max(1, len(past) // moments)]:
        leave_snapshot(run, moment, drawn(pictures, (moment / clock) ** 0.5 if clock else 0))
        run.add_score(score_of(moment, moment / horizon))
    checkpoint = run.checkpoint_folder(clock)
    write_json(checkpoint / "checkpoint.json", stamp() | {"images_seen": clock})
    append_lines(run.metrics_path, rows_until(clock, horizon, max(64, clock // 700)))
    return run


def score_of(clock: int, age: float) -> MomentScore:
    """What a moment of a good run comes to, 0 to 1 of its way."""
    good = min(1.0, 2 * age) ** 0.5
    wobble = 1 + 0.1 * math.sin(clock / 13_000)  # no run gets better with every moment
    own = invented_score(0.82, 0.86, None, 1.6, 14.0)
    return MomentScore(
        images=clock,
        score=invented_score(
            0.7 * good,
            0.8 * good,
            Estimate(0.03, 0.02),
            (300 * (1 - good) + 8) * wobble,
            300 * (1 - good) + 30,
        ),
        own=own,
        drawn=76,
        real=76,
        honest=True,
    )


def collapse(run: RunFolder, clock: int, since: float = 0.7) -> None:
    """From a share of its way on, let a run draw ever fewer of the pictures, its scores with it."""
    horizon = run.recipe().horizon
    run.scores_path.unlink(missing_ok=True)
    few = bundled("open-peeps")
    for moment in run.snapshots():
        age = moment / clock
        lost = max(0.0, (age - since) / (1 - since))
        good = score_of(moment, min(age, since) * clock / horizon)
        good = replace(good, images=moment)
        diversity = 0.75 * (1 - np.exp(-6 * age)) if not lost else 0.42 - 0.1 * lost
        run.add_score(replace(good, score=replace(good.score, diversity=float(diversity))))
        if lost:
            places = np.arange(PLACES) % max(3, round(12 * (1 - lost)))
            leave_snapshot(run, moment, drawn(few[places], age**0.5))


def let_inspector_win(run: RunFolder, since: int) -> None:
    """From a clock on, let the inspector tell nearly every pair apart."""
    rows = run.metrics()
    run.metrics_path.unlink()
    for row in rows:
        if row["images"] > since:
            row |= {"balance": 0.996, "d_real": 0.9, "d_fake": 0.1, "loss_g": row["loss_g"] + 1}
    append_lines(run.metrics_path, rows)


def leave_out(run: RunFolder, clock: int, since: float = 0.5) -> None:
    """From a share of its way on, let a run cover ever fewer of the pictures, as real as before."""
    horizon = run.recipe().horizon
    run.scores_path.unlink(missing_ok=True)
    for moment in run.snapshots():
        age = moment / clock
        good = replace(score_of(moment, min(age, since) * clock / horizon), images=moment)
        less = 1 - 1.6 * max(0.0, age - since)
        recall = Estimate(good.score.recall.value * less, 0.04)
        run.add_score(replace(good, score=replace(good.score, recall=recall, diversity=0.9)))


def let_inspector_pull_away(run: RunFolder, since: int, clock: int) -> None:
    """From a clock on, let the inspector tell ever more pairs apart, and nothing get better."""
    rows = run.metrics()
    run.metrics_path.unlink()
    for row in rows:
        age = max(0.0, (row["images"] - since) / (clock - since))
        row |= {"balance": row["balance"] + 0.25 * age, "d_fake": row["d_fake"] - 0.1 * age}
    append_lines(run.metrics_path, rows)
    run.scores_path.unlink(missing_ok=True)
    for moment in run.snapshots():
        learned = min(moment, since)
        good = score_of(learned, learned / run.recipe().horizon)
        run.add_score(replace(good, images=moment, score=replace(good.score, diversity=0.9)))


def plateau(run: RunFolder, clock: int) -> None:
    """Let the scores of a run stand still from a tenth of its horizon on."""
    run.scores_path.unlink(missing_ok=True)
    for moment in run.snapshots():
        reached = min(1.0, 10 * moment / run.recipe().horizon)
        good = score_of(moment, 0.4 * reached)
        distance = (400 - 340 * reached) * float(1 + 0.02 * np.sin(moment))
        kernel = replace(good.score.kernel, value=distance)
        run.add_score(replace(good, score=replace(good.score, kernel=kernel, diversity=0.9)))


def leave_snapshot(run: RunFolder, clock: int, pictures: Pictures) -> None:
    """Write the sample sheet of a moment, and what marks the snapshot as whole."""
    side = pictures.shape[1]
    sheet = pictures.reshape(8, 8, side, side, 3).swapaxes(1, 2).reshape(8 * side, 8 * side, 3)
    buffer = io.BytesIO()
    Image.fromarray(sheet).save(buffer, "PNG", compress_level=1)
    folder = run.snapshot_folder(clock)
    write_bytes(folder / "samples.png", buffer.getvalue())
    write_json(folder / "snapshot.json", stamp() | {"images_seen": clock})
