"""What the trainer tells while it runs: rows, samples, saves and notices, and how far it has come.

Not responsible for the trainer's thread (`training`), nor for what a person wants (`wishes`).
"""

from __future__ import annotations

import logging
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ganstudio.project.host import SavedKind
from ganstudio.project.messages import MetricsRow, Notice, Pictures
from ganstudio.studio.channels import Batch, Mailbox
from ganstudio.studio.events import Event, NoticeEvent, Saved
from ganstudio.studio.wishes import Wishes

__all__ = ["SampleFrame", "TrainingHost"]

logger = logging.getLogger(__name__)

_SPEED_ROWS = 12


@dataclass(frozen=True, slots=True)
class SampleFrame:
    """The fixed places at one clock: pictures (N, H, W, C) uint8, read-only; seeds in a row."""

    images: int
    pictures: Pictures
    first_seed: int = 0


class TrainingHost:
    """The host of every training of this program, one after the other: a `project.host.Host`.

    Written in the trainer's thread, read in any.

    Args:
        wishes: What a person wants; `should_stop` asks it.
        events: Where saves and notices go.

    Attributes:
        rows: Rows of metrics since the last look.
        samples: The newest samples.
        newest: The newest row.
        clock: Pictures seen, of the newest row or save.
        saved_at: `time.monotonic()` of the newest save, None before the first.
        saved_images: The clock of the newest save.
        first_seed: Of the places in samples from now on.
        between: Is called between two steps, in the trainer's thread; None for nothing to do.
    """

    def __init__(self, wishes: Wishes, events: Batch[Event]) -> None:
        self._wishes = wishes
        self._events = events
        self._speeds: tuple[float, ...] = ()  # replaced, never changed: two threads see it
        self.rows: Batch[MetricsRow] = Batch()
        self.samples: Mailbox[SampleFrame] = Mailbox()
        self.newest: MetricsRow | None = None
        self.clock = 0
        self.saved_at: float | None = None
        self.saved_images = 0
        self.first_seed = 0
        self.between: Callable[[], None] | None = None

    def begin_anew(self) -> None:
        """Forget the rows of the training before."""
        self.newest = None
        self._speeds = ()

    def forget(self) -> None:
        """Forget the training before: its project was closed."""
        self.begin_anew()
        self.clock = 0
        self.saved_at = None

    @property
    def rate(self) -> float:
        """Images a second over the newest rows: one alone jumps, and the time left with it."""
        speeds = self._speeds
        if not speeds:
            return self.newest.images_per_s if self.newest else 0.0
        return statistics.harmonic_mean(speeds)

    def should_stop(self) -> bool:
        """Whether the run loop should return: because a person wants something, or time is up."""
        stop = self._wishes.interrupt()
        if self.between is not None and not stop:
            self.between()
        return stop

    def on_rows(self, rows: Sequence[MetricsRow]) -> None:
        """Keep the newest row, hand all of them on."""
        self.newest = rows[-1]
        speeds = (*self._speeds, *(row.images_per_s for row in rows))
        self._speeds = speeds[-_SPEED_ROWS:]
        self.clock = rows[-1].images
        self.rows.extend(rows)

    def on_samples(self, images_seen: int, pictures: Pictures) -> None:
        """Hand the newest samples on."""
        self.samples.put(SampleFrame(images_seen, pictures, self.first_seed))

    def on_saved(self, kind: SavedKind, clock: int) -> None:
        """Remember when something was last safe."""
        if kind == "checkpoint":
            self.saved_at, self.saved_images = time.monotonic(), clock
            self.clock = clock
        self._events.put(Saved(kind, clock))

    def on_notice(self, notice: Notice) -> None:
        """Hand a notice on."""
        logger.info("notice: %s", notice.sentence)
        self._events.put(NoticeEvent(notice))
