"""What exploring needs of a generator, whatever its architecture.

Not responsible for any network: `gan.networks` builds them all to this shape.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from torch import Tensor, nn

__all__ = ["Generator"]


class Generator(Protocol):
    """A generator in eval mode.

    Attributes:
        z_dim: Numbers in a latent vector.
        w_dim: Numbers in a w.
        has_mapping: Whether w is learned; otherwise it is z, with what belongs to the class behind.
    """

    z_dim: int
    w_dim: int
    has_mapping: bool

    def map(self, z: Tensor, labels: Tensor | None = None) -> Tensor:
        """(N, z_dim) to (N, w_dim), for classes (N,) int64 where the network knows some."""
        ...

    def synthesize(self, w: Tensor) -> Tensor:
        """(N, w_dim) to pictures (N, C, H, W) in [-1, 1]."""
        ...

    def first_features(self, w: Tensor) -> Tensor:
        """(N, w_dim) to activations of the first layer, (N, F)."""
        ...

    def parameters(self) -> Iterator[nn.Parameter]:
        """Its weights."""
        ...
