"""The statistics of a row: gathered on the device, read when the row is whole.

Not responsible for rates and times: the run loop adds those.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import torch

from ganstudio.gan.scores import Scores, scores
from ganstudio.gan.turn import FirstHalf

__all__ = ["RowMeans", "RowStatistics"]


@dataclass(frozen=True, slots=True)
class RowMeans:
    """Means over the steps of a row, as in `messages.MetricsRow`."""

    loss_g: float
    loss_d: float
    penalty: float
    gradient_g: float
    gradient_d: float
    scores: Scores


class RowStatistics:
    """Numbers and logits since the last row; never waits for the device before `means`.

    Args:
        device: Where they live.
    """

    def __init__(self, device: torch.device) -> None:
        self._device = device
        self._penalty = torch.zeros((), device=device)
        self._generator = torch.zeros(2, device=device)
        self.clear()

    def clear(self) -> None:
        """Begin a new row.

        The last penalty and the generator's last numbers stay: not every row has a turn with them.
        """
        self._numbers: list[torch.Tensor] = []
        self._logits: list[torch.Tensor] = []

    def add(self, first: FirstHalf, numbers: torch.Tensor, *, both: bool = True) -> None:
        """Take a step in.

        Args:
            first: Logits and penalty.
            numbers: (4,): generator loss, discriminator loss, and the norms of their gradients.
            both: False where the generator's numbers mean nothing.
        """
        if both:
            self._generator = numbers[0::2]
        self._numbers.append(numbers)
        self._logits.append(torch.stack([first.real_logits, first.fake_logits]))
        if first.penalty is not None:
            self._penalty = first.penalty

    def means(self, *, middle: float | None) -> RowMeans | None:
        """The row so far, or None if it has no step."""
        if not self._numbers:
            return None
        numbers = torch.stack(self._numbers).double().nanmean(dim=0)
        numbers[0::2] = torch.where(numbers[0::2].isnan(), self._generator, numbers[0::2])
        loss_g, loss_d, gradient_g, gradient_d = numbers.tolist()
        real, fake = torch.cat(self._logits, dim=1).cpu()
        return RowMeans(
            loss_g=loss_g,
            loss_d=loss_d,
            penalty=float(self._penalty),
            gradient_g=gradient_g,
            gradient_d=gradient_d,
            scores=scores(real, fake, middle=middle),
        )

    def tensors(self) -> dict[str, torch.Tensor]:
        """Everything, by name, for a checkpoint in the middle of a row."""
        found = {"row.penalty": self._penalty, "row.generator": self._generator}
        if self._numbers:
            found["row.numbers"] = torch.stack(self._numbers)
            found["row.logits"] = torch.stack(self._logits)
        return found

    def load(self, tensors: Mapping[str, torch.Tensor]) -> None:
        """The opposite of `tensors`."""
        mine = {
            name: value.to(self._device, copy=True)
            for name, value in tensors.items()
            if name.startswith("row.")
        }
        self._penalty, self._generator = mine["row.penalty"], mine["row.generator"]
        self._numbers = list(mine["row.numbers"]) if "row.numbers" in mine else []
        self._logits = list(mine["row.logits"]) if "row.logits" in mine else []
