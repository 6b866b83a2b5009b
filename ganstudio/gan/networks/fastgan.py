"""FastGAN: networks for few pictures (Liu 2021, Towards Faster and Stabilized GAN Training).

The generator repeats pixels, convolves, and lets one half of the channels say how much of the other
half passes (GLU). Skip-layer excitation leads from a small stage over four doublings to a large
one, from 4 to 64 pixels, 8 to 128 and so on, and says how much of each channel passes there:

    y = F(x_low) * x_high,    F: means over the places of the first grid, a convolution of all of
                              them, leaky ReLU, a 1 x 1 convolution, sigmoid

Pictures smaller than 64 pixels have one such skip, over as many doublings as there are: from 4 to
16, or to 32 pixels. The discriminator halves sides on two paths at once, down to twice the first
grid. To keep it from learning few pictures by heart it is also taught to describe them: one small
decoder draws the whole picture from its last features, another one a quarter of the picture from a
quarter of the features before.

The generator's channels follow the published multiples (of 64) from 4 to 512 pixels: 16, 8, 4, 2,
2, 1, 1/2, 1/4; the last of them is the recipe's width. The discriminator's begin with its width and
double at every halving. Neither go beyond 1024, the paper's widest. So the published networks have
widths of 128 and 64 at 64 pixels, 64 and 32 at 128, 32 and 16 at 256, 16 and 16 at 512.

What differs: a score is the mean of what the published 5 x 5 places say, and descriptions are
compared by colours and edges, not by another network that would have to be downloaded.

Not responsible for how they are trained, nor for spectral norm itself (`spectral`).
"""

from __future__ import annotations

import itertools

import torch
from torch import Tensor, nn
from torch.nn import functional

from ganstudio.gan.chance import Chance
from ganstudio.gan.networks.base import Discriminator, Edit, PlainGenerator, Projection
from ganstudio.gan.networks.parts import doublings, edited, he, normal_weights, outputs_of
from ganstudio.gan.networks.spectral import with_spectral_norm
from ganstudio.project.recipe import NetworkRecipe

__all__ = ["FastganDiscriminator", "FastganGenerator"]

_SLOPE = 0.2
_DEVIATION = 0.02
_WIDEST = 1024
# Channels of the generator from 4 to 512 pixels, as multiples of one another.
_MULTIPLES = (64, 32, 16, 8, 8, 4, 2, 1)
_SKIPPED_DOUBLINGS = 4
# Larger pictures are halved by the discriminator's very first layer.
_SEEN_AT_FULL_SIZE = 256
_DESCRIBED_SIZE = 128
_NARROWEST_DECODER = 8
_SCALES = 3


