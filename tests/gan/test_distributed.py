"""Several processes are one training: same numbers, same weights, one end."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import load_file

from ganstudio.gan.data import Batches
from ganstudio.gan.device import DeviceChoice
from ganstudio.gan.distributed import Team
from ganstudio.gan.opening import check_processes, opened
from ganstudio.gan.together import Leader
from ganstudio.gan.trainer import Trainer
from ganstudio.project.errors import UserError
from ganstudio.project.messages import Pictures
from ganstudio.project.recipe import Recipe

Tensors = dict[str, torch.Tensor]

_PROGRAM = Path(__file__).with_name("together_rounds.py")
GAMES = [
    "batch norm in the generator",
    "batch norm in both",
    "no batch norm",
    "pairs",
    "classes",
    "spectral norm",
    "styles and noise",
    "a lesson",
    "steered by signs",
    "steered by held-out pictures",
]
_RUNS = [
    "straight 0",
    "stopped 1",
    "changed 2",
    "tuned 1",
    "rollback 1",
    "narrow 0",
    "lost 0",
]


@dataclass(frozen=True)
class Left:
    """What two processes left."""

    folder: Path
    found: tuple[dict[str, Any], dict[str, Any]]

    def tensors(self, name: str) -> Tensors:
        return load_file(self.folder / f"{name}.safetensors")


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two processes have played all stories, and two others that of the deserted one."""
    if not hasattr(os, "fork"):
        pytest.skip("the helper forks")
    folder = tmp_path_factory.mktemp("together")
    environment = os.environ | {"OMP_NUM_THREADS": "1", "GANSTUDIO_HOME": str(folder / "home")}
    words = [sys.executable, str(_PROGRAM), str(folder), "norm,games,runs", "deserted"]
    with subprocess.Popen(words, env=environment, start_new_session=True) as program:
        try:
            assert program.wait(100) == 0
        except BaseException:
            os.killpg(program.pid, signal.SIGKILL)
            raise
    return folder


@pytest.fixture(scope="module")
def left(played: Path) -> Left:
    found = [json.loads((played / "0" / f"found {rank}.json").read_text()) for rank in (0, 1)]
    return Left(played / "0", (found[0], found[1]))


def _assert_same(one: Tensors, other: Tensors) -> None:
    """To the last bit; what is no number is no number in both."""
    assert one.keys() == other.keys()
    for name, value in one.items():
        assert torch.equal(value.nan_to_num(9e9), other[name].nan_to_num(9e9)), name


def _assert_close(one: Tensors, other: Tensors, *, atol: float) -> None:
    assert one.keys() == other.keys()
    for name, value in one.items():
        torch.testing.assert_close(
            value, other[name], rtol=1e-3, atol=atol, equal_nan=True, msg=f"{name}: {{}}".format
        )


def _only(tensors: Tensors, *prefixes: str, but: str = "-") -> Tensors:
    return {
        name: value
        for name, value in tensors.items()
        if name.startswith(prefixes) and not name.startswith(but)
    }


# -- steps -----------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("game", GAMES)
@pytest.mark.parametrize("step", ["first", "last"])
def test_all_processes_hold_the_very_same(left: Left, game: str, step: str) -> None:
    one, other = (left.tensors(f"{game} {step} together {rank}") for rank in (0, 1))
    _assert_same(one, other)
    names = [f"{game} {step} together {rank}" for rank in (0, 1)]
    assert left.found[0][names[0]] == left.found[1][names[1]]
    gauges = [left.found[rank][f"{game} gauges together {rank}"] for rank in (0, 1)]
    assert gauges[0] == gauges[1]


@pytest.mark.slow
@pytest.mark.parametrize("game", GAMES)
def test_the_first_step_finds_what_one_process_finds(left: Left, game: str) -> None:
    """Gradients (Adam's first mean is one), losses, logits, penalty and statistics."""
    alone, together = (left.tensors(f"{game} first {who}") for who in ("alone", "together 0"))
    for name in _only(alone, "adam", "row"):
        size = float(alone[name].nan_to_num(0).abs().max())
        torch.testing.assert_close(
            together[name], alone[name], rtol=1e-4, atol=1e-5 * size, equal_nan=True
        )


