"""What a person wants of the training at hand: to go on, to pause, to stop, or another number.

Said in one thread, heard in the trainer's. Not responsible for states (`training`).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from typing import Literal

__all__ = ["Wish", "Wishes"]

Wish = Literal["run", "pause", "stop"]


class Wishes:
    """The newest wish counts. Every method may be called from any thread."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._wish: Wish = "run"
        self._changes: dict[str, object] = {}
        self._deadline: float | None = None
        self._rest_until = 0.0

    def begin_anew(self) -> None:
        """Forget what was wanted of the training before."""
        with self._condition:
            self._wish = "run"
            self._changes = {}
            self._deadline = None

    @property
    def wish(self) -> Wish:
        """The newest one."""
        return self._wish

    def want(self, wish: Wish) -> None:
        """Say what is wanted from now on."""
        with self._condition:
            self._wish = wish
            self._condition.notify_all()

    def pause_unless_stopped(self) -> None:
        """Pause for a reason of its own; who wanted to stop still does."""
        with self._condition:
            if self._wish == "run":
                self._wish = "pause"

    def change(self, values: Mapping[str, object]) -> None:
        """Want other values of the recipe."""
        with self._condition:
            self._changes |= values
            self._condition.notify_all()

    def take_changes(self) -> dict[str, object]:
        """What is to be changed, once."""
        with self._condition:
            changes, self._changes = self._changes, {}
            return changes

    def end_after(self, minutes: float) -> None:
        """Time is up after so long; pauses do not count."""
        self._deadline = time.monotonic() + 60 * minutes

    def seconds_left(self) -> float | None:
        """Until time is up; None where nothing ends it."""
        if self._deadline is None:
            return None
        return max(0.0, self._deadline - time.monotonic())

    def give_way(self, seconds: float) -> None:
        """Rest after the step at hand for so long."""
        self._rest_until = time.monotonic() + seconds

    def interrupt(self) -> bool:
        """Whether anything is wanted but to go on; rests before, if it was asked to."""
        rest = self._rest_until - time.monotonic()
        if rest > 0:
            with self._condition:
                self._condition.wait_for(lambda: self._wish != "run", rest)
        return self.seconds_left() == 0.0 or self._wish != "run" or bool(self._changes)

    def wait_while_paused(self) -> Wish:
        """Wait for another wish or a change, which no deadline counts; the wish then."""
        began = time.monotonic()
        with self._condition:
            self._condition.wait_for(lambda: self._wish != "pause" or bool(self._changes))
        if self._deadline is not None:
            self._deadline += time.monotonic() - began
        return self._wish