class FastganGenerator(PlainGenerator):
    """From a latent vector to a picture."""

    def __init__(self, recipe: NetworkRecipe, rng: torch.Generator) -> None:
        super().__init__(recipe)
        steps = doublings(recipe.size)
        multiples = _MULTIPLES[: steps + 1]
        channels = [min(recipe.width * m // multiples[-1], _WIDEST) for m in multiples]
        first = nn.ConvTranspose2d(self.w_dim, 2 * channels[0], recipe.grid, bias=False)
        stages = [_Stage(first, channels[0])]
        for inputs, outputs in itertools.pairwise(channels):
            stages.append(_Stage(_doubling(inputs, outputs), outputs))
        self.stages = nn.ModuleList(stages)
        self._skipped = min(_SKIPPED_DOUBLINGS, steps)
        ways = zip(channels, channels[self._skipped :], strict=False)
        self.skips = nn.ModuleList(_Excitation(low, high, recipe.grid) for low, high in ways)
        self.colours = nn.Conv2d(channels[-1], recipe.channels, 3, padding=1)
        normal_weights(self, _DEVIATION, rng)

    def synthesize(
        self, w: Tensor, chance: Chance | None = None, edit: Edit | None = None
    ) -> Tensor:
        """See `Generator.synthesize`."""
        x, outputs = w[:, :, None, None], list[Tensor]()
        for number, stage in enumerate(self.stages):
            x = stage(x, chance)
            if number >= self._skipped:
                x = self.skips[number - self._skipped](outputs[number - self._skipped], x)
            x = edited(edit, number, x)
            outputs.append(x)
        return torch.tanh(self.colours(x))

    def first_features(self, w: Tensor) -> Tensor:
        """See `Generator.first_features`."""
        features: Tensor = self.stages[0](w[:, :, None, None], None)
        return features.flatten(1)


def _doubling(inputs: int, outputs: int, *, bias: bool = False) -> nn.Module:
    """Repeats every pixel and convolves, for a GLU: (N, inputs, H, W) to (N, 2 outputs, 2H, 2W)."""
    convolution = nn.Conv2d(inputs, 2 * outputs, 3, padding=1, bias=bias)
    return nn.Sequential(nn.Upsample(scale_factor=2), convolution)


class _Stage(nn.Module):
    """A convolution, noise, a norm and a GLU.

    Noise has one strength for all channels, which begins at 0.

    Args:
        convolution: It gives two channels for each that goes out.
        channels: Go out.
    """

    def __init__(self, convolution: nn.Module, channels: int) -> None:
        super().__init__()
        self.convolution = convolution
        self.strength = nn.Parameter(torch.zeros(1))
        self.norm = nn.BatchNorm2d(2 * channels)

    def forward(self, x: Tensor, chance: Chance | None) -> Tensor:
        x = self.convolution(x)
        # Without chance there are zeros, so that the strength takes part in every step.
        nothing = torch.zeros((), device=x.device)
        noise = nothing if chance is None else chance.normal(1, *x.shape[2:])
        return functional.glu(self.norm(x + (self.strength * noise).to(x.dtype)), dim=1)


class _Excitation(nn.Module):
    """What a small stage says about the channels of a large one.

    Args:
        low: Channels of the small stage.
        high: Channels of the large one.
        grid: Rows and columns of the first stage.
    """

    def __init__(self, low: int, high: int, grid: tuple[int, int]) -> None:
        super().__init__()
        self._rows = grid[0]
        self.gate = nn.Sequential(
            nn.Conv2d(low, high, grid),
            nn.LeakyReLU(_SLOPE, inplace=True),
            nn.Conv2d(high, high, 1),
            nn.Sigmoid(),
        )

    def forward(self, low: Tensor, high: Tensor) -> Tensor:
        means = functional.avg_pool2d(low, low.shape[2] // self._rows)
        excited: Tensor = self.gate(means) * high
        return excited


class FastganDiscriminator(Discriminator):
    """From a picture to a score, and to descriptions of the picture.

    As published it has spectral norm in every layer and batch norm in most, which compares the
    pictures of a batch. With any other norm in the recipe it does without both.
    """

    def __init__(self, recipe: NetworkRecipe, rng: torch.Generator) -> None:
        super().__init__()
        published = recipe.d_norm == "own"
        self.independent = not published
        halves = recipe.size > _SEEN_AT_FULL_SIZE
        steps = doublings(recipe.size) - (2 if halves else 1)
        channels = [min(recipe.d_width * 2**step, _WIDEST) for step in range(steps + 2)]
        shape = (4, 2, 1) if halves else (3, 1, 1)
        first = nn.Conv2d(recipe.channels, channels[0], *shape, bias=not published)
        layers: list[nn.Module] = [nn.Sequential(first, nn.LeakyReLU(_SLOPE, inplace=True))]
        for inputs, outputs in itertools.pairwise(channels[:-1]):
            layers.append(_Halving(inputs, outputs, batch_norm=published))
        self.trunk = nn.Sequential(*layers)
        *_, middle, last, hidden = channels
        head = nn.Conv2d(last, hidden, 1, bias=not published)
        self.head = _normed(head, batch_norm=published)
        self.score = nn.Conv2d(hidden, 1, recipe.grid)
        self.projection = Projection(recipe.classes, hidden)
        self.whole = _Decoder(last, recipe, recipe.size, batch_norm=published)
        self.quarter = _Decoder(middle, recipe, recipe.size // 2, batch_norm=published)
        self._fill_in(recipe, rng)
        if published:
            with_spectral_norm(self, rng)

    def _fill_in(self, recipe: NetworkRecipe, rng: torch.Generator) -> None:
        """First weights: as published, or, where no norm makes up for it, of the right size."""
        normal_weights(self, _DEVIATION, rng)
        if recipe.d_norm == "none":
            gain = nn.init.calculate_gain("leaky_relu", _SLOPE)
            for layer in self.modules():
                if isinstance(layer, nn.Conv2d):
                    he(layer, rng, gain)

    def forward(self, pictures: Tensor, labels: Tensor | None = None) -> Tensor:
        """See `Discriminator.forward`."""
        return self._logits(self.trunk(pictures), labels)

    def logits_and_lesson(
        self, pictures: Tensor, labels: Tensor | None, chance: Chance
    ) -> tuple[Tensor, Tensor]:
        """See `base.SelfSupervised`; chance says which quarter of a picture is to be described."""
        *_, middle, last = outputs_of(self.trunk.children(), pictures)
        place = (chance.uniform(2) < 0.5).long().t()
        lesson = _difference(self.whole(last), pictures) + _difference(
            self.quarter(_quarters(middle, place)), _quarters(pictures, place)
        )
        return self._logits(last, labels), lesson

    def _logits(self, features: Tensor, labels: Tensor | None) -> Tensor:
        hidden = self.head(features)
        fit = self.projection(hidden.mean((2, 3)), labels)
        logits: Tensor = self.score(hidden).mean((1, 2, 3)) + fit
        return logits


def _normed(convolution: nn.Conv2d, *, batch_norm: bool) -> nn.Sequential:
    """A convolution, a norm where there is one, and a leaky ReLU."""
    norm = nn.BatchNorm2d(convolution.out_channels) if batch_norm else nn.Identity()
    return nn.Sequential(convolution, norm, nn.LeakyReLU(_SLOPE, inplace=True))


class _Halving(nn.Module):
    """From (N, inputs, H, W) to (N, outputs, H/2, W/2), the mean of two paths."""

    def __init__(self, inputs: int, outputs: int, *, batch_norm: bool) -> None:
        super().__init__()
        bias = not batch_norm
        stride = nn.Conv2d(inputs, outputs, 4, 2, 1, bias=bias)
        look = nn.Conv2d(outputs, outputs, 3, padding=1, bias=bias)
        short = nn.Conv2d(inputs, outputs, 1, bias=bias)
        self.long = nn.Sequential(
            _normed(stride, batch_norm=batch_norm), _normed(look, batch_norm=batch_norm)
        )
        self.short = nn.Sequential(nn.AvgPool2d(2), _normed(short, batch_norm=batch_norm))

    def forward(self, x: Tensor) -> Tensor:
        mean: Tensor = (self.long(x) + self.short(x)) / 2
        return mean


class _Decoder(nn.Sequential):
    """From features of twice the first grid to a picture of at most 128 pixels in [-1, 1].

    Args:
        channels: Of the features.
        recipe: Of the discriminator.
        size: Pixels of the shorter side of what it describes.
        batch_norm: Whether there is one in every doubling.
    """

    def __init__(
        self, channels: int, recipe: NetworkRecipe, size: int, *, batch_norm: bool
    ) -> None:
        layers: list[nn.Module] = []
        for step in range(doublings(min(size, _DESCRIBED_SIZE)) - 1):
            narrower = max(channels // (4 if step == 0 else 2), _NARROWEST_DECODER)
            norm = nn.BatchNorm2d(2 * narrower) if batch_norm else nn.Identity()
            layers += [_doubling(channels, narrower, bias=not batch_norm), norm, nn.GLU(dim=1)]
            channels = narrower
        super().__init__(*layers, nn.Conv2d(channels, recipe.channels, 3, padding=1), nn.Tanh())


def _quarters(x: Tensor, place: Tensor) -> Tensor:
    """A quarter of each picture or of its features.

    Args:
        x: (N, C, H, W).
        place: (2, N): 0 for the upper half and 1 for the lower one, 0 for left and 1 for right.

    Returns:
        (N, C, H/2, W/2).
    """
    count, channels, height, width = x.shape
    halves = x.reshape(count, channels, 2, height // 2, 2, width // 2).permute(0, 2, 4, 1, 3, 5)
    quarters: Tensor = halves[torch.arange(count, device=x.device), place[0], place[1]]
    return quarters


def _difference(drawn: Tensor, pictures: Tensor) -> Tensor:
    """How wrong colours are, and slopes of colours on three scales, 0-dim float32.

    Args:
        drawn: (N, C, H, W).
        pictures: The same or larger by a whole number; they are made smaller.
    """
    wanted = functional.avg_pool2d(pictures.float(), pictures.shape[2] // drawn.shape[2])
    wrong = drawn.float() - wanted
    total = wrong.abs().mean()
    for _ in range(_SCALES):
        across, down = wrong.diff(dim=3), wrong.diff(dim=2)
        total = total + (across.abs().mean() + down.abs().mean()) / _SCALES
        wrong = functional.avg_pool2d(wrong, 2)
    return total
