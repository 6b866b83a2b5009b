"""Changes of colour by adaptive augmentation (Karras 2020, "Training GANs with limited data").

Each is chosen for every picture with probability p on its own, and how far it goes does not depend
on p. An alpha channel stays as it is.

Not responsible for p (`steering`). The paper's filters, which make bands of detail stronger and
weaker, are left out.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor

from ganstudio.gan.augment.dice import Dice
from ganstudio.gan.augment.pixels import on_colours

__all__ = ["Shade", "ada_color", "noise", "recoloured"]

_BRIGHTNESS_DEVIATION = 0.2
_CONTRAST_DEVIATION = 0.5  # of log2
_SATURATION_DEVIATION = 1.0  # of log2
_NOISE_DEVIATION = 0.1  # of the noise's own deviation
_RGB = 3


@dataclass(frozen=True, slots=True)
class Shade:
    """A change of colour of every picture, (N, 1, 1) each.

    Attributes:
        brightness: Is added.
        contrast: Distance from 0 is multiplied by it.
        luma: 1, or -1 for light and dark changed over with the colours kept.
        hue: Angle around the line of greys, in radians.
        saturation: Distance from the line of greys is multiplied by it.
    """

    brightness: Tensor
    contrast: Tensor
    luma: Tensor
    hue: Tensor
    saturation: Tensor


def ada_color(pictures: Tensor, dice: Dice) -> Tensor:
    """Brightness, contrast, light and dark changed over, hue and saturation, in one step."""
    spreads = dice.spreads(3)[:, :, None]
    brightness, contrast, saturation = spreads.chunk(3, dim=1)
    shade = Shade(
        brightness=_BRIGHTNESS_DEVIATION * brightness,
        contrast=torch.exp2(_CONTRAST_DEVIATION * contrast),
        luma=dice.signs()[:, :, None],
        hue=dice.angles()[:, :, None],
        saturation=torch.exp2(_SATURATION_DEVIATION * saturation),
    )
    return on_colours(pictures, lambda colours: recoloured(colours, shade))


def recoloured(colours: Tensor, shade: Shade) -> Tensor:
    """Change the colours of pictures, by one matrix and one offset each.

    Args:
        colours: (N, 1, H, W), of which hue and saturation change nothing, or (N, 3, H, W).
        shade: What to change.
    """
    count, channels, height, width = colours.shape
    identity = torch.eye(channels, device=colours.device, dtype=colours.dtype)
    greys = torch.full_like(identity, 1.0 / channels)  # projects onto the line of greys
    factor = shade.luma * shade.contrast
    # All five keep that line and the plane across it apart. What they add to the identity is
    # written down, so that it stays exact where nothing changes.
    matrices = identity + (factor - 1.0) * greys
    if channels == _RGB:
        plane = identity - greys
        quarter = (plane.roll(1, dims=1) - plane.roll(-1, dims=1)) / math.sqrt(3.0)
        size = shade.contrast * shade.saturation
        turned = size * shade.hue.sin() * quarter
        matrices = matrices + (size * shade.hue.cos() - 1.0) * plane + turned
    # A row a pixel, as they lie in memory after a convolution.
    pixels = colours.permute(0, 2, 3, 1).reshape(count, -1, channels)
    offsets = (factor * shade.brightness).expand(-1, 1, channels)
    changed = torch.baddbmm(offsets, pixels, matrices)
    return changed.view(count, height, width, channels).permute(0, 3, 1, 2)


def noise(pictures: Tensor, dice: Dice) -> Tensor:
    """Normal noise in every pixel, of another strength in every picture."""
    strength = _NOISE_DEVIATION * dice.spreads(1).abs()[:, :, None, None]
    return on_colours(
        pictures, lambda colours: colours + strength * dice.normal(*colours.shape[1:])
    )
