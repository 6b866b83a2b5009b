"""Branches: the parent's past, and a way of their own from there."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
import torch

from ganstudio.gan.checkpoint import read_checkpoint
from ganstudio.project.branching import BranchRequest, branch, branch_point
from ganstudio.project.errors import UserError


@pytest.fixture
def parent(make_run, open_run, new_host):
    """To 40, changed, and to 120; a checkpoint at each."""
    run = make_run()
    session = open_run(run)
    session.run(new_host(), 40)
    session.change({"augment.p": 0.5})
    run.add_event("note", 40, text="shapes")
    session.run(new_host(), 120)
    assert run.checkpoints()[-2:] == [40, 120]
    return run


def _digests(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.blake2b(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def _weights(run, clock):
    tensors = read_checkpoint(run.checkpoint_folder(clock)).state.tensors
    return torch.cat([tensors[name].flatten().float() for name in sorted(tensors)])


def _branched(parent, images=100, values=None, **more):
    request = BranchRequest(parent.path, images, values or {})
    return branch(parent.path.parent, request, name="Run 2", **more)


def test_with_the_same_seed_it_comes_to_the_parents_bits_and_with_another_it_does_not(
    parent, open_run, new_host
):
    same, other = _branched(parent, seed=parent.info().seed), _branched(parent)
    for run in (same, other):
        session = open_run(run)
        assert session.clock == 40
        session.run(new_host(), 120)
    assert torch.equal(_weights(same, 120), _weights(parent, 120))
    assert not torch.equal(_weights(other, 120), _weights(parent, 120))
    assert other.info().seed != parent.info().seed


def test_the_past_comes_along_and_nothing_after_it(parent):
    made = _branched(parent)
    assert made.info().parent.run == parent.id
    assert made.info().parent.images == 40
    assert made.checkpoints() == [40]
    assert made.snapshots() == [clock for clock in parent.snapshots() if clock <= 40]
    assert made.metrics() == [row for row in parent.metrics() if row["images"] <= 40]
    assert [event["event"] for event in made.events()] == ["note"]
    assert made.recipe() == made.recipe_now() == parent.recipe_now()
    assert made.training_hashes() == parent.training_hashes()


@pytest.mark.parametrize("links", [True, False], ids=["links", "no links"])
def test_the_parent_stays_as_it_is_whatever_the_branch_does(
    parent, open_run, new_host, monkeypatch, links
):
    if not links:
        monkeypatch.setattr(os, "link", _refuse)
    before = _digests(parent.path)
    made = _branched(parent, values={"optimizer.lr": 5e-4, "game.loss": "hinge"})
    open_run(made).run(new_host(), 200)
    made.rewind(0)
    assert _digests(parent.path) == before
    assert made.recipe().game.loss == "hinge"


def _refuse(*_args):
    raise OSError("no links here")


def test_it_begins_at_the_nearest_checkpoint_before(parent):
    assert [branch_point(parent, clock) for clock in (39, 40, 119, 120, 999)][1:] == [
        40,
        40,
        120,
        120,
    ]


@pytest.mark.parametrize(
    ("moment", "values", "code"),
    [
        (-1, {}, "nothing-to-branch-from"),
        (100, {"network.width": 8}, "branch-fixed"),
        (100, {"batch_size": 8}, "branch-fixed"),
        (100, {"optimizer.lr": -1}, "bad-setting"),
        (100, {"no.such": 1}, "no-such-setting"),
    ],
)
def test_what_cannot_be_leaves_no_run_behind(parent, moment, values, code):
    runs = list(parent.path.parent.iterdir())
    with pytest.raises(UserError) as caught:
        _branched(parent, moment, values)
    assert caught.value.code == code
    assert list(parent.path.parent.iterdir()) == runs
