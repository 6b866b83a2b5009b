"""Many tensors in one block of memory, so that what is done to all of them is done once.

A network has dozens of small tensors; an optimiser, an average or a copy that visits each of them
spends more time on calls than on numbers. So they are moved side by side into one flat tensor, and
stay views of it: same names, shapes and strides.

Not responsible for what is done to them.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch

__all__ = ["flatten", "views_of"]

#: Every tensor begins at a multiple of 64 bytes, as vector instructions like it.
_ALIGNMENT = 16


@torch.no_grad()
def flatten(tensors: Sequence[torch.Tensor]) -> torch.Tensor:
    """Move float32 tensors of one device into one block of memory, in place.

    Args:
        tensors: Parameters or buffers, dense in any memory format; they become views of the block.

    Returns:
        The block, (numbers,) with zeros between tensors where they are padded.
    """
    device = tensors[0].device if tensors else None
    block = torch.zeros(sum(map(_room, tensors)), dtype=torch.float32, device=device)
    for tensor, view in zip(tensors, views_of(block, tensors), strict=True):
        view.copy_(tensor)
        tensor.data = view
    return block


def views_of(block: torch.Tensor, like: Sequence[torch.Tensor]) -> list[torch.Tensor]:
    """Views of a block with the shapes and strides of the tensors that were flattened to it."""
    views, start = [], 0
    for tensor in like:
        views.append(block.as_strided(tensor.shape, tensor.stride(), start))
        start += _room(tensor)
    return views


def _room(tensor: torch.Tensor) -> int:
    """Numbers from the beginning of a tensor to the beginning of the next."""
    return -(-tensor.numel() // _ALIGNMENT) * _ALIGNMENT
