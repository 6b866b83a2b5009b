"""What a direction does to pictures: how much, and how far it leads.

Not responsible for finding directions.
"""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from ganstudio.latent.ground import Ground
from ganstudio.latent.slices import Drawing, Slices

__all__ = ["Probes", "moved"]

#: Fixed places where every direction is tried.
_PLACES = 4
#: And where it is followed to its ends, of which two or three of these know too little.
_FOLLOWED = 8
#: Pictures that say what is ordinary.
_ORDINARY = 128
#: Share of them that lie nearer to another one than a picture may lie to any of them.
_USUAL = 0.8
#: Pictures are compared as they look from afar, averaged down to this side.
_AFAR = 16
_EFFECT_AT = 2.0
_LEAST, _MOST = 1, 6
#: A step that changes so much less than the first one leads nowhere.
_STILL = 1 / 3


class Probes:
    """Tries directions on a generator."""

    def __init__(self, ground: Ground) -> None:
        self._drawing = Drawing(ground.network)
        self._w = ground.w[:_FOLLOWED]
        self._ordinary = ground.w[_FOLLOWED : _FOLLOWED + _ORDINARY]
        self._here: Tensor | None = None

    def change(self, step: Tensor) -> Slices[Tensor]:
        """(P, C, H, W): from two standard deviations back to two on, at every place."""
        w = self._w[:_PLACES]
        ends = torch.cat([moved(w, -_EFFECT_AT * step), moved(w, _EFFECT_AT * step)])
        low, high = (yield from self._drawing.pictures(ends)).chunk(2)
        return high - low

    def effect(self, step: Tensor) -> Slices[float]:
        """The mean change of a pixel (range 2) between both ends."""
        return float((yield from self.change(step)).abs().mean())

    def reach(self, step: Tensor) -> Slices[tuple[float, float]]:
        """How far it makes sense to go, in standard deviations, below and above 0.

        An end is the last whole step, of at most 6, up to which every step still changes pictures a
        third as much as the first one, and at least half of the pictures are like something
        ordinary: not farther from the nearest of 128 ordinary pictures than four in five of those
        are from each other. Beyond, it draws what it never learned to. One step to both sides is
        always offered.
        """
        if self._here is None:
            yield from self._look_around()
        low = yield from self._end(-step)
        high = yield from self._end(step)
        return -float(low), float(high)

    def _look_around(self) -> Slices[None]:
        drawn = yield from self._drawing.pictures(torch.cat([self._w, self._ordinary]))
        self._here = drawn[:_FOLLOWED]
        self._usual = _from_afar(drawn[_FOLLOWED:])
        apart = torch.cdist(self._usual, self._usual).fill_diagonal_(torch.inf)
        self._farthest = apart.amin(1).quantile(_USUAL)

    def _lost(self, pictures: Tensor) -> bool:
        nearest = torch.cdist(_from_afar(pictures), self._usual).amin(1)
        return bool((nearest > self._farthest).float().mean() > 0.5)

    def _end(self, step: Tensor) -> Slices[int]:
        assert self._here is not None
        before, first = self._here, 0.0
        for amount in range(1, _MOST + 1):
            pictures = yield from self._drawing.pictures(moved(self._w, amount * step))
            change = float((pictures - before).abs().mean())
            first = first or change
            if change < _STILL * first or self._lost(pictures):
                return max(_LEAST, amount - 1)
            before = pictures
        return _MOST


def moved(w: Tensor, by: Tensor) -> Tensor:
    """Places (N, w_dim) moved by (w_dim,), or by (layers, w_dim) to (N, layers, w_dim)."""
    return w + by if by.ndim == 1 else w[:, None] + by


def _from_afar(pictures: Tensor) -> Tensor:
    """(N, C, H, W) to (N, F): what of them is compared."""
    sides = min(_AFAR, pictures.shape[2]), min(_AFAR, pictures.shape[3])
    return functional.adaptive_avg_pool2d(pictures, sides).flatten(1)
