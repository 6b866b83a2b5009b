"""Spectral norm: no layer makes any difference larger (Miyato 2018).

Each weight, as a matrix of (outputs, all the rest), is divided by its largest singular value, which
one step of the power iteration a look keeps up with. torch has the same parametrization, but its
first vectors come from torch's global chance.

Not responsible for which networks use it: a recipe says so.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn.functional import normalize
from torch.nn.utils.parametrize import register_parametrization

__all__ = ["with_spectral_norm"]

_FIRST_ITERATIONS = 15


class _SpectralNorm(nn.Module):
    """A weight divided by its largest singular value, nearly.

    Attributes:
        left: The singular vector on the side of the outputs, (outputs,).
        right: The other one.
    """

    left: Tensor
    right: Tensor

    def __init__(self, weight: Tensor, rng: torch.Generator) -> None:
        super().__init__()
        matrix = weight.detach().flatten(1)
        self.register_buffer("left", torch.zeros_like(matrix[:, 0]))
        self.register_buffer("right", torch.zeros_like(matrix[0]))
        if not matrix.is_meta:
            self.right.normal_(generator=rng)
            for _ in range(_FIRST_ITERATIONS):
                self._iterate(matrix)

    def forward(self, weight: Tensor) -> Tensor:
        """The weight with norm 1; while training, the vectors follow it first."""
        if weight.is_meta:
            return weight  # shapes alone are wanted
        matrix = weight.flatten(1)
        if self.training:
            self._iterate(matrix)
        # Copies: the next look changes the vectors in place, before this one's gradients are made.
        norm = self.left.clone() @ matrix @ self.right.clone()
        return weight / norm

    @torch.no_grad()
    def _iterate(self, matrix: Tensor) -> None:
        self.left.copy_(normalize(matrix @ self.right, dim=0))
        self.right.copy_(normalize(matrix.t() @ self.left, dim=0))


def with_spectral_norm(network: nn.Module, rng: torch.Generator) -> None:
    """Give every linear, convolution and embedding layer norm 1.

    Args:
        network: Its first weights are filled in.
        rng: Where the power iterations begin.
    """
    for layer in list(network.modules()):
        if isinstance(layer, nn.Linear | nn.Conv2d | nn.Embedding):
            register_parametrization(layer, "weight", _SpectralNorm(layer.weight, rng))
