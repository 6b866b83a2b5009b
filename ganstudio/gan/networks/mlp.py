"""The first GAN: layers of neurons, each of which sees everything (Goodfellow 2014).

The generator has two hidden layers of ReLUs, the discriminator two of maxout (Goodfellow 2013): of
five pieces of the same input the largest counts. So that both are about as large, a hidden layer of
either has five times its width in affine units: 5 x `recipe.width` ReLUs, or `recipe.d_width`
maxouts. With widths of 240, 100 numbers in z and 28 grey pixels a side these would be the paper's
networks for handwritten digits. A picture is only a list of numbers to them: weights grow with its
area, and nothing says which pixels are neighbours. The pair is here to learn from, on small
pictures.

Three things are not as in 2014. Pictures end in tanh, as they lie in [-1, 1] here. There is no
dropout in the discriminator: scores would depend on chance, and penalties on their slope need
scores that do not. First weights are Glorot's, which fit every size of picture, where the paper's
(uniform within 0.05 and 0.005) fit its own.

Not responsible for how they are trained.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn

from ganstudio.gan.chance import Chance
from ganstudio.gan.networks.base import Discriminator, Edit, PlainGenerator, Projection
from ganstudio.gan.networks.parts import glorot, normal_weights, through
from ganstudio.project.recipe import NetworkRecipe

__all__ = ["MlpDiscriminator", "MlpGenerator"]

_PIECES = 5
# A ReLU drops half of what it sees; this makes up for it (He 2015).
_RELU_GAIN = math.sqrt(2)


class MlpGenerator(PlainGenerator):
    """From a latent vector to a picture by ReLUs."""

    def __init__(self, recipe: NetworkRecipe, rng: torch.Generator) -> None:
        super().__init__(recipe)
        self._shape = recipe.shape
        units = _PIECES * recipe.width
        self.hidden = nn.Sequential(_Relus(self.w_dim, units, rng), _Relus(units, units, rng))
        self.last = glorot(nn.Linear(units, math.prod(recipe.shape)), rng)
        if self.classes is not None:
            normal_weights(self.classes, 1.0, rng)

    def synthesize(
        self, w: Tensor, chance: Chance | None = None, edit: Edit | None = None
    ) -> Tensor:
        """See `Generator.synthesize`."""
        return torch.tanh(self.last(through(self.hidden, w, edit))).view(-1, *self._shape)

    def first_features(self, w: Tensor) -> Tensor:
        """See `Generator.first_features`."""
        features: Tensor = self.hidden[0](w)
        return features


class _Relus(nn.Sequential):
    """A hidden layer of the generator."""

    def __init__(self, inputs: int, units: int, rng: torch.Generator) -> None:
        super().__init__(glorot(nn.Linear(inputs, units), rng, _RELU_GAIN), nn.ReLU(inplace=True))


class MlpDiscriminator(Discriminator):
    """From a picture to a score by maxout."""

    def __init__(self, recipe: NetworkRecipe, rng: torch.Generator) -> None:
        super().__init__()
        units = recipe.d_width
        self.hidden = nn.Sequential(
            _Maxout(math.prod(recipe.shape), units, rng), _Maxout(units, units, rng)
        )
        self.score = glorot(nn.Linear(units, 1), rng)
        self.projection = Projection(recipe.classes, units)
        if self.projection.classes is not None:
            glorot(self.projection.classes, rng)

    def forward(self, pictures: Tensor, labels: Tensor | None = None) -> Tensor:
        """See `Discriminator.forward`."""
        features = self.hidden(pictures.flatten(1))
        logits: Tensor = self.score(features).flatten() + self.projection(features, labels)
        return logits


class _Maxout(nn.Module):
    """Units that say the largest of their pieces: (N, inputs) to (N, units).

    Pieces change by no more than a layer of that norm lets them, and the largest by no more than
    all of them: spectral norm holds for maxout too.
    """

    def __init__(self, inputs: int, units: int, rng: torch.Generator) -> None:
        super().__init__()
        self.pieces = glorot(nn.Linear(inputs, _PIECES * units), rng)

    def forward(self, x: Tensor) -> Tensor:
        # Pieces before units: the largest is then found in neighbouring memory.
        largest: Tensor = self.pieces(x).unflatten(1, (_PIECES, -1)).amax(1)
        return largest
