"""Weights of the Inception network of FID that nobody trained, for tests."""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import save_file

from ganstudio.quality.inception import _empty_network

Weights = dict[str, torch.Tensor]


def random_weights(seed: int = 0) -> Weights:
    """Every tensor of the network, of a size that keeps numbers alive through all of it."""
    chance = torch.Generator().manual_seed(seed)

    def normal(shape: torch.Size) -> torch.Tensor:
        return torch.empty(shape).normal_(generator=chance)

    found: Weights = {}
    for name, tensor in _empty_network().state_dict().items():
        if name.endswith("num_batches_tracked"):
            found[name] = torch.tensor(0)
        elif name.endswith(("running_var", "bn.weight")):
            found[name] = torch.empty(tensor.shape).uniform_(0.5, 1.5, generator=chance)
        elif tensor.ndim > 1:
            found[name] = normal(tensor.shape) * (2 / tensor[0].numel()) ** 0.5
        else:
            found[name] = 0.1 * normal(tensor.shape)
    return found


def save_weights(path: Path, weights: Weights) -> Path:
    save_file(weights, path)
    return path
