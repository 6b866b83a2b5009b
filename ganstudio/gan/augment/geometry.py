"""Changes of place by adaptive augmentation (Karras 2020, "Training GANs with limited data").

Each is chosen for every picture with probability p on its own, and how far it goes does not depend
on p: as long as enough pictures stay as they are (p up to about 0.8), changes do not leak into what
the generator draws. All of them are one matrix a picture, so that it is sampled once; what comes in
over a border is the picture mirrored.

Not responsible for p (`steering`). The paper samples from pictures of twice the side by long
wavelet filters; here it is one bilinear step, without a filter against the finest stripes where a
picture shrinks.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

import torch
from torch import Tensor
from torch.nn.functional import pad

from ganstudio.gan.augment.dice import Dice
from ganstudio.gan.augment.pixels import picked, resampled
from ganstudio.project.recipe import PolicyName

__all__ = ["MOVES", "affine", "moved", "product"]

_SHIFT_SHARE = 8  # at most 1/8 of the side
_SCALE_DEVIATION = 0.2  # of log2 of the scale
_STRETCH_DEVIATION = 0.2  # of log2 of the width's scale; the height's is its opposite
_MOVE_DEVIATION = 1 / 8  # of the side

# Chance, height and width of pictures to their matrices (N, 2, 3), as `resampled` takes them.
Move = Callable[[Dice, int, int], Tensor]


def moved(pictures: Tensor, dice: Dice, *, moves: Sequence[PolicyName]) -> Tensor:
    """Change places, in one sampling; pixels stay whole where every change leaves them whole.

    Args:
        pictures: (N, C, H, W).
        dice: Their chance.
        moves: Names from `MOVES`, at least one, in its order.
    """
    height, width = pictures.shape[2:]
    matrices = [MOVES[name](dice, height, width) for name in moves]
    sampled = resampled if "geometry" in moves else picked
    return sampled(pictures, functools.reduce(product, matrices))


def product(first: Tensor, then: Tensor) -> Tensor:
    """(N, 2, 3) for pictures that are changed by one matrix and then by another.

    Matrices lead back from the outcome, so the second change is undone first.
    """
    return torch.baddbmm(pad(first[:, :, 2:], (2, 0)), first[:, :, :2], then)


def _flip(dice: Dice, _height: int, _width: int) -> Tensor:
    """Mirrored left to right, or not, at even odds."""
    sign = dice.signs()
    none = torch.zeros_like(sign)
    return _matrices(sign, none, none, none, none + 1.0, none)


def _turn(dice: Dice, height: int, width: int) -> Tensor:
    """Turned by any number of quarters; pictures that are not square by halves."""
    step = 1 if height == width else 2
    quarters = dice.chosen() * step * torch.floor(dice.uniform(1) * (4 // step))
    # Exact, as a cosine of half pi would not be: 1, 0, -1, 0 and 0, 1, 0, -1.
    cos, sin = (quarters - 2.0).abs() - 1.0, 1.0 - (quarters - 1.0).abs()
    none = torch.zeros_like(cos)
    return _matrices(cos, -sin, none, sin, cos, none)


def _shift(dice: Dice, height: int, width: int) -> Tensor:
    """Moved by whole pixels, up to 1/8 of the side."""
    chosen = dice.chosen()
    across, along = dice.uniform(2).chunk(2, dim=1)
    right = chosen * _whole_steps(across, width // _SHIFT_SHARE)
    down = chosen * _whole_steps(along, height // _SHIFT_SHARE)
    none = torch.zeros_like(right)
    return _matrices(none + 1.0, none, -right, none, none + 1.0, -down)


def _whole_steps(drawn: Tensor, most: int) -> Tensor:
    """From -most to most, for numbers in [0, 1)."""
    return torch.floor(drawn * (2 * most + 1)) - most


def _geometry(dice: Dice, height: int, width: int) -> Tensor:
    """Scaled, turned by any angle, stretched, turned again and moved by parts of a pixel too."""
    scale, stretch = dice.spreads(2).chunk(2, dim=1)
    # Two turns with this probability each are at least one turn with probability p.
    angles = dice.angles(2, 1.0 - math.sqrt(1.0 - dice.p))
    right, down = (_MOVE_DEVIATION * dice.chosen() * dice.normal(2)).chunk(2, dim=1)
    return affine(
        scale=torch.exp2(_SCALE_DEVIATION * scale),
        stretch=torch.exp2(_STRETCH_DEVIATION * stretch),
        angles=angles,
        moves=torch.cat([width * right, height * down], dim=1),
    )


def affine(scale: Tensor, stretch: Tensor, angles: Tensor, moves: Tensor) -> Tensor:
    """One matrix a picture for a picture that is scaled, turned, stretched, turned and moved.

    Args:
        scale: How much larger it becomes, (N, 1).
        stretch: How much wider, and less high, it becomes, (N, 1).
        angles: By which it is turned to the left before and after it is stretched, in radians,
            (N, 2).
        moves: How far it is moved to the right and down, in pixels, (N, 2).

    Returns:
        (N, 2, 3).
    """
    cos, sin = angles.cos(), angles.sin()
    # y counts downwards, so this turns places to the right, and pictures to the left.
    before, after = torch.stack([cos, -sin, sin, cos], dim=2).view(-1, 2, 2, 2).unbind(1)
    sizes = torch.cat([1.0 / (scale * stretch), stretch / scale], dim=1)
    back = (before * sizes[:, None]) @ after
    return torch.cat([back, -back @ moves[:, :, None]], dim=2)


#: Changes of place by the name a recipe uses, in the order they are made.
MOVES: Mapping[PolicyName, Move] = MappingProxyType(
    {"flip": _flip, "turn": _turn, "shift": _shift, "geometry": _geometry}
)


def _matrices(*entries: Tensor) -> Tensor:
    """Six entries (N, 1), row by row."""
    return torch.cat(entries, dim=1).view(-1, 2, 3)
