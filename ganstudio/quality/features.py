"""Features of a picture as a small network sees them, for distances between sets of pictures.

The network is MobileNetV2 (Sandler 2018), width 1.0, up to block 13, with batch norm folded into
its convolutions; its weights travel with the program. It is not Inception: never call a distance
on these features "FID".

Not responsible for the distances themselves (`frechet`).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from PIL import Image
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from ganstudio.project.paths import resources
from ganstudio.project.pixels import laid_on

__all__ = [
    "FEATURES",
    "FEATURE_SIZE",
    "FeatureNetwork",
    "feature_network",
    "features_of",
    "in_colour",
]

#: Numbers a picture becomes.
FEATURES = 160
#: Pixels a side the network looks at.
FEATURE_SIZE = 96

_FILE = "features/mobilenetv2-b13/mobilenetv2_b13_folded_fp16.safetensors"
_CHUNK = 50
_WHITE = (255, 255, 255)
_BLOCKS = 14
_HALVING_BLOCKS = frozenset({1, 3, 6, 13})
_RESIDUAL_BLOCKS = frozenset({2, 4, 5, 7, 8, 9, 11, 12})


class FeatureNetwork(nn.Module):
    """The network, frozen.

    Args:
        path: Its weights, safetensors.
    """

    def __init__(self, path: Path) -> None:
        super().__init__()
        for name, value in load_file(path).items():
            self.register_buffer(name.replace(".", "__"), value.float())

    @torch.inference_mode()
    def forward(self, pictures: Tensor) -> Tensor:
        """Features (N, 160) of pictures (N, 3, 96, 96) in [-1, 1]."""
        x = self._convolve(pictures, "Conv1", stride=2)
        for block in range(_BLOCKS):
            x = self._block(x, block)
        return x.mean((2, 3))

    def _block(self, x: Tensor, block: int) -> Tensor:
        """Widen, look around, narrow: an inverted residual."""
        name = f"block_{block}" if block else "expanded_conv"
        stride = 2 if block in _HALVING_BLOCKS else 1
        wide = self._convolve(x, f"{name}_expand") if block else x
        wide = self._convolve(wide, f"{name}_depthwise", stride=stride, depthwise=True)
        narrow = self._convolve(wide, f"{name}_project", relu=False)
        return x + narrow if block in _RESIDUAL_BLOCKS else narrow

    def _convolve(
        self, x: Tensor, name: str, *, stride: int = 1, depthwise: bool = False, relu: bool = True
    ) -> Tensor:
        weight = self.get_buffer(f"{name}__weight")
        padding = weight.shape[-1] // 2
        if stride == 2:
            # Keras pads an even side at its end only; these weights were trained that way.
            x = functional.pad(x, (x.shape[-1] % 2, 1, x.shape[-2] % 2, 1))
            padding = 0
        groups = len(weight) if depthwise else 1
        bias = self.get_buffer(f"{name}__bias")
        x = functional.conv2d(x, weight, bias, stride=stride, padding=padding, groups=groups)
        return functional.relu6(x) if relu else x


@cache
def feature_network() -> FeatureNetwork:
    """The bundled network on the CPU, read once."""
    return FeatureNetwork(resources() / _FILE).eval().to(memory_format=torch.channels_last)


def features_of(pictures: npt.NDArray[np.uint8]) -> npt.NDArray[np.float64]:
    """Features of pictures.

    Args:
        pictures: uint8 (N, H, W, C) of any size; resized to a square by Pillow's bicubic filter,
            which does not alias. Grey ones are looked at as colours, transparent ones (multiplied
            with alpha) on white.

    Returns:
        float64 (N, 160).
    """
    network = feature_network()
    parts = [
        network(_prepare(in_colour(pictures[start : start + _CHUNK], _WHITE))).numpy()
        for start in range(0, len(pictures), _CHUNK)
    ]
    if not parts:
        return np.empty((0, FEATURES), dtype=np.float64)
    return np.concatenate(parts).astype(np.float64)


def in_colour(
    pictures: npt.NDArray[np.uint8], ground: tuple[int, int, int]
) -> npt.NDArray[np.uint8]:
    """Pictures (N, H, W, C) as (N, H, W, 3): grey ones repeated, transparent ones on a ground."""
    if pictures.shape[3] == 1:
        return np.repeat(pictures, 3, axis=3)
    return laid_on(pictures, ground)


def _prepare(pictures: npt.NDArray[np.uint8]) -> Tensor:
    """uint8 (N, H, W, 3) of any size as float32 (N, 3, 96, 96) in [-1, 1]."""
    side = (FEATURE_SIZE, FEATURE_SIZE)
    resized = np.stack(
        [
            np.asarray(Image.fromarray(picture).resize(side, Image.Resampling.BICUBIC))
            for picture in pictures
        ]
    )
    scaled = torch.from_numpy(resized).permute(0, 3, 1, 2).float() / 127.5 - 1.0
    return scaled.contiguous(memory_format=torch.channels_last)
