"""Distances between two sets of pictures that need no network at all.

The sliced Wasserstein distance sees how patches look at each scale but, as it is normalised, not in
which colours; the colour distance sees nothing but those. Both need only a little of each picture:
patches at random places, and how often each level occurs. So pictures can be looked at a few at a
time, and need not be kept.

Not responsible for features or anything learned.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn import functional

__all__ = [
    "color_distance",
    "cut_patches",
    "histograms",
    "laplacian_pyramid",
    "patch_distances",
    "sliced_wasserstein",
    "sorted_distance",
]

Pixels = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float64]

#: Sides of a patch, and the smallest level of the pyramid (Karras 2018).
_PATCH = 7
_SMALLEST = 16
_DIRECTIONS = 128
_LEVELS = 256
_HANDFUL = 16


def sliced_wasserstein(
    first: Pixels, second: Pixels, *, patches: int = 128, repeats: int = 4, seed: int = 0
) -> list[float]:
    """How far patches of two sets of pictures are apart, at each scale (Karras 2018, PGGAN).

    From each level of a Laplacian pyramid, patches of 7 x 7 pixels at random places, each channel
    normalised over its own set; then the Wasserstein distance in 128 random directions at a time,
    on the mean.

    Args:
        first: uint8 (N, H, W, C), N at least 1, sides of at least 16.
        second: uint8 (N, H, W, C), as many and as large.
        patches: From each picture and level; the paper takes 128.
        repeats: Times 128 directions; the paper takes 4.
        seed: Of places and directions; the same for both sets.

    Returns:
        For each level from the finest on, times 1,000 as in the paper; 0 for equal sets.

    Raises:
        ValueError: Unless both sets are equally many and large.
    """
    if first.shape != second.shape:
        raise ValueError(f"sets of {first.shape} and {second.shape} cannot be compared")
    both = []
    for pictures in (first, second):
        chance = torch.Generator().manual_seed(seed)
        handfuls = (pictures[i : i + _HANDFUL] for i in range(0, len(pictures), _HANDFUL))
        both.append([cut_patches(handful, patches, chance) for handful in handfuls])
    return patch_distances(*both, repeats=repeats, seed=seed)


@torch.inference_mode()
def cut_patches(pictures: Pixels, patches: int, chance: torch.Generator) -> list[Tensor]:
    """Patches at random places of each level of the pyramid.

    Args:
        pictures: uint8 (N, H, W, C), a handful.
        patches: From each picture and level.
        chance: Chooses the places.

    Returns:
        For each level from the finest on, float32 (N * patches, C, 49).
    """
    return [_cut(level, *_places(level, patches, chance)) for level in laplacian_pyramid(pictures)]


@torch.inference_mode()
def patch_distances(
    first: Sequence[list[Tensor]], second: Sequence[list[Tensor]], *, repeats: int, seed: int = 0
) -> list[float]:
    """The distance of patches at each level, times 1,000; as `sliced_wasserstein`.

    Args:
        first: What `cut_patches` gave for each handful.
        second: Likewise, for as many pictures.
        repeats: Times 128 directions.
        seed: Of the directions.
    """
    chance = torch.Generator().manual_seed(seed)
    distances = []
    for level in range(len(first[0])):
        ours, theirs = (
            _normalised(torch.cat([handful[level] for handful in one])) for one in (first, second)
        )
        found = []
        for _ in range(repeats):
            directions = torch.randn(ours.shape[1], _DIRECTIONS, generator=chance)
            directions /= directions.norm(dim=0)
            found.append(sorted_distance(ours @ directions, theirs @ directions))
        distances.append(1000 * sum(found) / repeats)
    return distances


def sorted_distance(first: Tensor, second: Tensor) -> float:
    """Mean Wasserstein distance of the columns of (N, D) and (N, D): that of sorted numbers."""
    return float((first.sort(dim=0).values - second.sort(dim=0).values).abs().mean())


def histograms(pictures: Pixels) -> Floats:
    """How often each level occurs in each channel of (N, H, W, C): (C, 256)."""
    channels = pictures.shape[3]
    counted = [np.bincount(pictures[..., c].ravel(), minlength=_LEVELS) for c in range(channels)]
    return np.stack(counted).astype(np.float64)


def color_distance(first: Floats, second: Floats) -> float:
    """Wasserstein distance of the values of all pixels, on the mean of the channels.

    Args:
        first: What `histograms` gave, (C, 256), of any number of pictures.
        second: Likewise.

    Returns:
        In levels, 0 to 255: 3 means that a pixel is brighter or darker by 3, on the mean.
    """
    shares = (one / one.sum(axis=1, keepdims=True) for one in (first, second))
    ours, theirs = (np.cumsum(share, axis=1) for share in shares)
    return float(np.abs(ours - theirs).sum(axis=1).mean())


def laplacian_pyramid(pictures: Pixels) -> list[Tensor]:
    """What is to be seen at each scale only (Burt and Adelson 1983).

    Args:
        pictures: uint8 (N, H, W, C).

    Returns:
        float32 (N, C, h, w) each, from full size down to the last whose shorter side has 16
        pixels; the last one holds all that is coarser.
    """
    level = torch.from_numpy(np.array(pictures)).permute(0, 3, 1, 2).float()
    levels = []
    while min(level.shape[2:]) >= 2 * _SMALLEST:
        smaller = _halved(level)
        levels.append(level - _doubled(smaller, level.shape[2:]))
        level = smaller
    return [*levels, level]


def _halved(level: Tensor) -> Tensor:
    return _blurred(level)[:, :, ::2, ::2]


def _doubled(level: Tensor, size: torch.Size) -> Tensor:
    """Between the known pixels zeros, then blurred at four times the weight."""
    spread = level.new_zeros((*level.shape[:2], *size))
    spread[:, :, ::2, ::2] = level
    return 4 * _blurred(spread)


def _blurred(level: Tensor) -> Tensor:
    """Binomial filter of 5 pixels a side; the picture goes on mirrored."""
    line = torch.tensor([1.0, 4.0, 6.0, 4.0, 1.0]) / 16
    channels = level.shape[1]
    kernel = torch.outer(line, line).expand(channels, 1, 5, 5)
    padded = functional.pad(level, (2, 2, 2, 2), mode="reflect")
    return functional.conv2d(padded, kernel, groups=channels)


def _places(level: Tensor, patches: int, chance: torch.Generator) -> tuple[Tensor, Tensor]:
    """Upper left corners, (N, patches) each."""
    count, _, height, width = level.shape
    top, left = (
        torch.randint(side - _PATCH + 1, (count, patches), generator=chance)
        for side in (height, width)
    )
    return top, left


def _cut(level: Tensor, top: Tensor, left: Tensor) -> Tensor:
    """Patches (N * patches, C, 49)."""
    count, channels, _, width = level.shape
    inside = torch.arange(_PATCH)
    offsets = (inside[:, None] * width + inside[None, :]).flatten()
    pixels = (top * width + left)[:, :, None] + offsets
    flat = level.flatten(2).permute(0, 2, 1)
    rows = torch.arange(count)[:, None, None]
    return flat[rows, pixels].permute(0, 1, 3, 2).reshape(-1, channels, _PATCH * _PATCH)


def _normalised(patches: Tensor) -> Tensor:
    """(P, C, 49) as (P, 49 * C): mean 0 and deviation 1 of each channel over all patches."""
    mean = patches.mean(dim=(0, 2), keepdim=True)
    deviation = patches.std(dim=(0, 2), keepdim=True, correction=0)
    return ((patches - mean) / deviation.clamp(min=1e-6)).flatten(1)
