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
    """Brightness +-0.5, saturation x 0 to 2, contrast x 0.5 to 1.5; alpha stays as it is.

    One after the other they are x + light, grey + full (x - grey) and middle + steep (x - middle),
    with grey the mean of a pixel and middle that of the picture. Together that is a multiple of
    the colours, one of grey, and a number for each picture, which takes half the time.
    """
    light = torch.where(dice.together, dice.uniform(1, 1, 1) - 0.5, 0.0)
    full = torch.where(dice.together, 2.0 * dice.uniform(1, 1, 1), 1.0)
    steep = torch.where(dice.together, 0.5 + dice.uniform(1, 1, 1), 1.0)

    def change(colours: Tensor) -> Tensor:
        grey = colours.mean(dim=1, keepdim=True)
        middle = grey.mean(dim=(2, 3), keepdim=True)
        rest = torch.addcmul(light + (1.0 - steep) * middle, grey, steep * (1.0 - full))
        return torch.addcmul(rest, colours, steep * full)

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
