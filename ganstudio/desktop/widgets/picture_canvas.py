"""One large picture, painted at device pixels, to walk on with the hand or the keys.

Not responsible for making the picture, nor for what a walk means: it reports the hand.
"""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QVariantAnimation, Signal
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

from ganstudio.desktop import icons, theme
from ganstudio.desktop.tokens import Size
from ganstudio.desktop.widgets.pace import pace
from ganstudio.desktop.widgets.painting import (
    SHARP_LIMIT,
    draw_box,
    draw_picture,
    fit_side,
    is_white_drawing,
    on_matte,
    snap,
    to_image,
)
from ganstudio.desktop.widgets.writing import width_of, write

__all__ = ["PictureCanvas"]

_FADE_MS, _TIP_MS = 200, 3_000
#: A picture that would stand this near to the left edge stands at it; others nearer by as much.
_AT_THE_EDGE = 24
_WAYS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class PictureCanvas(QWidget):
    """Shows the newest frame it was given, with one `drawImage`."""

    dragged = Signal(float, float, float)
    drag_finished = Signal()
    drag_given_up = Signal()
    walked = Signal(int, int, bool)
    wheeled = Signal(float, float)
    play_asked = Signal()
    back_asked = Signal()
    factor_changed = Signal(float)
    looks_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image: QImage | None = None
        self._seen: np.ndarray | None = None
        self._fine: QImage | None = None
        self._centred = False
        self._before: QImage | None = None
        self._white = False
        self._sharp: bool | None = None
        self._zoom: int | None = None
        self._badge, self._dot, self._empty = "", "", ""
        self._last: QPointF | None = None
        self._told = 0.0
        self._fade = QVariantAnimation(self, startValue=0.0, endValue=1.0, duration=_FADE_MS)
        self._fade.valueChanged.connect(self.update)
        self._fade.finished.connect(self._faded)
        self.setToolTipDuration(_TIP_MS)  # it lies over the picture
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ringRadius", 0)
        self.setMinimumSize(96, 96)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.set_name(self.tr("Picture"))

    def set_frame(self, frame: np.ndarray, fade: bool = False) -> None:
        """Show a frame: uint8 (H, W, C), C as in `to_image`, never written to afterwards."""
        self._before = self._best_image(self.picture_box()) if fade and self._may_fade() else None
        seen = on_matte(frame)
        self._image, self._seen, self._fine = to_image(seen), seen, None
        self._white = is_white_drawing(seen)
        if self._before is not None:
            self._fade.stop()
            self._fade.start()
        self._tell_factor()
        self.update()
        self.looks_changed.emit()

    def clear(self) -> None:
        """Show no picture."""
        self._image = self._before = self._seen = self._fine = None
        self.update()

    def set_centred(self) -> None:
        """Where the width is what limits it, the picture hangs in the middle."""
        self._centred = True

    def fine_wanted(self) -> tuple[np.ndarray, int, int] | None:
        """The frame of now and how many device pixels it takes; None where squares are wanted."""
        if self._seen is None or self.is_sharp() or self.shown_factor() <= 1.0:
            return None
        box, ratio = self.picture_box(), self.devicePixelRatioF()
        return self._seen, round(box.width() * ratio), round(box.height() * ratio)

    def set_fine(self, frame: np.ndarray, picture: np.ndarray) -> None:
        """A better picture of a frame, at device pixels; one of another frame is passed over."""
        if frame is self._seen:
            self._fine = to_image(picture)
            self.update()

    def frame_shape(self) -> tuple[int, int] | None:
        """Width and height of the frame in its own pixels."""
        return (self._image.width(), self._image.height()) if self._image is not None else None

    def set_sharp(self, sharp: bool | None) -> None:
        """Nearest (whole factors), smooth, or None: nearest for small pictures."""
        self._sharp = sharp
        self._tell_factor()
        self.update()
        self.looks_changed.emit()

    def set_zoom(self, zoom: int | str) -> None:
        """`"fit"`, or a whole factor of the picture's own pixels."""
        self._zoom = None if isinstance(zoom, str) else zoom
        self._tell_factor()
        self.update()
        self.looks_changed.emit()

    def shown_factor(self) -> float:
        """How many logical pixels one pixel of the picture takes."""
        if self._image is None:
            return 1.0
        return self.picture_box().width() / self._image.width()

    def set_badge(self, text: str, dot: str = "") -> None:
        """Words at the lower left of the picture, with a dot that is `live`, `hollow` or none."""
        if (text, dot) != (self._badge, self._dot):
            self._badge, self._dot = text, dot
            self.setAccessibleDescription(text)
            self.update()

    def set_empty_text(self, text: str) -> None:
        """What stands in the empty place."""
        self._empty = text
        self.update()

    def set_name(self, name: str) -> None:
        """The name for screen readers."""
        self.setAccessibleName(name)

    def picture_box(self) -> QRectF:
        """Where the picture is drawn, in logical pixels on the borders of device pixels."""
        ratio = self.devicePixelRatioF()
        if self._image is None:
            side = min(self.width(), self.height())
            wide = high = float(side)
        else:
            wide, high = self._drawn_size(ratio)
        left = (self.width() - wide) / 2
        if self._zoom is None and not self._centred:
            # In line with what else begins at the left, also where squares leave a rest.
            room = min(self.width(), self.height() * wide / max(1.0, high))
            left = max(0.0, (self.width() - room) / 2 - _AT_THE_EDGE)
        left = snap(left, ratio)
        # Where the width is what limits it, the picture hangs from the top like all others.
        middle = (self.height() - high) / 2
        top = snap(middle if self._centred else min(0.0, middle), ratio)
        return QRectF(left, top, wide, high)

    def sizeHint(self) -> QSize:
        """As large as it may get."""
        return QSize(480, 480)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the picture of now, and the badge on it."""
        painter = QPainter(self)
        box = self.picture_box()
        if self._image is None:
            self._draw_empty(painter, box)
            return
        painter.setClipRect(self.rect())
        if self._before is not None:
            draw_picture(painter, self._before, box, self.is_sharp())
            painter.setOpacity(float(self._fade.currentValue() or 0.0))
        draw_picture(painter, self._best_image(box), box, self.is_sharp())
        painter.setOpacity(1.0)
        self.paint_on(painter, box)
        if self._white:
            draw_box(painter, box, 0, None, theme.colour("line"))
        if self._badge:
            self._draw_badge(painter, box.intersected(QRectF(self.rect())))

    def paint_on(self, painter: QPainter, box: QRectF) -> None:
        """What lies on the picture, below the badge: here nothing."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The factor may change with the room."""
        super().resizeEvent(event)
        self._tell_factor()
        self.looks_changed.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A drag begins."""
        if event.button() == Qt.MouseButton.LeftButton and self._image is not None:
            self._last = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Report how far the hand went since the last time."""
        if self._last is None:
            return
        way = event.position() - self._last
        self._last = event.position()
        self.dragged.emit(way.x(), way.y(), pace(event.modifiers()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A drag ends."""
        if self._last is not None:
            self._last = None
            self.drag_finished.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys walk, with Shift far; Space asks to play or pause, with Shift back.

        Esc gives up the drag at hand.
        """
        if event.key() == Qt.Key.Key_Escape and self._last is not None:
            self._last = None
            self.drag_given_up.emit()
            return
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            (self.back_asked if back else self.play_asked).emit()
            return
        way = _WAYS.get(Qt.Key(event.key()))
        allowed = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        if way is None or event.modifiers() & ~allowed:
            super().keyPressEvent(event)
            return
        self.walked.emit(*way, bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Report the steps of the wheel."""
        delta = event.angleDelta()
        self.wheeled.emit((delta.y() or delta.x()) / 120, pace(event.modifiers()))

    def _best_image(self, box: QRectF) -> QImage:
        """The fine picture where it has just the size of now, else the frame itself."""
        assert self._image is not None
        fine, ratio = self._fine, self.devicePixelRatioF()
        if fine is None or self.is_sharp():
            return self._image
        size = (round(box.width() * ratio), round(box.height() * ratio))
        return fine if (fine.width(), fine.height()) == size else self._image

    def is_sharp(self) -> bool:
        """Whether every pixel is drawn as a square."""
        if self._sharp is not None or self._image is None:
            return bool(self._sharp)
        return min(self._image.width(), self._image.height()) <= SHARP_LIMIT

    def _drawn_size(self, ratio: float) -> tuple[float, float]:
        assert self._image is not None
        wide, high = self._image.width(), self._image.height()
        if self._zoom is not None:
            return float(wide * self._zoom), float(high * self._zoom)
        if self.width() * high <= self.height() * wide:
            drawn = fit_side(wide, self.width(), ratio, self.is_sharp())
            return drawn, snap(drawn * high / wide, ratio)
        drawn = fit_side(high, self.height(), ratio, self.is_sharp())
        return snap(drawn * wide / high, ratio), drawn

    def _may_fade(self) -> bool:
        return self._image is not None and self.isVisible() and not theme.reduced_motion()

    def _faded(self) -> None:
        self._before = None

    def _tell_factor(self) -> None:
        factor = self.shown_factor()
        if abs(factor - self._told) > 1e-6:
            self._told = factor
            self.factor_changed.emit(factor)

    def _draw_empty(self, painter: QPainter, box: QRectF) -> None:
        draw_box(painter, box, 0, theme.colour("raised"))
        icons.paint(
            painter,
            "pictures",
            QRectF(box.center() - QPointF(16, 36), box.center() + QPointF(16, -4)),
            "edge",
        )
        painter.setFont(theme.font("body"))
        painter.setPen(theme.colour("text_quiet"))
        words = box.adjusted(16, box.height() / 2 + 8, -16, 0)
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        painter.drawText(words, int(flags | Qt.TextFlag.TextWordWrap), self._empty)

    def _draw_badge(self, painter: QPainter, box: QRectF) -> None:
        dot = 14 if self._dot else 0
        width = width_of(self._badge, "small") + 16 + dot
        badge = QRectF(box.left() + 12, box.bottom() - 34, round(width), 22)
        ground = theme.colour("stage", 0.88)
        draw_box(painter, badge, Size.RADIUS_BADGE, ground)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._dot:
            centre = QPointF(badge.left() + 11, badge.center().y())
            painter.setPen(theme.colour("text"))
            painter.setBrush(theme.colour("text") if self._dot == "live" else Qt.BrushStyle.NoBrush)
            painter.drawEllipse(centre, 2.5, 2.5)
        words = badge.adjusted(8 + dot, 0, 0, 0)
        write(painter, words, self._badge, "small", theme.colour("text"))
