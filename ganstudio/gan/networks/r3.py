"""The modernised residual pair of R3GAN (Huang 2024): convolutions and leaky ReLUs, no norm at all.

A block adds a change to what comes in: a 1 x 1 convolution makes it twice as wide, a 3 x 3
convolution in groups of 16 channels looks around, and a 1 x 1 convolution that begins at zero leads
back; so every block begins as nothing but a way through, and the others begin the smaller the more
blocks there are (Zhang 2019, Fixup). Sides double and halve by bilinear interpolation. The
generator begins with a learned grid, each channel as strong as a linear map of w says; the
discriminator ends with one learned weight for every place of every channel.

All stages up to 32 pixels are equally wide, and from there on channels halve at every doubling of
the side, to end at the recipe's width. So width 96 with two blocks a stage is R3GAN's for FFHQ at
256 pixels (768, 768, 768, 768, 384, 192, 96), and one block a stage with 384 channels below, which
means width 384 at 32 pixels, 192 at 64, 96 at 128 and so on, is a seventh of that.

What differs: R3GAN interpolates by [1, 2, 1], half a pixel aside, so that the discriminator's view
of one edge fades by half with every halving; here it is [1, 3, 3, 1], which lies even. And R3GAN's
pictures are not bounded, but ours can be shown at any time, so a tanh ends the generator: unlike a
cut it lets colours beyond the end find their way back.

Not responsible for how they are trained, nor for spectral norm (`spectral`).
"""

from __future__ import annotations

import itertools

import torch
from torch import Tensor, nn
from torch.nn import functional

from ganstudio.gan.chance import Chance
from ganstudio.gan.networks.base import Discriminator, Edit, PlainGenerator, Projection
from ganstudio.gan.networks.grouped import GroupedConvolution, convolve
from ganstudio.gan.networks.parts import doublings, glorot, he, normal_weights, through
from ganstudio.project.recipe import NetworkRecipe

__all__ = ["R3Discriminator", "R3Generator"]

_SLOPE = 0.2
_EXPANSION = 2
_GROUP = 16
_EVEN_UP_TO = 32


def _channels(width: int, size: int) -> list[int]:
    """Channels at 4 pixels, 8 pixels and so on, up to the picture's size."""
    steps = doublings(size)
    halvings = max(0, steps - doublings(_EVEN_UP_TO))
    return [width * 2 ** min(halvings, steps - step) for step in range(steps + 1)]


