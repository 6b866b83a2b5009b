"""SeFa (Shen and Zhou 2021): directions in closed form from the weights that w meets first.

Not responsible for which of them are kept (`directions`).
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from ganstudio.latent.ground import Ground

__all__ = ["sefa_steps", "weighing"]

_EPSILON = 1e-8


def sefa_steps(ground: Ground, count: int, layers: Sequence[int] = ()) -> Tensor:
    """The strongest eigenvectors of A A^T, as steps (D, w_dim), the strongest first.

    A holds the weights that are multiplied with w, w_dim rows, columns L2-normalised. For style
    networks those of all layers stand side by side; for others there is the first layer alone.

    Args:
        ground: Of the generator.
        count: How many at most.
        layers: Only these; empty for all. It counts where layers have a w of their own.
    """
    own = ground.network.z_dim if not ground.network.has_mapping else ground.network.w_dim
    _, vectors = torch.linalg.eigh(weighing(ground, layers)[:own, :own])
    return ground.steps(ground.padded(vectors.flip(1)[:, :count].T))


def weighing(ground: Ground, layers: Sequence[int] = ()) -> Tensor:
    """A A^T (w_dim, w_dim): how much the chosen layers make of each way to move w."""
    with torch.inference_mode():
        weights = ground.network.first_weights()
        chosen = [weights[layer] for layer in layers if layer < len(weights)] or weights
        a = torch.cat(list(chosen)).float().T
        a = a / a.norm(dim=0).clamp_min(_EPSILON)
        together: Tensor = a @ a.T
    return together.clone()
