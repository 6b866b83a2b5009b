"""What a pair of networks costs: numbers it keeps, and arithmetic of one look.

Counted on shapes alone, without memory for any number, so that even the largest pair is free to
ask about.

Not responsible for how long that takes on a computer: `probe` measures it.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.utils.flop_counter import FlopCounterMode

from ganstudio.gan.networks import build_discriminator, build_generator
from ganstudio.gan.networks.shapes import shapes_alone
from ganstudio.project.recipe import NetworkRecipe

__all__ = ["Cost", "cost_of"]

# Batch norm and minibatch deviation want more than one picture.
_PICTURES = 4


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one network pair.

    Attributes:
        parameters_g: Weights of the generator.
        parameters_d: Weights of the discriminator.
        flops_g: To draw one picture; a multiplication and an addition are two.
        flops_d: To judge one picture.
    """

    parameters_g: int
    parameters_d: int
    flops_g: int
    flops_d: int


def cost_of(recipe: NetworkRecipe) -> Cost:
    """Count weights, and floating point operations of convolutions and matrix products."""
    with shapes_alone():
        rng = torch.Generator()
        generator = build_generator(recipe, rng)
        discriminator = build_discriminator(recipe, rng)
        labels = torch.zeros(_PICTURES, dtype=torch.int64) if recipe.classes else None
        latents = torch.zeros(_PICTURES, recipe.z_dim)
        pictures = torch.zeros(_PICTURES, *recipe.shape)
        return Cost(
            _weights(generator),
            _weights(discriminator),
            _flops(generator, latents, labels),
            _flops(discriminator, pictures, labels),
        )


def _weights(network: nn.Module) -> int:
    return sum(weight.numel() for weight in network.parameters())


def _flops(network: nn.Module, inputs: Tensor, labels: Tensor | None) -> int:
    network.requires_grad_(False)  # the counter follows gradients where there are any
    with FlopCounterMode(display=False) as counter:
        network(inputs, labels)
    return int(counter.get_total_flops() // _PICTURES)
