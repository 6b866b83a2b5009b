"""The picture of the Mix view: one walks on it, or paints where another place shows through.

Not responsible for what a stroke does (`masks`): it reports the hand, in shares of the picture.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from ganstudio.desktop import theme
from ganstudio.desktop.pages.explore.masks import Grid
from ganstudio.desktop.widgets.painting import has_keyboard
from ganstudio.desktop.widgets.tint_canvas import TintCanvas

__all__ = ["MaskCanvas"]

#: How much of the mask's colour lies on the picture while the brush is over it.
_TINT = 0.25
_STEP, _FAR = 1 / 32, 1 / 8
_WAYS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class MaskCanvas(TintCanvas):
    """With a brush in hand: drag paints, the right button rubs out, arrows and Space do too.

    Signals:
        brushed: From where to where the brush went, 0 to 1 across and down; whether it rubs out.
        brush_lifted: The stroke ends.
        brush_given_up: The stroke shall not have been.
    """

    brushed = Signal(object, object, bool)
    brush_lifted = Signal()
    brush_given_up = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._brush: float | None = None
        self._mask: Grid | None = None
        self._at = (0.5, 0.5)
        self._from: tuple[float, float] | None = None
        self._rubs, self._over = False, False
        self.setMouseTracking(True)

    def set_brush(self, size: float | None) -> None:
        """A brush with a diameter of so much of the longer side; None takes it away."""
        self._brush = size
        self.setCursor(Qt.CursorShape.ArrowCursor if size is None else Qt.CursorShape.CrossCursor)
        self._show_mask()

    @property
    def brush(self) -> float | None:
        """The diameter of the brush in hand; None if there is none."""
        return self._brush

    def set_mask(self, grid: Grid | None) -> None:
        """What shows through now."""
        self._mask = grid
        self._show_mask()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the picture, and the brush while it is over it."""
        super().paintEvent(event)
        if self._brush is None or not self._brush_shows():
            return
        painter = QPainter(self)
        box = self.picture_box()
        radius = self._brush * max(box.width(), box.height()) / 2
        middle = QPointF(
            box.left() + self._at[0] * box.width(), box.top() + self._at[1] * box.height()
        )
        painter.setClipRect(box)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for ink, width in ((theme.colour("shade", 0.6), 3.0), (theme.colour("on_shade"), 1.5)):
            painter.setPen(QPen(ink, width))
            painter.drawEllipse(middle, radius, radius)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Put the brush down."""
        if self._brush is None:
            super().mousePressEvent(event)
            return
        if event.button() not in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
            return
        self._over = True
        self._rubs = event.button() == Qt.MouseButton.RightButton
        self._from = self._at = self._place(event.position())
        self.brushed.emit(self._at, self._at, self._rubs)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the hand."""
        if self._brush is None:
            super().mouseMoveEvent(event)
            return
        if not self._over:
            self._over = True
            self._show_mask()
        self._at = self._place(event.position())
        if self._from is not None:
            self.brushed.emit(self._from, self._at, self._rubs)
            self._from = self._at
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Lift the brush."""
        if self._from is not None:
            self._from = None
            self.brush_lifted.emit()
        else:
            super().mouseReleaseEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With the brush in hand nobody walks."""
        if self._brush is None:
            super().wheelEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """The picture is seen by itself."""
        self._over = False
        self._show_mask()
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard has the brush."""
        super().focusInEvent(event)
        self._show_mask()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The picture is seen by itself."""
        super().focusOutEvent(event)
        self._show_mask()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move the brush, Shift far; Space paints, Backspace rubs out; Esc gives up."""
        key = Qt.Key(event.key())
        if self._brush is None:
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_Escape and self._from is not None:
            self._from = None
            self.brush_given_up.emit()
        elif key in _WAYS:
            step = _FAR if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else _STEP
            x, y = (
                min(1.0, max(0.0, at + way * step))
                for at, way in zip(self._at, _WAYS[key], strict=True)
            )
            self._at = (x, y)
            self.update()
        elif key in (Qt.Key.Key_Space, Qt.Key.Key_Backspace):
            self.brushed.emit(self._at, self._at, key == Qt.Key.Key_Backspace)
            self.brush_lifted.emit()
        else:
            event.ignore()

    def _brush_shows(self) -> bool:
        return self._over or has_keyboard(self)

    def _show_mask(self) -> None:
        """The mask is seen while the brush is."""
        shown = self._brush is not None and self._brush_shows()
        self.set_tint(self._mask if shown else None, "accent", _TINT)
        self.update()

    def _place(self, position: QPointF) -> tuple[float, float]:
        box: QRectF = self.picture_box()
        x = (position.x() - box.left()) / max(1.0, box.width())
        y = (position.y() - box.top()) / max(1.0, box.height())
        return x, y
