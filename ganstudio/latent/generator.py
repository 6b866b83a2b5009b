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
    """

    z_dim: int

    def map(self, z: Tensor) -> Tensor:
        """(N, z_dim) to (N, w_dim); the very same tensor where there is no mapping network."""
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
