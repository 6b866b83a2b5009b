"""GANSpace (Härkönen 2020): along which ways a generator's places, or what they become, vary most.

Principal components of w where there is a mapping network. Where there is none, z varies alike all
ways, and what counts is what the first layer makes of it: activations are regressed on z, and the
components are those of what z explains. (The paper regresses back from components to z; where
activations depend on z linearly both are the same, and this way what z cannot steer is left out.)

Not responsible for which of them are kept (`directions`).
"""

from __future__ import annotations

import torch
from torch import Tensor

from ganstudio.latent.ground import Ground
from ganstudio.latent.slices import Slices

__all__ = ["principal_steps"]

_FEATURE_SAMPLES = 1024
_HANDFUL = 64


def principal_steps(ground: Ground, count: int) -> Slices[Tensor]:
    """Steps (D, w_dim), the strongest first; at most `count`."""
    if ground.network.has_mapping:
        vectors = _strongest(ground.covariance, count)
    else:
        vectors = ground.padded(_strongest((yield from _explained(ground)), count))
    yield
    return ground.steps(vectors)


def _strongest(symmetric: Tensor, count: int) -> Tensor:
    """Its eigenvectors (D, d), those of the largest eigenvalues first."""
    vectors: Tensor = torch.linalg.eigh(symmetric).eigenvectors
    return vectors.flip(1)[:, :count].T


def _explained(ground: Ground) -> Slices[Tensor]:
    """B^T B (z_dim, z_dim) of the least squares solution of activations = B z + constant."""
    z = ground.z[:_FEATURE_SAMPLES]
    centred = z - z.mean(0)
    together: Tensor | float = 0.0
    for start in range(0, len(z), _HANDFUL):
        part = slice(start, start + _HANDFUL)
        with torch.inference_mode():
            features = ground.network.first_features(ground.w[part]).flatten(1).float()
            together = together + centred[part].T @ features
        yield
    assert isinstance(together, Tensor)
    slopes: Tensor = torch.linalg.solve(centred.T @ centred, together.clone())
    return slopes @ slopes.T
