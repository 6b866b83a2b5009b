"""The discriminator that goes with the style-based generator (Karras 2020: StyleGAN2).

Residual blocks halve the side: two 3 x 3 convolutions, the second behind a blur and with a stride
of 2, and a blurred 1 x 1 convolution past them. The last block also sees how much the pictures of a
group differ (Karras 2018, section 3): a generator that draws one picture only gives itself away.

So a score depends a little on the pictures beside it. Penalties on the slope of the logits' sum,
R1 and R2, then count what a picture changes in its neighbours' scores too; the paper accepts that.

Not responsible for how it is trained, nor for spectral norm (`spectral`).
"""

from __future__ import annotations

import itertools
import math

import torch
from torch import Tensor, nn

from ganstudio.gan.networks.base import Discriminator, Projection
from ganstudio.gan.networks.parts import normal_weights
from ganstudio.gan.networks.style_parts import (
    RELU_GAIN,
    Blur,
    EqualConv2d,
    EqualLinear,
    channels_of,
    leaky,
)
from ganstudio.project.recipe import NetworkRecipe

__all__ = ["StyleDiscriminator", "group_spread"]

_GROUP = 4
_EPSILON = 1e-8


class StyleDiscriminator(Discriminator):
    """From a picture to a score.

    Under spectral norm every layer has norm 1 already, so weights are not equalised.
    """

    independent = False
    group = _GROUP

    def __init__(self, recipe: NetworkRecipe, rng: torch.Generator) -> None:
        super().__init__()
        equal = recipe.d_norm != "spectral"
        channels = channels_of(recipe.d_width, recipe.size)[::-1]
        widest = channels[-1]
        self.first = EqualConv2d(recipe.channels, channels[0], 1, gain=RELU_GAIN, equal=equal)
        self.blocks = nn.Sequential(
            *(
                _Down(inputs, outputs, equal=equal)
                for inputs, outputs in itertools.pairwise(channels)
            )
        )
        self.last = EqualConv2d(widest + 1, widest, 3, padding=1, gain=RELU_GAIN, equal=equal)
        places = widest * math.prod(recipe.grid)
        self.hidden = EqualLinear(places, widest, gain=RELU_GAIN, equal=equal)
        self.score = EqualLinear(widest, 1, equal=equal)
        self.projection = Projection(recipe.classes, widest)
        self._fit_factor = widest**-0.5 if equal else 1.0
        normal_weights(self, 1.0, rng)

    def forward(self, pictures: Tensor, labels: Tensor | None = None) -> Tensor:
        """See `Discriminator.forward`."""
        x = self.blocks(leaky(self.first(pictures)))
        x = leaky(self.last(torch.cat([x, group_spread(x)], dim=1)))
        features = leaky(self.hidden(x.flatten(1)))
        fit = self.projection(features * self._fit_factor, labels)
        logits: Tensor = self.score(features).flatten() + fit
        return logits


def group_spread(x: Tensor) -> Tensor:
    """How much pictures differ within their group: the mean deviation of all features.

    A group is as many neighbours in the batch as divide it evenly, 4 at most: so a batch may be
    looked at in parts of whole groups.

    Args:
        x: Features (N, C, H, W).

    Returns:
        (N, 1, H, W): one number a group, everywhere.
    """
    count = len(x)
    size = next(size for size in range(_GROUP, 0, -1) if count % size == 0)
    groups = x.float().reshape(count // size, size, -1)
    variance = (groups - groups.mean(1, keepdim=True)).square().mean(1)
    spread = (variance + _EPSILON).sqrt().mean(1).to(x.dtype)
    return spread.repeat_interleave(size)[:, None, None, None].expand(-1, 1, *x.shape[2:])


class _Down(nn.Module):
    """A residual block: (N, inputs, H, W) to (N, outputs, H/2, W/2).

    Both ways are divided by sqrt(2), so that their sum is as large as either. Under spectral norm,
    which makes most numbers smaller, they are not.
    """

    def __init__(self, inputs: int, outputs: int, *, equal: bool) -> None:
        super().__init__()
        share = math.sqrt(0.5) if equal else 1.0
        self.first = EqualConv2d(inputs, inputs, 3, padding=1, gain=RELU_GAIN, equal=equal)
        self.blur = Blur(2)
        self.second = EqualConv2d(inputs, outputs, 3, stride=2, gain=RELU_GAIN * share, equal=equal)
        self.halve = Blur(1, stride=2)
        self.past = EqualConv2d(inputs, outputs, 1, bias=False, gain=share, equal=equal)

    def forward(self, x: Tensor) -> Tensor:
        change = leaky(self.second(self.blur(leaky(self.first(x)))))
        changed: Tensor = change + self.past(self.halve(x))
        return changed
