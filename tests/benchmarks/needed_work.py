"""The arithmetic that a step of the default recipe cannot do without, and its bare convolutions.

Needed for one real picture, with F a network's own arithmetic for one picture (forward):

- the generator draws one picture and learns from it: forward F, backward 2 F;
- the discriminator looks at that picture and at the real one, and learns: forward F and backward
  2 F each, but for the gradient at the pictures, which nobody needs;
- it looks once more for the generator, who needs the gradient at the picture only: 2 F;
- on every k-th step, slopes at both pictures: they are there after a backward pass down to the
  pictures, go forward once, and share the pass to the weights (`ganstudio.gan.pieces`): 2 F more
  for each of the two pictures, together with the gradient at the pictures.

All of it is counted on shapes, by the operators that torch would call.

Not responsible for time (`closeness`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor
from torch.overrides import TorchFunctionMode
from torch.utils.flop_counter import FlopCounterMode

from ganstudio.gan.networks import build_discriminator, build_generator
from ganstudio.project.recipe import Recipe

_PICTURES = 4


@dataclass(frozen=True, slots=True)
class Bare:
    """One convolution as a network calls it.

    Attributes:
        function: Of torch.
        inputs: Shape of what goes in, (N, C, H, W).
        weights: Shape of its kernel.
        numbers: The other arguments behind the bias, such as the stride.
        named: And those by name.
    """

    function: Callable[..., Tensor]
    inputs: tuple[int, ...]
    weights: tuple[int, ...]
    numbers: tuple[Any, ...]
    named: Mapping[str, Any]

    def __call__(self, inputs: Tensor, weights: Tensor) -> Tensor:
        """What comes out, without a bias."""
        return self.function(inputs, weights, None, *self.numbers, **self.named)


def flops_needed(recipe: Recipe) -> float:
    """Floating point operations of one real picture; a multiplication and an addition are two."""
    with torch.device("meta"):
        rng = torch.Generator()
        g, d = build_generator(recipe.network, rng), build_discriminator(recipe.network, rng)
        latents = torch.zeros(_PICTURES, recipe.network.z_dim)
        pair = torch.zeros(2 * _PICTURES, *recipe.network.shape)

        def inspector_learns() -> None:
            d(pair).sum().backward()

        def slopes_too() -> None:
            d(pair.requires_grad_()).sum().backward()
            d(pair.detach())

        def generator_learns() -> None:
            d.requires_grad_(False)
            d(g(latents)).sum().backward()

        plain, heavy = _counted(inspector_learns), _counted(slopes_too)
        drawn = _counted(generator_learns)
    game = recipe.game
    share = 1.0 / game.penalty_every if game.gamma else 0.0
    return ((1.0 - share) * plain + share * heavy + drawn) / _PICTURES


def _counted(work: Callable[[], None]) -> float:
    with FlopCounterMode(display=False) as counter:
        work()
    return float(counter.get_total_flops())


def bare_convolutions(recipe: Recipe) -> list[Bare]:
    """Every convolution of both networks, with as many pictures as a step shows to each."""
    with torch.device("meta"), torch.no_grad():
        rng, batch = torch.Generator(), recipe.batch_size
        g, d = build_generator(recipe.network, rng), build_discriminator(recipe.network, rng)
        with _Watch() as watch:
            g(torch.zeros(batch, recipe.network.z_dim))
            d(torch.zeros(2 * batch, *recipe.network.shape))
    return watch.found


class _Watch(TorchFunctionMode):
    """Writes down the convolutions that are called."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Bare] = []

    def __torch_function__(
        self,
        func: Callable[..., Any],
        types: Sequence[type],
        args: Sequence[Any] = (),
        kwargs: Mapping[str, Any] | None = None,
    ) -> Any:
        if func in (torch.conv2d, torch.conv_transpose2d):
            inputs, weights = (tuple(tensor.shape) for tensor in args[:2])
            named = {name: value for name, value in (kwargs or {}).items() if name != "bias"}
            self.found.append(Bare(func, inputs, weights, tuple(args[3:]), named))
        return func(*args, **(kwargs or {}))
