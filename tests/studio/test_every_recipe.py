"""Every recipe learns, resumes to the last bit, exports and is explored on any kind of pictures.

At gan's level with tiny widths: sizes, proportions, colours and kinds are what is varied. The
default tests take every property; the marker `slow` takes every recipe with every two together.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from ganstudio.gan.checkpoint import read_checkpoint
from ganstudio.gan.device import DeviceChoice
from ganstudio.gan.session import TrainingSession
from ganstudio.project.kept import keep
from ganstudio.project.kinds import kind_of_seed
from ganstudio.project.messages import Notice, Pictures
from ganstudio.project.point import LatentPoint
from ganstudio.project.presets import PRESETS, recipe_for
from ganstudio.project.recipe import Recipe
from ganstudio.project.runs import RunFolder, RunInfo
from ganstudio.studio import engine
from ganstudio.studio.run_history import read_samples

BATCH, PICTURES = 4, 10
KINDS = ("cats", "dogs")

Case = tuple[str, int, int, str, int]

#: Size, channels, proportions and kinds: every two of them together in every way.
PAIRS = (
    (32, 1, "1:1", 0),
    (32, 3, "3:2", 2),
    (32, 4, "1:1", 2),
    (64, 1, "3:2", 2),
    (64, 3, "1:1", 0),
    (64, 4, "3:2", 0),
)
#: Every property, with the quickest recipes.
FEW: list[Case] = [
    ("sketch", 32, 1, "1:1", 0),
    ("dcgan-2015", 32, 4, "3:2", 0),
    ("style", 32, 3, "3:2", 2),
    ("modern", 64, 1, "1:1", 2),
]


class Host:
    def should_stop(self) -> bool:
        return False

    def on_rows(self, rows: object) -> None: ...
    def on_samples(self, images_seen: int, pictures: Pictures) -> None: ...
    def on_saved(self, kind: str, clock: int) -> None: ...
    def on_notice(self, notice: Notice) -> None: ...


@pytest.fixture(autouse=True)
def _one_thread() -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def tiny(name: str, size: int, channels: int, aspect: str, kinds: int) -> Recipe:
    recipe = recipe_for(
        name, size=size, pictures=PICTURES, channels=channels, aspect=aspect, classes=kinds
    )
    small = {"network.width": 8, "network.d_width": 8, "network.z_dim": 8}
    return recipe.with_values(small | {"batch_size": BATCH, "horizon": 2 * BATCH})


def pictures_like(recipe: Recipe) -> Pictures:
    channels, height, width = recipe.network.shape
    random = np.random.default_rng(3)
    pictures = random.integers(0, 256, (PICTURES, height, width, channels), dtype=np.uint8)
    if channels == 4:
        pictures[..., :3] = np.minimum(pictures[..., :3], pictures[..., 3:])
    return pictures


def learn(folder: Path, recipe: Recipe, *stops: int) -> RunFolder:
    """Train to each of the stops, with a restart between them."""
    hashes = [f"{n:032x}" for n in range(PICTURES)]
    kinds = {content: n % len(KINDS) for n, content in enumerate(hashes)}
    with_kinds = bool(recipe.network.classes)
    info = RunInfo(name="r", created="", seed=4, kinds=KINDS if with_kinds else ())
    run = RunFolder.create(folder, recipe, info, hashes, kinds if with_kinds else None)
    for stop in stops:
        session = TrainingSession.open(
            run,
            pictures_like(recipe),
            choice=DeviceChoice("cpu", 1, "a test"),
            labels=run.kinds_of(hashes),
        )
        session.run(Host(), stop)
        session.close()
    return run


def prove(folder: Path, case: Case) -> None:
    recipe = tiny(*case)
    straight = learn(folder / "straight", recipe, 2 * BATCH)
    broken = learn(folder / "broken", recipe, BATCH, 2 * BATCH)
    one, other = (
        read_checkpoint(run.checkpoint_folder(2 * BATCH)).state for run in (straight, broken)
    )
    for name, tensor in one.tensors.items():
        same = torch.allclose(tensor, other.tensors[name], rtol=0, atol=0, equal_nan=True)
        assert same, f"{case}: {name} after a restart"
    assert not one.skipped

    sheet = read_samples(broken, 2 * BATCH)
    channels, height, width = recipe.network.shape
    assert sheet.shape == (64, height, width, channels)
    saved = folder / "model.safetensors"
    engine.export_model(broken.snapshot_folder(2 * BATCH) / "generator.safetensors", saved)
    model = engine.open_model(saved)
    assert model.kinds == broken.info().kinds
    for _ in model.finding():
        pass
    assert model.directions
    kinds = len(model.kinds)
    here = [LatentPoint(seed_x=seed, kind=kind_of_seed(seed, kinds)) for seed in range(3)]
    drawn = model.render(here)
    if channels != 4:  # what stands in the file was divided by alpha, and is rounded
        assert np.abs(drawn.astype(int) - sheet[:3]).max() <= 1
    moved = model.render([here[0].with_amount(model.directions[0].key, 2.0)])
    assert drawn.shape == (3, height, width, channels)
    assert moved.shape == (1, height, width, channels)
    still = folder / "still.png"
    place = keep(here[0], model.directions, model.fingerprint, model.images)
    engine.save_still(drawn[0], still, place, 2, "nearest")
    with Image.open(still) as image:
        assert image.size == (2 * width, 2 * height)
        assert image.mode == {1: "L", 3: "RGB", 4: "RGBA"}[channels]


@pytest.mark.parametrize("case", FEW, ids=str)
def test_a_recipe_goes_the_whole_way(tmp_path: Path, case: Case) -> None:
    prove(tmp_path, case)


@pytest.mark.slow
@pytest.mark.parametrize("preset", PRESETS)
def test_every_recipe_goes_the_whole_way_with_all_pictures(tmp_path: Path, preset: str) -> None:
    for number, properties in enumerate(PAIRS):
        prove(tmp_path / str(number), (preset, *properties))
