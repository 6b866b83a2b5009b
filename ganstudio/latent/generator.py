"""What exploring needs of a generator, whatever its architecture.

Not responsible for any network: `gan.networks` builds them all to this shape.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from torch import Tensor, nn

from ganstudio.gan.chance import Chance

__all__ = ["Edit", "Generator"]

#: (number of the stage, what comes out of it) to what goes on, of the same shape.
Edit = Callable[[int, Tensor], Tensor]


class Generator(Protocol):
    """A generator in eval mode.

    Attributes:
        z_dim: Numbers in a latent vector.
        w_dim: Numbers in a w.
        layers: How many layers can each be given a w of their own; 1 where all share one.
        has_mapping: Whether w is learned; otherwise it is z, with what belongs to the class behind.
    """

    z_dim: int
    w_dim: int
    layers: int
    has_mapping: bool

    def map(self, z: Tensor, labels: Tensor | None = None) -> Tensor:
        """(N, z_dim) to (N, w_dim), for classes (N,) int64 where the network knows some."""
        ...

    def synthesize(
        self, w: Tensor, chance: Chance | None = None, edit: Edit | None = None
    ) -> Tensor:
        """(N, w_dim), or (N, layers, w_dim), to pictures (N, C, H, W) in [-1, 1].

        An `edit` sees what comes out of every stage, and says what goes on.
        """
        ...

    def features(self, w: Tensor) -> list[Tensor]:
        """(N, w_dim), or (N, layers, w_dim), to activations of every stage, (N, C, H, W) each."""
        ...

    def first_features(self, w: Tensor) -> Tensor:
        """(N, w_dim) to activations of the first layer, (N, F)."""
        ...

    def first_weights(self) -> Sequence[Tensor]:
        """What w is multiplied by first, (F, w_dim): for each layer, or once where all share w."""
        ...

    def parameters(self) -> Iterator[nn.Parameter]:
        """Its weights."""
        ...
