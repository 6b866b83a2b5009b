"""Network bending: channels switched off, amplified, moved, turned and blurred on their way.

Broad, Leymarie and Grierson 2021, "Network bending".

Not responsible for which channels, nor for masks and mixes (`editing`).
"""

from __future__ import annotations

import math

import torch
from torch import Tensor
from torch.nn import functional

from ganstudio.project.point import Bend

__all__ = ["bent"]


def bent(x: Tensor, bend: Bend) -> Tensor:
    """Activations with some channels changed; channels that are not there are passed over.

    Args:
        x: (1, C, H, W), or (1, C) of a network without places: only "off" and "amplify" count then.
        bend: What is done.
    """
    known = [channel for channel in bend.channels if channel < x.shape[1]]
    if bend.channels and not known:
        return x
    chosen = torch.tensor(known, device=x.device) if known else slice(None)
    changed = x.clone()
    changed[:, chosen] = _changed(x[:, chosen], bend)
    return changed


def _changed(x: Tensor, bend: Bend) -> Tensor:
    if bend.action == "off":
        return torch.zeros_like(x)
    if bend.action == "amplify":
        return x * bend.amount
    if x.ndim < 4:
        return x
    if bend.action == "blur":
        return _blurred(x, bend.amount)
    turned = bend.amount if bend.action == "turn" else 0.0
    across, down = (bend.amount, bend.down) if bend.action == "move" else (0.0, 0.0)
    return _placed(x, turned, across, down)


def _placed(x: Tensor, degrees: float, across: float, down: float) -> Tensor:
    """Turned around the middle, clockwise, and moved in sides; what lies beyond the edge is 0."""
    height, width = x.shape[2:]
    cosine, sine = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    # The grid says where each place comes from, in halves of a side.
    back = torch.tensor(
        [
            [cosine, sine * height / width, -2 * across],
            [-sine * width / height, cosine, -2 * down],
        ],
        device=x.device,
        dtype=torch.float32,
    )
    grid = functional.affine_grid(
        back.expand(len(x), -1, -1), [len(x), 1, height, width], align_corners=False
    )
    return functional.grid_sample(x.float(), grid, align_corners=False).to(x.dtype)


def _blurred(x: Tensor, deviation: float) -> Tensor:
    """By a Gaussian whose standard deviation is a share of the side; edges go on beyond."""
    for axis in (2, 3):
        sigma = abs(deviation) * x.shape[axis]
        reach = min(math.ceil(3 * sigma), x.shape[axis] - 1)
        if reach < 1:
            continue
        places = torch.arange(-reach, reach + 1, device=x.device, dtype=torch.float32)
        weights = torch.exp(-0.5 * (places / sigma).square())
        shape = [1, 1, 1, 1]
        shape[axis] = len(weights)
        kernel = (weights / weights.sum()).view(shape).expand(x.shape[1], 1, *shape[2:])
        pads = (0, 0, reach, reach) if axis == 2 else (reach, reach, 0, 0)
        padded = functional.pad(x.float(), pads, mode="replicate")
        x = functional.conv2d(padded, kernel, groups=x.shape[1]).to(x.dtype)
    return x
