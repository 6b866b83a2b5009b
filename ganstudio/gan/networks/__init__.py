"""Pairs of networks by name; what each promises stands in `base`.

Not responsible for training, devices or memory formats.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import torch

from ganstudio.gan.networks.base import Discriminator, Generator
from ganstudio.gan.networks.dcgan import DcganDiscriminator, DcganGenerator
from ganstudio.gan.networks.fastgan import FastganDiscriminator, FastganGenerator
from ganstudio.gan.networks.mlp import MlpDiscriminator, MlpGenerator
from ganstudio.gan.networks.r3 import R3Discriminator, R3Generator
from ganstudio.gan.networks.resnet import ResnetDiscriminator, ResnetGenerator
from ganstudio.gan.networks.sketch import SketchDiscriminator, SketchGenerator
from ganstudio.gan.networks.spectral import with_spectral_norm
from ganstudio.gan.networks.style import StyleGenerator
from ganstudio.gan.networks.style_discriminator import StyleDiscriminator
from ganstudio.project.recipe import NetworkName, NetworkRecipe

__all__ = [
    "NETWORKS",
    "Discriminator",
    "Generator",
    "NetworkPair",
    "build_discriminator",
    "build_generator",
]


@dataclass(frozen=True, slots=True)
class NetworkPair:
    """A generator and the discriminator that goes with it, each made from (recipe, rng)."""

    generator: Callable[[NetworkRecipe, torch.Generator], Generator]
    discriminator: Callable[[NetworkRecipe, torch.Generator], Discriminator]


#: Pairs by the name a recipe uses.
NETWORKS: Mapping[NetworkName, NetworkPair] = MappingProxyType(
    {
        "sketch": NetworkPair(SketchGenerator, SketchDiscriminator),
        "dcgan": NetworkPair(DcganGenerator, DcganDiscriminator),
        "mlp": NetworkPair(MlpGenerator, MlpDiscriminator),
        "resnet": NetworkPair(ResnetGenerator, ResnetDiscriminator),
        "fastgan": NetworkPair(FastganGenerator, FastganDiscriminator),
        "r3": NetworkPair(R3Generator, R3Discriminator),
        "style": NetworkPair(StyleGenerator, StyleDiscriminator),
    }
)


def build_generator(recipe: NetworkRecipe, rng: torch.Generator) -> Generator:
    """A generator in training mode, on the CPU, in float32; all its chance comes from `rng`."""
    return NETWORKS[recipe.name].generator(recipe, rng)


def build_discriminator(recipe: NetworkRecipe, rng: torch.Generator) -> Discriminator:
    """A discriminator in training mode, on the CPU, in float32; all its chance from `rng`."""
    network = NETWORKS[recipe.name].discriminator(recipe, rng)
    if recipe.d_norm == "spectral":
        with_spectral_norm(network, rng)
    return network
