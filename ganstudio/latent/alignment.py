"""Whether a direction of another moment of a run still does what it did, and what does it now.

Where the older generator is at hand, what the direction does to pictures is compared: the same
fixed places are changed by both generators. Otherwise the direction is compared with those that
the newer generator has of its own.

Not responsible for where older generators lie (`studio`).
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn import functional

from ganstudio.latent.ground import Ground
from ganstudio.latent.measuring import Probes
from ganstudio.latent.slices import Slices
from ganstudio.project.direction import Fit

__all__ = ["compared", "within"]

#: Cosine of both changes, over all pixels of all places, from which on it does the same.
_SAME = 0.7
#: From which on another direction that was made to do the same is taken instead.
_SIMILAR = 0.5
#: How much of a direction lies among the found ones, where pictures cannot be compared.
_WITHIN = 0.7


def compared(
    ground: Ground, older: Ground, numbers: Sequence[float], found: Sequence[Sequence[float]]
) -> Slices[Fit]:
    """Compare what a direction does in two generators of one run.

    Args:
        ground: Of the newer generator.
        older: Of the one in which the direction was found.
        numbers: The direction's step.
        found: Steps of the newer generator's own, to make another one of.
    """
    step = torch.tensor(numbers, device=ground.device)
    probes = Probes(ground)
    wanted = (yield from Probes(older).change(step)).flatten()
    same = _cosine(wanted, (yield from probes.change(step)).flatten())
    if same >= _SAME:
        return Fit("same", same)
    if not found:
        return Fit("lost", same)
    steps = torch.tensor(found, device=ground.device)
    changes = wanted.new_empty(len(wanted), len(steps))
    for place, own in enumerate(steps):
        changes[:, place] = (yield from probes.change(own)).flatten()
    # A little of every direction costs: of many that fit alike the smallest mixture is taken.
    weighed = changes.T @ changes
    weighed += 0.01 * weighed.diagonal().mean() * torch.eye(len(weighed), device=weighed.device)
    another = ground.step(torch.linalg.solve(weighed, changes.T @ wanted) @ steps)
    similar = _cosine(wanted, (yield from probes.change(another)).flatten())
    if similar < _SIMILAR or similar <= same:
        return Fit("lost", max(same, similar))
    return Fit("aligned", similar, tuple(another.tolist()))


def within(ground: Ground, numbers: Sequence[float], found: Sequence[Sequence[float]]) -> Fit:
    """How much of a direction lies among those of the newer generator (see `compared`)."""
    if not found:
        return Fit("lost", 0.0)
    step = torch.tensor(numbers, device=ground.device)
    basis = torch.linalg.qr(torch.tensor(found, device=ground.device).T).Q
    part = basis @ (basis.T @ step)
    share = float(part.norm() / step.norm().clamp_min(1e-8))
    if share < _WITHIN:
        return Fit("lost", share)
    return Fit("aligned", share, tuple(ground.step(part).tolist()))


def _cosine(one: Tensor, other: Tensor) -> float:
    return float(functional.cosine_similarity(one, other, dim=0))
