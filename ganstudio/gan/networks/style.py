"""The style-based generator (Karras 2019 and 2020: StyleGAN2), small, in stock operators.

A mapping network turns z into a style w. The picture begins as a learned grid, the same for all,
and grows by 3 x 3 convolutions that w modulates: it says how much each channel of a layer counts.
Two convolutions a resolution, the first of which doubles the side; after each, noise with a learned
strength and a leaky ReLU. Every resolution adds its own picture to the one before, doubled. Weights
are equalised (see `style_parts`, also for the number of channels).

What differs from the paper:

- Two mapping layers, as in StyleGAN2-ADA (Karras 2020b), and w is as long as z.
- Each picture's channels are scaled before and after a convolution that all pictures share, which
  is the same as scaling its weights for every picture, but faster where memory is slow.
- The paper's pictures are not bounded. Here a tanh ends them, so that every picture is one that can
  be shown, and no range gives a generated one away; a colour beyond the end still finds its way
  back, which a cut would forbid. The sum of pictures is scaled to begin where the tanh is steep.
- Style mixing happens for every other picture, and noise and mixing are left to the `rng` that is
  passed in; without one the noise is that of the network's first day.

Not responsible for the discriminator (`style_discriminator`), nor for how they are trained.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

from ganstudio.gan.chance import Chance
from ganstudio.gan.networks.base import Edit, Generator
from ganstudio.gan.networks.parts import edited, normal_weights
from ganstudio.gan.networks.style_parts import RELU_GAIN, Blur, EqualLinear, channels_of, leaky
from ganstudio.project.recipe import NetworkRecipe

__all__ = ["StyleGenerator"]

_MAPPING_PACE = 0.01
_MIXED_SHARE = 0.5
_EPSILON = 1e-8


class StyleGenerator(Generator):
    """From a latent vector to a style to a picture.

    Each resolution has a w for its convolutions (the first one, the others two) and one for its
    picture, which the next resolution's first convolution shares: `layers` is twice the number of
    resolutions.
    """

    has_mapping = True

    def __init__(self, recipe: NetworkRecipe, rng: torch.Generator) -> None:
        super().__init__()
        self.z_dim = self.w_dim = recipe.z_dim
        channels = channels_of(recipe.width, recipe.size)
        self.layers = 2 * len(channels)
        self.mapping = _Mapping(recipe.z_dim, recipe.classes)
        self.constant = nn.Parameter(torch.empty(1, channels[0], *recipe.grid))
        stages: list[nn.Module] = [_Stage(self.w_dim, None, channels[0], recipe.grid)]
        for step, (inputs, outputs) in enumerate(itertools.pairwise(channels), start=1):
            rows, columns = (side * 2**step for side in recipe.grid)
            stages.append(_Stage(self.w_dim, inputs, outputs, (rows, columns)))
        self.stages = nn.ModuleList(stages)
        self.pictures = nn.ModuleList(
            _Picture(self.w_dim, width, recipe.channels) for width in channels
        )
        self._picture_factor = len(channels) ** -0.5
        normal_weights(self, 1.0, rng)
        self._first_numbers(rng)

    def map(self, z: Tensor, labels: Tensor | None = None) -> Tensor:
        """See `Generator.map`."""
        w: Tensor = self.mapping(z, labels)
        return w

    def forward(
        self, z: Tensor, labels: Tensor | None = None, chance: Chance | None = None
    ) -> Tensor:
        """See `Generator.forward`. While training, by chance, some pictures mix two styles."""
        w = self.map(z, labels)
        if self.training and chance is not None:
            w = self._mixed(w, self.map(chance.normal(self.z_dim), labels), chance)
        return self.synthesize(w, chance)

    def synthesize(
        self, w: Tensor, chance: Chance | None = None, edit: Edit | None = None
    ) -> Tensor:
        """See `Generator.synthesize`."""
        styles = self._styles(w)
        ways = zip(
            self.pictures, self._activations(styles, chance, edit), styles[1::2], strict=True
        )
        total: Tensor | None = None
        for picture, x, style in ways:
            own = picture(x, style).float()
            total = own if total is None else own + _doubled(total)
        assert total is not None
        return torch.tanh(total * self._picture_factor)

    def first_features(self, w: Tensor) -> Tensor:
        """See `Generator.first_features`."""
        return next(self._activations(self._styles(w))).flatten(1)

    def first_weights(self) -> list[Tensor]:
        """See `Generator.first_weights`: of all convolutions that a layer's w modulates."""
        weights: list[list[Tensor]] = [[] for _ in range(self.layers)]
        for step, (stage, picture) in enumerate(zip(self.stages, self.pictures, strict=True)):
            assert isinstance(stage, _Stage)
            layers = range(max(2 * step - 1, 0), 2 * step + 1)
            for layer, convolution in zip(layers, stage.convolutions, strict=True):
                assert isinstance(convolution, _StyledConvolution)
                weights[layer].append(convolution.style.weight)
            assert isinstance(picture, _Picture)
            weights[2 * step + 1].append(picture.style.weight)
        return [torch.cat(own) for own in weights]

    def _activations(
        self,
        styles: Sequence[Tensor],
        chance: Chance | None = None,
        edit: Edit | None = None,
    ) -> Iterator[Tensor]:
        """What comes out of each resolution."""
        x = self.constant.expand(styles[0].shape[0], -1, -1, -1)
        for step, stage in enumerate(self.stages):
            x = edited(edit, step, stage(x, styles[max(2 * step - 1, 0) : 2 * step + 1], chance))
            yield x

    def _styles(self, w: Tensor) -> Sequence[Tensor]:
        """A w (N, w_dim) for each layer."""
        return w.unbind(1) if w.ndim == 3 else [w] * self.layers

    def _mixed(self, w: Tensor, other: Tensor, chance: Chance) -> Tensor:
        """Styles (N, layers, w_dim): w for the coarse layers, and `other` for the fine ones.

        Where one ends and the other begins is chosen for each picture; many get w alone.
        """
        mixes = chance.uniform() < _MIXED_SHARE
        crossover = 1 + torch.floor(chance.uniform() * (self.layers - 1))
        crossover = torch.where(mixes, crossover, self.layers)
        coarse = torch.arange(self.layers, device=w.device) < crossover[:, None]
        return torch.where(coarse[:, :, None], w[:, None], other[:, None])

    @torch.no_grad()
    def _first_numbers(self, rng: torch.Generator) -> None:
        """Those that are not weights of ordinary layers."""
        if self.constant.is_meta:
            return
        self.constant.normal_(generator=rng)
        for part in self.modules():
            if isinstance(part, EqualLinear):
                part.weight.div_(part.pace)
            elif isinstance(part, _StyledConvolution):
                part.noise.normal_(generator=rng)


