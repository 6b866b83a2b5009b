"""Where a run is: one moment of it, to be kept, taken up again, changed and gone back to.

Not responsible for playing steps (`session`), for when a moment is kept (`milestones`), nor for how
it lies on disk (`keeper`).
"""

from __future__ import annotations

import logging
from collections.abc import Mapping

from ganstudio.gan.checkpoint import Checkpoint
from ganstudio.gan.distributed import TeamBroken
from ganstudio.gan.mishaps import ended_by
from ganstudio.gan.opening import returns_in
from ganstudio.gan.stopwatch import Stopwatch
from ganstudio.gan.together import Leader
from ganstudio.gan.trainer import Trainer
from ganstudio.project.changes import CHANGE, changed_recipe
from ganstudio.project.errors import UserError
from ganstudio.project.messages import Notice
from ganstudio.project.numbers import say_count
from ganstudio.project.runs import RunFolder

__all__ = ["Course"]

logger = logging.getLogger(__name__)

_RETURNS_BEFORE_FAILURE = 3


class Course:
    """A trainer, and the history of the run it plays.

    Args:
        run: The run's folder.
        trainer: Fresh; `take_up` gives it what the run has learned so far.
        leader: The word to other processes that train the same run.

    Attributes:
        run: The run's folder.
        trainer: Who plays it.
        watch: Training time of the run so far.
    """

    def __init__(self, run: RunFolder, trainer: Trainer, leader: Leader) -> None:
        self.run = run
        self.trainer = trainer
        self.watch = Stopwatch()
        self._leader = leader
        self._returns = 0

    @property
    def clock(self) -> int:
        """Images seen."""
        return self.trainer.clock

    @property
    def saved(self) -> int:
        """Clock of the newest checkpoint, 0 without one."""
        return (self.run.checkpoints() or [0])[-1]

    @property
    def is_saved(self) -> bool:
        """Whether there is a checkpoint of this very clock."""
        return self.run.checkpoints()[-1:] == [self.clock]

    def moment(self) -> Checkpoint:
        """Everything that is needed to take the run up here."""
        return Checkpoint(self.trainer.state(), self.watch.seconds, self._returns)

    def take_up(self, checkpoint: Checkpoint | None) -> None:
        """Go on from a moment of the run, or begin it; what came after is cut from its history.

        Raises:
            UserError: "unreadable-file" if the moment is one of other networks.
        """
        if checkpoint is not None:
            self._load(checkpoint)
        self.run.rewind(self.clock)
        self._play_by_history()
        self._slow_down(max(self._returns, returns_in(self.run)))

    def change(self, values: Mapping[str, object]) -> None:
        """Change the recipe from the next step on, and write it into the history.

        Args:
            values: Dotted fields, of `project.changes.CHANGEABLE`.

        Raises:
            UserError: As `changed_recipe`; then nothing has changed.
        """
        recipe = self.trainer.recipe
        if changed_recipe(recipe, values) != recipe:
            self.run.add_event(CHANGE, self.clock, values=dict(values))
            self._play_by_history()
            self.hand_out()

    def go_back(self, checkpoint: Checkpoint | None) -> Notice:
        """Return to a sound moment with half the learning rate.

        Args:
            checkpoint: The newest sound one; None where there is none.

        Returns:
            What a person should know of it.

        Raises:
            UserError: "training-diverged" the third time, "training-no-way-back".
        """
        if checkpoint is None:
            raise UserError("training-no-way-back")
        broke_at, returns = self.clock, self._returns + 1
        self._load(checkpoint)
        self._slow_down(returns)
        self.run.rewind(self.clock)
        self._play_by_history()
        self.hand_out()
        self.run.add_event("rollback", self.clock, broke_at=broke_at, returns=returns)
        logger.warning("step at %d not finite; back to %d", broke_at, self.clock)
        used = say_count(self.clock)
        if returns >= _RETURNS_BEFORE_FAILURE:
            raise UserError("training-diverged", clock=say_count(broke_at), saved=used)
        told: dict[str, object] = {"clock": say_count(broke_at), "used": used}
        return Notice("notice-rollback", "warning", told, self.clock)

    def hand_out(self) -> None:
        """All processes go on from the same state.

        Raises:
            UserError: As `ended_by`, if one of them is gone.
        """
        try:
            self._leader.hand_out(self.trainer)
        except TeamBroken as error:
            raise ended_by(error, self.trainer, self.saved) from error

    def _load(self, checkpoint: Checkpoint) -> None:
        try:
            self.trainer.load_state(checkpoint.state)
        except (KeyError, RuntimeError) as error:
            path = self.run.checkpoint_folder(checkpoint.state.clock)
            reason = "it belongs to other networks"
            raise UserError("unreadable-file", path=path, reason=reason) from error
        self.watch.set(checkpoint.seconds)
        self._returns = checkpoint.returns

    def _slow_down(self, returns: int) -> None:
        """Half the learning rate for every time that the run went back."""
        self._returns = returns
        self.trainer.lr_scale = 0.5**returns

    def _play_by_history(self) -> None:
        """Go on by the recipe that the history leads to."""
        self.trainer.play_by(self.run.recipe_now())
