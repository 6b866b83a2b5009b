"""How often pictures are augmented, steered by how much the discriminator has memorised.

Adaptive discriminator augmentation (Karras 2020, section 3): p rises by a fixed step while the
reading of a gauge of memorising is above its target, and falls by the same while it is below.

Not responsible for the changes themselves (`augment`), nor for drawing or judging pictures.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import torch
from torch import Tensor

__all__ = ["LEAKS_FROM", "AugmentController", "Gauge", "held_out_reading", "next_p"]

#: Augmentation shows up in what a generator draws from about this p on.
LEAKS_FROM = 0.8

Gauge = Literal["sign", "held-out"]

_EVERY = 4  # steps
_FULL_IMAGES = 500_000
_TARGETS: Mapping[Gauge, float] = {"sign": 0.6, "held-out": 0.4}
_NUMBERS: Mapping[Gauge, int] = {"sign": 1, "held-out": 3}


def next_p(p: float, reading: float, target: float, *, step: float, most: float) -> float:
    """One move: up where the reading is above its target, down where it is below.

    Args:
        p: Before.
        reading: Of memorising: 0 for none, 1 for all by heart.
        target: Where it shall be.
        step: How far p goes.
        most: p never exceeds it; nor does it fall below 0.
    """
    direction = (reading > target) - (reading < target)
    return min(max(p + direction * step, 0.0), most)


def held_out_reading(real: float, held_out: float, generated: float) -> float:
    """r_v: how much less held-out pictures are believed, of the way down to generated ones.

    It takes means of logits. Only their differences count, so it serves losses without a middle
    too. A discriminator that believes generated pictures at least as much as those it learns from
    has memorised nothing: 0.
    """
    return (real - held_out) / (real - generated) if real > generated else 0.0


class AugmentController:
    """p, and what it takes to move it: depends on its state and what it is given, nothing else.

    A trainer asks and tells it in every step:

        judged = judge(held-out pictures) if controller.wants_held_out else None
        numbers = controller.numbers(real_logits, fake_logits, judged)
        ...  # several processes average their numbers; the discriminator moves
        controller.add(numbers)  # unless the step was taken back

    and takes `p` for the next step. All three kinds of pictures are augmented with p and judged by
    the same discriminator, before it moves; the real and generated ones are those of the step
    itself. The device is waited for in every fourth step alone.

    Args:
        gauge: "sign" for r_t, the mean sign of real pictures' logits (target 0.6); "held-out" for
            r_v, see `held_out_reading` (target 0.4, a rule of thumb).
        batch_size: Real pictures a step, of all processes together.
        middle: Of the loss, see `losses.Loss`; "sign" needs one.
        device: Where logits are.
        p: At the start.
        most: p never exceeds it.
        full_images: Images in which p could go from 0 to 1.

    Raises:
        ValueError: For "sign" without a middle.
    """

    def __init__(
        self,
        gauge: Gauge,
        *,
        batch_size: int,
        middle: float | None,
        device: torch.device | str = "cpu",
        p: float = 0.0,
        most: float = LEAKS_FROM,
        full_images: int = _FULL_IMAGES,
    ) -> None:
        if gauge == "sign" and middle is None:
            raise ValueError("this loss has no middle that logits could be above or below")
        self._gauge, self._middle, self._most = gauge, middle, most
        self._step = _EVERY * batch_size / full_images
        self._p = min(p, most)
        self._steps = 0
        self._sums = torch.zeros(_NUMBERS[gauge], device=device)

    @property
    def p(self) -> float:
        """Share of pictures to augment in the next step."""
        return self._p

    def limit(self, most: float) -> None:
        """Never exceed another p from now on."""
        self._most = most
        self._p = min(self._p, most)

    @property
    def wants_held_out(self) -> bool:
        """Whether this step's `numbers` needs held-out pictures: in every fourth, by that gauge."""
        return self._gauge == "held-out" and self._steps == _EVERY - 1

    def numbers(self, real: Tensor, generated: Tensor, held_out: Tensor | None = None) -> Tensor:
        """What a step has to say: means over its pictures, on their device.

        Args:
            real: Logits of real pictures, (N,).
            generated: Of generated ones, (M,).
            held_out: Of real ones that are never learned from, (K,), where they are wanted.

        Returns:
            (1,) for "sign"; (3,) for "held-out", all 0 in a step that has nothing to say.
        """
        if self._middle is not None and self._gauge == "sign":
            return (real - self._middle).sign().mean().view(1)
        if not self.wants_held_out:
            return torch.zeros_like(self._sums)
        assert held_out is not None
        return torch.stack([real.mean(), held_out.mean(), generated.mean()])

    @torch.no_grad()
    def add(self, numbers: Tensor) -> None:
        """Take a step in; every fourth one moves p."""
        self._sums += numbers
        self._steps += 1
        if self._steps == _EVERY:
            reading, target = self._reading(), _TARGETS[self._gauge]
            self._p = next_p(self._p, reading, target, step=self._step, most=self._most)
            self._steps = 0
            self._sums.zero_()

    def _reading(self) -> float:
        sums: list[float] = self._sums.tolist()
        return sums[0] / _EVERY if self._gauge == "sign" else held_out_reading(*sums)

    def state(self) -> dict[str, float]:
        """Everything that changes, as plain numbers; waits for the device."""
        sums: list[float] = self._sums.tolist()
        return {"p": self._p, "steps": float(self._steps)} | {
            f"sum_{place}": value for place, value in enumerate(sums)
        }

    def load(self, state: Mapping[str, float]) -> None:
        """The opposite of `state`.

        Raises:
            KeyError: If it lacks what this gauge sums up.
        """
        sums = [state[f"sum_{place}"] for place in range(len(self._sums))]
        self._p, self._steps = state["p"], int(state["steps"])
        self._sums.copy_(torch.tensor(sums))
