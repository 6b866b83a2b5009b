"""From a `LatentPoint` to pictures: seeds blended on the pad, truncation, directions.

Not responsible for finding directions (`directions`).
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence

import torch
from torch import Tensor

from ganstudio.gan.sampling import seed_vector, to_uint8
from ganstudio.latent.generator import Generator
from ganstudio.project.messages import Pictures, frozen_pictures
from ganstudio.project.point import LatentPoint

__all__ = ["Renderer", "lattice_seed", "mean_latent", "point_vector"]

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


def point_vector(point: LatentPoint, z_dim: int) -> Tensor:
    """The z of a point: the four seeds around it, blended.

    Weights are bilinear, then divided by the root of their squared sum, so that the blend of
    independent Gaussian vectors is Gaussian with the same variance, wherever the point lies.

    Returns:
        (z_dim,) float32. On a whole-numbered place exactly that seed's vector.
    """
    left, top = math.floor(point.seed_x), math.floor(point.seed_y)
    across, down = point.seed_x - left, point.seed_y - top
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


class Renderer:
    """Draws points with one generator.

    Args:
        network: A generator in eval mode; nobody else may use it at the same time.
        directions: (D, w_dim) steps of one standard deviation along each direction.
        kinds: How many kinds of pictures it can be told to draw; 0: it is not told.
    """

    def __init__(
        self, network: Generator, directions: Tensor | None = None, kinds: int = 0
    ) -> None:
        self.network = network
        self.device = next(network.parameters()).device
        self.directions = directions
        self.kinds = kinds
        self._means: dict[int | None, Tensor] = {}

    def mean(self, kind: int | None = None) -> Tensor:
        """See `mean_latent`; found once."""
        if kind not in self._means:
            self._means[kind] = mean_latent(self.network, self.device, kind)
        return self._means[kind]

    def latents(self, points: Sequence[LatentPoint]) -> Tensor:
        """The w of each point: `mean + psi (map(z) - mean) + sum of amounts x directions`.

        A kind that the generator does not know is its last one.

        Returns:
            (N, w_dim) float32 on the network's device.
        """
        z_dim = self.network.z_dim
        z = torch.stack([point_vector(point, z_dim) for point in points]).to(self.device)
        psi = torch.tensor([[point.diversity] for point in points], device=self.device)
        mean, w = self._mapped(z, [min(point.kind, self.kinds - 1) for point in points])
        w = mean + psi * (w - mean)
        if self.directions is None or not any(any(point.directions) for point in points):
            return w
        count = len(self.directions)
        amounts = torch.zeros(len(points), count)
        for row, point in enumerate(points):
            known = point.directions[:count]
            amounts[row, : len(known)] = torch.tensor(known)
        return w + amounts.to(self.device) @ self.directions

    def _mapped(self, z: Tensor, kinds: list[int]) -> tuple[Tensor, Tensor]:
        """The mean w of each point's kind, and its own w."""
        if not self.kinds:
            return self.mean(), self.network.map(z)
        means = torch.stack([self.mean(kind) for kind in kinds])
        return means, self.network.map(z, torch.tensor(kinds, device=self.device))

    def render(self, points: Sequence[LatentPoint]) -> Pictures:
        """Draw points in one batch.

        Returns:
            (N, H, W, C) uint8, read-only.
        """
        with torch.inference_mode():
            return frozen_pictures(to_uint8(self.network.synthesize(self.latents(points))))
