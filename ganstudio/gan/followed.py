"""The newest weights of a run that another process trains: those of its newest snapshot.

Not responsible for who trains it, nor for drawing.
"""

from __future__ import annotations

from ganstudio.gan.live import LiveModel, LiveWeights
from ganstudio.gan.modelfile import load_tensors
from ganstudio.gan.snapshot import snapshot_model_path
from ganstudio.project.errors import UserError
from ganstudio.project.runs import RunFolder

__all__ = ["FollowedModel"]


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

    def take(self) -> LiveWeights | None:
        """Weights of the newest snapshot, once; None too while it cannot be read.

        The other process may take a snapshot away between two looks: the next look tells.
        """
        clock = next(reversed(self._run.snapshots()), None)
        if clock is None or clock == self._taken:
            return None
        try:
            info, tensors = load_tensors(snapshot_model_path(self._run, clock), "generator")
        except UserError:
            return None
        if info.recipe.network != self.recipe.network:
            return None
        self._taken = clock
        return LiveWeights(clock, tensors)
