"""The ordinary places of a generator: where its w lie, and how long a step is there.

Not responsible for finding directions (`principal`, `sefa`, `marked`, `contrast`).
"""

from __future__ import annotations

import torch
from torch import Tensor

from ganstudio.latent.generator import Generator

__all__ = ["Ground"]

_SAMPLES = 4096
_EPSILON = 1e-8


class Ground:
    """4,096 places that are drawn by chance, always the same ones, all kinds in turn.

    Args:
        network: A generator in eval mode.
        kinds: How many kinds of pictures it can be told to draw.

    Attributes:
        z: (N, z_dim).
        w: (N, w_dim).
        covariance: Of w, (w_dim, w_dim); z itself is standard normal.
    """

    def __init__(self, network: Generator, kinds: int = 0) -> None:
        self.network, self.kinds = network, kinds
        self.device = next(network.parameters()).device
        random = torch.Generator().manual_seed(0)
        with torch.inference_mode():
            z = torch.randn(_SAMPLES, network.z_dim, generator=random).to(self.device)
            labels = torch.arange(_SAMPLES, device=self.device) % kinds if kinds else None
            w = network.map(z, labels).float()
            centred = w - w.mean(0)
            covariance = centred.T @ centred / (len(w) - 1)
        # Clones are ordinary tensors again, which may be used outside of inference mode.
        self.z, self.w, self.covariance = z.clone(), w.clone(), covariance.clone()
        if not network.has_mapping:
            own = slice(0, network.z_dim)
            self.covariance[own, :] = self.covariance[:, own] = 0.0
            self.covariance[own, own] = torch.eye(network.z_dim, device=self.device)

    def deviation(self, vector: Tensor) -> Tensor:
        """The standard deviation of w along a vector (w_dim,) of length 1."""
        variance = vector @ self.covariance @ vector
        deviation: Tensor = variance.clamp_min(0).sqrt()
        return deviation

    def step(self, vector: Tensor) -> Tensor:
        """A vector (w_dim,) made as long as one standard deviation of w along it."""
        unit: Tensor = vector / vector.norm().clamp_min(_EPSILON)
        return unit * self.deviation(unit)

    def steps(self, vectors: Tensor) -> Tensor:
        """Found vectors (D, w_dim) as steps; signs are chosen: the largest entry is positive."""
        if not len(vectors):
            return vectors
        largest = vectors.abs().argmax(1, keepdim=True)
        signed = vectors * vectors.gather(1, largest).sign()
        return torch.stack([self.step(vector) for vector in signed])

    def padded(self, vectors: Tensor) -> Tensor:
        """Vectors (D, z_dim), where what belongs to the class lies behind and stays."""
        behind = self.network.w_dim - vectors.shape[1]
        padded: Tensor = torch.nn.functional.pad(vectors, (0, behind))
        return padded
