"""The same place through time: drawn by one moment of a run after the other.

Not responsible for which moments, nor for threads.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence

from ganstudio.project.errors import UserError
from ganstudio.project.kept import KeptPoint
from ganstudio.project.messages import Pictures
from ganstudio.project.runs import RunFolder
from ganstudio.studio.engine.models import LoadedModel

__all__ = ["through_time"]


def through_time(
    run: RunFolder,
    place: KeptPoint,
    clocks: Sequence[int],
    told: Callable[[int, Pictures], None],
) -> Generator[None, None, None]:
    """Draw a place with one snapshot a slice; one that made room meanwhile is passed over.

    Args:
        run: Whose snapshots.
        place: With its directions.
        clocks: Which of them, in the order in which they are wanted.
        told: Is given each clock and (H, W, C) uint8.
    """
    for clock in clocks:
        try:
            model = LoadedModel(run.snapshot_folder(clock) / "generator.safetensors")
        except UserError:
            continue
        model.know(place.directions)
        told(clock, model.render([place.point])[0])
        yield
