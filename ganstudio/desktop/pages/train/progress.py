"""The head of the panel: how far it is, how long it takes, Pause and Stop.

Not responsible for training: it says which button was pressed.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ganstudio.desktop.pages.train.clock_number import ClockNumber
from ganstudio.desktop.pages.train.situation import Situation
from ganstudio.desktop.tokens import Size
from ganstudio.desktop.widgets.buttons import Button
from ganstudio.desktop.widgets.label import Label
from ganstudio.desktop.widgets.progress_bar import ProgressBar
from ganstudio.desktop.widgets.surface import Divider
from ganstudio.project.numbers import say_count, say_duration

__all__ = ["ProgressBlock"]

_WITH_BUTTONS = ("preparing", "running", "paused")
_WITH_TIME_LEFT = ("running", "paused", "watched")


class ProgressBlock(QWidget):
    """Number, bar, times, and the two buttons while something can be paused or stopped."""

    pause_asked = Signal()
    stop_asked = Signal()
    keep_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.number = ClockNumber()
        self.bar = ProgressBar()
        self.bar.set_name(self.tr("Training"))
        self.so_far = Label("", "small", "text_quiet")
        self.left = Label("", "small")
        self.elsewhere = Label("", "small", wrap=True)
        self.pause = Button(self.tr("Pause"), icon="pause", height=Size.BUTTON_LARGE)
        self.stop = Button(self.tr("Stop"), icon="stop", height=Size.BUTTON_LARGE)
        self.pause.setToolTip(self.tr("Rest after the step at hand; everything is saved. (Ctrl+R)"))
        self.stop.setToolTip(self.tr("End after the step at hand; everything is saved. (Ctrl+.)"))
        self.pause.clicked.connect(self.pause_asked)
        self.stop.clicked.connect(self.stop_asked)
        self.keep = Button("", icon="star", height=Size.BUTTON_LARGE)
        self.keep.setToolTip(
            self.tr("Star the moment of the stop: it is your choice, and kept whatever happens.")
        )
        self.keep.clicked.connect(self.keep_asked)
        self.keep.hide()
        self._shown: tuple[int, str, int | None] = (0, "", None)
        self._lay_out()

    def _lay_out(self) -> None:
        times = QHBoxLayout()
        times.setSpacing(8)
        times.addWidget(self.so_far)
        times.addStretch(1)
        times.addWidget(self.left)
        self._buttons = QWidget()
        buttons = QHBoxLayout(self._buttons)
        buttons.setContentsMargins(0, 4, 0, 0)
        buttons.setSpacing(8)
        buttons.addWidget(self.pause, 1)
        buttons.addWidget(self.stop)
        inside = QVBoxLayout()
        inside.setContentsMargins(Size.PANEL_PADDING, 15, Size.PANEL_PADDING, 14)
        inside.setSpacing(8)
        inside.addWidget(self.number)
        inside.addWidget(self.bar)
        inside.addLayout(times)
        inside.addWidget(self.elsewhere)
        inside.addWidget(self._buttons)
        inside.addWidget(self.keep)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(inside)
        layout.addWidget(Divider())

    def offer_to_keep(self, clock: int | None) -> None:
        """After Stop: offer to keep the moment of a clock as one's choice; None offers nothing."""
        self.keep.setVisible(clock is not None)
        text = self.tr("I am happy: keep {clock}").format(clock=say_count(clock or 0))
        if text != self.keep.text():
            self.keep.setText(text)

    def show_situation(
        self, situation: Situation, seconds: float, seconds_left: float | None
    ) -> None:
        """Draw everything anew.

        Args:
            situation: What is going on.
            seconds: Training time so far.
            seconds_left: Time to the target, None if unknown.
        """
        self._write_number(situation)
        self._write_times(situation, seconds, seconds_left)
        self._move_bar(situation)
        text = self.tr("Another GAN Studio has been training it {where}.").format(
            where=situation.trained
        )
        self.elsewhere.setText(text)
        self.elsewhere.setVisible(situation.kind == "watched")
        self._buttons.setVisible(situation.kind in _WITH_BUTTONS)
        self.pause.setVisible(situation.kind == "running")

    def _write_number(self, situation: Situation) -> None:
        if not situation.begun:
            count = situation.pictures
            words = (
                self.tr("picture to learn from")
                if count == 1
                else self.tr("pictures to learn from")
            )
            self.number.set_words(f"{count:,}", words)
            return
        if situation.target:
            words = self.tr("of {target} pictures seen").format(target=say_count(situation.target))
        else:
            words = self.tr("pictures seen")
        self.number.set_words(say_count(situation.clock), words)

    def _write_times(
        self, situation: Situation, seconds: float, seconds_left: float | None
    ) -> None:
        spent = say_duration(seconds) if seconds > 0 else ""
        left = say_duration(seconds_left) if seconds_left is not None else ""
        said = {
            "empty": (self.tr("Nothing to learn from yet"), ""),
            "ready": (self.tr("Not started yet"), ""),
            "preparing": (self.tr("Measuring this computer"), ""),
            "running": (self._so_far(spent), self.tr("{time} left").format(time=left)),
            "paused": (self.tr("Paused. Saved."), self.tr("{time} left").format(time=left)),
            "stopping": (self.tr("Saving ..."), ""),
            "stopped": (self.tr("Stopped. Saved."), self._so_far(spent)),
            "finished": (self.tr("Finished. Saved."), self._so_far(spent)),
            "failed": (self.tr("Stopped after {time}").format(time=spent), ""),
            "elsewhere": (self.tr("Another run is training"), ""),
            "watched": (self._so_far(spent), self.tr("{time} left").format(time=left)),
        }
        first, second = said[situation.kind]
        if situation.kind == "failed" and not spent:
            first = self.tr("Stopped")
        self.so_far.setText(first)
        self.left.setText(second if left or situation.kind not in _WITH_TIME_LEFT else "")

    def _so_far(self, spent: str) -> str:
        return self.tr("{time} so far").format(time=spent) if spent else ""

    def _move_bar(self, situation: Situation) -> None:
        known = (situation.clock, situation.kind, situation.target)
        went_back = situation.clock < self._shown[0] or situation.target != self._shown[2]
        if went_back:
            self.bar.restart()
        self._shown = known
        self.bar.set_fraction(situation.fraction)
