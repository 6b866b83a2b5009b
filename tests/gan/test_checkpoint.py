"""A checkpoint is whole or it is none."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from ganstudio.gan.checkpoint import Checkpoint, bytes_needed, read_checkpoint, write_checkpoint
from ganstudio.gan.trainer import TrainerState
from ganstudio.project.atomic import read_json, write_json
from ganstudio.project.errors import UserError


@pytest.fixture
def checkpoint() -> Checkpoint:
    rng = torch.Generator().manual_seed(0)
    weight = torch.randn(4, 3, 2, 2, generator=rng).to(memory_format=torch.channels_last)
    tensors = {"generator.w": weight, "count": torch.tensor(7), "row.numbers": torch.zeros(0, 4)}
    return Checkpoint(TrainerState(640, 0.5, 3, 1, tensors), seconds=12.5, returns=1)


def test_what_was_written_is_read(tmp_path: Path, checkpoint: Checkpoint) -> None:
    write_checkpoint(tmp_path / "640", checkpoint)
    found = read_checkpoint(tmp_path / "640")
    assert (found.seconds, found.returns) == (12.5, 1)
    assert (found.state.clock, found.state.lr_scale) == (640, 0.5)
    assert (found.state.skipped, found.state.in_a_row) == (3, 1)
    assert found.state.tensors.keys() == checkpoint.state.tensors.keys()
    for name, value in checkpoint.state.tensors.items():
        assert torch.equal(found.state.tensors[name], value)


def _cut(folder: Path) -> None:
    path = folder / "tensors.safetensors"
    path.write_bytes(path.read_bytes()[:-10])


def _flip_a_bit(folder: Path) -> None:
    path = folder / "tensors.safetensors"
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)


def _no_tensors(folder: Path) -> None:
    (folder / "tensors.safetensors").unlink()


def _no_proof(folder: Path) -> None:
    (folder / "checkpoint.json").unlink()


def _torn_proof(folder: Path) -> None:
    path = folder / "checkpoint.json"
    path.write_bytes(path.read_bytes()[:40])


def _strange_proof(folder: Path) -> None:
    path = folder / "checkpoint.json"
    write_json(path, read_json(path) | {"lr_scale": -1})


@pytest.mark.parametrize(
    "damage", [_cut, _flip_a_bit, _no_tensors, _no_proof, _torn_proof, _strange_proof]
)
def test_a_damaged_one_is_refused_in_a_sentence(
    tmp_path: Path, checkpoint: Checkpoint, damage: object
) -> None:
    write_checkpoint(tmp_path / "640", checkpoint)
    assert callable(damage)
    damage(tmp_path / "640")
    with pytest.raises(UserError) as caught:
        read_checkpoint(tmp_path / "640")
    assert caught.value.code in ("unreadable-file", "no-such-file")


def test_one_of_a_newer_program_names_it(tmp_path: Path, checkpoint: Checkpoint) -> None:
    write_checkpoint(tmp_path / "640", checkpoint)
    path = tmp_path / "640" / "checkpoint.json"
    write_json(path, read_json(path) | {"schema_version": 999, "app_version": "9.9"})
    with pytest.raises(UserError) as caught:
        read_checkpoint(tmp_path / "640")
    assert caught.value.code == "newer-project"
    assert "9.9" in caught.value.sentence


def test_a_number_that_is_not_finite_shows(checkpoint: Checkpoint) -> None:
    assert checkpoint.finite
    checkpoint.state.tensors["generator.w"][0, 0, 0, 0] = torch.nan
    assert not checkpoint.finite


def test_its_size_is_known_before_it_is_written(tmp_path: Path, checkpoint: Checkpoint) -> None:
    write_checkpoint(tmp_path / "640", checkpoint)
    on_disk = sum(file.stat().st_size for file in (tmp_path / "640").iterdir())
    assert on_disk <= bytes_needed(checkpoint.state)
