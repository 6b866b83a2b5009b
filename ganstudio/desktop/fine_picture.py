"""The picture at rest, enlarged as well as can be: behind the window, after the quick one is seen.

Not responsible for enlarging (`studio.engine`), nor for painting (`picture_canvas`).
"""

from __future__ import annotations

from concurrent.futures import Executor
from functools import partial

from PySide6.QtCore import QObject, QTimer, Slot

from ganstudio.desktop.pages.train.later import Later
from ganstudio.desktop.widgets.picture_canvas import PictureCanvas
from ganstudio.studio import engine

__all__ = ["FinePicture"]

_REST_MS = 120


class FinePicture(QObject):
    """Asks for a smooth picture at device pixels once the hand rests; what moves stays quick.

    Args:
        canvas: Shows it. It draws with the quick filter until then.
        pool: Where it is made.
    """

    def __init__(self, canvas: PictureCanvas, pool: Executor) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._later = Later(pool, self)
        self._rest = QTimer(self, interval=_REST_MS, singleShot=True)
        self._rest.timeout.connect(self._ask)
        canvas.looks_changed.connect(self._changed)

    @Slot()
    def _changed(self) -> None:
        """Nothing is made while another picture may come at any moment."""
        if self._canvas.isVisible():
            self._rest.start()

    @Slot()
    def _ask(self) -> None:
        wanted = self._canvas.fine_wanted() if self._canvas.isVisible() else None
        if wanted is not None:
            frame, width, height = wanted
            then = partial(self._canvas.set_fine, frame)
            self._later.ask("fine", lambda: engine.fitted(frame, width, height), then)
