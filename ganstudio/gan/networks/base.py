"""What every pair of networks promises, whatever its architecture.

Not responsible for any architecture, nor for how networks are trained.
"""

from __future__ import annotations

import abc
from collections.abc import Callable
from typing import Protocol, runtime_checkable

import torch
from torch import Tensor, nn

from ganstudio.gan.chance import Chance
from ganstudio.project.recipe import NetworkRecipe

__all__ = [
    "Discriminator",
    "Edit",
    "Generator",
    "PlainGenerator",
    "Projection",
    "SelfSupervised",
]

#: What may change activations on their way: (number of the stage, what comes out of it) to what
#: goes on, of the same shape. The first stage is 0.
Edit = Callable[[int, Tensor], Tensor]

_CLASS_DIM = 16


class Generator(nn.Module, abc.ABC):
    """From latent vectors to pictures: z is what is drawn by chance, w what the layers see.

    Labels are (N,) int64, one class a picture; None where the recipe has no classes. Chance inside
    the network (noise, style mixing) comes from what is given alone, on the latents' device; where
    nothing is given nothing is left to chance, so that the same w is always the same picture.

    Attributes:
        z_dim: Numbers in a latent vector.
        w_dim: Numbers in a w.
        layers: How many layers can each be given a w of their own; 1 where all share one.
        has_mapping: Whether w is learned; without a mapping network z itself is its beginning.
    """

    z_dim: int
    w_dim: int
    layers: int = 1
    has_mapping: bool = False

    @abc.abstractmethod
    def map(self, z: Tensor, labels: Tensor | None = None) -> Tensor:
        """(N, z_dim) to (N, w_dim)."""

    @abc.abstractmethod
    def synthesize(
        self, w: Tensor, chance: Chance | None = None, edit: Edit | None = None
    ) -> Tensor:
        """(N, w_dim), or (N, layers, w_dim), to pictures (N, C, H, W) in [-1, 1].

        An `edit` sees what comes out of every stage, and says what goes on.
        """

    def features(self, w: Tensor) -> list[Tensor]:
        """Activations of every stage for w (N, w_dim), the first stage first: (N, C, H, W) each.

        Where a network has no places, (N, F).
        """
        seen: list[Tensor] = []

        def keep(stage: int, x: Tensor) -> Tensor:
            seen.append(x)
            return x

        self.synthesize(w, edit=keep)
        return seen

    def forward(
        self, z: Tensor, labels: Tensor | None = None, chance: Chance | None = None
    ) -> Tensor:
        """Pictures (N, C, H, W) in [-1, 1] of latent vectors (N, z_dim)."""
        return self.synthesize(self.map(z, labels), chance)

    def first_features(self, w: Tensor) -> Tensor:
        """Activations (N, F) of the first stage."""
        return self.features(w)[0].flatten(1)

    @abc.abstractmethod
    def first_weights(self) -> list[Tensor]:
        """What w is multiplied by first, (F, w_dim): for each layer, or once where all share w."""


class PlainGenerator(Generator):
    """A generator without a mapping network: w is z, and what belongs to the class behind it."""

    def __init__(self, recipe: NetworkRecipe) -> None:
        super().__init__()
        self.z_dim = recipe.z_dim
        self.w_dim = recipe.z_dim + (_CLASS_DIM if recipe.classes else 0)
        self.classes = nn.Embedding(recipe.classes, _CLASS_DIM) if recipe.classes else None

    def map(self, z: Tensor, labels: Tensor | None = None) -> Tensor:
        """(N, z_dim) to (N, w_dim); the very same tensor where there are no classes."""
        if self.classes is None:
            return z
        assert labels is not None
        return torch.cat([z, self.classes(labels)], dim=1)

    def first_weights(self) -> list[Tensor]:
        """See `Generator.first_weights`: those of the first layer that takes a whole w."""
        for layer in self.modules():
            if isinstance(layer, nn.Linear) and layer.in_features == self.w_dim:
                return [layer.weight]
            if isinstance(layer, nn.ConvTranspose2d) and layer.in_channels == self.w_dim:
                return [layer.weight.flatten(1).T]
        raise AssertionError("some layer takes w")


class Discriminator(nn.Module, abc.ABC):
    """From pictures to scores.

    Attributes:
        independent: Whether a picture's score depends on that picture alone.
        group: Pictures that are compared with each other, one group after the other; 1 where
            `independent`, or where the whole batch is compared.
    """

    independent: bool = True
    group: int = 1

    @abc.abstractmethod
    def forward(self, pictures: Tensor, labels: Tensor | None = None) -> Tensor:
        """Logits (N,) of pictures (N, C, H, W) in [-1, 1]."""


@runtime_checkable
class SelfSupervised(Protocol):
    """A discriminator that is also taught to describe the real pictures it sees (Liu 2021)."""

    def logits_and_lesson(
        self, pictures: Tensor, labels: Tensor | None, chance: Chance
    ) -> tuple[Tensor, Tensor]:
        """Logits (N,) of real pictures and a loss of its own that they teach, 0-dim."""


class Projection(nn.Module):
    """How well features fit the class they shall belong to (Miyato and Koyama 2018).

    Args:
        classes: How many there are; 0: nothing is added to any score.
        features: Numbers of a picture just before its score.
    """

    def __init__(self, classes: int, features: int) -> None:
        super().__init__()
        self.classes = nn.Embedding(classes, features) if classes else None

    def forward(self, features: Tensor, labels: Tensor | None) -> Tensor | float:
        """What is added to the logits, (N,), for features (N, F) and labels (N,)."""
        if self.classes is None:
            return 0.0
        assert labels is not None
        fit: Tensor = (self.classes(labels) * features).sum(dim=1)
        return fit
