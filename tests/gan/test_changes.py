"""Changes between two steps: what they do, and that going on and going back know of them."""

from __future__ import annotations

import math

import pytest
import torch

from ganstudio.gan.checkpoint import read_checkpoint
from ganstudio.project.errors import UserError

VALUES = {"optimizer.lr": 5e-4, "augment.policy": "cutout", "augment.p": 1.0, "game.gamma": 9.0}


def _state(run, clock):
    return read_checkpoint(run.checkpoint_folder(clock)).state


def _differ(one, other, clock) -> bool:
    a, b = _state(one, clock).tensors, _state(other, clock).tensors
    return any(not torch.equal(a[name], b[name]) for name in a if name.startswith("generator"))


@pytest.mark.parametrize("values", [{key: value} for key, value in VALUES.items()])
def test_each_change_changes_what_is_learned(make_run, open_run, new_host, values):
    straight, changed = make_run(), make_run()
    one, other = open_run(straight), open_run(changed)
    one.run(new_host(), 60)
    other.run(new_host(), 60)
    assert not _differ(straight, changed, 60)
    other.change(values)
    one.run(new_host(), 120)
    other.run(new_host(), 120)
    assert _differ(straight, changed, 120)


def test_going_on_later_comes_to_the_same_bits(make_run, open_run, new_host):
    """Whether or not the program was left between a change and the steps after it."""
    straight, broken = make_run(), make_run()
    session = open_run(straight)
    for until, values in ((40, {"optimizer.lr": 1e-3}), (60, VALUES), (100, {})):
        session.run(new_host(), until)
        session.change(values)
    for until, values in ((40, {"optimizer.lr": 1e-3}), (60, VALUES), (72, {}), (100, {})):
        session = open_run(broken)
        session.run(new_host(), until)
        session.change(values)
        session.close()
    assert straight.recipe_now() == broken.recipe_now() != straight.recipe()
    assert not _differ(straight, broken, 100)
    assert [e["images"] for e in broken.events()] == [40, 60]


def test_rows_say_what_holds(make_run, open_run, new_host):
    run = make_run()
    session = open_run(run)
    session.run(new_host(), 60)
    session.change({"optimizer.lr": 1e-4, "optimizer.lr_end": 1e-4, "augment.p": 0.0})
    session.run(new_host(), 120)
    before, after = run.metrics()[0], run.metrics()[-1]
    assert before["learning_rate"] == pytest.approx(2e-3, rel=0.01)
    assert math.isclose(after["learning_rate"], 1e-4)
    assert after["augment_p"] == 0.0


def test_what_is_refused_changes_nothing(make_run, open_run, new_host):
    run = make_run()
    session = open_run(run)
    session.run(new_host(), 20)
    for values in ({"optimizer.lr": -1}, {"network.width": 8}):
        with pytest.raises(UserError):
            session.change(values)
    assert run.events() == []
    assert session.recipe == run.recipe()


def test_going_back_takes_a_later_change_away(make_run, open_run, new_host):
    """A change that ruins everything is gone with it; one before the checkpoint stays."""
    run = make_run()
    session = open_run(run)
    session.run(new_host(), 20)
    session.change({"augment.p": 0.25})
    session.run(new_host(), 40)
    session.change({"augment.p": 0.5})
    run.add_event("change", 60, values={"augment.p": 1.0})
    reopened = open_run(run)
    assert reopened.recipe.augment.p == 0.5
    run.rewind(20)
    assert open_run(run).recipe.augment.p == 0.25
