"""How a run is watched may change while it learns: which places are drawn, how many are kept."""

from __future__ import annotations

import json

import pytest
import torch

from ganstudio.gan.checkpoint import read_checkpoint
from ganstudio.gan.modelfile import load_generator
from ganstudio.gan.sampling import pictures_of, seed_vectors
from ganstudio.gan.snapshot import snapshot_model_path
from ganstudio.project.recipe import Recipe
from ganstudio.project.runs import RunFolder
from ganstudio.project.schedule import next_snapshot, snapshot_clocks
from ganstudio.studio.run_history import read_samples

OTHERS = {"watch.first_seed": 64, "watch.snapshots": "double"}
FEWER = {"watch.snapshots": "half"}


def _tensors(run: RunFolder, clock: int) -> dict[str, torch.Tensor]:
    return dict(read_checkpoint(run.checkpoint_folder(clock)).state.tensors)


def _first_seed(run: RunFolder, clock: int) -> int:
    told = json.loads((run.snapshot_folder(clock) / "snapshot.json").read_text())
    assert told["seeds"] == list(range(told["seeds"][0], told["seeds"][0] + 64))
    return int(told["seeds"][0])


@pytest.fixture
def short(recipe: Recipe) -> Recipe:
    """Moments of 24 lie at most 40 pictures apart, so that a few steps meet several."""
    return recipe.with_values({"horizon": 480})


@pytest.mark.slow
def test_a_restart_after_a_change_comes_to_the_same_moments_and_bits(
    make_run, open_run, new_host, short
):
    straight, broken = make_run(short), make_run(short)
    session = open_run(straight)
    for until, values in ((100, OTHERS), (200, FEWER), (300, {})):
        session.run(new_host(), until)
        session.change(values)
    for until, values in ((100, OTHERS), (132, {}), (200, FEWER), (248, {}), (300, {})):
        session = open_run(broken)
        session.run(new_host(), until)
        session.change(values)
        session.close()
    assert straight.snapshots() == broken.snapshots()
    for clock in straight.snapshots():
        assert _first_seed(straight, clock) == _first_seed(broken, clock) == 64 * (clock > 100)
        assert (read_samples(straight, clock) == read_samples(broken, clock)).all()
    one, other = _tensors(straight, 300), _tensors(broken, 300)
    assert all(torch.equal(one[name], other[name]) for name in one)


def test_watching_otherwise_changes_nothing_that_is_learned(make_run, open_run, new_host, short):
    plain, watched = make_run(short), make_run(short)
    open_run(plain).run(new_host(), 120)
    session = open_run(watched)
    session.run(new_host(), 60)
    session.change(OTHERS)
    session.run(new_host(), 120)
    one, other = _tensors(plain, 120), _tensors(watched, 120)
    assert all(torch.equal(one[name], other[name]) for name in one)


def test_the_rhythm_is_that_of_the_clock(make_run, open_run, new_host, short):
    """Each stretch has the moments of its own rhythm; one that was due at a change stays."""
    due = next_snapshot(99, 480, 4, "double")
    assert due not in snapshot_clocks(480, 4, "half")
    run = make_run(short.with_values({"watch.snapshots": "double"}))
    session = open_run(run)
    session.run(new_host(), due)
    session.change(FEWER)
    session.run(new_host(), 480)
    before = [clock for clock in snapshot_clocks(480, 4, "double") if clock <= due]
    after = [clock for clock in snapshot_clocks(480, 4, "half") if clock > due]
    assert run.snapshots() == [*before, *after]


def test_the_places_are_seeds_from_the_first_one_on_and_are_shown_at_once(
    make_run, open_run, new_host, short
):
    run, host = make_run(short), new_host()
    session = open_run(run)
    session.run(host, 20)
    session.change(OTHERS)
    session.tell_samples(host)
    clock, pictures = host.samples[-1]
    assert clock == host.samples[-2][0] == 20
    assert (pictures != host.samples[-2][1]).any()
    network = load_generator(snapshot_model_path(run, 20)).network
    assert (pictures == pictures_of(network, seed_vectors(range(64, 128), 8))).all()
