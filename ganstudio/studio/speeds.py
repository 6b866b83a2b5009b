"""How fast this computer trains, measured before anybody asks how long it will take.

Not responsible for measuring (`gan.probe`), nor for a run's own speed, which its run.json keeps.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from ganstudio.project.errors import UserError
from ganstudio.project.outlook import Speed
from ganstudio.project.recipe import NetworkRecipe, Recipe
from ganstudio.studio import engine
from ganstudio.studio.channels import Batch
from ganstudio.studio.events import Event, SpeedMeasured
from ganstudio.studio.pools import Pools
from ganstudio.studio.settings import SettingsStore

__all__ = ["SpeedKey", "SpeedService"]

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SpeedKey:
    """What speed and memory depend on, of all that a person chooses."""

    network: NetworkRecipe
    batch_size: int
    game: tuple[object, ...]
    augments: tuple[object, ...]
    device: str
    threads: int


class SpeedService:
    """Measures each combination once, behind the window, never while something trains.

    Args:
        events: Where `SpeedMeasured` tells the end.
        pools: Where it runs.
        settings: Device and threads.
        busy: Whether something trains: then a measurement would be wrong, and in the way.
        window_open: Whether a window shares the cores.
    """

    def __init__(
        self,
        events: Batch[Event],
        pools: Pools,
        settings: SettingsStore,
        busy: Callable[[], bool],
        window_open: bool,
    ) -> None:
        self._events = events
        self._pools = pools
        self._settings = settings
        self._busy = busy
        self._window_open = window_open
        self._asked: set[SpeedKey] = set()
        self._closing = False
        self.known: dict[SpeedKey, Speed] = {}

    @property
    def measuring(self) -> bool:
        """Whether a measurement is on its way: whatever else takes work would spoil it."""
        return len(self._asked) > len(self.known)

    def key(self, recipe: Recipe) -> SpeedKey:
        """What of a recipe, and of the settings, decides how fast it is here."""
        game, settings = recipe.game, self._settings.value
        penalised = game.gamma > 0
        return SpeedKey(
            recipe.network,
            recipe.batch_size,
            (game.loss, game.penalty, penalised, game.penalty_every, game.d_steps),
            recipe.augment.policy if recipe.augment.p > 0 else (),
            settings.device,
            settings.threads,
        )

    def measure(self, recipe: Recipe) -> Speed | None:
        """The speed if it is known; otherwise it is measured in the background.

        Asking again costs nothing; what could not be measured because something trained is asked
        for anew. What cannot train here has a speed of 0.
        """
        key = self.key(recipe)
        if key not in self.known and key not in self._asked and not self._busy():
            self._asked.add(key)
            self._pools.measuring.submit(self._measure, key, recipe)
        return self.known.get(key)

    def _measure(self, key: SpeedKey, recipe: Recipe) -> None:
        found = Speed(0.0)
        try:
            if not self._stop():
                found = engine.measured(
                    recipe, key.device, key.threads, self._window_open, self._stop
                ).speed
        except UserError as error:
            logger.info("could not measure %s: %s", key, error)
        except Exception:  # a bug of ours must not let everybody wait for ever
            logger.exception("measuring %s broke", key)
        if self._stop():
            self._asked.discard(key)
            return
        self.known[key] = found
        self._events.put(SpeedMeasured(found.images_per_s))

    def _stop(self) -> bool:
        return self._closing or self._busy()

    def begin_close(self) -> None:
        """Measure nothing any more."""
        self._closing = True
