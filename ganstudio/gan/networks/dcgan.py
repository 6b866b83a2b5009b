"""DCGAN as published (Radford, Metz, Chintala 2015), for any power of two from 16 pixels up.

With width 64 at 64 pixels these are the paper's networks.

Not responsible for how they are trained.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from ganstudio.gan.networks.parts import doublings, normal_weights
from ganstudio.project.recipe import NetworkRecipe

__all__ = ["DcganDiscriminator", "DcganGenerator"]

_SLOPE = 0.2
_DEVIATION = 0.02


class DcganGenerator(nn.Module):
    """From a latent vector to a picture by transposed convolutions.

    Channels halve at every doubling of the side and end at `recipe.width`.
    """

    def __init__(self, recipe: NetworkRecipe, rng: torch.Generator) -> None:
        super().__init__()
        self.z_dim = recipe.z_dim
        steps = doublings(recipe.size)
        channels = recipe.width * 2 ** (steps - 1)
        self.first = nn.Sequential(
            nn.ConvTranspose2d(recipe.z_dim, channels, 4, bias=False),
            nn.BatchNorm2d(channels),
            nn.ReLU(inplace=True),
        )
        layers: list[nn.Module] = []
        for _ in range(steps - 1):
            layers += [
                nn.ConvTranspose2d(channels, channels // 2, 4, 2, 1, bias=False),
                nn.BatchNorm2d(channels // 2),
                nn.ReLU(inplace=True),
            ]
            channels //= 2
        layers += [nn.ConvTranspose2d(channels, recipe.channels, 4, 2, 1), nn.Tanh()]
        self.rest = nn.Sequential(*layers)
        normal_weights(self, _DEVIATION, rng)

    def map(self, z: Tensor) -> Tensor:
        """Latent vectors (N, z_dim) themselves: there is no mapping network."""
        return z

    def synthesize(self, w: Tensor) -> Tensor:
        """Pictures (N, C, H, W) in [-1, 1] of `map`'s (N, z_dim)."""
        pictures: Tensor = self.rest(self.first(w[:, :, None, None]))
        return pictures

    def forward(self, z: Tensor) -> Tensor:
        """Pictures (N, C, H, W) in [-1, 1] of latent vectors (N, z_dim)."""
        return self.synthesize(self.map(z))

    def first_features(self, w: Tensor) -> Tensor:
        """Activations (N, F) of the first layer."""
        features: Tensor = self.first(w[:, :, None, None])
        return features.flatten(1)


class DcganDiscriminator(nn.Module):
    """From a picture to a score by strided convolutions.

    Its batch norm compares the pictures of a batch, so a score depends on the whole batch.
    """

    independent = False

    def __init__(self, recipe: NetworkRecipe, rng: torch.Generator) -> None:
        super().__init__()
        channels = recipe.d_width
        layers: list[nn.Module] = [
            nn.Conv2d(recipe.channels, channels, 4, 2, 1),
            nn.LeakyReLU(_SLOPE, inplace=True),
        ]
        for _ in range(doublings(recipe.size) - 1):
            layers += [
                nn.Conv2d(channels, 2 * channels, 4, 2, 1, bias=False),
                nn.BatchNorm2d(2 * channels),
                nn.LeakyReLU(_SLOPE, inplace=True),
            ]
            channels *= 2
        self.layers = nn.Sequential(*layers, nn.Conv2d(channels, 1, 4))
        normal_weights(self, _DEVIATION, rng)

    def forward(self, pictures: Tensor) -> Tensor:
        """Logits (N,) of pictures (N, C, H, W) in [-1, 1]."""
        logits: Tensor = self.layers(pictures)
        return logits.flatten()
