"""The residual pair of WGAN-GP (Gulrajani 2017) and SNGAN (Miyato 2018).

A block adds a change to what comes in: two 3 x 3 convolutions, each behind a ReLU (and behind a
batch norm in the generator); a 1 x 1 convolution leads past them where sizes differ. The generator
doubles the side in every block by repeating pixels, the discriminator halves it by averaging.

Channels are published for three cases, and the rule that covers them is used for every size:

- up to 32 pixels all blocks are equally wide, and the discriminator halves the side until it is 8
  (with widths 256 and 128, z 128 and 32 pixels these are SNGAN's networks for CIFAR-10);
- from 64 pixels on, the generator's last block has `recipe.width` channels, every earlier one twice
  as many as the next, up to 16 times the width; the discriminator is its mirror, down to 4 pixels
  (with widths of 64 and 128 pixels these are SNGAN's for ImageNet, and with 64 pixels the
  generator is WGAN-GP's).

In either case the discriminator's last block, or last two, leave the side as it is. There is no
norm in it, as in WGAN-GP's for CIFAR-10, unless the recipe wants spectral norm. Weights begin as in
SNGAN: Glorot's, with a gain of sqrt(2) in the 3 x 3 convolutions of blocks. Classes are told to the
generator behind z and to the discriminator by projection, where SNGAN has a batch norm for each.

Not responsible for how they are trained, nor for spectral norm itself (`spectral`).
"""

from __future__ import annotations

import itertools
import math

import torch
from torch import Tensor, nn
from torch.nn import functional

from ganstudio.gan.chance import Chance
from ganstudio.gan.networks.base import Discriminator, Edit, PlainGenerator, Projection
from ganstudio.gan.networks.parts import doublings, edited, glorot, normal_weights, through
from ganstudio.project.recipe import NetworkRecipe

__all__ = ["ResnetDiscriminator", "ResnetGenerator"]

_EVEN_UP_TO = 32
_WIDEST = 16
_BLOCK_GAIN = math.sqrt(2)


def _channels(width: int, size: int) -> list[int]:
    """Channels behind each doubling of the generator's side, the smallest side first."""
    steps = doublings(size)
    if size <= _EVEN_UP_TO:
        return [width] * steps
    return [width * min(2**step, _WIDEST) for step in reversed(range(steps))]


class ResnetGenerator(PlainGenerator):
    """From a latent vector to a picture by blocks that double the side."""

    def __init__(self, recipe: NetworkRecipe, rng: torch.Generator) -> None:
        super().__init__(recipe)
        self._grid = recipe.grid
        channels = _channels(recipe.width, recipe.size)
        self.first = glorot(nn.Linear(self.w_dim, channels[0] * math.prod(recipe.grid)), rng)
        ways = itertools.pairwise([channels[0], *channels])
        self.blocks = nn.Sequential(*(_Up(inputs, outputs, rng) for inputs, outputs in ways))
        self.last = nn.Sequential(
            nn.BatchNorm2d(channels[-1]),
            nn.ReLU(inplace=True),
            glorot(nn.Conv2d(channels[-1], recipe.channels, 3, padding=1), rng),
        )
        if self.classes is not None:
            normal_weights(self.classes, 1.0, rng)

    def synthesize(
        self, w: Tensor, chance: Chance | None = None, edit: Edit | None = None
    ) -> Tensor:
        """See `Generator.synthesize`."""
        x = through(self.blocks, edited(edit, 0, self._first(w)), edit, first=1)
        return torch.tanh(self.last(x))

    def first_features(self, w: Tensor) -> Tensor:
        """See `Generator.first_features`."""
        return self._first(w).flatten(1)

    def _first(self, w: Tensor) -> Tensor:
        features: Tensor = self.first(w).unflatten(1, (-1, *self._grid))
        return features


