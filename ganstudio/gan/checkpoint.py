"""Checkpoints: everything that is needed to go on to the last bit, in one folder.

Not responsible for when they are taken, nor for which are kept.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from pydantic import BaseModel, ConfigDict, Field
from safetensors import SafetensorError
from safetensors.torch import load, save

from ganstudio.gan.trainer import TrainerState
from ganstudio.project.atomic import replace_folder, write_bytes, write_json
from ganstudio.project.errors import UserError
from ganstudio.project.schema import read_model, stamp

__all__ = ["Checkpoint", "bytes_needed", "read_checkpoint", "write_checkpoint"]

_TENSORS = "tensors.safetensors"
_PROOF = "checkpoint.json"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A moment of a run.

    Attributes:
        state: The trainer's.
        seconds: Training time up to here, pauses left out.
        returns: How often the run went back to a checkpoint before.
    """

    state: TrainerState
    seconds: float
    returns: int

    @property
    def finite(self) -> bool:
        """Whether every weight, average and optimiser value is a finite number."""
        return all(
            bool(torch.isfinite(tensor).all())
            for name, tensor in self.state.tensors.items()
            if tensor.is_floating_point() and not name.startswith("row.")
        )


class _Proof(BaseModel):
    """checkpoint.json: written last; without it, or with another hash, nothing is a checkpoint."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    clock: int = Field(ge=0)
    lr_scale: float = Field(gt=0, le=1)
    skipped: int = Field(ge=0)
    in_a_row: int = Field(ge=0)
    seconds: float = Field(ge=0)
    returns: int = Field(ge=0)
    micro_batch: int | None = Field(default=None, ge=1)
    steering: dict[str, float] | None = None
    tensors_bytes: int
    tensors_hash: str


def bytes_needed(state: TrainerState) -> int:
    """How large a checkpoint of this state is on disk, nearly."""
    return 100_000 + sum(tensor.nbytes for tensor in state.tensors.values())


def write_checkpoint(folder: Path, checkpoint: Checkpoint) -> None:
    """Write a checkpoint; after a crash it is there whole, or not at all.

    Raises:
        UserError: "disk-full" or "folder-not-writable".
    """
    state = checkpoint.state
    # Files hold plain row-major tensors: how they lie in memory is the trainer's business.
    data = save({name: tensor.contiguous() for name, tensor in state.tensors.items()})
    proof = _Proof(
        clock=state.clock,
        lr_scale=state.lr_scale,
        skipped=state.skipped,
        in_a_row=state.in_a_row,
        seconds=checkpoint.seconds,
        returns=checkpoint.returns,
        micro_batch=state.micro_batch,
        steering=None if state.steering is None else dict(state.steering),
        tensors_bytes=len(data),
        tensors_hash=_hash(data),
    )
    with replace_folder(folder) as temporary:
        write_bytes(temporary / _TENSORS, data)
        write_json(temporary / _PROOF, stamp() | proof.model_dump(mode="json"))


def read_checkpoint(folder: Path) -> Checkpoint:
    """Read a checkpoint and prove that it is the one that was written.

    Raises:
        UserError: "unreadable-file", "no-such-file" or "newer-project".
    """
    proof = read_model(folder / _PROOF, _Proof)
    path = folder / _TENSORS
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise UserError("no-such-file", path=path) from error
    except OSError as error:
        raise UserError("unreadable-file", path=path, reason=error.strerror or "unknown") from error
    if len(data) != proof.tensors_bytes or _hash(data) != proof.tensors_hash:
        raise UserError("unreadable-file", path=path, reason="it is damaged")
    state = TrainerState(
        proof.clock,
        proof.lr_scale,
        proof.skipped,
        proof.in_a_row,
        _tensors(path, data),
        proof.micro_batch,
        proof.steering,
    )
    return Checkpoint(state, proof.seconds, proof.returns)


def _tensors(path: Path, data: bytes) -> dict[str, Any]:
    try:
        return dict(load(data))
    except (SafetensorError, ValueError) as error:
        raise UserError("unreadable-file", path=path, reason="it is damaged") from error


def _hash(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=16).hexdigest()
