"""Differentiable augmentation, so that few pictures go a longer way (Zhao 2020, DiffAugment).

Every picture the discriminator sees, real or generated, is changed at random; a gradient flows
through the change back to the generator. Made of shifts by index and masks alone, which every
device can differentiate twice.

Not responsible for mirroring, which is a property of the pictures (`data`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

import torch
from torch import Tensor

__all__ = ["POLICIES", "Augment"]

_SHIFT_SHARE = 8  # at most 1/8 of the side
_CUTOUT_SHARE = 2  # a square of 1/2 of the side

# (pictures (N, C, H, W), chosen (N, 1, 1, 1) bool, random generator) -> changed pictures
Change = Callable[[Tensor, Tensor, torch.Generator], Tensor]


def _uniform(like: Tensor, generator: torch.Generator) -> Tensor:
    """One number in [0, 1) per picture, (N, 1, 1, 1)."""
    shape = (len(like), 1, 1, 1)
    return torch.rand(shape, generator=generator, device=like.device, dtype=like.dtype)


def _color(pictures: Tensor, chosen: Tensor, generator: torch.Generator) -> Tensor:
    """Brightness +-0.5, saturation x 0 to 2, contrast x 0.5 to 1.5."""
    x = pictures + (_uniform(pictures, generator) - 0.5)
    grey = x.mean(dim=1, keepdim=True)
    x = grey + (x - grey) * (2.0 * _uniform(pictures, generator))
    middle = x.mean(dim=(1, 2, 3), keepdim=True)
    x = middle + (x - middle) * (0.5 + _uniform(pictures, generator))
    return torch.where(chosen, x, pictures)


def _translation(pictures: Tensor, chosen: Tensor, generator: torch.Generator) -> Tensor:
    """Moved by whole pixels, up to 1/8 of the side; zeros come in."""
    height, width = pictures.shape[2:]
    down = _steps(pictures, chosen, height // _SHIFT_SHARE, generator)
    across = _steps(pictures, chosen, width // _SHIFT_SHARE, generator)
    return _shift(_shift(pictures, down, 2), across, 3)


def _steps(pictures: Tensor, chosen: Tensor, most: int, generator: torch.Generator) -> Tensor:
    """Whole steps from -most to most, one per picture, 0 where it is not chosen: (N, 1) int64."""
    steps = torch.floor(_uniform(pictures, generator) * (2 * most + 1)) - most
    return steps.masked_fill(~chosen, 0.0).view(-1, 1).to(torch.int64)


def _shift(pictures: Tensor, steps: Tensor, axis: int) -> Tensor:
    """Move every picture along an axis (2 down, 3 across) by its own steps (N, 1)."""
    side = pictures.shape[axis]
    origin = torch.arange(side, device=pictures.device) - steps
    shape = [len(pictures), 1, 1, 1]
    shape[axis] = side
    inside = ((origin >= 0) & (origin < side)).view(shape)
    index = origin.clamp(0, side - 1).view(shape).expand_as(pictures)
    return torch.gather(pictures, axis, index) * inside


def _cutout(pictures: Tensor, chosen: Tensor, generator: torch.Generator) -> Tensor:
    """A square of half the side, anywhere, becomes zero."""
    height, width = pictures.shape[2:]
    rows = _covered(pictures, height, generator).view(-1, 1, height, 1)
    columns = _covered(pictures, width, generator).view(-1, 1, 1, width)
    return pictures.masked_fill(rows & columns & chosen, 0.0)


def _covered(pictures: Tensor, side: int, generator: torch.Generator) -> Tensor:
    """Which places along an axis a hole of half its length covers: (N, side) bool."""
    hole = side // _CUTOUT_SHARE
    # The hole's centre may be anywhere, so it may reach over the border.
    centre = torch.floor(_uniform(pictures, generator).view(-1, 1) * (side + 1 - hole % 2))
    distance = torch.arange(side, device=pictures.device) - (centre - hole // 2)
    return (distance >= 0) & (distance < hole)


#: Changes by the name a recipe uses, in the order they are made.
POLICIES: Mapping[str, Change] = MappingProxyType(
    {"color": _color, "translation": _translation, "cutout": _cutout}
)


class Augment:
    """Change pictures at random.

    Args:
        policy: Names from `POLICIES`.
    """

    def __init__(self, policy: Sequence[str]) -> None:
        unknown = sorted(set(policy) - set(POLICIES))
        if unknown:
            raise ValueError(f"no such augmentation: {', '.join(unknown)}")
        self._changes = [change for name, change in POLICIES.items() if name in policy]

    def __call__(self, pictures: Tensor, p: float, generator: torch.Generator) -> Tensor:
        """Change each picture with probability p, by every change of the policy.

        Args:
            pictures: (N, C, H, W) in [-1, 1]; colour changes may leave that range.
            p: 0 returns the pictures themselves and draws nothing.
            generator: The only source of chance; on the pictures' device.

        Returns:
            (N, C, H, W), differentiable.
        """
        if p <= 0.0 or not self._changes:
            return pictures
        chosen = _uniform(pictures, generator) < p
        for change in self._changes:
            pictures = change(pictures, chosen, generator)
        return pictures
