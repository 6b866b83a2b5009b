"""DCGAN as published (Radford, Metz, Chintala 2015), for any power of two from 16 pixels up.

With width 64 at 64 pixels these are the paper's networks.

Not responsible for how they are trained.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from ganstudio.gan.chance import Chance
from ganstudio.gan.networks.base import Discriminator, Edit, PlainGenerator, Projection
from ganstudio.gan.networks.parts import doublings, normal_weights, through
from ganstudio.project.recipe import NetworkRecipe

__all__ = ["DcganDiscriminator", "DcganGenerator"]

_SLOPE = 0.2
_DEVIATION = 0.02


class DcganGenerator(PlainGenerator):
    """From a latent vector to a picture by transposed convolutions.

    Channels halve at every doubling of the side and end at `recipe.width`.
    """

    def __init__(self, recipe: NetworkRecipe, rng: torch.Generator) -> None:
        super().__init__(recipe)
        steps = doublings(recipe.size)
        channels = recipe.width * 2 ** (steps - 1)
        stages = [_Up(nn.ConvTranspose2d(self.w_dim, channels, recipe.grid, bias=False))]
        for _ in range(steps - 1):
            up = nn.ConvTranspose2d(channels, channels // 2, 4, 2, 1, bias=False)
            stages.append(_Up(up))
            channels //= 2
        self.stages = nn.Sequential(*stages)
        self.last = nn.ConvTranspose2d(channels, recipe.channels, 4, 2, 1)
        normal_weights(self, _DEVIATION, rng)

    def synthesize(
        self, w: Tensor, chance: Chance | None = None, edit: Edit | None = None
    ) -> Tensor:
        """See `Generator.synthesize`."""
        x = through(self.stages, w[:, :, None, None], edit)
        return torch.tanh(self.last(x))

    def first_features(self, w: Tensor) -> Tensor:
        """See `Generator.first_features`."""
        features: Tensor = self.stages[0](w[:, :, None, None])
        return features.flatten(1)


class _Up(nn.Sequential):
    """A transposed convolution, a norm and a ReLU."""

    def __init__(self, convolution: nn.ConvTranspose2d) -> None:
        norm = nn.BatchNorm2d(convolution.out_channels)
        super().__init__(convolution, norm, nn.ReLU(inplace=True))


class DcganDiscriminator(Discriminator):
    """From a picture to a score by strided convolutions.

    As published, its batch norm compares the pictures of a batch, so a score depends on all of it.
    """

    def __init__(self, recipe: NetworkRecipe, rng: torch.Generator) -> None:
        super().__init__()
        self.independent = recipe.d_norm != "own"
        channels = recipe.d_width
        layers: list[nn.Module] = [
            nn.Conv2d(recipe.channels, channels, 4, 2, 1),
            nn.LeakyReLU(_SLOPE, inplace=True),
        ]
        for _ in range(doublings(recipe.size) - 1):
            norm = nn.Identity() if self.independent else nn.BatchNorm2d(2 * channels)
            down = nn.Conv2d(channels, 2 * channels, 4, 2, 1, bias=self.independent)
            layers += [down, norm, nn.LeakyReLU(_SLOPE, inplace=True)]
            channels *= 2
        self.trunk = nn.Sequential(*layers)
        self.score = nn.Conv2d(channels, 1, recipe.grid)
        self.projection = Projection(recipe.classes, channels)
        normal_weights(self, _DEVIATION, rng)

    def forward(self, pictures: Tensor, labels: Tensor | None = None) -> Tensor:
        """See `Discriminator.forward`."""
        features = self.trunk(pictures)
        fit = self.projection(features.mean((2, 3)), labels)
        logits: Tensor = self.score(features).flatten() + fit
        return logits
