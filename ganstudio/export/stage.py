"""A picture on the stage of a film: enlarged, and brought to the film's shape.

Not responsible for files (`film`).
"""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageFilter

from ganstudio.export.image import as_image
from ganstudio.project.film import FilmSettings
from ganstudio.project.messages import Pictures
from ganstudio.project.pixels import laid_on

__all__ = ["on_stage"]

_WHITE = (255, 255, 255)
#: Of what lies behind a picture of another shape: how soft, in its shorter sides, and how bright.
_SOFTNESS = 0.08
_SOFT_SIDE = 96
_BRIGHTNESS = 0.82


def on_stage(picture: Pictures, settings: FilmSettings) -> Image.Image:
    """One frame.

    Args:
        picture: (H, W, C) uint8, as the generator drew it.
        settings: The film's.

    Returns:
        RGB of the film's size; RGBA where the file can keep what is transparent.
    """
    keeps_alpha = settings.kind == "png" and picture.shape[2] == 4
    image = as_image(picture if keeps_alpha else laid_on(picture, _WHITE))
    image = image if keeps_alpha else image.convert("RGB")
    width, height = settings.size
    factor = _factor(image.size, settings)
    large = image.resize(
        (max(1, round(image.width * factor)), max(1, round(image.height * factor))),
        Image.Resampling.NEAREST if settings.sharp else Image.Resampling.LANCZOS,
    )
    if large.size == (width, height):
        return large
    ground = _ground(image, (width, height))
    ground.paste(large, ((width - large.width) // 2, (height - large.height) // 2))
    return ground


def _factor(size: tuple[int, int], settings: FilmSettings) -> float:
    """How much larger: whole factors alone where pixels stay hard squares and that fits."""
    ways = [there / here for there, here in zip(settings.size, size, strict=True)]
    if settings.filling == "fill":
        return max(ways)
    fits = min(ways)
    return float(int(fits)) if settings.sharp and fits >= 1 else fits


def _ground(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    """What lies behind: the picture itself, filling all, soft and a little darker."""
    if image.mode == "RGBA":
        return Image.new("RGBA", size)
    share = _SOFT_SIDE / min(size)
    small = (max(1, round(size[0] * share)), max(1, round(size[1] * share)))
    factor = max(there / here for there, here in zip(small, image.size, strict=True))
    wide = image.resize(
        (max(small[0], round(image.width * factor)), max(small[1], round(image.height * factor))),
        Image.Resampling.BILINEAR,
    )
    left, top = (wide.width - small[0]) // 2, (wide.height - small[1]) // 2
    cut = wide.crop((left, top, left + small[0], top + small[1]))
    soft = cut.filter(ImageFilter.GaussianBlur(_SOFTNESS * min(small)))
    darker = (np.asarray(soft, np.float32) * _BRIGHTNESS).astype(np.uint8)
    return Image.fromarray(darker).resize(size, Image.Resampling.BICUBIC)
