"""Model files: a generator with its recipe in one safetensors file, read with suspicion.

Not responsible for where they lie: snapshots and exports are such files.

A stranger's file is checked before anything is made of it: first the header's size, then the
recipe, then names, shapes and types against the networks that the recipe describes (built without
memory), and only then are numbers read. Nothing in it is ever executed; a pickle is refused by its
first bytes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import torch
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from safetensors import SafetensorError
from safetensors.torch import load, save
from torch import nn

from ganstudio.gan.device import placed
from ganstudio.gan.networks import build_discriminator, build_generator
from ganstudio.gan.networks.shapes import shapes_alone
from ganstudio.gan.seeding import generator_for
from ganstudio.gan.tensorfile import header_of, read_bytes
from ganstudio.project.atomic import write_bytes
from ganstudio.project.errors import UserError
from ganstudio.project.recipe import Recipe
from ganstudio.project.schema import SCHEMA_VERSION, stamp

__all__ = [
    "Kind",
    "LoadedGenerator",
    "ModelInfo",
    "load_generator",
    "load_tensors",
    "network_bytes",
    "network_for",
    "put_weights",
    "read_model_info",
    "save_generator",
]

_MOST_BYTES = 2_000_000_000
_DTYPES = {torch.float32: "F32", torch.int64: "I64"}
_WIDTHS = {"F32": 4, "I64": 8}
#: Which of the two networks a file holds.
Kind = Literal["generator", "discriminator"]

_BUILD = {"generator": build_generator, "discriminator": build_discriminator}


class _Metadata(BaseModel):
    """What the file says about itself; safetensors keeps strings, so the values are JSON."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    recipe: dict[str, Any]
    images_seen: int = Field(ge=0)
    preview_seed: int = 0
    class_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """What a model file says, without its numbers.

    Attributes:
        recipe: Architecture and how it was trained.
        images_seen: Its clock.
        preview_seed: A seed that shows it well.
        class_names: What it can be told to draw; empty if nothing.
        fingerprint: Hash of the whole file, hexadecimal.
        parameters: Numbers in its weights.
        bytes: Size of the file.
    """

    recipe: Recipe
    images_seen: int
    preview_seed: int
    class_names: tuple[str, ...]
    fingerprint: str
    parameters: int
    bytes: int


@dataclass(frozen=True, slots=True)
class LoadedGenerator:
    """A generator that is ready to draw, in eval mode, and what its file says: see `ModelInfo`."""

    network: nn.Module
    recipe: Recipe
    images_seen: int
    preview_seed: int
    class_names: tuple[str, ...]
    fingerprint: str


def network_for(recipe: Recipe, device: torch.device | str = "cpu") -> nn.Module:
    """A generator of the recipe's shape, in eval mode, without gradients, with any weights."""
    network = build_generator(recipe.network, generator_for(0, "generator", 0))
    return placed(network, torch.device(device)).eval().requires_grad_(False)


@torch.no_grad()
def put_weights(network: nn.Module, tensors: Mapping[str, torch.Tensor]) -> None:
    """Copy weights and buffers into a network of the same shape."""
    for name, mine in network.state_dict(keep_vars=True).items():
        mine.copy_(tensors[name])


def network_bytes(network: nn.Module, kind: Kind, metadata: dict[str, Any]) -> bytes:
    """A network as the bytes of a safetensors file with metadata; see `save_generator`."""
    tensors = {name: value.detach().contiguous() for name, value in network.state_dict().items()}
    told = {key: json.dumps(value) for key, value in (stamp() | metadata).items()}
    return _in_order(save(tensors, metadata=told | {"format": f"ganstudio-{kind}"}))


