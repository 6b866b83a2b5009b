"""Pixels as blocks and back."""

from __future__ import annotations

import pytest
import torch
from torch.nn.functional import pixel_unshuffle

from ganstudio.gan.networks.parts import blocks_of, pixels_of

FORMATS = [torch.contiguous_format, torch.channels_last]


@pytest.mark.parametrize("memory_format", FORMATS)
def test_blocks_are_torchs_with_colours_innermost(memory_format: torch.memory_format) -> None:
    pictures = torch.randn(2, 3, 8, 12, generator=torch.Generator().manual_seed(0))
    blocks = blocks_of(pictures.contiguous(memory_format=memory_format))
    expected = pixel_unshuffle(pictures, 2).unflatten(1, (3, 4)).transpose(1, 2).flatten(1, 2)
    assert torch.equal(blocks, expected)
    assert torch.equal(pixels_of(blocks), pictures)


def test_pictures_of_blocks_lie_channels_last_without_another_copy() -> None:
    blocks = torch.randn(2, 12, 4, 6).contiguous(memory_format=torch.channels_last)
    assert pixels_of(blocks).is_contiguous(memory_format=torch.channels_last)
    assert blocks_of(pixels_of(blocks)).is_contiguous(memory_format=torch.channels_last)
