"""What the amber button and its neighbour do: start, go on, train longer, explore, watch.

Not responsible for what they say (`steps`, `longer`), nor for when they can.
"""

from __future__ import annotations

from collections.abc import Callable

from ganstudio.desktop.desk import Desk
from ganstudio.desktop.pages.train.more import MoreSection
from ganstudio.desktop.pages.train.settings import SettingsSection
from ganstudio.desktop.pages.train.situation import Situation
from ganstudio.desktop.pages.train.steps import Step, longer_target
from ganstudio.desktop.pages.train.timeline import Timeline

__all__ = ["Doing"]


class Doing:
    """The steps, done.

    Args:
        desk: What the person works on.
        settings: Says how long to train this time.
        more: Says with which seed.
        timeline: Of the run that is looked at.
        remedy: Does what would help a finding.
    """

    def __init__(
        self,
        desk: Desk,
        settings: SettingsSection,
        more: MoreSection,
        timeline: Timeline,
        remedy: Callable[[], None],
    ) -> None:
        self._desk, self._settings, self._more = desk, settings, more
        self._timeline = timeline
        self._remedy = remedy

    def of(self, step: Step) -> Callable[[], None]:
        """What a step does."""
        return {
            "start": self.start,
            "resume": self._desk.resume_training,
            "explore": self.explore,
            "pictures": lambda: self._desk.go_to("pictures"),
            "watch": lambda: self._desk.choose_run(self._desk.studio.training.run),
            "remedy": self._remedy,
            "none": lambda: None,  # a step that cannot be taken yet
        }[step.action]

    def start(self) -> None:
        """Start or go on; an end that was changed by hand holds for this time."""
        until = self._settings.until.until()
        if self._desk.run_to_go_on() is None:
            self._desk.start_training(seed=self._more.chosen_seed())
        elif self._settings.until_changed:
            endless = until.unit == "endless"
            self._desk.start_training(images=until.images, minutes=until.minutes, endless=endless)
        else:
            self._desk.start_training()

    def longer(self, situation: Situation) -> None:
        """Train half as far again where it is finished; else go on."""
        if situation.kind == "finished":
            self._desk.start_training(images=longer_target(situation.clock))
        else:
            self.start()

    def explore(self, seed: int = -1) -> None:
        """Explore, from the seed of a place of the grid if one was opened."""
        if self._desk.run is None or not self._timeline.moments:
            return
        self._desk.go_to("explore")
        if seed >= 0:
            self._desk.explore_seed(seed)
