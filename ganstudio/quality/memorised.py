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

from ganstudio.gan.inspecting import Inspector
from ganstudio.gan.snapshot import inspector_beside
from ganstudio.gan.steering import held_out_reading
from ganstudio.project.quality import Estimate, InspectorReading
from ganstudio.quality.score import Pile

__all__ = ["MOST_JUDGED", "Judged", "inspector_reading", "memorised"]

#: So many pictures of each sort are judged at most.
MOST_JUDGED = 128

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Judged:
    """Pictures for the inspector.

    Attributes:
        pile: The pictures.
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
    if not inspector_beside(model).is_file():
        return None
    inspector = Inspector(model)
    ours = yield from _logits(inspector, learned)
    new = yield from _logits(inspector, held_out)
    theirs = yield from _logits(inspector, generated)
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


def _logits(inspector: Inspector, judged: Judged) -> Generator[None, None, Floats]:
    count = min(judged.pile.count, MOST_JUDGED)
    kinds = judged.kinds or [0] * count
    return (yield from inspector.looking(judged.pile.take(0, count), kinds[:count]))
