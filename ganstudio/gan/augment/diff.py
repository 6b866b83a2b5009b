"""DiffAugment: changes of colour and place, and a hole (Zhao 2020).

A picture is chosen once, and then changed by all of them.

Not responsible for mirroring, which is a property of the pictures (`data`).
"""

from __future__ import annotations

import torch
from torch import Tensor

from ganstudio.gan.augment.dice import Dice
from ganstudio.gan.augment.pixels import on_colours, shifted

__all__ = ["color", "cutout", "translation"]

_SHIFT_SHARE = 8  # at most 1/8 of the side
_CUTOUT_SHARE = 2  # a square of 1/2 of the side


def color(pictures: Tensor, dice: Dice) -> Tensor:
    """Brightness +-0.5, saturation x 0 to 2, contrast x 0.5 to 1.5; alpha stays as it is."""

    def change(colours: Tensor) -> Tensor:
        x = colours + (dice.uniform(1, 1, 1) - 0.5)
        grey = x.mean(dim=1, keepdim=True)
        x = grey + (x - grey) * (2.0 * dice.uniform(1, 1, 1))
        middle = x.mean(dim=(1, 2, 3), keepdim=True)
        x = middle + (x - middle) * (0.5 + dice.uniform(1, 1, 1))
        return torch.where(dice.together, x, colours)

    return on_colours(pictures, change)


def translation(pictures: Tensor, dice: Dice) -> Tensor:
    """Moved by whole pixels, up to 1/8 of the side; zeros come in."""
    height, width = pictures.shape[2:]
    down = _steps(height // _SHIFT_SHARE, dice)
    across = _steps(width // _SHIFT_SHARE, dice)
    return shifted(pictures, down, across)


def _steps(most: int, dice: Dice) -> Tensor:
    """Whole steps from -most to most, 0 where a picture is not chosen: (N, 1) int64."""
    steps = torch.floor(dice.uniform(1, 1, 1) * (2 * most + 1)) - most
    return steps.masked_fill(~dice.together, 0.0).view(-1, 1).to(torch.int64)


def cutout(pictures: Tensor, dice: Dice) -> Tensor:
    """A square of half the side, anywhere, becomes zero."""
    height, width = pictures.shape[2:]
    rows = _covered(height, pictures.device, dice).view(-1, 1, height, 1)
    columns = _covered(width, pictures.device, dice).view(-1, 1, 1, width)
    hole = rows & columns & dice.together
    return pictures * (~hole).to(pictures.dtype)  # quicker than `masked_fill`


def _covered(side: int, device: torch.device, dice: Dice) -> Tensor:
    """Which places along an axis a hole of half its length covers: (N, side) bool."""
    hole = side // _CUTOUT_SHARE
    # The hole's centre may be anywhere, so it may reach over the border.
    centre = torch.floor(dice.uniform(1, 1, 1).view(-1, 1) * (side + 1 - hole % 2))
    distance = torch.arange(side, device=device) - (centre - hole // 2)
    return (distance >= 0) & (distance < hole)
