"""Beginning with what another run learned: its weights, and nothing that differs."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from ganstudio.gan.checkpoint import read_checkpoint
from ganstudio.gan.frozen import frozen_weights
from ganstudio.gan.modelfile import load_tensors
from ganstudio.gan.parent import begin_from, parent_network
from ganstudio.gan.snapshot import inspector_beside, snapshot_model_path
from ganstudio.gan.trainer import Trainer
from ganstudio.project.errors import UserError
from ganstudio.project.recipe import Recipe


@pytest.fixture
def parent(make_run, open_run, new_host) -> Path:
    """A run's snapshot after 24 pictures; its networks are narrower than what is wanted."""
    run = make_run()
    open_run(run).run(new_host(), 24)
    return snapshot_model_path(run, run.snapshots()[-1])


def test_both_networks_and_the_average_begin_where_the_parent_was(
    parent: Path, make_run, open_run, new_host, choice
) -> None:
    run = make_run(seed=12)
    begin_from(run, parent, choice)
    state = read_checkpoint(run.checkpoint_folder(0)).state
    _, generator = load_tensors(parent, "generator")
    _, discriminator = load_tensors(inspector_beside(parent), "discriminator")
    for name, value in generator.items():
        assert torch.equal(state.tensors[f"generator.{name}"], value)
        assert torch.equal(state.tensors[f"average.{name}"], value)
    for name, value in discriminator.items():
        assert torch.equal(state.tensors[f"discriminator.{name}"], value)
    assert float(state.tensors["adam_g.square"].sum()) == 0
    assert state.clock == 0
    session = open_run(run)
    assert session.clock == 0
    session.run(new_host(), 24)
    assert session.clock == 24


def test_it_takes_over_the_parents_widths(parent: Path, recipe: Recipe) -> None:
    wanted = recipe.with_values({"network.width": 16, "network.d_width": 8})
    assert parent_network(parent, wanted) == recipe.network


@pytest.mark.parametrize(
    ("field", "value", "word"),
    [
        ("size", 32, "32 pixels"),
        ("channels", 1, "1 channels"),
        ("name", "dcgan", "dcgan"),
        ("aspect", "3:2", "3:2"),
        ("classes", 2, "2 kinds"),
    ],
)
def test_what_differs_is_refused_with_the_reason(
    parent: Path, recipe: Recipe, field: str, value: object, word: str
) -> None:
    with pytest.raises(UserError) as caught:
        parent_network(parent, recipe.with_values({f"network.{field}": value}))
    assert caught.value.code == "start-other-networks"
    assert word in caught.value.sentence


def test_a_generator_alone_is_refused(parent: Path, recipe: Recipe, tmp_path: Path) -> None:
    alone = tmp_path / "alone.safetensors"
    alone.write_bytes(parent.read_bytes())
    with pytest.raises(UserError) as caught:
        parent_network(alone, recipe)
    assert caught.value.code == "start-no-inspector"


def test_a_strangers_inspector_is_read_with_suspicion(parent: Path, make_run, choice) -> None:
    inspector_beside(parent).write_bytes(parent.read_bytes())
    with pytest.raises(UserError) as caught:
        begin_from(make_run(seed=12), parent, choice)
    assert caught.value.code == "model-unknown"


def test_frozen_layers_stay_and_the_others_learn(recipe: Recipe, choice, images) -> None:
    from ganstudio.gan.data import Batches

    frozen = ("discriminator.trunk.0", "generator.first")
    trainer = Trainer(recipe.with_values({"optimizer.frozen": "+".join(frozen)}), 1, choice)
    batches = Batches(images, seed=1)
    before = {name: value.clone() for name, value in trainer.state().tensors.items()}
    for _ in range(4):
        trainer.step(batches.at(trainer.clock, 4))
    after = trainer.state().tensors
    for kind, network in (
        ("generator", trainer.generator),
        ("discriminator", trainer.discriminator),
    ):
        for name, _ in network.named_parameters():
            full = f"{kind}.{name}"
            still = full.startswith(("discriminator.trunk.0.", "generator.first."))
            assert torch.equal(before[full], after[full]) is still, full


def test_a_layer_that_is_not_there_is_named(recipe: Recipe, choice) -> None:
    trainer = Trainer(recipe, 1, choice)
    for wrong in ("generator.firs", "trunk", ""):
        with pytest.raises(UserError) as caught:
            frozen_weights(trainer.generator, trainer.discriminator, [wrong])
        assert "discriminator.trunk" in caught.value.hint + caught.value.sentence
