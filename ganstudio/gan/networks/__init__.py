"""Pairs of networks by name.

Every generator has `z_dim`, `map(z) -> w`, `synthesize(w) -> pictures`, `forward(z)` (one after
the other) and `first_features(w)`; every discriminator `forward(pictures) -> logits` and
`independent`: whether a picture's score depends on that picture alone.

Not responsible for training, devices or memory formats.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import torch
from torch import nn

from ganstudio.gan.networks.dcgan import DcganDiscriminator, DcganGenerator
from ganstudio.gan.networks.sketch import SketchDiscriminator, SketchGenerator
from ganstudio.project.recipe import NetworkRecipe

__all__ = ["NETWORKS", "NetworkPair", "build_discriminator", "build_generator"]


@dataclass(frozen=True, slots=True)
class NetworkPair:
    """A generator and the discriminator that goes with it, each made from (recipe, rng)."""

    generator: type[SketchGenerator] | type[DcganGenerator]
    discriminator: type[SketchDiscriminator] | type[DcganDiscriminator]


#: Pairs by the name a recipe uses.
NETWORKS: Mapping[str, NetworkPair] = MappingProxyType(
    {
        "sketch": NetworkPair(SketchGenerator, SketchDiscriminator),
        "dcgan": NetworkPair(DcganGenerator, DcganDiscriminator),
    }
)


def build_generator(recipe: NetworkRecipe, rng: torch.Generator) -> nn.Module:
    """A generator in training mode, on the CPU, in float32; all its chance comes from `rng`."""
    return NETWORKS[recipe.name].generator(recipe, rng)


def build_discriminator(recipe: NetworkRecipe, rng: torch.Generator) -> nn.Module:
    """A discriminator in training mode, on the CPU, in float32; all its chance from `rng`."""
    return NETWORKS[recipe.name].discriminator(recipe, rng)
