"""DCGAN as PyTorch's own example trains it (pytorch/examples, folder dcgan), written anew.

Its defaults: latents of 100, widths of 64, batches of 64, Adam with lr 0.0002 and beta1 0.5 for
both, weights from N(0, 0.02), binary cross-entropy, real and generated pictures in passes of their
own, float32, an `ImageFolder` behind a `DataLoader` with two workers, no average of weights. At 32
pixels both networks have one stage less. What the example saves and prints is left out, which is in
its favour.

Not responsible for how long it trains, nor for its score (`paces`, `arena`).
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from PIL import Image
from torch import Tensor, nn
from torch.utils.data import DataLoader
from torchvision import transforms
from torchvision.datasets import ImageFolder

from ganstudio.gan.sampling import to_uint8

Z_DIM = 100
WIDTH = 64
BATCH = 64
#: Everything that decides what comes of a seed and a number of pictures.
SETTINGS = {"z_dim": Z_DIM, "width": WIDTH, "batch": BATCH, "lr": 2e-4, "betas": [0.5, 0.999]}

_DEVIATION = 0.02


def lay_out(folder: Path, pictures: npt.NDArray[np.uint8]) -> None:
    """Write pictures (N, S, S, 3) as PNGs, as `ImageFolder` wants them."""
    (folder / "all").mkdir(parents=True)
    for index, picture in enumerate(pictures):
        Image.fromarray(picture).save(folder / "all" / f"{index:06}.png", compress_level=1)


class Example:
    """Both networks, and the loop that trains them.

    Args:
        folder: With pictures, as `lay_out` leaves them.
        size: Pixels a side, 32 or 64.
        seed: Of torch's global chance, as in the example.
    """

    def __init__(self, folder: Path, size: int, seed: int) -> None:
        torch.manual_seed(seed)
        steps = transforms.Compose(
            [
                transforms.Resize(size),
                transforms.CenterCrop(size),
                transforms.ToTensor(),
                transforms.Normalize([0.5] * 3, [0.5] * 3),
            ]
        )
        dataset = ImageFolder(str(folder), steps)
        self._loader = DataLoader(dataset, batch_size=BATCH, shuffle=True, num_workers=2)
        self.generator = _generator(size).apply(_first_weights)
        self.discriminator = _discriminator(size).apply(_first_weights)
        self._adam_g, self._adam_d = (
            torch.optim.Adam(network.parameters(), lr=2e-4, betas=(0.5, 0.999))
            for network in (self.generator, self.discriminator)
        )
        self._judge = nn.BCELoss()

    def train(self, should_stop: Callable[[], bool]) -> int:
        """Train until the answer is yes, which is asked before every step; real pictures seen."""
        seen = 0
        for _ in itertools.count():
            for real, _ in self._loader:
                if should_stop():
                    return seen
                self._step(real)
                seen += len(real)
        raise AssertionError

    def _step(self, real: Tensor) -> None:
        count = len(real)
        self.discriminator.zero_grad()
        ones = torch.ones(count)
        loss_real = self._judge(self.discriminator(real).view(-1), ones)
        loss_real.backward()
        fake = self.generator(torch.randn(count, Z_DIM, 1, 1))
        zeros = torch.zeros(count)
        loss_fake = self._judge(self.discriminator(fake.detach()).view(-1), zeros)
        loss_fake.backward()
        self._adam_d.step()
        self.generator.zero_grad()
        loss_g = self._judge(self.discriminator(fake).view(-1), ones)
        loss_g.backward()
        self._adam_g.step()
        (loss_real + loss_fake).item(), loss_g.item()

    @torch.no_grad()
    def draw(self, seeds: Sequence[int]) -> npt.NDArray[np.uint8]:
        """Pictures (N, S, S, 3) of seeds: in training mode, by batches, as the example does."""
        latents = torch.stack(
            [torch.randn(Z_DIM, generator=torch.Generator().manual_seed(seed)) for seed in seeds]
        )
        parts = [self.generator(part[:, :, None, None]) for part in latents.split(BATCH)]
        return to_uint8(torch.cat(parts))


def _generator(size: int) -> nn.Module:
    channels = [WIDTH * size // 8 // 2**stage for stage in range((size // 4).bit_length() - 1)]
    layers: list[nn.Module] = [nn.ConvTranspose2d(Z_DIM, channels[0], 4, 1, 0, bias=False)]
    for wide, narrow in itertools.pairwise([*channels, 3]):
        layers += [nn.BatchNorm2d(wide), nn.ReLU(True)]
        layers.append(nn.ConvTranspose2d(wide, narrow, 4, 2, 1, bias=False))
    return nn.Sequential(*layers, nn.Tanh())


def _discriminator(size: int) -> nn.Module:
    channels = [WIDTH * 2**stage for stage in range((size // 4).bit_length() - 1)]
    layers: list[nn.Module] = [nn.Conv2d(3, channels[0], 4, 2, 1, bias=False)]
    for narrow, wide in itertools.pairwise(channels):
        layers += [nn.LeakyReLU(0.2, inplace=True), nn.Conv2d(narrow, wide, 4, 2, 1, bias=False)]
        layers.append(nn.BatchNorm2d(wide))
    layers += [nn.LeakyReLU(0.2, inplace=True), nn.Conv2d(channels[-1], 1, 4, 1, 0, bias=False)]
    return nn.Sequential(*layers, nn.Sigmoid())


def _first_weights(layer: nn.Module) -> None:
    if isinstance(layer, nn.Conv2d | nn.ConvTranspose2d):
        nn.init.normal_(layer.weight, 0.0, _DEVIATION)
    elif isinstance(layer, nn.BatchNorm2d):
        nn.init.normal_(layer.weight, 1.0, _DEVIATION)
        nn.init.zeros_(layer.bias)
