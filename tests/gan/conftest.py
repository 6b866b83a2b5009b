"""Tiny runs: 16 pixels, four channels, one thread; and a host that writes everything down."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
import torch

from ganstudio.gan.device import DeviceChoice
from ganstudio.gan.session import TrainingSession
from ganstudio.project.host import SavedKind
from ganstudio.project.messages import MetricsRow, Notice, Pictures
from ganstudio.project.recipe import Recipe
from ganstudio.project.runs import RunFolder, RunInfo

BATCH = 4


@pytest.fixture(autouse=True)
def _one_thread() -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture
def choice() -> DeviceChoice:
    return DeviceChoice("cpu", 1, "a test")


@pytest.fixture
def images() -> Pictures:
    return np.random.default_rng(5).integers(0, 256, (30, 16, 16, 3), dtype=np.uint8)


@pytest.fixture
def recipe() -> Recipe:
    """Everything that could break exact resume is on: augmentation, flips, lazy penalties."""
    return Recipe.parse(
        {
            "name": "sketch",
            "network": {"name": "sketch", "size": 16, "width": 4, "d_width": 4, "z_dim": 8},
            "game": {"loss": "relativistic", "gamma": 1.0, "gamma_end": 0.1, "penalty_every": 3},
            "optimizer": {"lr": 2e-3, "lr_end": 2e-4},
            "ema": {"half_life_images": 40, "ramp": 0.5},
            "augment": {
                "policy": ["translation", "cutout", "color"],
                "p": 0.7,
                "ramp_images": 60,
                "flip": True,
            },
            "batch_size": BATCH,
            "horizon": 12_000,
        }
    )


class RecordingHost:
    """Remembers everything, and says stop at a clock."""

    def __init__(self) -> None:
        self.rows: list[MetricsRow] = []
        self.samples: list[tuple[int, Pictures]] = []
        self.saved: list[tuple[SavedKind, int]] = []
        self.notices: list[Notice] = []
        self.asked = 0
        self.stop_after: int | None = None
        self.at_question: Callable[[], None] = lambda: None

    def should_stop(self) -> bool:
        self.at_question()
        self.asked += 1
        return self.stop_after is not None and self.asked > self.stop_after

    def on_rows(self, rows: Sequence[MetricsRow]) -> None:
        self.rows.extend(rows)

    def on_samples(self, images_seen: int, pictures: Pictures) -> None:
        assert not pictures.flags.writeable
        self.samples.append((images_seen, pictures))

    def on_saved(self, kind: SavedKind, clock: int) -> None:
        self.saved.append((kind, clock))

    def on_notice(self, notice: Notice) -> None:
        assert notice.sentence
        self.notices.append(notice)

    @property
    def codes(self) -> list[str]:
        return [notice.code for notice in self.notices]


@pytest.fixture
def host() -> RecordingHost:
    return RecordingHost()


@pytest.fixture
def new_host() -> Callable[[], RecordingHost]:
    return RecordingHost


MakeRun = Callable[..., RunFolder]
OpenRun = Callable[..., TrainingSession]


@pytest.fixture
def make_run(tmp_path: Path, recipe: Recipe) -> MakeRun:
    def make(recipe: Recipe = recipe, seed: int = 11) -> RunFolder:
        info = RunInfo(
            name="Run 1", created="2026-01-01T00:00:00+00:00", seed=seed, row_images=3 * BATCH
        )
        return RunFolder.create(tmp_path / "runs", recipe, info, [f"{i:x}" for i in range(30)])

    return make


@pytest.fixture
def open_run(images: Pictures, choice: DeviceChoice) -> OpenRun:
    def open_(run: RunFolder, **options: object) -> TrainingSession:
        values = {"choice": choice} | options
        return TrainingSession.open(run, images, **values)  # type: ignore[arg-type]

    return open_
