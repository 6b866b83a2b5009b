"""Directions found from the generator itself, ordered by how much they change the picture.

GANSpace (Härkönen 2020): principal components of w where there is a mapping network; otherwise of
the first layer's activations, regressed back to z.

Not responsible for naming them: what they change is for a person to say.
"""

from __future__ import annotations

import torch
from torch import Tensor

from ganstudio.latent.generator import Generator
from ganstudio.project.direction import Direction, direction_key

__all__ = ["find_directions", "found_directions"]

_SAMPLES = 4096
_FEATURE_SAMPLES = 1024
_PROBES = 8
_REACH = 2.0


def found_directions(network: Generator, kinds: int = 0) -> tuple[Direction, ...]:
    """What `find_directions` finds, as values that can be kept; none names its model yet."""
    steps, effects = find_directions(network, kinds=kinds)
    strongest = max(effects.tolist(), default=0.0) or 1.0
    return tuple(
        Direction(key=direction_key(step), step=step, effect=effect / strongest)
        for step, effect in zip(steps.tolist(), effects.tolist(), strict=True)
    )


def find_directions(network: Generator, count: int = 16, kinds: int = 0) -> tuple[Tensor, Tensor]:
    """Find directions of a generator.

    Args:
        network: A generator in eval mode.
        kinds: How many kinds of pictures it can be told to draw: directions are sought among all.
        count: How many at most; never more than the latent space has dimensions.

    Returns:
        steps: (D, w_dim) float32, one standard deviation along each direction, signs fixed so that
            the largest entry is positive.
        effects: (D,) float32, the mean change of a pixel (range 2) for two standard deviations to
            both sides, descending.
    """
    device = next(network.parameters()).device
    random = torch.Generator().manual_seed(0)
    with torch.inference_mode():
        z = torch.randn(_SAMPLES, network.z_dim, generator=random).to(device)
        labels = torch.arange(_SAMPLES, device=device) % kinds if kinds else None
        w = network.map(z, labels)
        by_features = not network.has_mapping
        steps = _feature_steps(network, z, w, count) if by_features else _latent_steps(w, count)
        largest = steps.abs().argmax(1, keepdim=True)
        steps = steps * steps.gather(1, largest).sign()
        effects = _effects(network, w[:_PROBES], steps)
        order = effects.argsort(descending=True, stable=True)
    return steps[order].clone(), effects[order].clone()


def _latent_steps(w: Tensor, count: int) -> Tensor:
    """Principal components of w, each as long as its standard deviation."""
    centred = w - w.mean(0)
    values, vectors = torch.linalg.eigh(centred.T @ centred / (len(w) - 1))
    keep = min(count, w.shape[1])
    scale = values[-keep:].clamp_min(0).sqrt()
    steps: Tensor = (vectors[:, -keep:] * scale).T.flip(0)
    return steps


def _feature_steps(network: Generator, z: Tensor, w: Tensor, count: int) -> Tensor:
    """Principal components of the first layer's activations, regressed back to z.

    A step moves z alone: what belongs to the class lies behind it in w and stays.

    With coordinates x = V^T (y - mean y), least squares gives z = U x; a column of U, scaled to
    length 1, is one standard deviation of z along it, since z is standard normal.
    """
    features = network.first_features(w[:_FEATURE_SAMPLES]).flatten(1).float()
    centred = features - features.mean(0)
    keep = min(count, z.shape[1], features.shape[1])
    values, vectors = torch.linalg.eigh(centred @ centred.T)
    coordinates = (vectors[:, -keep:] * values[-keep:].clamp_min(1e-12).sqrt()).flip(1)
    columns = z[:_FEATURE_SAMPLES].T @ coordinates / coordinates.square().sum(0)
    steps = torch.nn.functional.normalize(columns.T, dim=1)
    return torch.nn.functional.pad(steps, (0, w.shape[1] - z.shape[1]))


def _effects(network: Generator, w: Tensor, steps: Tensor) -> Tensor:
    """Mean absolute change of the pictures between both ends of each direction."""
    changes = []
    for step in steps:
        ends = network.synthesize(torch.cat([w - _REACH * step, w + _REACH * step]))
        low, high = ends.float().chunk(2)
        changes.append((high - low).abs().mean())
    return torch.stack(changes)
