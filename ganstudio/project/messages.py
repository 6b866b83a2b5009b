"""The values that cross threads: frozen, slotted, and safe to keep.

Not responsible for carrying them: channels live in `studio`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import numpy.typing as npt

from ganstudio.project.errors import sentence_and_hint

__all__ = ["MetricsRow", "Notice", "Pictures", "Progress", "frozen_pictures"]

Pictures = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class MetricsRow:
    """One row of a run's history: means over the pictures since the row before.

    Attributes:
        images: The clock: real pictures shown to the inspector so far.
        loss_g: Generator loss.
        loss_d: Inspector loss, without penalties.
        d_real: Mean score of real pictures, 0 to 1, as `sigmoid(D(x) - c)`.
        d_fake: Mean score of generated pictures, 0 to 1, with the same `c`.
        balance: P(D(real) > D(generated)), 0 to 1.
        penalty: The penalty as it was added to the loss.
        gradient_g: Norm of the generator's gradient.
        gradient_d: Norm of the inspector's gradient.
        learning_rate: Learning rate of both networks.
        augment_p: Share of pictures that were augmented, 0 to 1.
        images_per_s: Rate over this row.
        seconds: Training time of the run so far, pauses left out.
        skipped: Steps skipped so far because a loss was not a number.
        memory_mb: Megabytes that this process held in the computer's memory at the end of the row;
            None where nobody measured it.
        gpu_memory_mb: The most that tensors took on the GPU since the row before, on MPS what they
            take now; None without a GPU.
    """

    images: int
    loss_g: float
    loss_d: float
    d_real: float
    d_fake: float
    balance: float
    penalty: float
    gradient_g: float
    gradient_d: float
    learning_rate: float
    augment_p: float
    images_per_s: float
    seconds: float
    skipped: int = 0
    memory_mb: float | None = None
    gpu_memory_mb: float | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a person should know: a code of `errors.TEXTS`, its values and the clock."""

    code: str
    level: Literal["info", "warning", "error"] = "info"
    values: dict[str, object] = field(default_factory=dict)
    images: int = 0

    @property
    def sentence(self) -> str:
        """What happened, and what to do where there is something to do."""
        return " ".join(part for part in sentence_and_hint(self.code, self.values) if part)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far long work is. A total of 0 means nobody knows yet."""

    done: int = 0
    total: int = 0
    text: str = ""


def frozen_pictures(pictures: Pictures) -> Pictures:
    """Mark an array read-only, so that it may be handed to another thread."""
    pictures.flags.writeable = False
    return pictures