def _groups(channels: int) -> int:
    """As few groups as there can be of equally many channels, 16 at most."""
    return next(n for n in range(1, channels + 1) if channels % n == 0 and channels // n <= _GROUP)


def _blocks(
    width: int,
    recipe: NetworkRecipe,
    rng: torch.Generator,
    mixing: type[nn.Conv2d] = nn.Conv2d,
    *,
    from_nothing: bool = True,
) -> list[_Block]:
    """The blocks of one stage; see `_Block`."""
    of_all_stages = recipe.depth * (doublings(recipe.size) + 1)
    gain = nn.init.calculate_gain("leaky_relu", _SLOPE) * of_all_stages**-0.25
    return [
        _Block(width, gain, rng, mixing, from_nothing=from_nothing) for _ in range(recipe.depth)
    ]


class R3Generator(PlainGenerator):
    """From a latent vector to a picture by blocks that add to what is there."""

    def __init__(self, recipe: NetworkRecipe, rng: torch.Generator) -> None:
        super().__init__(recipe)
        channels = _channels(recipe.width, recipe.size)
        basis = _Basis(self.w_dim, channels[0], recipe.grid, rng)
        stages = [nn.Sequential(basis, *_blocks(channels[0], recipe, rng))]
        for inputs, outputs in itertools.pairwise(channels):
            up = _Doubling(inputs, outputs, rng)
            stages.append(nn.Sequential(up, *_blocks(outputs, recipe, rng)))
        self.stages = nn.Sequential(*stages)
        self.colours = he(nn.Conv2d(channels[-1], recipe.channels, 1, bias=False), rng)
        if self.classes is not None:
            normal_weights(self.classes, 1.0, rng)

    def synthesize(
        self, w: Tensor, chance: Chance | None = None, edit: Edit | None = None
    ) -> Tensor:
        """See `Generator.synthesize`."""
        return torch.tanh(self.colours(through(self.stages, w, edit)))

    def first_features(self, w: Tensor) -> Tensor:
        """See `Generator.first_features`."""
        features: Tensor = self.stages[0](w)
        return features.flatten(1)


class R3Discriminator(Discriminator):
    """From a picture to a score: the generator's mirror.

    Spectral norm makes every layer as large as any other, and a layer of zeros has no direction
    that it could keep; so under it the last layers of blocks begin like the others.
    """

    def __init__(self, recipe: NetworkRecipe, rng: torch.Generator) -> None:
        super().__init__()
        channels = _channels(recipe.d_width, recipe.size)[::-1]
        self.first = he(nn.Conv2d(recipe.channels, channels[0], 1, bias=False), rng)
        stages = []
        for inputs, outputs in itertools.pairwise(channels):
            halving = _Halving(inputs, outputs, rng)
            stages.append(nn.Sequential(*self._blocks(inputs, recipe, rng), halving))
        widest = channels[-1]
        last = nn.Sequential(*self._blocks(widest, recipe, rng))
        self.stages = nn.Sequential(*stages, last)
        places = GroupedConvolution(widest, widest, recipe.grid, groups=widest, bias=False)
        self.places = he(places, rng)
        self.score = he(nn.Linear(widest, 1, bias=False), rng)
        self.projection = Projection(recipe.classes, widest)
        if self.projection.classes is not None:
            glorot(self.projection.classes, rng)

    def forward(self, pictures: Tensor, labels: Tensor | None = None) -> Tensor:
        """See `Discriminator.forward`."""
        features = self.places(self.stages(self.first(pictures))).flatten(1)
        logits: Tensor = self.score(features).flatten() + self.projection(features, labels)
        return logits

    @staticmethod
    def _blocks(width: int, recipe: NetworkRecipe, rng: torch.Generator) -> list[_Block]:
        from_nothing = recipe.d_norm != "spectral"
        return _blocks(width, recipe, rng, GroupedConvolution, from_nothing=from_nothing)


class _Basis(nn.Module):
    """From w to a grid of features: one learned picture a channel, and how strong each shall be."""

    def __init__(
        self, w_dim: int, channels: int, grid: tuple[int, int], rng: torch.Generator
    ) -> None:
        super().__init__()
        self.pictures = nn.Parameter(torch.empty(1, channels, *grid))
        if not self.pictures.is_meta:
            nn.init.normal_(self.pictures, generator=rng)
        self.strengths = he(nn.Linear(w_dim, channels, bias=False), rng)

    def forward(self, w: Tensor) -> Tensor:
        strengths: Tensor = self.strengths(w)[:, :, None, None]
        return strengths * self.pictures.to(strengths.dtype)


class _Block(nn.Module):
    """A change that is added to x (N, width, H, W).

    Args:
        width: Channels that come in and go out.
        gain: Of the two layers before a leaky ReLU.
        rng: The only source of chance in its first weights.
        mixing: What the convolution in groups is made by.
        from_nothing: Whether the change begins at 0.
    """

    def __init__(
        self,
        width: int,
        gain: float,
        rng: torch.Generator,
        mixing: type[nn.Conv2d],
        *,
        from_nothing: bool,
    ) -> None:
        super().__init__()
        wide = _EXPANSION * width
        mix = mixing(wide, wide, 3, padding=1, groups=_groups(wide))
        narrow = he(nn.Conv2d(wide, width, 1, bias=False), rng)
        if from_nothing:
            nn.init.zeros_(narrow.weight)
        self.change = nn.Sequential(
            he(nn.Conv2d(width, wide, 1), rng, gain),
            nn.LeakyReLU(_SLOPE, inplace=True),
            he(mix, rng, gain),
            nn.LeakyReLU(_SLOPE, inplace=True),
            narrow,
        )

    def forward(self, x: Tensor) -> Tensor:
        changed: Tensor = x + self.change(x)
        return changed


class _Resampling(nn.Module):
    """Another number of channels where it differs, and the kernel that sides change by."""

    kernel: Tensor

    def __init__(self, inputs: int, outputs: int, rng: torch.Generator) -> None:
        super().__init__()
        convolution = nn.Conv2d(inputs, outputs, 1, bias=False)
        self.channels = nn.Identity() if inputs == outputs else he(convolution, rng)
        line = (0.25, 0.75, 0.75, 0.25)
        kernel = torch.tensor([[[[a * b for b in line] for a in line]]])
        self.register_buffer("kernel", kernel, persistent=False)

    def _spread(self, x: Tensor) -> Tensor:
        """Twice as large; nothing comes in from beyond the edges."""
        count = x.shape[1]
        kernel = self.kernel.expand(count, -1, -1, -1)
        return functional.conv_transpose2d(x, kernel, stride=2, padding=1, groups=count)


class _Doubling(_Resampling):
    """From (N, inputs, H, W) to (N, outputs, 2H, 2W): means of neighbours by their nearness."""

    def forward(self, x: Tensor) -> Tensor:
        x = self.channels(x)
        return self._spread(x) / self._spread(torch.ones_like(x[:1, :1]))


class _Halving(_Resampling):
    """From (N, inputs, H, W) to (N, outputs, H/2, W/2): `_Doubling` transposed.

    So every place is a mean, and every pixel counts as much as any other.
    """

    def forward(self, x: Tensor) -> Tensor:
        count, (rows, columns) = x.shape[1], x.shape[2:]
        shares = 4 * self._spread(x.new_ones(1, 1, rows // 2, columns // 2))
        kernel = self.kernel.expand(count, -1, -1, -1)
        halved = convolve(x / shares, kernel, None, stride=2, padding=1, groups=count)
        out: Tensor = self.channels(halved)
        return out
