"""From the first step to the end of one training: stretches of steps, and pauses between them.

Not responsible for what a step is (`gan`), nor for making a session ready and putting it away
(`training`).
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

from ganstudio.project.errors import UserError
from ganstudio.project.messages import Notice
from ganstudio.project.recipe import Recipe
from ganstudio.studio.awake import KeepAwake
from ganstudio.studio.states import State
from ganstudio.studio.training_host import TrainingHost
from ganstudio.studio.wishes import Wish, Wishes

if TYPE_CHECKING:
    from ganstudio.gan.session import TrainingSession

__all__ = ["Reason", "TrainingLoop"]

logger = logging.getLogger(__name__)

Reason = Literal["stopped", "target"]


class TrainingLoop:
    """Trains until the target, the deadline or a wish to stop. Lives in the trainer's thread.

    Args:
        session: What is trained; whoever made it closes it.
        target: Images at which it stops, None for never.
        host: Is told everything.
        wishes: What a person wants.
        awake: Rests while training pauses.
        window_open: Whether somebody is there to free some room on a full disk.
        move: Is called when it pauses and goes on.
        changed: Is called with the clock and the recipe from there on.
    """

    def __init__(
        self,
        session: TrainingSession,
        target: int | None,
        *,
        host: TrainingHost,
        wishes: Wishes,
        awake: KeepAwake,
        window_open: bool,
        move: Callable[[State], None],
        changed: Callable[[int, Recipe], None],
    ) -> None:
        self._session = session
        self._target = target
        self._host = host
        self._wishes = wishes
        self._awake = awake
        self._window_open = window_open
        self._move = move
        self._changed = changed

    def play(self) -> Reason:
        """Train to the end, with a checkpoint of it; pauses wait in here.

        Raises:
            UserError: As `TrainingSession.run`.
        """
        reason = self._run_once()
        while reason != "target" and self._goes_on():
            reason = self._run_once()
        self._session.save()  # nothing to do but after a pause for want of room on the disk
        return reason

    def _run_once(self) -> Reason:
        """Train until something ends it; with a window a disk without room is a pause.

        Somebody is there to free some, and the very step is still in memory.
        """
        session, host = self._session, self._host
        try:
            reason = session.run(host, self._target).reason
            host.clock = session.clock
            return reason
        except UserError as error:
            if error.code != "training-disk-full" or not self._window_open:
                raise
            logger.warning("paused: %s", error)
            host.on_notice(Notice("notice-disk-pause", "warning", error.values, session.clock))
        host.clock = session.clock
        self._wishes.pause_unless_stopped()
        return "stopped"

    def _goes_on(self) -> bool:
        """Do what a person wants between two steps; pauses wait in here. False for the end."""
        has_changed = self._make_changes()
        if self._wishes.wish == "pause":
            return self._pause()
        return has_changed and self._wishes.wish == "run" and self._wishes.seconds_left() != 0.0

    def _pause(self) -> bool:
        """Wait until a person wants to go on or to stop; whether to go on."""
        self._move(State.PAUSED)
        self._awake.stop()
        wish: Wish = "pause"
        while wish == "pause":
            wish = self._wishes.wait_while_paused()
            self._make_changes()
        if wish == "stop":
            return False
        self._awake.start()
        self._move(State.RUNNING)
        return True

    def _make_changes(self) -> bool:
        """Change what is wanted; whether anything was."""
        values = self._wishes.take_changes()
        if not values:
            return False
        self._session.change(values)
        self._changed(self._session.clock, self._session.recipe)
        self._session.tell_samples(self._host)
        return True
