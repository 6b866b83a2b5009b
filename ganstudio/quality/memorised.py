"""How much the inspector of a moment knows by heart: what it makes of pictures it never saw.

An inspector that has learned what all pictures have in common believes new ones as much as those it
learns from; one that knows its own by heart takes the new ones for generated (Karras 2020, r_v).

Not responsible for what follows from that (`doctor`), nor for where pictures come from (`studio`).
"""

from __future__ import annotations

import math
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch

from ganstudio.gan.data import to_network
from ganstudio.gan.modelfile import load_tensors, put_weights
from ganstudio.gan.networks import build_discriminator
from ganstudio.gan.networks.base import Discriminator
from ganstudio.gan.seeding import generator_for
from ganstudio.gan.snapshot import inspector_beside
from ganstudio.gan.steering import held_out_reading
from ganstudio.project.quality import Estimate, InspectorReading
from ganstudio.quality.score import Pile

__all__ = ["MOST_JUDGED", "Judged", "inspector_reading", "memorised"]

#: So many pictures of each sort are judged at most.
MOST_JUDGED = 128
#: Whole groups, for inspectors that compare pictures with each other.
_HANDFUL = 8

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Judged:
    """Pictures for the inspector.

    Attributes:
        pile: The pictures; a handful that is not whole is left out.
        kinds: The kind of each, in their order; None where it tells none apart.
    """

    pile: Pile
    kinds: Sequence[int] | None = None


def inspector_reading(
    model: Path, learned: Judged, held_out: Judged, generated: Judged
) -> Generator[None, None, InspectorReading | None]:
    """Ask the inspector that lies beside a model, slice by slice.

    Args:
        model: A snapshot's `generator.safetensors`.
        learned: Pictures that were learned from.
        held_out: Of the same kind, that never were.
        generated: That this model draws.

    Returns:
        What it makes of them; None if no inspector lies there.

    Raises:
        UserError: If its file cannot be trusted.
    """
    path = inspector_beside(model)
    if not path.is_file():
        return None
    info, tensors = load_tensors(path, "discriminator")
    network = build_discriminator(info.recipe.network, generator_for(0, "inspector", 0))
    put_weights(network, tensors)
    network.eval().requires_grad_(False)
    ours = yield from _logits(network, learned)
    new = yield from _logits(network, held_out)
    theirs = yield from _logits(network, generated)
    return InspectorReading(
        learned=float(np.mean(ours)),
        held_out=float(np.mean(new)),
        generated=float(np.mean(theirs)),
        memorised=memorised(ours, new, theirs),
    )


def memorised(learned: Floats, held_out: Floats, generated: Floats) -> Estimate:
    """`steering.held_out_reading` of logits, with its standard error by the delta method.

    Args:
        learned: Logits of pictures that were learned from, (n,).
        held_out: Of pictures that never were, (m,).
        generated: Of generated ones, (k,).
    """
    means = [float(np.mean(logits)) for logits in (learned, held_out, generated)]
    reading = held_out_reading(*means)
    way = means[0] - means[2]
    if way <= 0:
        return Estimate(0.0, 0.0)
    slopes = ((1 - reading) / way, -1 / way, reading / way)
    errors = (
        float(np.std(logits)) / math.sqrt(len(logits)) for logits in (learned, held_out, generated)
    )
    return Estimate(reading, math.hypot(*(s * e for s, e in zip(slopes, errors, strict=True))))


def _logits(network: Discriminator, judged: Judged) -> Generator[None, None, Floats]:
    found: list[torch.Tensor] = []
    end = min(judged.pile.count, MOST_JUDGED) // _HANDFUL * _HANDFUL
    for start in range(0, end, _HANDFUL):
        stop = start + _HANDFUL
        pictures = to_network(torch.tensor(judged.pile.take(start, stop)), torch.device("cpu"))
        kinds = None if judged.kinds is None else torch.tensor(list(judged.kinds[start:stop]))
        with torch.inference_mode():
            found.append(network(pictures, kinds).double())
        yield
    return torch.cat(found).numpy()
