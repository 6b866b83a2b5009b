"""A discriminator that looks at pictures and never learns: logits, and what they rest on.

Not responsible for what a logit means to a person (`scores`), nor for which pictures it sees.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn import functional

from ganstudio.gan.data import to_network
from ganstudio.gan.device import placed
from ganstudio.gan.losses import LOSSES
from ganstudio.gan.modelfile import load_tensors, put_weights
from ganstudio.gan.networks import build_discriminator
from ganstudio.gan.scores import balance_of, middle_of
from ganstudio.gan.seeding import generator_for
from ganstudio.gan.snapshot import inspector_beside
from ganstudio.project.messages import Pictures

__all__ = ["Inspector"]

#: Pictures that are looked at together: a multiple of every network's group.
_HANDFUL = 16
#: A picture is blurred at so many places along its shorter side, one after the other.
_PLACES = 10
#: How far around a place it is blurred, in distances between two places.
_REACH = 0.9

Numbers = npt.NDArray[np.float64]
Weights = npt.NDArray[np.float32]


class Inspector:
    """The discriminator of a snapshot, on the CPU; it belongs to the thread that made it.

    It looks in eval mode, so that a batch norm says nothing of the other pictures. A network that
    compares pictures all the same judges each of them beside its neighbours: whoever asks gives
    them in an order that does not tell which are real.

    Args:
        model: The snapshot's generator, with the discriminator beside it.

    Raises:
        UserError: As `load_tensors`.

    Attributes:
        recipe: Of the run.
        images: Its clock.
        middle: See `losses.Loss`.
        group: How many pictures are compared with each other; 1: each is judged by itself.
    """

    def __init__(self, model: Path) -> None:
        info, tensors = load_tensors(inspector_beside(model), "discriminator")
        self.recipe, self.images = info.recipe, info.images_seen
        network = build_discriminator(self.recipe.network, generator_for(0, "inspector", 0))
        self._network = placed(network, torch.device("cpu")).eval().requires_grad_(False)
        put_weights(self._network, tensors)
        self.middle = LOSSES[self.recipe.game.loss].middle
        self.group = network.group

    def looking(self, pictures: Pictures, kinds: Sequence[int]) -> Generator[None, None, Numbers]:
        """Judge pictures, a handful a slice.

        Args:
            pictures: (N, H, W, C) uint8; the first ones stand in where the last group is not full.
            kinds: The number of each picture's kind; passed over by networks without kinds.

        Returns:
            Logits (N,), float64.
        """
        count = len(pictures)
        whole = -(-count // self.group) * self.group
        places = np.arange(whole) % max(1, count)
        found: list[Numbers] = []
        for start in range(0, whole, _HANDFUL):
            some = places[start : start + _HANDFUL]
            seen = to_network(torch.from_numpy(pictures[some]), torch.device("cpu"))
            found.append(self._logits(seen, [kinds[place] for place in some]))
            yield
        return np.concatenate(found)[:count] if found else np.empty(0)

    def told_apart(self, real: Numbers, fake: Numbers) -> tuple[float, float]:
        """The middle and the balance of logits (N,) and (M,): see `scores`."""
        both = torch.from_numpy(real), torch.from_numpy(fake)
        return middle_of(*both, self.middle), balance_of(*both)

    def explaining(
        self, pictures: Pictures, kinds: Sequence[int], index: int
    ) -> Generator[None, None, Weights]:
        """Find out which parts of a picture its logit rests on, by blurring one after the other.

        That is occlusion (Zeiler and Fergus 2014) with a soft mask, and with what lies around
        instead of grey, so that covering something adds no edge of its own.

        Args:
            pictures: (n, H, W, C) uint8: the picture, and those it is compared with.
            kinds: Of each.
            index: Which of them is meant.

        Returns:
            (H, W) float32: above 0 where a part makes it look real, in logits.
        """
        group = to_network(torch.from_numpy(np.array(pictures)), torch.device("cpu"))
        picture = group[index : index + 1]
        plain = self._logits(group, kinds)[index]
        blurred = _blurred(picture)
        masks = _masks(picture.shape[2], picture.shape[3])
        others = [place for place in range(len(group)) if place != index]
        once = max(1, _HANDFUL // len(group))
        falls: list[float] = []
        for start in range(0, len(masks), once):
            some = masks[start : start + once]
            covered = torch.lerp(picture, blurred, some)
            batch = torch.cat([torch.cat([one[None], group[others]]) for one in covered])
            named = [kinds[index], *(kinds[place] for place in others)] * len(some)
            falls += (plain - self._logits(batch, named)[:: len(group)]).tolist()
            yield
        amounts = torch.tensor(falls, dtype=torch.float32)[:, None, None, None]
        weights: Tensor = (amounts * masks).sum(0) / masks.sum(0)
        return np.asarray(weights[0].numpy(), dtype=np.float32)

    def _logits(self, pictures: Tensor, kinds: Sequence[int]) -> Numbers:
        labels = torch.tensor(list(kinds)) if self.recipe.network.classes else None
        with torch.inference_mode():
            logits: Tensor = self._network(pictures, labels)
        return np.asarray(logits.double().numpy())


def _blurred(picture: Tensor) -> Tensor:
    """(1, C, H, W) averaged over a quarter of its shorter side."""
    reach = max(1, min(picture.shape[2:]) // 8)
    padded = functional.pad(picture, (reach,) * 4, mode="reflect")
    return functional.avg_pool2d(padded, 2 * reach + 1, stride=1)


def _masks(height: int, width: int) -> Tensor:
    """Round spots that cover a picture evenly, (spots, 1, H, W), 0 to 1."""
    step = min(height, width) / _PLACES
    down, across = (_spots(length, step) for length in (height, width))
    spots = down[:, None, :, None] * across[None, :, None, :]
    return spots.reshape(-1, 1, height, width)


def _spots(length: int, step: float) -> Tensor:
    """Bumps along one side, (bumps, length)."""
    count = max(1, round(length / step))
    middles = (torch.arange(count) + 0.5) * (length / count)
    apart = (torch.arange(length) + 0.5)[None, :] - middles[:, None]
    return torch.exp(-0.5 * (apart / (_REACH * step)).square())
