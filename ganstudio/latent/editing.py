"""What happens to one picture inside the network: parts of other places, masks, bends.

Not responsible for vectors (`renderer`), nor for what a bend is (`bending`).
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn import functional

from ganstudio.latent.bending import bent
from ganstudio.latent.generator import Edit
from ganstudio.project.point import Bend

__all__ = ["Shown", "bends", "follows", "together"]

_FAINT = 1e-3
#: What is hardly there is not blown up.
_MOST_GAIN = 3.0


def together(edits: Sequence[Edit]) -> Edit:
    """One after the other."""

    def edit(stage: int, x: Tensor) -> Tensor:
        for one in edits:
            x = one(stage, x)
        return x

    return edit


def follows(other: Sequence[Tensor], stages: range, weight: float = 1.0) -> Edit:
    """Each channel as strong as another picture's at the same stage.

    Where all layers share one w, this is what comes nearest to a w for each: a style says how much
    each channel counts. (Matching means too, as adaptive instance normalisation does, was tried:
    what is nowhere becomes a veil everywhere.)

    Args:
        other: The other picture's activations, all stages.
        stages: Where it counts.
        weight: How much of it, 0 to 1.
    """

    def edit(stage: int, x: Tensor) -> Tensor:
        if stage not in stages:
            return x
        if x.ndim < 4:
            return torch.lerp(x, other[stage].to(x.dtype), weight)
        gain = (_strength(other[stage]) / _strength(x)).clamp(max=_MOST_GAIN)
        return x * torch.lerp(torch.ones_like(gain), gain, weight).to(x.dtype)

    return edit


class Shown:
    """How much another picture shows through, over all of a picture.

    Args:
        rows: 0 to 1, a grid from the upper left corner on; rows may differ in length.
    """

    def __init__(self, rows: Sequence[Sequence[float]]) -> None:
        widest = max((len(row) for row in rows), default=0)
        self._grid = torch.zeros(1, 1, len(rows), max(1, widest))
        for place, row in enumerate(rows):
            self._grid[0, 0, place, : len(row)] = torch.tensor(row).clamp(0, 1)

    def between(self, one: Tensor, other: Tensor) -> Tensor:
        """(N, C, H, W) of both to what is seen of them."""
        size = (one.shape[2], one.shape[3])
        grid = self._grid.to(one.device)
        share = functional.interpolate(grid, size, mode="bilinear", antialias=True)
        return torch.lerp(one.float(), other.float(), share).to(one.dtype)

    def through(self, other: Sequence[Tensor]) -> Edit:
        """Another picture's activations, all stages, let through at every stage with places."""

        def edit(stage: int, x: Tensor) -> Tensor:
            return self.between(x, other[stage]) if x.ndim == 4 else x

        return edit

    def pair(self, stage: int, x: Tensor) -> Tensor:
        """An edit for a batch of two: both go on with what is seen of them.

        Where layers have a w of their own, the next layer treats each as its own w wants.
        """
        return self.between(x[:1], x[1:]).expand_as(x) if x.ndim == 4 else x


def bends(wanted: Sequence[Bend]) -> Edit:
    """All bends of a place that count."""

    def edit(stage: int, x: Tensor) -> Tensor:
        for bend in wanted:
            if bend.on and bend.stage == stage:
                x = bent(x, bend)
        return x

    return edit


def _strength(x: Tensor) -> Tensor:
    """Root mean square of each channel over its places, (1, C, 1, 1), a little above 0."""
    return x.float().square().mean((2, 3), keepdim=True).sqrt() + _FAINT
