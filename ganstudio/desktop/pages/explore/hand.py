"""What the hand does on the picture, in whichever view it is: drags, keys, the wheel; and jumps.

Not responsible for where that leads (`places`), nor for what is drawn there.
"""

from __future__ import annotations

import random
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent

from ganstudio.desktop.desk import Desk
from ganstudio.desktop.pages.explore.places import jump, surprise, walked
from ganstudio.desktop.pages.explore.stage import ExploreStage
from ganstudio.desktop.pages.explore.walk import Walk
from ganstudio.desktop.widgets.picture_canvas import PictureCanvas
from ganstudio.project.errors import UserError
from ganstudio.project.kinds import kind_of_seed
from ganstudio.project.point import LatentPoint

__all__ = ["Hand"]

#: Seeds that a drag across the whole picture leads, and those of one arrow key.
_SEEDS_ACROSS = 2.0
_STEP, _FAR = 0.1, 1.0


class Hand(QObject):
    """Turns gestures into moves of the walk; without a model there is nowhere to go.

    Signals:
        play_asked: Walk by itself, or pause.
        back_asked: Walk the way back that led here.
    """

    play_asked = Signal()
    back_asked = Signal()

    def __init__(self, desk: Desk, walk: Walk, stage: ExploreStage) -> None:
        super().__init__(walk)
        self._desk, self._walk, self._stage = desk, walk, stage
        self._canvases: set[PictureCanvas] = set()
        self.lead(stage.canvas)
        desk.seed_wanted.connect(self._go_to_seed)

    def lead(self, canvas: PictureCanvas) -> None:
        """Walk on this picture too; one that is known already is passed over."""
        if canvas in self._canvases:
            return
        self._canvases.add(canvas)
        canvas.destroyed.connect(lambda: self._canvases.discard(canvas))
        canvas.dragged.connect(partial(self._dragged, canvas))
        canvas.drag_finished.connect(self._let_go)
        canvas.drag_given_up.connect(self._walk.give_up)
        canvas.walked.connect(self.walked)
        canvas.wheeled.connect(self._wheeled)
        canvas.play_asked.connect(self.play_asked)
        canvas.back_asked.connect(self.back_asked)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Of a page: Space walks wherever nothing else takes it, Shift+Space back."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() != Qt.Key.Key_Space or event.isAutoRepeat():
            return False
        back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        (self.back_asked if back else self.play_asked).emit()
        return True

    def _dragged(self, canvas: PictureCanvas, dx: float, dy: float, pace: float) -> None:
        box = canvas.picture_box()
        scale = _SEEDS_ACROSS / max(1.0, box.width()) * pace
        if self._walk.model is not None:
            self._walk.preview(self._moved(dx * scale, dy * scale))

    @Slot()
    def _let_go(self) -> None:
        self._walk.settle(self.tr("walk"), "drag")

    @Slot(int, int, bool)
    def walked(self, dx: int, dy: int, far: bool) -> None:
        """A step across and down, as with an arrow key."""
        step = _FAR if far else _STEP
        if self._walk.model is not None:
            self._walk.go(self._moved(dx * step, dy * step), self.tr("walk"), "keys")

    @Slot(float, float)
    def _wheeled(self, notches: float, pace: float) -> None:
        if self._walk.model is not None:
            self._walk.go(self._moved(notches * _STEP * pace, 0.0), self.tr("walk"), "wheel")

    def _moved(self, dx: float, dy: float) -> LatentPoint:
        return walked(self._walk.point, dx, dy, self._walk.directions)

    @Slot(int)
    def _go_to_seed(self, seed: int) -> None:
        """A place of the Train grid was opened."""
        place = LatentPoint(seed_x=float(seed), kind=kind_of_seed(seed, self._kinds_of_run()))
        self._walk.go(place, self.tr("place of the grid"))

    def _kinds_of_run(self) -> int:
        """How many kinds the run of the Train grid tells apart; its model may not be open yet."""
        run = self._desk.run
        try:
            return len(run.info().kinds) if run is not None else 0
        except UserError:
            return 0

    @Slot()
    def surprise(self) -> None:
        """Jump to a place nobody has seen yet."""
        roll = random.randrange(1 << 30)
        self._walk.go(surprise(self._walk.point, roll, self._walk.locked), self.tr("surprise"))

    def small_jump(self) -> None:
        """Jump to a place nearby."""
        walk, far = self._walk, self._stage.nearby.how_far.value()
        roll = random.randrange(1 << 30)
        place = jump(walk.point, far, roll, walk.directions, walk.locked)
        walk.go(place, self.tr("small jump"))