def _in_order(data: bytes) -> bytes:
    """The same file with its header's names sorted: equal networks make equal files."""
    length = int.from_bytes(data[:8], "little")
    header = json.loads(data[8 : 8 + length])
    text = json.dumps(header, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    padded = text.encode().ljust(
        -(-len(text.encode()) // 8) * 8
    )  # tensors begin at a multiple of 8
    return len(padded).to_bytes(8, "little") + padded + data[8 + length :]


def save_generator(
    path: Path,
    network: nn.Module,
    recipe: Recipe,
    images_seen: int,
    *,
    preview_seed: int = 0,
    class_names: tuple[str, ...] = (),
) -> None:
    """Write a model file; an old one of that name stays until the new one is whole."""
    metadata = _Metadata(
        recipe=recipe.model_dump(mode="json"),
        images_seen=images_seen,
        preview_seed=preview_seed,
        class_names=class_names,
    )
    write_bytes(path, network_bytes(network, "generator", metadata.model_dump(mode="json")))


def read_model_info(path: Path) -> ModelInfo:
    """Check a model file and read what it says about itself.

    Raises:
        UserError: "no-such-file", "unreadable-file", "newer-project", or a "model-..." code.
    """
    return _checked(path, read_bytes(path, _MOST_BYTES, "model"), "generator")


def load_generator(path: Path, device: torch.device | str = "cpu") -> LoadedGenerator:
    """Load a generator from a file, ours or a stranger's.

    Raises:
        UserError: As `read_model_info`.
    """
    info, tensors = load_tensors(path, "generator")
    network = network_for(info.recipe, device)
    put_weights(network, tensors)
    return LoadedGenerator(
        network,
        info.recipe,
        info.images_seen,
        info.preview_seed,
        info.class_names,
        info.fingerprint,
    )


def load_tensors(path: Path, kind: Kind) -> tuple[ModelInfo, dict[str, torch.Tensor]]:
    """What a file says and its numbers, once all of it is checked.

    Raises:
        UserError: As `read_model_info`.
    """
    data = read_bytes(path, _MOST_BYTES, "model")
    info = _checked(path, data, kind)
    try:
        tensors = load(data)
    except (SafetensorError, ValueError) as error:
        raise UserError("model-damaged", path=path) from error
    if not all(bool(torch.isfinite(tensor).all()) for tensor in tensors.values()):
        raise UserError("model-not-finite", path=path)
    return info, tensors


def _checked(path: Path, data: bytes, kind: Kind) -> ModelInfo:
    header = header_of(path, data, "model")
    metadata, recipe = _metadata(path, header.pop("__metadata__", None), kind)
    expected = _expected(recipe, kind)
    found = {
        name: (entry.get("dtype"), entry.get("shape"))
        for name, entry in header.items()
        if isinstance(entry, dict)
    }
    if found != expected or len(header) != len(expected):
        raise UserError("model-other-networks", path=path)
    weights = sum(_WIDTHS[dtype] * _count(shape) for dtype, shape in expected.values())
    if len(data) != 8 + int.from_bytes(data[:8], "little") + weights:
        raise UserError("model-damaged", path=path)
    return ModelInfo(
        recipe=recipe,
        images_seen=metadata.images_seen,
        preview_seed=metadata.preview_seed,
        class_names=metadata.class_names,
        fingerprint=hashlib.blake2b(data, digest_size=16).hexdigest(),
        parameters=sum(_count(shape) for dtype, shape in expected.values() if dtype == "F32"),
        bytes=len(data),
    )


def _metadata(path: Path, told: Any, kind: Kind) -> tuple[_Metadata, Recipe]:
    if not isinstance(told, dict) or told.get("format") != f"ganstudio-{kind}":
        raise UserError("model-unknown", path=path)
    try:
        values = {key: json.loads(value) for key, value in told.items() if key != "format"}
        version = int(values.pop("schema_version"))
        if version > SCHEMA_VERSION:
            raise UserError("newer-project", path=path, app_version=values.get("app_version", "?"))
        metadata = _Metadata.model_validate(values)
        recipe = Recipe.model_validate(metadata.recipe)
    except (ValidationError, ValueError, TypeError, KeyError, RecursionError) as error:
        raise UserError("model-unknown", path=path) from error
    return metadata, recipe


def _expected(recipe: Recipe, kind: Kind) -> dict[str, tuple[str, list[int]]]:
    """Names, types and shapes of a recipe's network, found without memory for its numbers."""
    with shapes_alone():
        network = _BUILD[kind](recipe.network, generator_for(0, kind, 0))
    return {
        name: (_DTYPES[tensor.dtype], list(tensor.shape))
        for name, tensor in network.state_dict().items()
    }


def _count(shape: list[int]) -> int:
    return int(torch.Size(shape).numel())
