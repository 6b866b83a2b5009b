"""Following a run that somebody else trains: the weights of its newest snapshot, once each."""

from __future__ import annotations

import pytest
import torch

from ganstudio.gan import followed
from ganstudio.gan.followed import FollowedModel
from ganstudio.gan.modelfile import save_generator
from ganstudio.gan.networks import build_generator
from ganstudio.gan.snapshot import snapshot_model_path
from ganstudio.project.recipe import Recipe
from ganstudio.project.runs import RunFolder
from tests.gan.conftest import MakeRun


@pytest.fixture(autouse=True)
def _always_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(followed, "_EVERY_S", 0.0)


def _snapshot(run: RunFolder, recipe: Recipe, clock: int) -> dict[str, torch.Tensor]:
    """Leave a generator that nobody trained."""
    network = build_generator(recipe.network, torch.Generator().manual_seed(clock))
    run.snapshot_folder(clock).mkdir()
    save_generator(snapshot_model_path(run, clock), network, recipe, clock)
    (run.snapshot_folder(clock) / "snapshot.json").write_text("{}")
    return network.state_dict()


def test_each_new_snapshot_comes_once_and_the_newest_only(
    make_run: MakeRun, recipe: Recipe
) -> None:
    run = make_run()
    model = FollowedModel(run)
    assert model.take() is None
    _snapshot(run, recipe, 40)
    written = _snapshot(run, recipe, 80)
    weights = model.take()
    assert weights is not None
    assert weights.clock == 80
    assert weights.tensors.keys() == written.keys()
    assert all(torch.equal(weights.tensors[name], value) for name, value in written.items())
    assert model.take() is None


def test_a_snapshot_that_cannot_be_read_yet_comes_later(make_run: MakeRun, recipe: Recipe) -> None:
    run = make_run()
    model = FollowedModel(run)
    _snapshot(run, recipe, 40)
    path = snapshot_model_path(run, 40)
    whole = path.read_bytes()
    path.write_bytes(whole[:-8])
    assert model.take() is None
    path.unlink()
    assert model.take() is None
    path.write_bytes(whole)
    weights = model.take()
    assert weights is not None
    assert weights.clock == 40


def test_another_networks_weights_are_not_taken(make_run: MakeRun, recipe: Recipe) -> None:
    run = make_run()
    _snapshot(run, recipe.with_values({"network.width": 8}), 40)
    assert FollowedModel(run).take() is None


def test_it_looks_at_the_disk_about_once_a_second(
    make_run: MakeRun, recipe: Recipe, monkeypatch: pytest.MonkeyPatch
) -> None:
    run, now = make_run(), [100.0]
    monkeypatch.setattr(followed, "_EVERY_S", 1.0)
    monkeypatch.setattr(followed.time, "monotonic", lambda: now[0])
    model = FollowedModel(run)
    assert model.take() is None
    _snapshot(run, recipe, 40)
    assert model.take() is None
    now[0] += 1.1
    assert model.take() is not None
