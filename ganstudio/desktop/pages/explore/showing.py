"""What is on the picture of the view that is seen, and the badge that says which version drew it.

Not responsible for drawing, nor for which version that is (`source`).
"""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from ganstudio.desktop.best import say_best
from ganstudio.desktop.pages.explore.before import Before
from ganstudio.desktop.pages.explore.source import Source
from ganstudio.desktop.pages.explore.view_tools import ViewTools
from ganstudio.desktop.pages.explore.walk import Walk
from ganstudio.desktop.second_screen import SecondScreen
from ganstudio.desktop.widgets.picture_canvas import PictureCanvas
from ganstudio.project.messages import Pictures
from ganstudio.project.numbers import say_count
from ganstudio.studio.explorer import Frame

__all__ = ["Showing"]


class Showing(QObject):
    """The picture of now, of before while that is held, or noise.

    Signals:
        first: The first picture of a model is there.
        changed: Something else is shown.
    """

    first = Signal()
    changed = Signal()

    def __init__(
        self,
        walk: Walk,
        canvas: PictureCanvas,
        source: Source,
        tools: ViewTools,
        before: Before,
        second: SecondScreen,
    ) -> None:
        super().__init__(walk)
        self._walk, self._source, self._tools = walk, source, tools
        self._canvas = self._large = canvas
        self._before, self._second = before, second
        self.frame: Frame | None = None
        walk.picture_drawn.connect(self._picture_drawn)
        walk.rough_drawn.connect(self._rough_drawn)
        before.shown.connect(self._show_before)
        before.hidden.connect(self._show_now)

    def show_on(self, canvas: PictureCanvas | None) -> None:
        """Have the picture of now on another canvas; None: on the large one, which is not seen."""
        self._before.set_seen(canvas is not None or self._second.is_open)
        canvas = canvas or self._large
        if canvas is self._canvas:
            return
        self._before.hold(False)
        self._canvas = canvas
        if self.frame is not None and self._walk.model is not None:
            canvas.set_frame(self.frame.picture)
        self.write_badge()

    def forget(self) -> None:
        """No model is open."""
        self.frame = None
        self._before.forget()
        self._second.close()
        self._canvas.clear()

    def show_noise(self) -> None:
        """What a generator draws before it has learned: the same noise each time."""
        noise = np.random.default_rng(0).integers(0, 256, (64, 64, 3)) * 0.55 + 30
        self._canvas.set_frame(noise.astype(np.uint8))

    @Slot(object)
    def _picture_drawn(self, frame: Frame) -> None:
        before, self.frame = self.frame, frame
        newer = before is not None and before.point == frame.point and before.images != frame.images
        if not self._before.held:
            self._put(frame.picture, fade=newer)
        if before is None or before.images != frame.images:
            self.write_badge()
        if before is None:
            self._tools.say_factor()
            self.first.emit()

    @Slot(object)
    def _rough_drawn(self, frame: Frame) -> None:
        """It is seen until the picture itself is there, and counts for nothing else."""
        if self.frame is not None and not self._before.held:
            self._put(frame.picture)

    def _put(self, picture: Pictures, fade: bool = False) -> None:
        self._canvas.set_frame(picture, fade)
        self._second.set_picture(picture, self._large.is_sharp(), fade)

    @Slot(object, str)
    def _show_before(self, picture: Pictures, words: str) -> None:
        self._put(picture)
        self._canvas.set_badge(words, "hollow")
        self.changed.emit()

    @Slot()
    def _show_now(self) -> None:
        if self.frame is not None and self._walk.model is not None:
            self._put(self.frame.picture)
        self.write_badge()
        self.changed.emit()

    def write_badge(self) -> None:
        """Which version it is; while the picture of before is held, its own words stay."""
        model, frame, canvas = self._walk.model, self.frame, self._canvas
        if model is None:
            canvas.set_badge(self.tr("Nothing learned yet"))
            return
        if self._before.held:
            return
        images = frame.images if frame is not None else model.images
        clock, best = say_count(images), self._source.best
        if not self._source.is_live:
            is_best = best is not None and best.clock == images
            version = say_best(best) if best is not None and is_best else clock
            whose = self._source.words
            said = not whose or whose.endswith(version)
            canvas.set_badge((whose or version) if said else f"{whose}. {version}")
        elif self._tools.held:
            canvas.set_badge(self.tr("Held at {n}").format(n=clock), "hollow")
        elif self._source.is_paused:
            canvas.set_badge(clock)
        else:
            canvas.set_badge(self.tr("Live, {n}").format(n=clock), "live")
