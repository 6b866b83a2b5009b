"""Exploring a run that trains: newer weights come calmly, and none are ever lost."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
import torch

from ganstudio.gan.live import LiveModel
from ganstudio.gan.networks import build_generator
from ganstudio.project.point import LatentPoint
from ganstudio.project.presets import recipe_for
from ganstudio.project.recipe import NetworkRecipe
from ganstudio.studio import explorer as explorer_module
from ganstudio.studio.channels import Batch
from ganstudio.studio.engine.models import LoadedModel
from ganstudio.studio.explorer import ExplorerService

NETWORK = NetworkRecipe(name="sketch", size=32, width=4, d_width=4, z_dim=8)


class Training:
    """Lays out other weights whenever it is told to."""

    def __init__(self) -> None:
        recipe = recipe_for(size=32, pictures=100).model_copy(update={"network": NETWORK})
        self.live = LiveModel(recipe)
        self.wants = 0
        self.clock = 0
        want = self.live.want

        def counted() -> None:
            self.wants += 1
            want()

        self.live.want = counted  # type: ignore[method-assign]
        self.step()

    def step(self) -> None:
        self.clock += 8
        seed = torch.Generator().manual_seed(self.clock)
        self.live.publish(self.clock, build_generator(NETWORK, seed).eval())


@pytest.fixture
def training() -> Training:
    return Training()


@pytest.fixture
def explorer() -> Iterator[ExplorerService]:
    service = ExplorerService(Batch())
    service.find_again = lambda: None  # type: ignore[method-assign]
    yield service
    service.close()


def opened(training: Training) -> LoadedModel:
    model = LoadedModel(None, training.live)
    assert model.refresh()
    return model


def test_opened_again_it_draws_with_the_weights_there_are_and_not_with_noise(training: Training):
    first, again = opened(training), opened(training)
    assert (first.images, again.images) == (8, 8)
    here = [LatentPoint(seed_x=3)]
    assert np.array_equal(first.render(here), again.render(here))
    assert not again.refresh()


def test_directions_are_all_of_the_weights_with_which_the_search_began(training: Training):
    still, moving = opened(training), opened(training)
    for _ in still.finding():
        pass
    for slice_, _ in enumerate(moving.finding()):
        if slice_ == 1:
            training.step()
            assert moving.refresh()
    assert moving.images == 16
    assert len(moving.directions) == len(still.directions)
    for one, other in zip(moving.directions, still.directions, strict=True):
        assert one.step == pytest.approx(other.step, abs=1e-3)
        assert one.effect == pytest.approx(other.effect, abs=1e-3)
    assert {one.images for one in moving.directions} == {8}


def test_a_hand_that_drags_does_not_ask_for_weights_before_each_picture(
    training: Training, explorer: ExplorerService, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(explorer_module, "_LIVE_INTERVAL_S", 60.0)
    explorer.open_live(training.live, "run")
    for x in range(20):
        training.step()
        explorer.draw([LatentPoint(seed_x=x)]).result(10)
    assert training.wants == 1
    assert explorer.images <= 16  # of the moment when it was opened
