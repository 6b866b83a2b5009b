"""Memory that is used up: smaller bites, the same step, the same run, and a sentence about it."""

from __future__ import annotations

from typing import Any

import pytest
import torch

from ganstudio.gan.device import is_out_of_memory
from ganstudio.gan.session import TrainingSession
from ganstudio.gan.trainer import Trainer
from ganstudio.project.errors import UserError
from ganstudio.project.recipe import Recipe


@pytest.fixture
def mlp(recipe: Recipe) -> Recipe:
    """A network without batch norm."""
    return recipe.with_values({"network.name": "mlp"})


ERRORS = [
    torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 20.00 GiB"),
    RuntimeError("MPS backend out of memory (MPS allocated: 17.00 GB)"),
    RuntimeError("[enforce fail] DefaultCPUAllocator: can't allocate memory: you tried 8 GB"),
    MemoryError(),
]


def _holds(session: TrainingSession, most: int, error: BaseException) -> None:
    """From here on the memory holds so many pictures of each kind, and no more."""
    network = session._trainer.generator

    def check(_module: object, given: tuple[Any, ...]) -> None:
        if len(given[0]) > most:
            raise error

    network.register_forward_pre_hook(check)


@pytest.mark.parametrize("error", ERRORS)
def test_it_goes_on_from_the_same_step_with_smaller_bites(
    make_run, open_run, new_host, mlp: Recipe, error: BaseException
) -> None:
    run = make_run(mlp)
    session = open_run(run)
    session.run(new_host(), 12)
    _holds(session, 2, error)
    host = new_host()
    session.run(host, 24)
    assert session.clock == 24
    assert session._trainer.micro_batch == 2
    assert host.codes == ["notice-out-of-memory"]
    assert "2 pictures at a time" in host.notices[0].sentence
    assert [row["images"] for row in run.metrics()] == [12, 24]


def test_the_size_of_a_bite_outlives_a_restart(make_run, open_run, new_host, mlp: Recipe) -> None:
    run = make_run(mlp)
    session = open_run(run)
    _holds(session, 1, ERRORS[0])
    session.run(new_host(), 8)
    assert open_run(run)._trainer.micro_batch == 1


def test_a_network_with_batch_norm_says_that_it_learns_otherwise(
    make_run, open_run, new_host
) -> None:
    session = open_run(make_run())
    _holds(session, 2, ERRORS[0])
    host = new_host()
    session.run(host, 8)
    assert "batch norm" in host.notices[0].sentence


def test_when_nothing_is_left_to_halve_it_ends_with_a_sentence(
    make_run, open_run, new_host
) -> None:
    run = make_run()
    session = open_run(run)
    session.run(new_host(), 8)
    _holds(session, 1, ERRORS[0])
    with pytest.raises(UserError) as caught:
        session.run(new_host(), 100)
    assert caught.value.code == "training-out-of-memory"
    assert run.checkpoints()[-1] == 8
    assert session.save() == 8


def test_other_errors_are_not_taken_for_a_full_memory(
    make_run, open_run, new_host, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not is_out_of_memory(RuntimeError("mat1 and mat2 shapes cannot be multiplied"))
    session = open_run(make_run())

    def broken(*_given: object) -> None:
        raise RuntimeError("mat1 and mat2 shapes cannot be multiplied")

    monkeypatch.setattr(Trainer, "_play", broken)
    with pytest.raises(RuntimeError):
        session.run(new_host(), 8)
