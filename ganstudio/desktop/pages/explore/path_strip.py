"""Your path: a strip of small pictures, one for each step; a click is the way back.

Each step can be pulled away, to be used elsewhere. A sign on a step says that another way leads on
from it too; signs at the ends say that there are more steps.

Not responsible for the path (`journey`) nor for drawing the pictures (`studio.explorer`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from ganstudio.desktop import theme
from ganstudio.desktop.widgets.painting import SHARP_LIMIT, draw_picture, draw_ring, fit_box
from ganstudio.desktop.widgets.pull import Pull
from ganstudio.desktop.widgets.signs import SIGN, corner_sign, draw_chevron, draw_sign

__all__ = ["PathStrip"]

TILE, GAP = 60, 8
_BACK = (Qt.Key.Key_Left, Qt.Key.Key_Up)
_ON = (Qt.Key.Key_Right, Qt.Key.Key_Down)


class PathStrip(QWidget):
    """Steps from left to right; those that were taken back are dim.

    Signals:
        chosen: The step to be at, counted from the very first.
        carried: The step that was pulled away: time for a drag.
        turned: Another way shall lead on from this step.
        scrolled: Show so many steps later ones, below 0 earlier ones.
        room_changed: More or fewer steps fit.
    """

    chosen = Signal(int)
    carried = Signal(int)
    turned = Signal(int)
    scrolled = Signal(int)
    room_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps: list[int] = []
        self._pictures: dict[int, QImage] = {}
        self._forks: frozenset[int] = frozenset()
        self._current = 0
        self._total = 1
        self._hovered = -1
        self._room = 0
        self._pull = Pull()
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ringRadius", 0)
        self.setFixedHeight(TILE + 8)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip(
            self.tr(
                "Click a step to be there again, drag it to use it; the wheel shows more. A fork "
                "says that another way leads on too: click it to take that one. (Undo, redo)"
            )
        )
        self._describe()

    def capacity(self) -> int:
        """How many steps fit."""
        return max(1, (self.width() - 8 + GAP) // (TILE + GAP))

    def set_steps(
        self,
        steps: Sequence[int],
        current: int,
        total: int,
        pictures: Mapping[int, QImage],
        forks: frozenset[int] = frozenset(),
    ) -> None:
        """Show steps by their numbers; a step without a picture is an empty place."""
        self._steps, self._current, self._total = list(steps), current, total
        self._forks = forks
        self._pictures = dict(pictures)
        self._describe()
        self.update()

    def sizeHint(self) -> QSize:
        """Ten steps."""
        return QSize(10 * (TILE + GAP), TILE + 8)

    def minimumSizeHint(self) -> QSize:
        """Three steps."""
        return QSize(3 * (TILE + GAP), TILE + 8)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the steps, dim what was taken back, and the ring."""
        painter = QPainter(self)
        for place, step in enumerate(self._steps):
            box = self._box(place)
            image = self._pictures.get(step)
            if image is None:
                painter.fillRect(box, theme.colour("raised"))
            else:
                sharp = min(image.width(), image.height()) <= SHARP_LIMIT
                ratio = self.devicePixelRatioF()
                fitted = fit_box(image.width(), image.height(), box, ratio, False)
                painter.setOpacity(0.35 if step > self._current else 1.0)
                draw_picture(painter, image, fitted, sharp)
                painter.setOpacity(1.0)
            if step == self._current:
                width = 3 if theme.current().surface_lines else 2
                draw_ring(painter, box, "accent_line", 1, width)
            elif place == self._hovered:
                draw_ring(painter, box, "text", 1, 1)

            if step in self._forks:
                draw_sign(painter, corner_sign(box), "branch")
        for later, middle in self._ends():
            draw_chevron(painter, middle, left=not later, boxed=True)

    def _ends(self) -> list[tuple[bool, QPointF]]:
        """Where signs stand for more: whether for later steps, and their middles."""
        if not self._steps:
            return []
        left, right = self._box(0), self._box(len(self._steps) - 1)
        away, middle = SIGN / 2 - 2, left.center().y()
        earlier, later = self._steps[0] > 0, self._steps[-1] < self._total - 1
        return [(False, QPointF(left.left() + away, middle))] * earlier + [
            (True, QPointF(right.right() - away, middle))
        ] * later

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or fewer steps may fit."""
        super().resizeEvent(event)
        if self.capacity() != self._room:
            self._room = self.capacity()
            self.room_changed.emit()

    def picture(self, step: int) -> QImage | None:
        """What a step looks like, if that is known."""
        return self._pictures.get(step)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a click or a drag; signs act at once."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        place, here = self._at(event.position().x()), event.position()
        page = max(1, len(self._steps) - 1)
        for later, middle in self._ends():
            if (here - middle).manhattanLength() <= SIGN / 2:
                self.scrolled.emit(page if later else -page)
                return
        if self._is_fork(place) and corner_sign(self._box(place)).contains(here):
            self.turned.emit(self._steps[place])
            return
        self._pull.press(place, here)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light the step under the pointer, or pull it away."""
        if not self._pull.is_held:
            self._hover(self._at(event.position().x()))
        elif 0 <= (place := self._pull.pulled(event.position())) < len(self._steps):
            self.carried.emit(self._steps[place])

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Be at the step that was clicked."""
        place = self._pull.release()
        if 0 <= place < len(self._steps):
            self.chosen.emit(self._steps[place])

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Show earlier or later steps."""
        delta = event.angleDelta()
        self.scrolled.emit(-1 if (delta.y() or delta.x()) > 0 else 1)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer."""
        self._hover(-1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows a step back or on, Home and End to the ends; Return takes the other way."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._current in self._forks:
                self.turned.emit(self._current)
            return
        wanted = {
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: self._total - 1,
            **dict.fromkeys(_BACK, self._current - 1),
            **dict.fromkeys(_ON, self._current + 1),
        }.get(Qt.Key(event.key()))
        if wanted is None:
            super().keyPressEvent(event)
        elif 0 <= wanted < self._total and wanted != self._current:
            self.chosen.emit(wanted)

    def _box(self, place: int) -> QRectF:
        return QRectF(4 + place * (TILE + GAP), 4, TILE, TILE)

    def _at(self, x: float) -> int:
        place, rest = divmod(int(x) - 4, TILE + GAP)
        return place if 0 <= place < len(self._steps) and rest <= TILE else -1

    def _is_fork(self, place: int) -> bool:
        return 0 <= place < len(self._steps) and self._steps[place] in self._forks

    def _hover(self, place: int) -> None:
        if place != self._hovered:
            self._hovered = place
            self.update()

    def _describe(self) -> None:
        text = self.tr("Your path, step {n} of {all}")
        words = text.format(n=self._current + 1, all=self._total)
        if self._current in self._forks:
            words += self.tr(", another way leads on too")
        self.setAccessibleName(words)
