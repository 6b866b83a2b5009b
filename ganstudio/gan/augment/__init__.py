"""Differentiable augmentation, so that few pictures go a longer way.

Every picture the discriminator sees, real or generated, is changed at random; a gradient flows
through the change back to the generator, on every device. There are two families: DiffAugment's
changes come together (Zhao 2020), those of adaptive augmentation each on its own (Karras 2020).

Not responsible for how often (`steering`).
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

import torch
from torch import Tensor

from ganstudio.gan.augment import colour, diff, geometry
from ganstudio.gan.augment.dice import Dice
from ganstudio.gan.chance import Chance, Share
from ganstudio.project.recipe import PolicyName

__all__ = ["POLICIES", "Augment"]

# Pictures (N, C, H, W) and their chance to changed pictures.
Change = Callable[[Tensor, Dice], Tensor]

_DIFF: Mapping[PolicyName, Change] = MappingProxyType(
    {"color": diff.color, "translation": diff.translation, "cutout": diff.cutout}
)
_COLOUR: Mapping[PolicyName, Change] = MappingProxyType(
    {"ada-color": colour.ada_color, "noise": colour.noise}
)

#: The names a recipe uses, in the order that changes are made.
POLICIES: tuple[PolicyName, ...] = (*_DIFF, *geometry.MOVES, *_COLOUR)


class Augment:
    """Change pictures at random.

    Args:
        policy: Names from `POLICIES`.
    """

    def __init__(self, policy: Sequence[str]) -> None:
        unknown = sorted(set(policy) - set(POLICIES))
        if unknown:
            raise ValueError(f"no such augmentation: {', '.join(unknown)}")
        self._changes = [change for name, change in _DIFF.items() if name in policy]
        moves = [name for name in geometry.MOVES if name in policy]
        if moves:
            self._changes.append(functools.partial(geometry.moved, moves=moves))
        self._changes += [change for name, change in _COLOUR.items() if name in policy]

    def __call__(self, pictures: Tensor, p: float, chance: Chance | torch.Generator) -> Tensor:
        """Change each picture with probability p. Not under autocast: places have to be exact.

        Args:
            pictures: (N, C, H, W) in [-1, 1]; colour changes may leave that range.
            p: Of all of DiffAugment's changes together, and of every other change on its own. 0
                returns the pictures themselves and draws nothing.
            chance: The only source of it, on the pictures' device: a batch's, of which these
                pictures may be a share, or a bare stream for them alone.

        Returns:
            (N, C, H, W), differentiable.
        """
        if p <= 0.0 or not self._changes:
            return pictures
        if isinstance(chance, torch.Generator):
            chance = Chance(chance, Share.whole(len(pictures)))
        dice = Dice(pictures, p, chance)
        for change in self._changes:
            pictures = change(pictures, dice)
        return pictures
