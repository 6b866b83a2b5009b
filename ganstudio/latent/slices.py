"""Long work in slices, so that a picture which is asked for meanwhile never waits long.

A slice ends where the work yields. Not responsible for whose turn it is (`studio.explorer`).
"""

from __future__ import annotations

import time
from collections.abc import Generator
from typing import TypeVar

import torch
from torch import Tensor
from torch.nn import functional

from ganstudio.latent.generator import Generator as Network

__all__ = ["Drawing", "Slices", "finished"]

T = TypeVar("T")

#: Work that yields after every slice and returns what it found.
Slices = Generator[None, None, T]

#: How long a slice may draw, in seconds.
_SLICE_S = 0.01
_MOST_AT_ONCE = 64
#: A change is seen as well on small pictures, and 100 of them fit any memory.
_SIDE = 64


def finished(slices: Slices[T]) -> T:
    """Do work to its end, all slices at once."""
    while True:
        try:
            next(slices)
        except StopIteration as end:
            found: T = end.value
            return found


class Drawing:
    """Draws many places, as many at a time as a slice has room for on this computer."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._at_once = 1

    def pictures(self, w: Tensor) -> Slices[Tensor]:
        """(N, w_dim), or (N, layers, w_dim), to (N, C, H, W) float32, at most 64 on a side."""
        parts = list[Tensor]()
        drawn = 0
        while drawn < len(w):
            began = time.perf_counter()
            handful = w[drawn : drawn + self._at_once]
            with torch.inference_mode():
                parts.append(_small(self._network.synthesize(handful).float()))
            drawn += len(handful)
            fitting = int(len(handful) * _SLICE_S / max(1e-6, time.perf_counter() - began))
            self._at_once = max(1, min(fitting, 2 * self._at_once, _MOST_AT_ONCE))
            yield
        return torch.cat(parts).clone()


def _small(pictures: Tensor) -> Tensor:
    factor = -(-max(pictures.shape[2:]) // _SIDE)
    return functional.avg_pool2d(pictures, factor, ceil_mode=True) if factor > 1 else pictures
