"""A loop on trial: drawn small behind the window, and played as soon as some of it is there.

Not responsible for the film that is written: that one has every frame, at its own size.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import Future
from functools import partial
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, QTimer, Slot
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ganstudio.desktop import theme
from ganstudio.desktop.widgets.painting import draw_picture, fit_box, to_image
from ganstudio.project.messages import Pictures
from ganstudio.project.point import LatentPoint
from ganstudio.studio import engine
from ganstudio.studio.explorer import ExplorerService

__all__ = ["LoopPreview"]

_SIDE = 200
#: Frames a second, at most so many in all, and so many at a time.
_RATE, _MOST, _HANDFUL = 10, 200, 4
#: All frames together; larger pictures get fewer frames.
_BYTES = 48 << 20
_TICK_MS = 40


class LoopPreview(QWidget):
    """Plays at the film's own speed. The newest choice counts, and a closed window asks nothing.

    Args:
        explorer: Draws; it has to have the model of the loop open, or nothing is shown.
        model: The generator's file.
        sharp: Whether pixels are shown as hard squares.
    """

    def __init__(self, explorer: ExplorerService, model: Path, sharp: bool) -> None:
        super().__init__()
        self._explorer, self._model, self._sharp = explorer, model, sharp
        self._keys: tuple[LatentPoint, ...] = ()
        self._seconds = 1.0
        self._count = 0
        self._asked: Future[Pictures] | None = None
        self._began = 0.0
        self.frames: list[QImage] = []
        self.setFixedSize(_SIDE, _SIDE)
        self.setAccessibleName(self.tr("The loop on trial"))
        self.setToolTip(self.tr("About what the film will be. The file has every frame."))
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self._tick)

    def play(self, keys: Sequence[LatentPoint], seconds: float) -> None:
        """Play a loop through these places; fewer than two are none."""
        keys = tuple(keys)
        if (keys, seconds) == (self._keys, self._seconds):
            return
        self._keys, self._seconds = keys, seconds
        self._asked, self.frames = None, []
        self._count = min(_MOST, max(2 * len(keys), round(seconds * _RATE)))
        self._began = time.monotonic()
        if len(keys) < 2:
            self.stop()
        else:
            self._timer.start()
        self.update()

    @Slot()
    def stop(self) -> None:
        """Ask for nothing more."""
        self._timer.stop()
        self._asked = None

    def sizeHint(self) -> QSize:
        """A small square."""
        return QSize(_SIDE, _SIDE)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the frame of now, at the film's own speed."""
        painter = QPainter(self)
        room = QRectF(self.rect())
        if not self.frames:
            painter.fillRect(room, theme.colour("raised"))
            return
        image = self.frames[self._frame_now()]
        ratio = self.devicePixelRatioF()
        box = fit_box(image.width(), image.height(), room, ratio, self._sharp)
        draw_picture(painter, image, box, self._sharp)

    def _frame_now(self) -> int:
        """To and fro while frames are missing, round and round when all are there."""
        at = int((time.monotonic() - self._began) / self._seconds * self._count)
        there = len(self.frames)
        if there >= self._count:
            return at % there
        at %= max(1, 2 * there - 2)
        return min(at, 2 * there - 2 - at) if there > 1 else 0

    @Slot()
    def _tick(self) -> None:
        if self._asked is not None and self._asked.done():
            self._take(self._asked)
        if self._asked is None and len(self.frames) < self._count:
            self._ask()
        self.update()

    def _take(self, drawn: Future[Pictures]) -> None:
        self._asked = None
        if drawn.cancelled() or drawn.exception() is not None:
            self.stop()  # the film itself says what is wrong
            return
        pictures = drawn.result()
        fitting = max(2 * len(self._keys), _BYTES // pictures[0].nbytes)
        if fitting < self._count:  # these were of a loop with more frames
            self._count = fitting
            return
        self.frames += [to_image(picture) for picture in pictures]

    def _ask(self) -> None:
        if self._explorer.path != self._model:
            self.stop()
            return
        start = len(self.frames)
        part = range(start, min(start + _HANDFUL, self._count))
        work = partial(engine.loop_part, keys=self._keys, frames=self._count, part=part)
        self._asked = self._explorer.ask("preview", work)