@pytest.mark.slow
@pytest.mark.parametrize("game", GAMES)
def test_after_some_steps_the_weights_are_those_of_one_process(left: Left, game: str) -> None:
    """They have moved by about 6e-5 each."""
    first, last, together = (
        left.tensors(f"{game} {name}") for name in ("first alone", "last alone", "last together 0")
    )
    moved = max(float((last[name] - first[name]).abs().max()) for name in first if "weight" in name)
    assert moved > 4e-5
    # A relativistic loss does not say where logits shall lie, so this bias follows rounding alone.
    bias, logits = ("discriminator.score.bias", "row.logits") if game == "pairs" else ("-", "-")
    networks = ("generator", "discriminator", "average")
    one, other = (_only(tensors, *networks, but=bias) for tensors in (last, together))
    _assert_close(one, other, atol=3e-7)
    one, other = (_only(tensors, "row", but=logits) for tensors in (last, together))
    _assert_close(one, other, atol=1e-5)


@pytest.mark.slow
@pytest.mark.parametrize("game", [game for game in GAMES if "steered" in game])
def test_augmentation_is_steered_by_all_pictures(left: Left, game: str) -> None:
    alone, together = (left.found[0][f"{game} gauges {who}"] for who in ("alone", "together 0"))
    assert any(number for gauge in alone[:-1] for number in gauge)
    for one, other in zip(alone[:-1], together[:-1], strict=True):
        assert other == pytest.approx(one, rel=1e-4, abs=1e-6)
    assert alone[-1] == together[-1] != 0.5


@pytest.mark.slow
def test_batch_norm_sees_the_whole_batch_even_where_numbers_are_large(left: Left) -> None:
    """Around 1,000 float32 has steps of 6e-5."""
    alone, together = (left.tensors(f"norm {who}") for who in ("alone", "together"))
    _assert_close(alone, together, atol=1e-3)
    for name in _only(alone, "running"):
        torch.testing.assert_close(together[name], alone[name], rtol=1e-5, atol=0)


# -- runs ------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("run", _RUNS)
def test_processes_stay_the_same_whatever_happens(left: Left, run: str) -> None:
    kept = ("generator", "discriminator", "average", "adam")  # rows are the first one's alone
    one, other = (_only(left.tensors(f"{run} state {rank}"), *kept) for rank in (0, 1))
    _assert_same(one, other)
    states = [left.found[rank][f"{run} state {rank}"] for rank in (0, 1)]
    assert states[0] == states[1]


@pytest.mark.slow
def test_a_stop_ends_all_of_them_and_saves(left: Left) -> None:
    first = left.found[0]["stopped 0"]
    assert (first["ended"], first["checkpoints"]) == ("stopped", [0, 40])
    assert left.found[1]["stopped 0 state 1"][0] == 40


@pytest.mark.slow
def test_as_many_processes_go_on_to_the_last_bit(left: Left) -> None:
    _assert_same(left.tensors("straight 0 state 0"), left.tensors("stopped 1 state 0"))
    assert left.found[0]["straight 0"]["rows"] == left.found[0]["stopped 1"]["rows"]
    assert left.found[0]["stopped 1"]["codes"] == []


@pytest.mark.slow
def test_another_number_of_processes_goes_on_as_well_and_says_so(left: Left) -> None:
    changed, alone = left.found[0]["changed 2"], left.found[0]["alone 0"]
    assert [row["images"] for row in changed["rows"]] == [24, 48, 72, 96]
    for one, other in zip(changed["rows"], alone["rows"], strict=True):
        assert one == pytest.approx(other, rel=1e-2)
    one, other = (left.tensors(f"{run} state 0") for run in ("changed 2", "alone 0"))
    _assert_close(one, other, atol=1e-5)  # after moves of a hundred times that
    middle = left.found[0]["changed 1"]
    assert middle["codes"] == ["notice-not-bit-equal"]
    assert "processes: 2" in middle["sentences"][0]
    assert "processes: 1" in middle["sentences"][0]


