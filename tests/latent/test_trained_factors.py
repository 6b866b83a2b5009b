"""A small generator, trained on discs of known place, size and colour: are these found again?"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor

from ganstudio.gan.sampling import to_uint8
from ganstudio.latent.directions import finding, measured
from ganstudio.latent.ground import Ground
from ganstudio.latent.marked import marked_step
from ganstudio.latent.slices import finished
from ganstudio.project.direction import Direction
from ganstudio.project.recipe import Recipe
from ganstudio.project.runs import RunFolder, RunInfo
from ganstudio.studio.engine import LoadedModel
from tests.latent.drawn_shapes import FACTORS, drawn_shapes, measured_factors
from tests.trained_runs import train_on

logger = logging.getLogger(__name__)

_IMAGES = 24_000
_PLACES, _AMOUNTS = 32, 7
_MARKS = 20

_RECIPE = {
    "name": "sketch",
    "network": {"name": "sketch", "size": 16, "width": 8, "d_width": 8, "z_dim": 8},
    "game": {"loss": "relativistic", "gamma": 1.0, "gamma_end": 0.1, "penalty_every": 8},
    "optimizer": {"lr": 2e-3, "lr_end": 2e-4, "clip": 2.0},
    "ema": {"half_life_images": 10_000, "ramp": 0.05},
    "batch_size": 16,
    "horizon": _IMAGES,
}


@dataclass
class Likeness:
    """Correlation of each factor with the amount, (3,).

    Attributes:
        at_a_place: As one place after the other is moved.
        anywhere: Over all places at once, which differ in the factor themselves.
    """

    at_a_place: np.ndarray
    anywhere: np.ndarray


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    """Of the trained generator."""
    pictures, _ = drawn_shapes(2_000)
    info = RunInfo(name="Run 1", created="2026-01-01T00:00:00+00:00", seed=0, row_images=240)
    run = RunFolder.create(
        tmp_path_factory.mktemp("shapes"),
        Recipe.parse(_RECIPE),
        info,
        [f"{number:x}" for number in range(len(pictures))],
    )
    train_on(run, pictures, _IMAGES)
    newest: Path = run.snapshot_folder(run.snapshots()[-1]) / "generator.safetensors"
    return Ground(LoadedModel(newest)._renderer.network)


def _factors(ground: Ground, w: Tensor) -> np.ndarray:
    with torch.inference_mode():
        return measured_factors(np.asarray(to_uint8(ground.network.synthesize(w))))


def _likeness(ground: Ground, direction: Direction) -> Likeness:
    """Over the suggested range, at places nobody marked."""
    w, step = ground.w[-_PLACES:], torch.tensor(direction.step)
    amounts = np.linspace(direction.low, direction.high, _AMOUNTS)
    seen = np.stack([_factors(ground, w + float(amount) * step) for amount in amounts])
    every = np.repeat(amounts, _PLACES)

    def likeness(values: np.ndarray) -> np.ndarray:
        columns = values.reshape(-1, len(FACTORS)).T
        return np.array([abs(np.corrcoef(every, column)[0, 1]) for column in columns])

    return Likeness(likeness(seen - seen.mean(0)), likeness(seen))


def _marked(ground: Ground, factor: int, strongest: float) -> Direction:
    """As a person would mark: 20 with much of a factor, and 20 with little."""
    values = _factors(ground, ground.w[:400])[:, factor]
    much = values > np.median(values)
    more, less = (np.flatnonzero(side)[:_MARKS] for side in (much, ~much))
    step = marked_step(ground, ground.w[more], ground.w[less])
    return finished(measured(ground, step, "marked", strongest))


@pytest.mark.slow
def test_place_size_and_colour_are_found_again(ground: Ground) -> None:
    found = finished(finding(ground.network))
    likeness = [_likeness(ground, direction) for direction in found.directions[:12]]
    for factor, name in enumerate(FACTORS):
        marked = _likeness(ground, _marked(ground, factor, found.strongest))
        best = max(likeness, key=lambda one: one.at_a_place[factor])
        for way, one in (("found", best), ("marked", marked)):
            said = (one.at_a_place[factor], one.anywhere[factor])
            logger.info("%s, %s: %.2f at a place, %.2f anywhere", name, way, *said)
        reached = max(best.at_a_place[factor], marked.at_a_place[factor])
        assert reached >= 0.8, name
