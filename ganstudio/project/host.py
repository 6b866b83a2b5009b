"""What a run loop asks of whoever runs it: five calls, and nothing else.

Not responsible for what the host does with them: the window's host fills channels, the command
line's host prints.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Protocol

from ganstudio.project.messages import MetricsRow, Notice, Pictures

__all__ = ["Host", "SavedKind", "tell_all"]

SavedKind = Literal["snapshot", "checkpoint"]


class Host(Protocol):
    """The run loop's view of the application. All calls come from the trainer's thread."""

    def should_stop(self) -> bool:
        """Asked once a step; True ends the run after this step, with a checkpoint."""
        ...

    def on_rows(self, rows: Sequence[MetricsRow]) -> None:
        """New rows of metrics, in order of their clock."""
        ...

    def on_samples(self, images_seen: int, pictures: Pictures) -> None:
        """The fixed places redrawn: (N, H, W, C) uint8, read-only."""
        ...

    def on_saved(self, kind: SavedKind, clock: int) -> None:
        """A snapshot or a checkpoint of this clock is safely on disk."""
        ...

    def on_notice(self, notice: Notice) -> None:
        """Something a person should know."""
        ...


def tell_all(host: Host, notices: Sequence[Notice]) -> None:
    """Several notices, in their order."""
    for notice in notices:
        host.on_notice(notice)
