"""Games on points in the plane, where it can be counted how much of the data a generator draws.

The ring and the grid are the toys of VEEGAN (Srivastava 2017) and PacGAN (Lin 2018), the grid at a
quarter of its size. Losses, penalties, Adam, schedules and the averaged generator are the program's
own. Several seeds are trained side by side, as one stack of networks: every product of matrices is
one call for all of them, and no seed notices the others.

Not responsible for which games are played, nor for what becomes of the scores (`modes`).
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import torch
from torch import Tensor, nn
from torch.nn import functional

from ganstudio.gan.ema import AveragedNetwork
from ganstudio.gan.losses import LOSSES
from ganstudio.gan.optim import Adam, cosine
from ganstudio.gan.regularisers import between, gradient_penalty, zero_centred_penalty
from ganstudio.gan.seeding import generator_for
from ganstudio.project.recipe import EmaRecipe, LossName, OptimizerRecipe

#: As a recipe calls them.
Penalty = Literal["r1", "r1+r2", "wgan-gp"]

_SLOPE = 0.2
# First weights of hidden layers are that many times as large as torch draws them, so that signals
# keep their size (He 2015): with them, narrow modes far apart are found in half the time.
_GAIN = math.sqrt(6)
_DRAWN = 2_500


@dataclass(frozen=True, slots=True)
class Toy:
    """Equally frequent round Gaussians in the plane.

    Attributes:
        centres: Their means.
        sigma: Their standard deviation in each direction.
    """

    centres: tuple[tuple[float, float], ...]
    sigma: float

    def points(self, count: int, rng: torch.Generator) -> Tensor:
        """Draw (count, 2)."""
        which = torch.randint(len(self.centres), (count,), generator=rng)
        noise = torch.randn(count, 2, generator=rng)
        return torch.tensor(self.centres)[which] + self.sigma * noise


def _ring() -> Toy:
    angles = [math.tau * place / 8 for place in range(8)]
    return Toy(tuple((math.cos(angle), math.sin(angle)) for angle in angles), 0.01)


def _grid() -> Toy:
    places = (-1.0, -0.5, 0.0, 0.5, 1.0)
    return Toy(tuple(itertools.product(places, places)), 0.05 / 4)


TOYS = {"ring": _ring(), "grid": _grid()}


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything but the seed that decides how a game on points ends.

    Attributes:
        gamma: Weight of the penalty at the first step: gamma / 2 (R1 + R2), or gamma times
            WGAN-GP's; 0 for none. A cosine leads to `gamma_end` at the last step.
        penalty_every: The penalty is due on every k-th step, with k times its weight.
        lr: Adam's learning rate; a cosine leads to `lr_end`.
        half_life: Steps after which a weight counts half in the averaged generator.
    """

    loss: LossName
    penalty: Penalty = "r1+r2"
    gamma: float = 0.0
    gamma_end: float = 0.0
    penalty_every: int = 4
    steps: int = 8_000
    batch_size: int = 128
    width: int = 128
    hidden_layers: int = 3
    z_dim: int = 2
    lr: float = 2e-3
    lr_end: float = 1e-5
    beta1: float = 0.0
    beta2: float = 0.99
    half_life: int = 100


@dataclass(frozen=True, slots=True)
class Score:
    """How much of a toy is drawn (VEEGAN, PacGAN).

    Attributes:
        modes: Gaussians on which at least one good point falls; a point is good if it is less than
            three standard deviations away from the nearest mean.
        good: Share of good points.
        kl: How unevenly the good points are spread over the Gaussians, in nats, 0 for evenly.
    """

    modes: int
    good: float
    kl: float


def score_of(points: Tensor, toy: Toy) -> Score:
    """Of generated points (N, 2)."""
    away, nearest = torch.cdist(points, torch.tensor(toy.centres)).min(dim=1)
    good = away < 3 * toy.sigma
    counts = torch.bincount(nearest[good], minlength=len(toy.centres)).double()
    shares = counts / counts.sum().clamp(min=1)
    entropy = -torch.special.xlogy(shares, shares).sum()
    return Score(
        modes=int((counts > 0).sum()),
        good=float(good.double().mean()),
        kl=math.log(len(toy.centres)) - float(entropy),
    )


class Stack(nn.Module):
    """Networks of the same shape, one a seed: linear layers with leaky ReLUs between them.

    Args:
        sizes: Numbers that go in, those of every hidden layer, and those that come out.
        chances: A source of chance for every seed's first weights.
    """

    def __init__(self, sizes: Sequence[int], chances: Sequence[torch.Generator]) -> None:
        super().__init__()
        self._seeds = len(chances)
        self._layers: list[tuple[nn.Parameter, nn.Parameter]] = []
        for inputs, outputs in itertools.pairwise(sizes):
            size = 1 + inputs, outputs  # the biases first
            drawn = torch.stack([torch.rand(size, generator=chance) for chance in chances])
            bias, weight = ((2 * drawn - 1) / math.sqrt(inputs)).split([1, inputs], dim=1)
            weight = weight * (_GAIN if len(self._layers) < len(sizes) - 2 else 1.0)
            self._layers.append((nn.Parameter(weight), nn.Parameter(bias.clone())))
        self._all = nn.ParameterList(itertools.chain.from_iterable(self._layers))

    def forward(self, x: Tensor) -> Tensor:
        """(seeds * N, inputs), one seed after the other, to (seeds * N, outputs)."""
        x = x.view(self._seeds, -1, x.shape[1])
        for index, (weight, bias) in enumerate(self._layers):
            x = functional.leaky_relu(x, _SLOPE) if index else x
            x = torch.baddbmm(bias, x, weight)
        return x.flatten(0, 1)


