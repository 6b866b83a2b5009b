"""Pixels taken from other places of the same picture, and pictures taken apart by channels.

Not responsible for which places, nor for what becomes of them: those are the changes' own.
"""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor
from torch.nn.functional import grid_sample

__all__ = ["mixed", "on_colours", "picked", "reflected", "resampled", "shifted"]

_RGB = 3


def on_colours(pictures: Tensor, change: Callable[[Tensor], Tensor]) -> Tensor:
    """Change the colours of pictures (N, C, H, W) and leave alpha as it is."""
    if pictures.shape[1] <= _RGB:
        return change(pictures)
    return torch.cat([change(pictures[:, :_RGB]), pictures[:, _RGB:]], dim=1)


def shifted(pictures: Tensor, down: Tensor, across: Tensor) -> Tensor:
    """Move every picture by whole pixels of its own; zeros come in.

    Args:
        pictures: (N, C, H, W); quickest with channels last in memory, as the outcome has them.
        down: Pixels, (N, 1) int64.
        across: Pixels to the right, (N, 1) int64.
    """
    count, channels, height, width = pictures.shape
    rows, from_above = _origins(height, down)
    columns, from_left = _origins(width, across)
    first = torch.arange(count, device=down.device).view(-1, 1) * height
    places = ((first + rows) * width).unsqueeze(2) + columns.unsqueeze(1)
    found = pictures.permute(0, 2, 3, 1).reshape(-1, channels).index_select(0, places.flatten())
    inside = (from_above.unsqueeze(2) & from_left.unsqueeze(1)).to(found.dtype)
    return (found.view(count, height, width, channels) * inside.unsqueeze(3)).permute(0, 3, 1, 2)


def _origins(side: int, steps: Tensor) -> tuple[Tensor, Tensor]:
    """Along an axis, for steps (N, 1): what comes to each place, and whether that was inside."""
    origins = torch.arange(side, device=steps.device) - steps
    kept = origins.clamp(0, side - 1)
    return kept, origins == kept


def picked(pictures: Tensor, matrices: Tensor) -> Tensor:
    """Take one pixel for each: exact, for matrices that lead from pixel to pixel.

    Args:
        pictures: (N, C, H, W).
        matrices: See `resampled`.
    """
    height, width = pictures.shape[2:]
    x, y = _places(matrices, height, width)
    column = reflected(x + (width - 1) / 2, width).to(torch.int64)
    row = reflected(y + (height - 1) / 2, height).to(torch.int64)
    return _taken(pictures, row * width + column).view(pictures.shape)


def resampled(pictures: Tensor, matrices: Tensor) -> Tensor:
    """Sample every picture once, bilinearly; beyond the border it goes on mirrored.

    Args:
        pictures: (N, C, H, W), both sides at least 2.
        matrices: (N, 2, 3), without a gradient: (x, y, 1) of a place in the outcome, in pixels
            right of and below the centre, to the place it comes from.
    """
    height, width = pictures.shape[2:]
    x, y = _places(matrices, height, width)
    if pictures.device.type == "mps":
        return mixed(pictures, x, y)  # grid_sample knows no way back there
    grid = torch.stack([x * (2 / (width - 1)), y * (2 / (height - 1))], dim=3)
    return grid_sample(pictures, grid, padding_mode="reflection", align_corners=True)


def mixed(pictures: Tensor, x: Tensor, y: Tensor) -> Tensor:
    """The same sampling made of gathers, for devices where there is nothing quicker.

    Args:
        pictures: (N, C, H, W), both sides at least 2.
        x: How far right of the centre each pixel comes from, (N, H, W).
        y: How far below it.
    """
    height, width = pictures.shape[2:]
    left, right_share = _neighbour(x + (width - 1) / 2, width)
    top, lower_share = _neighbour(y + (height - 1) / 2, height)
    first = top * width + left
    upper, lower = (
        torch.lerp(_taken(pictures, index), _taken(pictures, index + 1), right_share)
        for index in (first, first + width)
    )
    return torch.lerp(upper, lower, lower_share).view(pictures.shape)


def reflected(places: Tensor, side: int) -> Tensor:
    """Places along an axis, those outside mirrored at the middle of the outermost pixel.

    Args:
        places: 0 is the first pixel, `side` - 1 the last; whole or broken.
        side: At least 2.
    """
    last = side - 1
    return last - (places.remainder(2 * last) - last).abs()


def _places(matrices: Tensor, height: int, width: int) -> tuple[Tensor, Tensor]:
    """Where every pixel comes from, (N, H, W) each: right of the centre, and below it."""
    x = torch.arange(width, device=matrices.device) - (width - 1) / 2
    y = torch.arange(height, device=matrices.device).view(-1, 1) - (height - 1) / 2
    xx, xy, x0, yx, yy, y0 = matrices.view(-1, 6, 1, 1).unbind(1)
    return xx * x + (xy * y + x0), yx * x + (yy * y + y0)


def _taken(pictures: Tensor, index: Tensor) -> Tensor:
    """Pixels (N, C, H * W) by their place in a picture, (N, H, W)."""
    count, channels = pictures.shape[:2]
    return pictures.flatten(2).gather(2, index.view(count, 1, -1).expand(-1, channels, -1))


def _neighbour(places: Tensor, side: int) -> tuple[Tensor, Tensor]:
    """The pixel before each place (N, H, W), and the next one's share (N, 1, H * W)."""
    places = reflected(places, side)
    before = places.floor().clamp(max=side - 2)
    return before.to(torch.int64), (places - before).view(len(places), 1, -1)
