"""How fast this computer trains, measured before anybody asks how long it will take.

Not responsible for measuring (`gan.probe`), nor for a run's own speed, which its run.json keeps.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from ganstudio.project.errors import UserError
from ganstudio.project.presets import DEFAULT_PRESET
from ganstudio.studio import engine
from ganstudio.studio.channels import Batch
from ganstudio.studio.events import Event, SpeedMeasured
from ganstudio.studio.pools import Pools

__all__ = ["SpeedKey", "SpeedService"]

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SpeedKey:
    """What was measured: the speed depends on nothing else that a person chooses."""

    size: int
    preset: str = DEFAULT_PRESET
    strength: str = "medium"


class SpeedService:
    """Measures each combination once, behind the window, never while something trains.

    Args:
        events: Where `SpeedMeasured` tells the end.
        pools: Where it runs.
        busy: Whether something trains: then a measurement would be wrong, and in the way.
        window_open: Whether a window shares the cores.
    """

    def __init__(
        self,
        events: Batch[Event],
        pools: Pools,
        busy: Callable[[], bool],
        window_open: bool,
    ) -> None:
        self._events = events
        self._pools = pools
        self._busy = busy
        self._window_open = window_open
        self._asked: set[SpeedKey] = set()
        self._closing = False
        self.known: dict[SpeedKey, float] = {}

    def measure(self, key: SpeedKey) -> float | None:
        """Images a second if they are known; otherwise measure in the background.

        Asking again costs nothing; what could not be measured because something trained is asked
        for anew.
        """
        if key not in self.known and key not in self._asked and not self._busy():
            self._asked.add(key)
            self._pools.measuring.submit(self._measure, key)
        return self.known.get(key)

    def _measure(self, key: SpeedKey) -> None:
        if self._stop():
            self._asked.discard(key)
            return
        try:
            speed = engine.measured(
                key.size, key.preset, key.strength, self._window_open, self._stop
            ).images_per_s
        except UserError as error:
            logger.info("could not measure %s: %s", key, error)
            return
        if self._stop():
            self._asked.discard(key)
            return
        self.known[key] = speed
        self._events.put(SpeedMeasured(key.size, key.preset, key.strength, speed))

    def _stop(self) -> bool:
        return self._closing or self._busy()

    def begin_close(self) -> None:
        """Measure nothing any more."""
        self._closing = True
