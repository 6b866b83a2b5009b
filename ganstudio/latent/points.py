"""Where a `LatentPoint` lies: seeds blended on the pad, and the average it is drawn towards.

Not responsible for what becomes of it (`renderer`).
"""

from __future__ import annotations

import hashlib
import math

import torch
from torch import Tensor

from ganstudio.gan.sampling import seed_vector
from ganstudio.latent.generator import Generator

__all__ = ["lattice_seed", "mean_latent", "point_vector"]

_MEAN_SAMPLES = 4096


def lattice_seed(x: int, y: int) -> int:
    """The seed at a whole-numbered place of the pad, 0 to 2**32 - 1.

    Row 0 holds the command line's seeds. Other rows are scattered by a hash over all seeds that the
    random generator tells apart: it keeps only 32 bits, so rows cannot simply be numbered on.
    """
    if y == 0:
        return x % 2**32
    place = x.to_bytes(8, "little", signed=True) + y.to_bytes(8, "little", signed=True)
    return int.from_bytes(hashlib.blake2b(place, digest_size=4).digest(), "little")


def point_vector(seed_x: float, seed_y: float, z_dim: int) -> Tensor:
    """The z of a place on the pad: the four seeds around it, blended.

    Weights are bilinear, then divided by the root of their squared sum, so that the blend of
    independent Gaussian vectors is Gaussian with the same variance, wherever the point lies.

    Returns:
        (z_dim,) float32. On a whole-numbered place exactly that seed's vector.
    """
    left, top = math.floor(seed_x), math.floor(seed_y)
    across, down = seed_x - left, seed_y - top
    corners = [
        (weight_x * weight_y, lattice_seed(left + i, top + j))
        for j, weight_y in enumerate((1 - down, down))
        for i, weight_x in enumerate((1 - across, across))
        if weight_x * weight_y > 0
    ]
    if len(corners) == 1:
        return seed_vector(corners[0][1], z_dim)
    norm = math.sqrt(sum(weight * weight for weight, _ in corners))
    vectors = [weight / norm * seed_vector(seed, z_dim) for weight, seed in corners]
    return torch.stack(vectors).sum(0)


def mean_latent(network: Generator, device: torch.device, kind: int | None = None) -> Tensor:
    """The average w of a generator, from 4,096 samples; of one kind where it knows kinds.

    Without a mapping network it is that of z = 0.

    Returns:
        (w_dim,) float32.
    """
    if network.has_mapping:
        random = torch.Generator().manual_seed(0)
        z = torch.randn(_MEAN_SAMPLES, network.z_dim, generator=random).to(device)
    else:
        z = torch.zeros(1, network.z_dim, device=device)
    labels = None if kind is None else torch.full((len(z),), kind, device=device)
    return network.map(z, labels).mean(0)
