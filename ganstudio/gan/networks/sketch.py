"""Sketch: small, quick networks that draw recognisable pictures within minutes on a CPU.

The trunk is DCGAN's (Radford 2015): transposed 4 x 4 convolutions with batch norm in the generator,
strided 4 x 4 convolutions without any norm in the discriminator. The last doubling differs. The
generator first says what colour each 2 x 2 block of pixels has, and adds the detail inside the
blocks to that; the discriminator sees each block as one place with all its pixels as channels. So
neither spends time on wide layers at full size, and flat areas are flat from the first minute,
where a transposed convolution has to learn not to leave a grid on them.

Not responsible for how they are trained.
"""

from __future__ import annotations

import itertools
import math

import torch
from torch import Tensor, nn
from torch.nn import functional

from ganstudio.gan.chance import Chance
from ganstudio.gan.networks.base import Discriminator, Edit, PlainGenerator, Projection
from ganstudio.gan.networks.parts import (
    blocks_of,
    doublings,
    edited,
    normal_weights,
    pixels_of,
)
from ganstudio.gan.pieces import Piece
from ganstudio.project.recipe import NetworkRecipe

__all__ = ["SketchDiscriminator", "SketchGenerator"]

_SLOPE = 0.2
_DEVIATION = 0.02
_WIDEST = 8
# Detail begins at nothing and grows slowly: Adam moves every weight at the same pace, so a factor
# in front of them is a slower pace.
_DETAIL_PACE = 0.1


def _channels(width: int, size: int) -> list[int]:
    """Channels at 4 pixels, 8 pixels and so on, up to half the picture's size: halving to width."""
    stages = doublings(size)
    return [width * min(2**stage, _WIDEST) for stage in reversed(range(stages))]


class SketchGenerator(PlainGenerator):
    """From a latent vector to a picture."""

    def __init__(self, recipe: NetworkRecipe, rng: torch.Generator) -> None:
        super().__init__(recipe)
        self._grid = recipe.grid
        channels = _channels(recipe.width, recipe.size)
        self.first = nn.Linear(self.w_dim, channels[0] * math.prod(recipe.grid), bias=False)
        self.first_norm = nn.Sequential(nn.BatchNorm2d(channels[0]), nn.ReLU(inplace=True))
        layers: list[nn.Module] = []
        for wide, narrow in itertools.pairwise(channels):
            layers += [
                nn.ConvTranspose2d(wide, narrow, 4, 2, 1, bias=False),
                nn.BatchNorm2d(narrow),
                nn.ReLU(inplace=True),
            ]
        self.trunk = nn.Sequential(*layers)
        self.blocks = nn.Conv2d(channels[-1], recipe.channels, 3, padding=1)
        self.detail = nn.Conv2d(channels[-1], 4 * recipe.channels, 3, padding=1, bias=False)
        normal_weights(self, _DEVIATION, rng)
        nn.init.zeros_(self.detail.weight)

    def synthesize(
        self, w: Tensor, chance: Chance | None = None, edit: Edit | None = None
    ) -> Tensor:
        """See `Generator.synthesize`."""
        x = edited(edit, 0, self._first(w))
        for place, layer in enumerate(self.trunk):
            x = layer(x)
            if isinstance(layer, nn.ReLU):  # a stage is a convolution, a norm and a ReLU
                x = edited(edit, 1 + place // 3, x)
        return self._pixels(x)

    def first_features(self, w: Tensor) -> Tensor:
        """See `Generator.first_features`."""
        return self._first(w).flatten(1)

    def _pixels(self, x: Tensor) -> Tensor:
        """The last doubling: each block's colour for its four pixels, and detail on top.

        Both are convolutions of the same features, so their kernels are added, not their pictures.
        """
        bias = self.blocks.bias
        assert bias is not None
        kernel = self.blocks.weight.repeat(4, 1, 1, 1) + _DETAIL_PACE * self.detail.weight
        return pixels_of(torch.tanh(functional.conv2d(x, kernel, bias.repeat(4), padding=1)))

    def _first(self, w: Tensor) -> Tensor:
        features: Tensor = self.first_norm(self.first(w).unflatten(1, (-1, *self._grid)))
        return features


class SketchDiscriminator(Discriminator):
    """From a picture to a score."""

    def __init__(self, recipe: NetworkRecipe, rng: torch.Generator) -> None:
        super().__init__()
        channels = _channels(recipe.d_width, recipe.size)[::-1]
        layers: list[nn.Module] = [
            nn.Conv2d(4 * recipe.channels, channels[0], 3, padding=1),
            nn.LeakyReLU(_SLOPE, inplace=True),
        ]
        for narrow, wide in itertools.pairwise(channels):
            layers += [nn.Conv2d(narrow, wide, 4, 2, 1), nn.LeakyReLU(_SLOPE, inplace=True)]
        self.trunk = nn.Sequential(*layers)
        self.score = nn.Linear(channels[-1] * math.prod(recipe.grid), 1)
        self.projection = Projection(recipe.classes, channels[-1])
        normal_weights(self, _DEVIATION, rng)

    def forward(self, pictures: Tensor, labels: Tensor | None = None) -> Tensor:
        """See `Discriminator.forward`."""
        features = self.trunk(blocks_of(pictures))
        fit = self.projection(features.mean((2, 3)), labels)
        logits: Tensor = self.score(features.flatten(1)).flatten() + fit
        return logits

    def in_pieces(self, pictures: Tensor) -> tuple[Tensor, list[Piece]]:
        """See `pieces.InPieces`."""
        layers = [layer for layer in self.trunk if isinstance(layer, nn.Conv2d)]
        return blocks_of(pictures), [*(Piece(layer, _SLOPE) for layer in layers), Piece(self.score)]