class _Mapping(nn.Module):
    """From z (N, dim), and labels, to w (N, dim): all begin on one sphere."""

    def __init__(self, dim: int, classes: int) -> None:
        super().__init__()
        self.classes = nn.Embedding(classes, dim) if classes else None
        inputs = 2 * dim if classes else dim
        self.first = EqualLinear(inputs, dim, gain=RELU_GAIN, pace=_MAPPING_PACE)
        self.second = EqualLinear(dim, dim, gain=RELU_GAIN, pace=_MAPPING_PACE)

    def forward(self, z: Tensor, labels: Tensor | None) -> Tensor:
        x = _normalised(z)
        if self.classes is not None:
            assert labels is not None
            x = torch.cat([x, _normalised(self.classes(labels))], dim=1)
        return leaky(self.second(leaky(self.first(x))))


class _Stage(nn.Module):
    """The convolutions of one resolution.

    Args:
        w_dim: Numbers in a w.
        inputs: Channels from the resolution before; None at the first one.
        outputs: Channels that go out.
        grid: Rows and columns that go out.
    """

    def __init__(self, w_dim: int, inputs: int | None, outputs: int, grid: tuple[int, int]) -> None:
        super().__init__()
        convolutions = [_StyledConvolution(w_dim, outputs, outputs, grid)]
        if inputs is not None:
            convolutions.insert(0, _StyledConvolution(w_dim, inputs, outputs, grid, doubles=True))
        self.convolutions = nn.ModuleList(convolutions)

    def forward(self, x: Tensor, styles: Sequence[Tensor], chance: Chance | None) -> Tensor:
        for convolution, style in zip(self.convolutions, styles, strict=True):
            x = convolution(x, style, chance)
        return x


