"""The family tree: one row of small pictures for each generation, and who comes from whom.

A click is to be there; nothing is lost. Not responsible for the family (`project.family`) nor for
drawing the pictures.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from ganstudio.desktop import theme
from ganstudio.desktop.widgets.painting import SHARP_LIMIT, draw_picture, draw_ring, fit_box
from ganstudio.project.family import Family

__all__ = ["MARGIN", "FamilyTree"]

#: Around the tree: room for the ring.
MARGIN = 4
_TILE, _GAP, _BETWEEN = 44, 8, 22
_CHOOSING = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
}


class FamilyTree(QWidget):
    """As high as the family needs; it lies in something that scrolls.

    Signals:
        opened: Be at this member.
        chosen: Choose this member for crossing.
    """

    opened = Signal(int)
    chosen = Signal(int)

    def __init__(self, picture: Callable[[int], QImage | None]) -> None:
        super().__init__()
        self._picture = picture
        self._family = Family()
        self._boxes: list[QRectF] = []
        self._current, self._hovered = -1, -1
        self._line: frozenset[int] = frozenset()
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ringRadius", 0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setToolTip(
            self.tr("Click to be there again; Ctrl or Shift chooses for crossing. (Lineage)")
        )
        self.show_family(self._family, None)

    def show_family(self, family: Family, current: int | None) -> None:
        """Another family, a new member, or one is elsewhere in it."""
        self._family = family
        self._current = -1 if current is None else current
        self._line = frozenset(family.line_of(current)) if current is not None else frozenset()
        self._lay_out()
        text = self.tr("Family, {n} pictures").format(n=len(family.members))
        if current is not None:
            number = family.members[current].generation + 1
            text = self.tr("{text}, at generation {n}").format(text=text, n=number)
        self.setAccessibleName(text)
        self.update()

    def box_of(self, number: int) -> QRectF:
        """Where a member lies."""
        return self._boxes[number]

    def seen(self) -> list[int]:
        """Members that are in sight, the newest first."""
        sight = QRectF(self.visibleRegion().boundingRect())
        boxes = enumerate(self._boxes)
        return [number for number, box in boxes if box.intersects(sight)][::-1]

    def sizeHint(self) -> QSize:
        """All generations."""
        return QSize(5 * (_TILE + _GAP), self._height)

    def minimumSizeHint(self) -> QSize:
        """All generations, at whatever width there is."""
        return QSize(_TILE + 2 * MARGIN, self._height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or fewer stand beside each other."""
        super().resizeEvent(event)
        self._lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw who comes from whom, then everybody."""
        painter = QPainter(self)
        sight = QRectF(event.rect())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for number in sorted(range(len(self._boxes)), key=self._line.__contains__):
            self._draw_descent(painter, number, sight)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for number, box in enumerate(self._boxes):
            if box.intersects(sight):
                self._draw_member(painter, number, box)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Be there, or choose it."""
        number = self._at(event.position())
        if event.button() != Qt.MouseButton.LeftButton or number < 0:
            return
        if event.modifiers() & _CHOOSING:
            self.chosen.emit(number)
        else:
            self.opened.emit(number)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light who is under the pointer."""
        self._hover(self._at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """Nobody is under the pointer."""
        self._hover(-1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right among one generation, up to a parent, down to a child."""
        wanted = self._asked(Qt.Key(event.key()))
        if wanted is None:
            super().keyPressEvent(event)
        elif wanted >= 0:
            self.opened.emit(wanted)

    def _asked(self, key: Qt.Key) -> int | None:
        """Where a key leads: -1 for nowhere, None if it is none of ours."""
        members, here = self._family.members, self._current
        if key not in (*_STEPS, Qt.Key.Key_Up, Qt.Key.Key_Down):
            return None
        if not members:
            return -1
        if here < 0:
            return len(members) - 1
        if key == Qt.Key.Key_Up:
            return members[here].parents[0] if members[here].parents else -1
        if key == Qt.Key.Key_Down:
            born = [n for n, member in enumerate(members) if here in member.parents]
            return born[-1] if born else -1
        row = self._family.generations()[members[here].generation]
        place = row.index(here) + _STEPS[key]
        return row[place] if 0 <= place < len(row) else -1

    def _lay_out(self) -> None:
        room = max(1, (self.width() - 2 * MARGIN + _GAP) // (_TILE + _GAP))
        self._boxes = [QRectF()] * len(self._family.members)
        top = float(MARGIN)
        for row in self._family.generations():
            for place, number in enumerate(row):
                down, across = divmod(place, room)
                left = MARGIN + across * (_TILE + _GAP)
                self._boxes[number] = QRectF(left, top + down * (_TILE + _GAP), _TILE, _TILE)
            top += -(-len(row) // room) * (_TILE + _GAP) - _GAP + _BETWEEN
        self._height = round(top - _BETWEEN + MARGIN) if self._boxes else 0
        self.setMinimumHeight(self._height)
        self.updateGeometry()

    def _draw_descent(self, painter: QPainter, number: int, sight: QRectF) -> None:
        child = self._boxes[number]
        end = QPointF(child.center().x(), child.top())
        for parent in self._family.members[number].parents:
            box = self._boxes[parent]
            start = QPointF(box.center().x(), box.bottom())
            if not QRectF(start, end).normalized().adjusted(-2, -2, 2, 2).intersects(sight):
                continue
            mine = number in self._line and parent in self._line
            painter.setPen(QPen(theme.colour("accent_line" if mine else "edge"), 1.5))
            bend = (end.y() - start.y()) / 2
            curve = QPainterPath(start)
            curve.cubicTo(start + QPointF(0, bend), end - QPointF(0, bend), end)
            painter.drawPath(curve)

    def _draw_member(self, painter: QPainter, number: int, box: QRectF) -> None:
        image = self._picture(number)
        painter.fillRect(box, theme.colour("raised"))
        if image is not None:
            sharp = min(image.width(), image.height()) <= SHARP_LIMIT
            fitted = fit_box(image.width(), image.height(), box, self.devicePixelRatioF(), False)
            draw_picture(painter, image, fitted, sharp)
        if number == self._current:
            width = 3 if theme.current().surface_lines else 2
            draw_ring(painter, box, "accent_line", 1, width)
        elif number == self._hovered:
            draw_ring(painter, box, "text", 1, 1)

    def _at(self, place: QPointF) -> int:
        boxes = enumerate(self._boxes)
        return next((number for number, box in boxes if box.contains(place)), -1)

    def _hover(self, number: int) -> None:
        if number != self._hovered:
            self._hovered = number
            self.update()
