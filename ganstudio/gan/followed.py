"""The newest weights of a run that another process trains: those of its newest snapshot.

Not responsible for who trains it, nor for drawing.
"""

from __future__ import annotations

import time

from ganstudio.gan.live import LiveModel, LiveWeights
from ganstudio.gan.modelfile import ModelInfo, load_tensors
from ganstudio.gan.snapshot import snapshot_model_path
from ganstudio.project.errors import UserError
from ganstudio.project.runs import RunFolder

__all__ = ["FollowedModel"]

#: Listing a folder on a share takes longer than drawing a picture.
_EVERY_S = 1.0


class FollowedModel(LiveModel):
    """A mailbox that fills itself from the disk.

    Args:
        run: The run; nothing of it is written.

    Raises:
        UserError: If its recipe cannot be read.
    """

    def __init__(self, run: RunFolder) -> None:
        super().__init__(run.recipe(), run.info().kinds)
        self._run = run
        self._taken: int | None = None
        self._look_at = 0.0

    def take(self, after: int | None = None) -> LiveWeights | None:
        """Weights of the newest snapshot, once; None too while it cannot be read.

        The other process may take a snapshot away between two looks: the next look tells.
        """
        if time.monotonic() < self._look_at:
            return None
        self._look_at = time.monotonic() + _EVERY_S
        try:
            clock = next(reversed(self._run.snapshots()), None)
            if clock is None or clock == self._taken:
                return None
            info, tensors = load_tensors(snapshot_model_path(self._run, clock), "generator")
        except (OSError, UserError):
            return None
        self._taken = clock
        return LiveWeights(clock, tensors) if self._fits(info) else None

    def _fits(self, info: ModelInfo) -> bool:
        return info.recipe.network == self.recipe.network
