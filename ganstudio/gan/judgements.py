"""What the discriminator of a snapshot says of piles of pictures.

Not responsible for what its logits mean, nor for which pictures it sees.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch

from ganstudio.gan.data import to_network
from ganstudio.gan.modelfile import load_tensors, put_weights
from ganstudio.gan.networks import build_discriminator
from ganstudio.gan.seeding import generator_for
from ganstudio.gan.snapshot import inspector_beside
from ganstudio.project.messages import Pictures

__all__ = ["judgements"]

#: Pictures that are looked at together: a multiple of every network's group.
_HANDFUL = 16


def judgements(
    model: Path, piles: Sequence[tuple[Pictures, Sequence[int]]]
) -> list[npt.NDArray[np.float64]]:
    """Have the discriminator beside a model look at piles of pictures, in eval mode, on the CPU.

    Args:
        model: A snapshot's generator.
        piles: Pictures (N, H, W, C) uint8 and the number of each one's kind, which networks
            without kinds pass over. What does not fill a group that is compared is left out.

    Returns:
        For each pile its logits, (at most N,).

    Raises:
        UserError: As `load_tensors`.
    """
    info, tensors = load_tensors(inspector_beside(model), "discriminator")
    network = build_discriminator(info.recipe.network, generator_for(0, "inspector", 0)).eval()
    put_weights(network, tensors)
    found = []
    for pictures, kinds in piles:
        whole = len(pictures) // network.group * network.group
        logits = []
        for start in range(0, whole, _HANDFUL):
            some = slice(start, min(whole, start + _HANDFUL))
            seen = to_network(torch.from_numpy(np.array(pictures[some])), torch.device("cpu"))
            labels = torch.tensor(list(kinds[some])) if info.recipe.network.classes else None
            with torch.inference_mode():
                logits.append(network(seen, labels).double().numpy())
        found.append(np.concatenate(logits))
    return found
