"""The Inception network that FID is defined by, with weights that a person supplies.

It is the network of 2015 which Heusel 2017 measured with, as it is known outside TensorFlow: the
tensors are called as in torchvision's `Inception3`, there are 1,008 classes, average pools leave
out the padding, and the last block pools by its maximum. Other weights of Inception give other
numbers that are no FID, torchvision's own among them, so they are refused.

Not responsible for the distance (`frechet`, `fid`), nor for where the weights come from: they never
travel with the program, and nothing is downloaded.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from safetensors import SafetensorError
from safetensors.torch import load
from torch import Tensor, nn
from torch.nn import functional
from torchvision.models.inception import Inception3

from ganstudio.gan.networks.shapes import shapes_alone
from ganstudio.gan.tensorfile import header_of, read_bytes
from ganstudio.project.errors import UserError

__all__ = ["INCEPTION_FEATURES", "Inception"]

#: Numbers a picture becomes: the last average pool.
INCEPTION_FEATURES = 2_048

_CLASSES = 1_008
_SIDE = 299
_CHUNK = 16
#: Four times as much as the file should have.
_MOST_BYTES = 400_000_000
#: Counts of training batches: nothing is computed with them, and the oldest files have none.
_COUNTS = "num_batches_tracked"


class Inception:
    """The network, frozen, on the CPU.

    Args:
        path: Its weights, safetensors, 95 MB.

    Raises:
        UserError: "no-such-file", "unreadable-file", or an "inception-..." code that says what is
            wrong with the file.

    Attributes:
        digest: Hash of names and numbers, hexadecimal: what is compared has to share it.
    """

    def __init__(self, path: Path) -> None:
        weights = _read(path)
        self.digest = _digest_of(weights)
        self._network = _network_with(weights).to(memory_format=torch.channels_last)

    @torch.inference_mode()
    def features_of(self, pictures: npt.NDArray[np.uint8]) -> npt.NDArray[np.float64]:
        """Features of pictures.

        Args:
            pictures: uint8 (N, H, W, 3) of any size; resized to 299 x 299 bilinearly without
                smoothing first, as FID is defined, which aliases where they are larger.

        Returns:
            float64 (N, 2048).
        """
        parts = [
            self._network(_prepare(pictures[start : start + _CHUNK])).double().numpy()
            for start in range(0, len(pictures), _CHUNK)
        ]
        return np.concatenate([np.empty((0, INCEPTION_FEATURES)), *parts])


class _PooledOtherwise(nn.Module):
    """A block of torchvision's whose last branch pools as the network of 2015 does."""

    def __init__(self, block: Any, pool: Callable[[Tensor], Tensor]) -> None:
        super().__init__()
        self._last, self._pool = block.branch_pool, pool
        block.branch_pool = nn.Identity()
        self._block = block

    def forward(self, x: Tensor) -> Tensor:
        # The block pools as well, for an empty branch: that costs next to nothing.
        others = self._block._forward(x)[:-1]
        return torch.cat([*others, self._last(self._pool(x))], 1)


def _inside_mean(x: Tensor) -> Tensor:
    """Mean of 3 x 3, of what lies inside the picture."""
    return functional.avg_pool2d(x, 3, stride=1, padding=1, count_include_pad=False)


def _maximum(x: Tensor) -> Tensor:
    return functional.max_pool2d(x, 3, stride=1, padding=1)


_POOLS = {
    **dict.fromkeys(("Mixed_5b", "Mixed_5c", "Mixed_5d"), _inside_mean),
    **dict.fromkeys(("Mixed_6b", "Mixed_6c", "Mixed_6d", "Mixed_6e", "Mixed_7b"), _inside_mean),
    "Mixed_7c": _maximum,
}


def _empty_network() -> nn.Module:
    """Names and shapes, without memory for numbers."""
    with shapes_alone():
        network: nn.Module = Inception3(
            num_classes=_CLASSES, aux_logits=False, init_weights=False
        ).eval()
    return network


def _network_with(weights: Mapping[str, Tensor]) -> nn.Module:
    """(N, 3, 299, 299) in [-1, 1] -> (N, 2048)."""
    network = _empty_network()
    counts = {
        name: torch.zeros((), dtype=torch.int64)
        for name in network.state_dict()
        if name.endswith(_COUNTS)
    }
    network.load_state_dict({**weights, **counts}, assign=True)
    for name, pool in _POOLS.items():
        setattr(network, name, _PooledOtherwise(network.get_submodule(name), pool))
    network.fc = nn.Identity()
    return network.requires_grad_(False)


def _prepare(pictures: npt.NDArray[np.uint8]) -> Tensor:
    """uint8 (N, H, W, 3) as float32 (N, 3, 299, 299) in [-1, 1]."""
    owned = torch.from_numpy(pictures.copy())  # drawn pictures may not be written to
    scaled = owned.permute(0, 3, 1, 2).float() / 255
    resized = functional.interpolate(
        scaled, size=(_SIDE, _SIDE), mode="bilinear", align_corners=False
    )
    return (2 * resized - 1).contiguous(memory_format=torch.channels_last)


def _read(path: Path) -> dict[str, Tensor]:
    """The weights by name, once the file is known to be the right one."""
    data = read_bytes(path, _MOST_BYTES, "inception")
    header = header_of(path, data, "inception")
    expected = {
        name: list(tensor.shape)
        for name, tensor in _empty_network().state_dict().items()
        if not name.endswith(_COUNTS)
    }
    _check(path, header, expected)
    try:
        tensors = load(data)
    except (SafetensorError, ValueError) as error:
        raise UserError("inception-damaged", path=path) from error
    found = {name: tensors[name] for name in sorted(expected)}
    if not all(math.isfinite(float(tensor.sum())) for tensor in found.values()):
        raise UserError("inception-not-finite", path=path)
    return found


def _check(path: Path, header: Mapping[str, object], expected: Mapping[str, list[int]]) -> None:
    """Whether the file holds all tensors of the network, in their shapes; more do no harm."""
    told = {name: entry if isinstance(entry, dict) else {} for name, entry in header.items()}
    missing = [name for name in expected if name not in told]
    if missing:
        raise UserError("inception-lacks", path=path, name=missing[0], count=len(missing))
    for name, shape in expected.items():
        found = told[name].get("shape")
        if found != shape or told[name].get("dtype") != "F32":
            if name.startswith("fc."):
                raise UserError("inception-other-classes", path=path, classes=f"{_CLASSES:,}")
            wanted = " × ".join(map(str, shape))
            raise UserError("inception-other-shape", path=path, name=name, wanted=wanted)


def _digest_of(weights: Mapping[str, Tensor]) -> str:
    digest = hashlib.blake2b(digest_size=16)
    for name, tensor in weights.items():
        digest.update(name.encode())
        digest.update(tensor.contiguous().numpy().data)
    return digest.hexdigest()