class _StyledConvolution(nn.Module):
    """A modulated 3 x 3 convolution, noise, and a leaky ReLU with gain sqrt(2).

    Args:
        w_dim: Numbers in a w.
        inputs: Channels that come in.
        outputs: Channels that go out.
        grid: Rows and columns that go out.
        doubles: Whether those that come in are half of that.

    Attributes:
        noise: What is added where nothing is left to chance, (1, 1, rows, columns).
    """

    noise: Tensor

    def __init__(
        self,
        w_dim: int,
        inputs: int,
        outputs: int,
        grid: tuple[int, int],
        *,
        doubles: bool = False,
    ) -> None:
        super().__init__()
        self.style = EqualLinear(w_dim, inputs)
        self.convolution = nn.Conv2d(inputs, outputs, 3)
        self.strength = nn.Parameter(torch.zeros(()))
        self.register_buffer("noise", torch.zeros(1, 1, *grid))
        # A gain of 4: all but a quarter of what is blurred are zeros between the pixels.
        self.blur = Blur(1, gain=4.0) if doubles else None

    def forward(self, x: Tensor, w: Tensor, chance: Chance | None) -> Tensor:
        """(N, inputs, H, W) to (N, outputs, *grid)."""
        x = self.modulated(x, 1.0 + self.style(w), RELU_GAIN)
        noise = self.noise if chance is None else chance.normal(*self.noise.shape[1:])
        return leaky(x + (self.strength * RELU_GAIN * noise).to(x.dtype))

    def modulated(self, x: Tensor, style: Tensor, gain: float = 1.0) -> Tensor:
        """As if every weight were multiplied by its channel's style, then all of a filter made 1.

        Demodulation undoes any factor that all weights share, so none equalises them here.

        Args:
            x: (N, inputs, H, W).
            style: (N, inputs).
            gain: Of what goes out, bias and all.

        Returns:
            (N, outputs, *grid).
        """
        weight = self.convolution.weight
        norms = style.square() @ weight.square().sum((2, 3)).t()
        back = (gain * (norms + _EPSILON).rsqrt())[:, :, None, None]
        x = self._convolved(x * style[:, :, None, None])
        assert self.convolution.bias is not None
        bias = (self.convolution.bias * gain)[:, None, None]
        return torch.addcmul(bias.to(x.dtype), x, back.to(x.dtype))

    def _convolved(self, x: Tensor) -> Tensor:
        weight = self.convolution.weight
        if self.blur is None:
            return functional.conv2d(x, weight, padding=1)
        doubled: Tensor = self.blur(
            functional.conv_transpose2d(x, weight.transpose(0, 1), stride=2)
        )
        return doubled


class _Picture(nn.Module):
    """A modulated 1 x 1 convolution, not demodulated: what a resolution adds to the picture."""

    def __init__(self, w_dim: int, inputs: int, channels: int) -> None:
        super().__init__()
        self.style = EqualLinear(w_dim, inputs)
        self.convolution = nn.Conv2d(inputs, channels, 1)
        self._factor = 1.0 / math.sqrt(inputs)

    def forward(self, x: Tensor, w: Tensor) -> Tensor:
        """(N, inputs, H, W) to (N, channels, H, W)."""
        style = (1.0 + self.style(w)) * self._factor
        picture: Tensor = self.convolution(x * style[:, :, None, None])
        return picture


def _normalised(x: Tensor) -> Tensor:
    """(N, F) with a mean square of 1."""
    return x * (x.square().mean(dim=1, keepdim=True) + _EPSILON).rsqrt()


def _doubled(pictures: Tensor) -> Tensor:
    """(N, C, H, W) to (N, C, 2H, 2W) by the kernel [1, 3, 3, 1], edges going on beyond the edge."""
    return functional.interpolate(pictures, scale_factor=2, mode="bilinear", align_corners=False)
