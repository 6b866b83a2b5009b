"""The slots A to D of the Mix view: small pictures of the places that are mixed.

Not responsible for what is done with them: it says what the hand did.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ganstudio.desktop import icons, theme
from ganstudio.desktop.pages.explore.mixing import LETTERS, SLOTS
from ganstudio.desktop.point_mime import POINT_MIME, place_in
from ganstudio.desktop.tokens import Size
from ganstudio.desktop.widgets.painting import (
    SHARP_LIMIT,
    draw_box,
    draw_picture,
    draw_ring,
    fit_box,
)
from ganstudio.desktop.widgets.writing import write

__all__ = ["SlotRow"]

_GAP, _BADGE, _CROSS = 8, 20, 22
_USUAL, _LARGEST = 88, 160.0
_BACK = (Qt.Key.Key_Left, Qt.Key.Key_Up)
_ON = (Qt.Key.Key_Right, Qt.Key.Key_Down)
_REMOVE = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class SlotRow(QWidget):
    """One tab stop: arrows choose a slot, Delete empties it. A place may be dropped on each.

    Signals:
        chosen: Another slot is the one to be filled.
        removed: A slot shall be empty.
        dropped: A place was dropped on a slot (int, KeptPoint).
    """

    chosen = Signal(int)
    removed = Signal(int)
    dropped = Signal(int, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._images: list[QImage | None] = [None]
        self._current, self._hovered, self._over = 1, -1, -1
        self._pointer = QPointF()
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ringRadius", Size.RADIUS_FIELD)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._describe()

    def set_places(self, images: Sequence[QImage | None]) -> None:
        """Show so many places; one without a picture is drawn soon."""
        self._images = list(images)
        self.set_current(min(self._current, len(self._images), self._slots() - 1))

    def count(self) -> int:
        """How many slots have a place."""
        return len(self._images)

    def current(self) -> int:
        """The slot that a picture goes to when it is clicked."""
        return self._current

    def set_current(self, slot: int) -> None:
        """Choose another slot, without a signal."""
        self._current = slot
        self._describe()
        self.update()

    def tile_box(self, slot: int) -> QRectF:
        """The room of a slot."""
        side = self._side()
        return QRectF(slot * (side + _GAP), 0, side, side)

    def cross_box(self, slot: int) -> QRectF:
        """Where a slot is emptied."""
        box = self.tile_box(slot)
        return QRectF(box.right() - _CROSS - 2, box.top() + 2, _CROSS, _CROSS)

    def sizeHint(self) -> QSize:
        """Four tiles of a usual width; where there is more, as high as they become."""
        return QSize(4 * _USUAL + 3 * _GAP, max(_USUAL, self.heightForWidth(self.width())))

    def minimumSizeHint(self) -> QSize:
        """Four small tiles."""
        return QSize(4 * 56 + 3 * _GAP, 56)

    def heightForWidth(self, width: int) -> int:
        """Tiles are squares."""
        return round(self._side(width))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the tiles, then the rings."""
        painter = QPainter(self)
        for slot in range(self._slots()):
            self._draw_tile(painter, slot)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wider tiles are higher."""
        super().resizeEvent(event)
        self.updateGeometry()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose a slot, or empty it."""
        slot = self._at(event.position())
        if event.button() != Qt.MouseButton.LeftButton or slot < 0:
            return
        if self._has_cross(slot) and self.cross_box(slot).contains(event.position()):
            self.removed.emit(slot)
        else:
            self._choose(slot)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light what is under the pointer."""
        self._pointer = event.position()
        self._hovered = self._at(event.position())
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer."""
        self._hovered = -1
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows choose, Delete empties."""
        key = event.key()
        step = -1 if key in _BACK else 1 if key in _ON else 0
        if step:
            self._choose(self._current + step)
        elif key in _REMOVE and self._can_go(self._current):
            self.removed.emit(self._current)
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Only places can be dropped here."""
        if event.mimeData().hasFormat(POINT_MIME):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Light the slot that would take it."""
        self._over = self._at(event.position())
        event.setAccepted(self._over >= 0)
        self.update()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """It goes on."""
        self._over = -1
        self.update()

    def dropEvent(self, event: QDropEvent) -> None:
        """A slot takes it."""
        slot, place = self._at(event.position()), place_in(event.mimeData())
        self._over = -1
        self.update()
        if slot >= 0 and place is not None:
            event.acceptProposedAction()
            self.dropped.emit(min(slot, len(self._images)), place)

    def event(self, event: QEvent) -> bool:
        """The tooltip says what the slot under the pointer is."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            slot = self._at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), self._tip(slot) if slot >= 0 else "", self)
            return True
        return super().event(event)

    def _slots(self) -> int:
        return max(SLOTS, len(self._images))

    def _side(self, width: int | None = None) -> float:
        count = self._slots()
        room = self.width() if width is None else width
        return min(_LARGEST, max(28.0, float((room - (count - 1) * _GAP) // count)))

    def _at(self, position: QPointF) -> int:
        found = (n for n in range(self._slots()) if self.tile_box(n).contains(position))
        return next(found, -1)

    def _can_go(self, slot: int) -> bool:
        """A is where one is: it cannot be empty."""
        return 0 < slot < len(self._images)

    def _has_cross(self, slot: int) -> bool:
        return self._can_go(slot) and slot in (self._hovered, self._current)

    def _choose(self, slot: int) -> None:
        """Only the next free slot can be filled."""
        slot = min(slot, len(self._images), self._slots() - 1)
        if slot >= 0 and slot != self._current:
            self.set_current(slot)
            self.chosen.emit(slot)

    def _draw_tile(self, painter: QPainter, slot: int) -> None:
        box = self.tile_box(slot)
        filled = slot < len(self._images)
        image = self._images[slot] if filled else None
        if image is not None:
            size = image.width(), image.height()
            fitted = fit_box(*size, box, self.devicePixelRatioF(), False)
            painter.fillRect(box, theme.colour("raised"))
            draw_picture(painter, image, fitted, min(size) <= SHARP_LIMIT)
        elif filled:
            painter.fillRect(box, theme.colour("raised"))
        else:
            self._draw_empty(painter, box, slot)
        self._draw_letter(painter, box, slot, filled)
        if self._has_cross(slot):
            self._draw_cross(painter, slot)
        if slot in (self._over, self._current):
            width = 3 if theme.current().surface_lines else 2
            draw_ring(painter, box, "accent_line", -width, width)
        elif slot == self._hovered:
            draw_ring(painter, box, "text", -1, 1)

    def _draw_empty(self, painter: QPainter, box: QRectF, slot: int) -> None:
        next_free = slot == len(self._images)
        pen = QPen(theme.colour("edge" if next_free else "line"), 1, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
        if next_free:
            mark = QRectF(0, 0, 20, 20)
            mark.moveCenter(box.center())
            icons.paint(painter, "plus", mark, "text_quiet")

    def _draw_letter(self, painter: QPainter, box: QRectF, slot: int, filled: bool) -> None:
        badge = QRectF(box.left() + 3, box.top() + 3, _BADGE, _BADGE)
        if filled:
            draw_box(painter, badge, Size.RADIUS_BADGE, theme.colour("shade", 0.65))
        ink = theme.colour("on_shade" if filled else "text_quiet")
        write(painter, badge, LETTERS[slot], "small-strong", ink, "centre")

    def _draw_cross(self, painter: QPainter, slot: int) -> None:
        box = self.cross_box(slot)
        lit = box.contains(self._pointer)
        draw_box(painter, box, Size.RADIUS_BADGE, theme.colour("shade", 0.85 if lit else 0.65))
        icons.paint(painter, "x", box.adjusted(4, 4, -4, -4), "on_shade")

    def _tip(self, slot: int) -> str:
        if slot == 0:
            return self.tr("A: the place where you are. Drop another picture here to start there.")
        if slot < len(self._images):
            text = self.tr(
                "{letter}: drop or click another picture to change it. Delete empties it."
            )
        else:
            text = self.tr("{letter}: empty. Click a picture that is offered, or drop a favourite.")
        return text.format(letter=LETTERS[slot])

    def _describe(self) -> None:
        self.setAccessibleName(
            self.tr("Slot {letter}, {state}").format(
                letter=LETTERS[self._current],
                state=self.tr("filled") if self._current < len(self._images) else self.tr("empty"),
            )
        )
        self.setAccessibleDescription(self._tip(self._current))
