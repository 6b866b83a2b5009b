"""A device that breaks off amid a step: a sentence, what can be saved is saved, and it goes on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import torch

from ganstudio.gan.checkpoint import read_checkpoint
from ganstudio.gan.device import is_device_lost, is_out_of_memory
from ganstudio.gan.session import TrainingSession
from ganstudio.gan.trainer import Trainer
from ganstudio.project.errors import UserError

ERRORS = [
    RuntimeError("CUDA error: unspecified launch failure"),
    RuntimeError("cuDNN error: CUDNN_STATUS_EXECUTION_FAILED"),
    RuntimeError("MPS: Error: command buffer exited with error status."),
    torch.AcceleratorError("an illegal memory access was encountered", 700),
]


@pytest.mark.parametrize("error", ERRORS)
def test_a_lost_device_is_known_by_what_torch_says(error: RuntimeError) -> None:
    assert is_device_lost(error)
    assert not is_out_of_memory(error)


@pytest.mark.parametrize(
    "error",
    [
        torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 20.00 GiB"),
        RuntimeError("CUDA error: out of memory"),
        RuntimeError("CUDA error: device-side assert triggered"),
        RuntimeError("CUDA error: no kernel image is available for execution on the device"),
        RuntimeError("mat1 and mat2 shapes cannot be multiplied"),
        KeyError("CUDA error"),
    ],
)
def test_neither_memory_nor_a_bug_is_taken_for_a_lost_device(error: Exception) -> None:
    assert not is_device_lost(error)


def _breaks(session: TrainingSession, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next step breaks after the discriminator has moved."""

    def broken(*_given: object) -> None:
        raise ERRORS[0]

    monkeypatch.setattr(session._trainer._game, "second_half", broken)


@pytest.fixture
def ended(make_run, open_run, host, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Break at a clock: (run, session, error)."""

    def end(saved_before: int, clock: int) -> Any:
        run = make_run()
        session = open_run(run)
        session.run(host, saved_before)
        host.at_question = lambda: _breaks(session, monkeypatch) if session.clock == clock else None
        with pytest.raises(UserError) as caught:
            session.run(host, 100)
        return run, session, caught.value

    return end


def test_what_the_device_still_gives_away_is_saved_as_it_was_before_the_step(
    ended, make_run, open_run, new_host
) -> None:
    run, session, error = ended(8, 20)
    assert error.code == "training-device-lost"
    assert error.values["saved"] == error.values["clock"] == "20"
    assert run.checkpoints()[-1] == 20
    session.close()
    open_run(run).run(new_host(), 60)
    whole = make_run()
    open_run(whole).run(new_host(), 60)
    states = [read_checkpoint(r.checkpoint_folder(60)).state.tensors for r in (run, whole)]
    assert all(states[0][name].equal(states[1][name]) for name in states[0])


def test_a_device_out_of_reach_leaves_the_last_checkpoint(
    ended, open_run, new_host, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreachable(_self: object) -> None:
        raise ERRORS[0]

    monkeypatch.setattr(Trainer, "_take_back", unreachable)
    run, session, error = ended(8, 20)
    assert error.values["saved"] == "8"
    assert session.save() == run.checkpoints()[-1] == 8
    assert open_run(run).clock == 8


def test_garbage_from_a_lost_device_is_not_saved(ended, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Trainer._take_back

    def garbage(trainer: Trainer) -> None:
        real(trainer)
        with torch.no_grad():
            next(trainer.generator.parameters()).fill_(float("nan"))

    monkeypatch.setattr(Trainer, "_take_back", garbage)
    run, _session, error = ended(8, 20)
    assert error.code == "training-device-lost"
    assert run.checkpoints()[-1] == 8
