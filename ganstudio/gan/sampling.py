"""From a seed to a latent vector, and from latent vectors to pictures.

Not responsible for walking through latent space: `latent` does that.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import numpy as np
import torch
from torch import nn

from ganstudio.project.kinds import kind_of_seed
from ganstudio.project.messages import Pictures, frozen_pictures
from ganstudio.project.recipe import Recipe
from ganstudio.project.sheets import SAMPLE_COUNT

__all__ = [
    "labels_of_seeds",
    "pictures_of",
    "preview_seeds",
    "seed_vector",
    "seed_vectors",
    "to_uint8",
]

_CHUNK = 64


def preview_seeds(recipe: Recipe) -> range:
    """The places that a run draws again and again, so that one sees them evolve."""
    first = recipe.watch.first_seed
    return range(first, first + SAMPLE_COUNT)


def seed_vector(seed: int, z_dim: int) -> torch.Tensor:
    """The latent vector of a seed, float32 (z_dim,): the same in every batch, anywhere."""
    return torch.randn(z_dim, generator=torch.Generator().manual_seed(seed))


def seed_vectors(seeds: Sequence[int], z_dim: int) -> torch.Tensor:
    """The latent vectors of several seeds, float32 (N, z_dim)."""
    return torch.stack([seed_vector(seed, z_dim) for seed in seeds])


def labels_of_seeds(seeds: Sequence[int], classes: int) -> torch.Tensor | None:
    """The class that each seed is drawn as where nobody says which, (N,) int64; None without."""
    return torch.tensor([kind_of_seed(seed, classes) for seed in seeds]) if classes else None


def to_uint8(pictures: torch.Tensor) -> Pictures:
    """Pictures (N, C, H, W) in [-1, 1] as a uint8 array (N, H, W, C), rounded, read-only."""
    scaled = pictures.float().mul(127.5).add_(127.5).round_().clamp_(0, 255)
    rows = scaled.to(torch.uint8).permute(0, 2, 3, 1).contiguous()
    return frozen_pictures(cast("Pictures", rows.cpu().numpy()))


def pictures_of(
    network: nn.Module,
    latents: torch.Tensor,
    labels: torch.Tensor | None = None,
    *,
    diversity: float = 1.0,
) -> Pictures:
    """Draw pictures, 64 at a time.

    Args:
        network: A generator in eval mode.
        latents: (N, z_dim).
        labels: (N,) int64; None where the network knows no classes.
        diversity: Latents are scaled by it.

    Returns:
        uint8 (N, H, W, C), read-only.
    """
    device = next(network.parameters()).device
    with torch.inference_mode():
        parts = []
        for start in range(0, len(latents), _CHUNK):
            chunk = slice(start, start + _CHUNK)
            kinds = None if labels is None else labels[chunk].to(device)
            parts.append(to_uint8(network(latents[chunk].to(device) * diversity, kinds)))
    return frozen_pictures(np.concatenate(parts))