class Game:
    """One game a seed, all of them in step.

    Args:
        toy: What is real.
        settings: The rules, the same for all.
        seeds: One game for each.
    """

    def __init__(self, toy: Toy, settings: Settings, seeds: Sequence[int]) -> None:
        self._toy, self._settings, self._seeds = toy, settings, seeds
        self._chances = [generator_for(seed, "points", 0) for seed in seeds]
        hidden = [settings.width] * settings.hidden_layers
        self._generator = Stack([settings.z_dim, *hidden, 2], self._chances)
        self._discriminator = Stack([2, *hidden, 1], self._chances)
        self._g_weights = list(self._generator.parameters())
        self._d_weights = list(self._discriminator.parameters())
        optimizer = OptimizerRecipe(
            lr=settings.lr, lr_end=settings.lr_end, beta1=settings.beta1, beta2=settings.beta2
        )
        self._adam_g = Adam(self._g_weights, optimizer)
        self._adam_d = Adam(self._d_weights, optimizer)
        ema = EmaRecipe(half_life_images=settings.half_life * settings.batch_size)
        self._averaged = AveragedNetwork(self._generator, self._adam_g.block, ema)

    def play(self) -> list[Tensor]:
        """Train to the end; 2,500 points, (N, 2), that each seed's averaged generator draws."""
        settings, steps = self._settings, self._settings.steps
        for step in range(steps):
            due = step % settings.penalty_every == 0
            gamma = cosine(settings.gamma, settings.gamma_end, step, steps) if due else 0.0
            fake, real_logits = self._first_half(gamma * settings.penalty_every)
            rate = cosine(settings.lr, settings.lr_end, step, steps)
            self._adam_d.gather()
            self._adam_d.step(rate, settings.beta2)
            self._second_half(fake, real_logits)
            self._adam_g.gather()
            self._adam_g.step(rate, settings.beta2)
            self._averaged.update((step + 1) * settings.batch_size, settings.batch_size)
        return self._drawn()

    def _first_half(self, gamma: float) -> tuple[Tensor, Tensor]:
        """The discriminator's gradients; (generated points with their graph, real logits)."""
        count = self._settings.batch_size
        real = torch.cat([self._toy.points(count, chance) for chance in self._chances])
        fake = self._generator(self._latents(count))
        zero_centred = gamma > 0 and self._settings.penalty != "wgan-gp"
        seen = self._side_by_side(real, fake.detach()).requires_grad_(zero_centred)
        logits = self._logits(seen)
        real_logits, fake_logits = self._apart(logits)
        loss = LOSSES[self._settings.loss].d_loss(real_logits, fake_logits)
        if zero_centred:
            r1, r2 = self._apart(zero_centred_penalty(logits, seen))
            squares = r1 if self._settings.penalty == "r1" else r1 + r2
            loss = loss + gamma / 2 * squares.mean()
        elif gamma > 0:
            loss = loss + gamma * self._slopes_between(real, fake).mean()
        self._learn(loss, self._d_weights)
        return fake, real_logits.detach()

    def _second_half(self, fake: Tensor, real_logits: Tensor) -> None:
        """The generator's gradients."""
        for weight in self._d_weights:
            weight.requires_grad = False
        loss = LOSSES[self._settings.loss].g_loss(real_logits, self._logits(fake))
        self._learn(loss, self._g_weights)
        for weight in self._d_weights:
            weight.requires_grad = True

    def _learn(self, loss: Tensor, weights: list[nn.Parameter]) -> None:
        """Losses are means over all seeds; each seed's weights get what its own mean gives."""
        torch.autograd.backward(len(self._seeds) * loss, inputs=weights)

    def _slopes_between(self, real: Tensor, fake: Tensor) -> Tensor:
        count = self._settings.batch_size
        pairs = zip(real.split(count), fake.split(count), self._chances, strict=True)
        points = torch.cat([between(*pair) for pair in pairs]).requires_grad_()
        return gradient_penalty(self._logits(points), points)

    def _side_by_side(self, real: Tensor, fake: Tensor) -> Tensor:
        """Seed after seed, each with its real points first."""
        seeds = len(self._seeds)
        return torch.cat([real.view(seeds, -1, 2), fake.view(seeds, -1, 2)], 1).flatten(0, 1)

    def _apart(self, values: Tensor) -> tuple[Tensor, Tensor]:
        """What belongs to the real and to the generated points that were side by side, (N,)."""
        real, fake = values.view(len(self._seeds), 2, -1).unbind(1)
        return real.flatten(), fake.flatten()

    def _logits(self, points: Tensor) -> Tensor:
        logits: Tensor = self._discriminator(points).flatten()
        return logits

    def _latents(self, count: int) -> Tensor:
        size = count, self._settings.z_dim
        return torch.cat([torch.randn(size, generator=chance) for chance in self._chances])

    @torch.no_grad()
    def _drawn(self) -> list[Tensor]:
        points: Tensor = self._averaged.network(self._latents(_DRAWN))
        return list(points.split(_DRAWN))
