"""A mailbox between the thread that trains and the one that explores: the newest averaged weights.

Not responsible for drawing with them: the explorer owns a network of its own.

Neither side waits for the other: the explorer says that it wants weights, the trainer leaves a copy
at the next border between two steps, and the explorer takes it when it comes by.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass

import torch
from torch import nn

from ganstudio.project.recipe import Recipe

__all__ = ["LiveModel", "LiveWeights"]


@dataclass(frozen=True, slots=True)
class LiveWeights:
    """A copy of the averaged generator's weights and buffers at a clock."""

    clock: int
    tensors: dict[str, torch.Tensor]


class LiveModel:
    """The mailbox. Every method may be called from any thread.

    Args:
        recipe: Of the run, so that the explorer can build a network of that shape.
        class_names: What its classes are called.
    """

    def __init__(self, recipe: Recipe, class_names: tuple[str, ...] = ()) -> None:
        self.recipe = recipe
        self.class_names = class_names
        self._lock = threading.Lock()
        self._wanted = threading.Event()
        self._newest: LiveWeights | None = None

    def want(self) -> None:
        """Ask for newer weights than the last ones."""
        self._wanted.set()

    def take(self, after: int | None = None) -> LiveWeights | None:
        """The newest weights there are; whoever begins to explore anew finds them here again.

        Args:
            after: The clock of those that were taken last; None for none yet.

        Returns:
            None if there are no others than those.
        """
        with self._lock:
            newest = self._newest
        return None if newest is None or newest.clock == after else newest

    def publish_if_wanted(self, clock: int, network: nn.Module) -> None:
        """Called by the trainer between two steps; copies only when somebody asked."""
        if self._wanted.is_set():
            self._wanted.clear()
            self.publish(clock, network)

    def publish(self, clock: int, network: nn.Module) -> None:
        """Leave a copy, wanted or not: before the trainer's thread rests or ends."""
        tensors = {name: value.detach().clone() for name, value in network.state_dict().items()}
        with self._lock:
            self._newest = LiveWeights(clock, tensors)
