"""Transparent pictures: here colours are multiplied with alpha, in files they are not.

Multiplied, a place that nobody sees has one colour only: black. A network need not learn what lies
behind it, and enlarging a picture does not draw it in. PNG keeps colours straight.

Not responsible for files, nor for what a picture is shown on.
"""

from __future__ import annotations

import numpy as np

from ganstudio.project.messages import Pictures

__all__ = ["laid_on", "multiplied", "straight"]


def straight(pictures: Pictures) -> Pictures:
    """As a PNG keeps them: colours divided by alpha.

    Args:
        pictures: (..., H, W, C) uint8; without alpha (C is not 4) they are what they were.
    """
    if pictures.shape[-1] != 4:
        return pictures
    colours, alpha = pictures[..., :3].astype(np.uint16), pictures[..., 3:].astype(np.uint16)
    divisor = np.maximum(alpha, 1)
    divided = np.minimum((colours * 255 + divisor // 2) // divisor, 255)
    return np.concatenate([divided, alpha], axis=-1).astype(np.uint8)


def multiplied(pictures: Pictures) -> Pictures:
    """The opposite of `straight`: as the program keeps them."""
    if pictures.shape[-1] != 4:
        return pictures
    colours, alpha = pictures[..., :3].astype(np.uint16), pictures[..., 3:].astype(np.uint16)
    product = (colours * alpha + 127) // 255
    return np.concatenate([product, alpha], axis=-1).astype(np.uint8)


def laid_on(pictures: Pictures, ground: tuple[int, int, int]) -> Pictures:
    """What one sees of transparent pictures on a ground.

    Args:
        pictures: (..., H, W, 4) uint8, colours multiplied; without alpha they are what they were.
        ground: Red, green, blue, 0 to 255.

    Returns:
        (..., H, W, 3) uint8, or the very same pictures.
    """
    if pictures.shape[-1] != 4:
        return pictures
    clear = 255 - pictures[..., 3:].astype(np.uint16)
    behind = (clear * np.array(ground, np.uint16) + 127) // 255
    # A generator may draw more colour than its alpha allows.
    seen: Pictures = np.minimum(pictures[..., :3] + behind, 255).astype(np.uint8)
    return seen
