"""Directions that lead from one thing to another: between two places, between two kinds.

Not responsible for where the places lie (`renderer`).
"""

from __future__ import annotations

from torch import Tensor

from ganstudio.latent.ground import Ground
from ganstudio.latent.points import mean_latent

__all__ = ["between_kinds", "between_places"]


def between_places(ground: Ground, start: Tensor, end: Tensor) -> Tensor:
    """The step (w_dim,) from one w towards another, (w_dim,) or (layers, w_dim) each."""
    start, end = (w.mean(0) if w.ndim == 2 else w for w in (start, end))
    return ground.step(end - start)


def between_kinds(ground: Ground, start: int, end: int) -> Tensor:
    """The step (w_dim,) from the average picture of one kind towards that of another."""
    means = [mean_latent(ground.network, ground.device, kind) for kind in (start, end)]
    return ground.step((means[1] - means[0]).clone())