class _Up(nn.Module):
    """A block from (N, inputs, H, W) to (N, outputs, 2H, 2W)."""

    def __init__(self, inputs: int, outputs: int, rng: torch.Generator) -> None:
        super().__init__()
        # The norm behind the first convolution would take its bias away again.
        widen = nn.Conv2d(inputs, outputs, 3, padding=1, bias=False)
        self.change = nn.Sequential(
            nn.BatchNorm2d(inputs),
            nn.ReLU(inplace=True),
            nn.Upsample(scale_factor=2),
            glorot(widen, rng, _BLOCK_GAIN),
            nn.BatchNorm2d(outputs),
            nn.ReLU(inplace=True),
            glorot(nn.Conv2d(outputs, outputs, 3, padding=1), rng, _BLOCK_GAIN),
        )
        # Repeated pixels are equal, so the shortcut looks at each of them once.
        self.shortcut = nn.Sequential(
            glorot(nn.Conv2d(inputs, outputs, 1), rng), nn.Upsample(scale_factor=2)
        )

    def forward(self, x: Tensor) -> Tensor:
        changed: Tensor = self.change(x) + self.shortcut(x)
        return changed


class ResnetDiscriminator(Discriminator):
    """From a picture to a score by blocks that halve the side.

    What the blocks find is averaged over all places as in WGAN-GP; under spectral norm it is added
    up as in SNGAN: without a norm, sums would begin with scores far from 0.
    """

    def __init__(self, recipe: NetworkRecipe, rng: torch.Generator) -> None:
        super().__init__()
        self._adds_up = recipe.d_norm == "spectral"
        channels = _channels(recipe.d_width, recipe.size)[::-1]
        channels.append(channels[-1])
        halvings = len(channels) - (2 if recipe.size <= _EVEN_UP_TO else 1)
        blocks = [_Down(recipe.channels, channels[0], rng, sees_pictures=True)]
        for number, (inputs, outputs) in enumerate(itertools.pairwise(channels), start=2):
            blocks.append(_Down(inputs, outputs, rng, halves=number <= halvings))
        self.blocks = nn.Sequential(*blocks)
        self.score = glorot(nn.Linear(channels[-1], 1), rng)
        self.projection = Projection(recipe.classes, channels[-1])
        if self.projection.classes is not None:
            glorot(self.projection.classes, rng)

    def forward(self, pictures: Tensor, labels: Tensor | None = None) -> Tensor:
        """See `Discriminator.forward`."""
        places = functional.relu(self.blocks(pictures))
        features = places.sum((2, 3)) if self._adds_up else places.mean((2, 3))
        logits: Tensor = self.score(features).flatten() + self.projection(features, labels)
        return logits


class _Down(nn.Module):
    """A block from (N, inputs, H, W) to (N, outputs, H/2, W/2).

    Args:
        inputs: Channels that come in.
        outputs: Channels that go out.
        rng: The only source of chance in its first weights.
        halves: Whether the side is halved; otherwise it stays.
        sees_pictures: Whether what comes in are pictures: the first convolution then widens them,
            and no ReLU takes their dark half away.
    """

    def __init__(
        self,
        inputs: int,
        outputs: int,
        rng: torch.Generator,
        *,
        halves: bool = True,
        sees_pictures: bool = False,
    ) -> None:
        super().__init__()
        between = outputs if sees_pictures else inputs
        half = [nn.AvgPool2d(2)] if halves else []
        self.change = nn.Sequential(
            nn.Identity() if sees_pictures else nn.ReLU(),
            glorot(nn.Conv2d(inputs, between, 3, padding=1), rng, _BLOCK_GAIN),
            nn.ReLU(inplace=True),
            glorot(nn.Conv2d(between, outputs, 3, padding=1), rng, _BLOCK_GAIN),
            *half,
        )
        fits = inputs == outputs and not halves
        # Averages first: the same numbers as the other way round, for a quarter of the work.
        self.shortcut = nn.Sequential(
            *half, *([] if fits else [glorot(nn.Conv2d(inputs, outputs, 1), rng)])
        )

    def forward(self, x: Tensor) -> Tensor:
        changed: Tensor = self.change(x) + self.shortcut(x)
        return changed
