"""The button beside the amber one: train longer, or go on though a moment is kept.

Not responsible for training.
"""

from __future__ import annotations

from ganstudio.desktop.pages.train.situation import Situation
from ganstudio.desktop.pages.train.steps import longer_target
from ganstudio.desktop.tokens import Size
from ganstudio.desktop.widgets.buttons import Button
from ganstudio.project.numbers import say_count

__all__ = ["LongerButton"]


class LongerButton(Button):
    """Seen where the amber button says something else than to go on."""

    def __init__(self) -> None:
        super().__init__("", height=Size.BUTTON_LARGE)

    def show_situation(self, situation: Situation, goes_on: bool, happy: bool) -> None:
        """Offer what is possible.

        Args:
            situation: What is going on.
            goes_on: Whether there is a run that can go on.
            happy: Whether a person keeps the moment at which it was stopped.
        """
        finished = situation.kind == "finished"
        self.setVisible(goes_on and (finished or happy))
        self.setText(self.tr("Train longer") if finished else self.tr("Go on"))
        until = say_count(longer_target(situation.clock))
        words = self.tr("Go on to {n} pictures, at the small learning rate of the end.")
        resumes = self.tr("Everything is as it was. (Resume)")
        self.setToolTip(words.format(n=until) if finished else resumes)