@pytest.mark.slow
def test_all_of_them_go_back_together(left: Left) -> None:
    found = left.found[0]["rollback 1"]
    assert found["codes"] == ["notice-rollback"]
    assert (found["ended"], found["checkpoints"]) == ("stopped", [0, 48, 96])
    assert all(value.isfinite().all() for value in left.tensors("rollback 1 state 1").values())


@pytest.mark.slow
def test_all_of_them_take_smaller_bites_where_one_is_out_of_memory(left: Left) -> None:
    found = left.found[0]["narrow 0"]
    assert found["codes"] == ["notice-out-of-memory"]
    assert left.found[1]["narrow 0 state 1"][2] == 2
    one, other = (left.tensors(f"{run} state 0") for run in ("narrow 0", "wide 0"))
    _assert_close(one, other, atol=1e-5)


@pytest.mark.slow
def test_a_process_that_ends_amid_a_step_ends_training_and_nothing_is_lost(left: Left) -> None:
    """The memory of the second one is full in the sixth step, where batch norm needs both."""
    assert left.found[1]["lost 0"] == "helper-out-of-memory"
    found = left.found[0]["lost 0"]
    assert found["ended"] == "training-process-lost"
    assert found["checkpoints"] == [0, 40]
    assert left.found[1]["lost 0 state 1"][0] == 40


@pytest.mark.slow
def test_nobody_waits_for_a_first_process_that_is_gone(played: Path) -> None:
    found = json.loads((played / "1" / "found 1.json").read_text())
    assert found == {"ended": "broken", "clock": 24, "whole": True}


# -- one process of several, without the others ----------------------------------------------------


def test_shares_are_the_rows_of_the_whole_batch(images: Pictures) -> None:
    batches = Batches(images, seed=1, flip=True, labels=np.arange(30) % 3)
    parts = [Team(rank, 4).share(12).rows for rank in range(4)]
    for clock in (0, 24, 36):
        whole, labels = batches.at(clock, 12), batches.labels_at(clock, 12)
        assert labels is not None
        assert torch.equal(torch.cat([batches.at(clock, 12, rows) for rows in parts]), whole)
        found = [batches.labels_at(clock, 12, rows) for rows in parts]
        assert torch.equal(torch.cat([part for part in found if part is not None]), labels)


@pytest.mark.parametrize(("network", "batch", "processes"), [("sketch", 8, 3), ("style", 8, 4)])
def test_a_batch_that_cannot_be_shared_out_evenly_is_refused(
    recipe: Recipe, choice: DeviceChoice, images: Pictures, network: str, batch: int, processes: int
) -> None:
    """Pictures that are compared with each other stay in one process."""
    recipe = recipe.with_values({"network.name": network, "batch_size": batch})
    check_processes(recipe, 2)
    with pytest.raises(UserError) as caught:
        opened(recipe, 1, images, choice, team=Team(0, processes))
    assert caught.value.code == "bad-processes"


def test_a_process_alone_leaves_torchs_distributed_part_alone(
    recipe: Recipe, choice: DeviceChoice, images: Pictures, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_given: object, **_named: object) -> None:
        raise AssertionError("a process that trains alone wanted to talk")

    for name in ("init_process_group", "all_reduce", "broadcast", "new_group"):
        monkeypatch.setattr(torch.distributed, name, refuse)
    trainer, batches = opened(recipe, 1, images, choice)
    leader = Leader()
    leader.hand_out(trainer)
    leader.step(trainer, batches)
    leader.end()
    leader.team.leave()
    assert trainer.clock == recipe.batch_size


@pytest.mark.parametrize("network", ["sketch", "dcgan"])
def test_a_network_in_several_processes_keeps_all_names(
    recipe: Recipe, choice: DeviceChoice, network: str
) -> None:
    """So that its checkpoints and snapshots are anybody's."""
    recipe = recipe.with_values({"network.name": network})
    alone, together = (
        dict(Trainer(recipe, 1, choice, team=team).state().tensors)
        for team in (Team.alone(), Team(0, 2))
    )
    assert list(alone) == list(together)
    _assert_same(alone, together)
