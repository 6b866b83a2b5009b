"""An endless sheet of pictures, to drag, to zoom and to click on.

Not responsible for which place lies where (`project.plane`) nor for drawing the pictures.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QVariantAnimation, Signal, Slot
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from ganstudio.desktop import theme
from ganstudio.desktop.pages.explore.map_sight import Sight, Tile, coarser
from ganstudio.desktop.tokens import Size
from ganstudio.desktop.widgets.painting import (
    SHARP_LIMIT,
    draw_box,
    draw_picture,
    draw_ring,
    has_keyboard,
    snap,
)
from ganstudio.desktop.widgets.writing import width_of, write

__all__ = ["MapCanvas"]

_GLIDE_MS = 120
_CLICK = 4.0
_NOTCH = 1.25
_GAP = 2.0
#: How strong a picture shows that stands in for one that has not come yet.
_STAND_IN = 0.4
_WAYS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_ZOOMS = {
    Qt.Key.Key_Plus: _NOTCH,
    Qt.Key.Key_Equal: _NOTCH,
    Qt.Key.Key_Minus: 1 / _NOTCH,
}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class MapCanvas(QWidget):
    """Tiles around wherever one looks.

    Signals:
        sight_changed: Other tiles may be in sight.
        opened: Be at this tile (x, y in units of the plane).
    """

    sight_changed = Signal()
    opened = Signal(float, float)

    def __init__(self, picture: Callable[[Tile], QImage | None]) -> None:
        super().__init__()
        self._picture = picture
        self._sight = Sight()
        self._shape = (1, 1)
        self._here: Tile | None = None
        self._labels = ("", "")
        self._exists: Callable[[Tile], bool] = lambda _tile: True
        self._pressed: QPointF | None = None
        self._dragging = False
        self._hovered: Tile | None = None
        self._glide = QVariantAnimation(self, startValue=0.0, endValue=1.0, duration=_GLIDE_MS)
        self._glide.valueChanged.connect(self._glided)
        self._from = self._to = self._sight
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ringRadius", 0)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Map"))
        self.setToolTip(
            self.tr(
                "Drag to move, wheel to zoom, click to be there. "
                "Arrow keys, + and \u2212 do the same, Return is a click in the middle."
            )
        )

    @property
    def sight(self) -> Sight:
        """Where one looks, or is about to."""
        return self._to

    def look(self, sight: Sight, glide: bool = True) -> None:
        """Look elsewhere; smoothly, unless motion is to be reduced."""
        self._glide.stop()
        self._from, self._to = self._sight, sight
        if glide and self.isVisible() and not theme.reduced_motion():
            self._glide.start()
        else:
            self._show(sight)

    def zoom(self, factor: float) -> None:
        """Larger or smaller, around the middle."""
        self.look(self._to.zoomed(factor))

    def set_plane(self, shape: tuple[int, int], exists: Callable[[Tile], bool]) -> None:
        """Another plane.

        Args:
            shape: Width and height of its pictures.
            exists: Whether a tile shows anything at all.
        """
        self._shape, self._exists = shape, exists
        self.update()

    def set_labels(self, labels: tuple[str, str]) -> None:
        """What leads to the right and what leads down; empty where nothing does."""
        self._labels = labels
        self.update()

    def set_here(self, place: Tile | None) -> None:
        """Mark where one is; None: not on this map."""
        self._here = place
        self.update()

    def tiles(self, around: int = 0) -> list[Tile]:
        """Tiles in sight that show something, nearest to the middle first.

        Args:
            around: So many rows and columns that are just out of sight as well.
        """
        sight = self._sight
        more = 2 * around * sight.step * sight.scale
        wide, high = self.width() + more, self.height() + more * self._proportion
        tiles = sight.tiles(wide, high, self._proportion)
        tiles.sort(key=lambda tile: (tile[0] - sight.x) ** 2 + (tile[1] - sight.y) ** 2)
        return [tile for tile in tiles if self._exists(tile)]

    def sees(self, place: Tile) -> bool:
        """Whether a place is well in sight."""
        return QRectF(self.rect()).adjusted(24, 24, -24, -24).contains(self.position(place))

    def position(self, place: Tile) -> QPointF:
        """Where a place of the plane is on the screen."""
        sight, high = self._sight, self._proportion
        x = self.width() / 2 + (place[0] - sight.x) * sight.scale
        return QPointF(x, self.height() / 2 + (place[1] - sight.y) * sight.scale * high)

    def tile_at(self, position: QPointF) -> Tile:
        """The tile under a place of the screen."""
        sight = self._sight
        x = sight.x + (position.x() - self.width() / 2) / sight.scale
        y = sight.y + (position.y() - self.height() / 2) / sight.scale / self._proportion
        return round(x / sight.step) * sight.step, round(y / sight.step) * sight.step

    def sizeHint(self) -> QSize:
        """As large as it may get."""
        return QSize(800, 600)

    def minimumSizeHint(self) -> QSize:
        """A few tiles."""
        return QSize(200, 200)

    # -- painting --------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the tiles in sight, where one is, and where the ways lead."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("stage"))
        for tile in self.tiles():
            self._draw_tile(painter, tile)
        if self._hovered is not None and not self._dragging and self._exists(self._hovered):
            draw_ring(painter, self._box(self._hovered), "text", 0, 1)
        if has_keyboard(self):
            middle = self.tile_at(QPointF(self.width() / 2, self.height() / 2))
            draw_ring(painter, self._box(middle), "text", 0, 2)
        if self._here is not None:
            self._draw_here(painter, self.position(self._here))
        if all(self._labels):
            self._draw_label(painter, self._labels[0] + " \u2192", down=False)
            self._draw_label(painter, self._labels[1] + " \u2193", down=True)

    def _draw_tile(self, painter: QPainter, tile: Tile) -> None:
        box = self._box(tile)
        image = self._picture(tile)
        if image is not None:
            draw_picture(painter, image, box, _is_sharp(image))
            return
        painter.fillRect(box, theme.colour("raised"))
        for larger in coarser(tile, self._sight.step):
            image = self._picture(larger)
            if image is not None:
                painter.setOpacity(_STAND_IN)
                draw_picture(painter, image, box, _is_sharp(image))
                painter.setOpacity(1.0)
                return

    def _draw_here(self, painter: QPainter, here: QPointF) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for ink, width in (("stage", 6.0), ("accent_line", 3.0)):
            painter.setPen(QPen(theme.colour(ink), width))
            painter.drawEllipse(here, 11, 11)
        painter.restore()

    def _draw_label(self, painter: QPainter, text: str, down: bool) -> None:
        """At the edge that it leads to."""
        wide = round(width_of(text, "small")) + 16
        left = 12.0 if down else self.width() - wide - 12.0
        badge = QRectF(left, self.height() - 34.0, wide, 22)
        draw_box(painter, badge, Size.RADIUS_BADGE, theme.colour("stage", 0.88))
        write(painter, badge, text, "small", theme.colour("text"), "centre")

    def _box(self, tile: Tile) -> QRectF:
        ratio, sight = self.devicePixelRatioF(), self._sight
        middle = self.position(tile)
        half = QPointF(sight.step, sight.step * self._proportion) * sight.scale / 2
        start, end = middle - half, middle + half
        left, top = snap(start.x(), ratio), snap(start.y(), ratio)
        right, bottom = snap(end.x() - _GAP, ratio), snap(end.y() - _GAP, ratio)
        return QRectF(left, top, right - left, bottom - top)

    @property
    def _proportion(self) -> float:
        return self._shape[1] / self._shape[0]

    # -- the hand --------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or fewer tiles."""
        super().resizeEvent(event)
        self.sight_changed.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click or a drag begins."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed, self._dragging = event.position(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the sheet with the hand."""
        if self._pressed is None:
            self._hover(self.tile_at(event.position()))
            return
        way = event.position() - self._pressed
        if not self._dragging and way.manhattanLength() < _CLICK:
            return
        self._dragging, self._pressed = True, event.position()
        self.setCursor(Qt.CursorShape.ClosedHandCursor)
        self.look(self._sight.panned(-way.x(), -way.y() / self._proportion), glide=False)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click is to be there."""
        if self._pressed is not None and not self._dragging:
            self._open(self.tile_at(event.position()))
        self._pressed, self._dragging = None, False
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer."""
        self._hover(None)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom; what is under the pointer stays there."""
        delta = event.angleDelta()
        self._zoom_at(_NOTCH ** ((delta.y() or delta.x()) / 120), event.position())

    def event(self, event: QEvent) -> bool:
        """Fingers on a trackpad pinch."""
        if event.type() == QEvent.Type.NativeGesture:
            gesture = cast("QNativeGestureEvent", event)
            if gesture.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self._zoom_at(1 + gesture.value(), gesture.position(), glide=False)
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move by a tile, with Shift by a screen; + and - zoom; Return is to be there."""
        key = Qt.Key(event.key())
        chords = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        if event.modifiers() & chords:
            super().keyPressEvent(event)
        elif key in _WAYS:
            far = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            step = self._to.step * self._to.scale * (4 if far else 1)
            self.look(self._to.panned(_WAYS[key][0] * step, _WAYS[key][1] * step))
        elif key in _ZOOMS:
            self.zoom(_ZOOMS[key])
        elif key in _ENTER:
            self._open(self.tile_at(QPointF(self.width() / 2, self.height() / 2)))
        else:
            super().keyPressEvent(event)

    def _zoom_at(self, factor: float, at: QPointF, glide: bool = True) -> None:
        dx, dy = at.x() - self.width() / 2, (at.y() - self.height() / 2) / self._proportion
        self.look(self._to.zoomed(factor, dx, dy), glide)

    def _open(self, tile: Tile) -> None:
        if self._exists(tile):
            self.opened.emit(*tile)

    def _hover(self, tile: Tile | None) -> None:
        if tile != self._hovered:
            self._hovered = tile
            self.update()

    @Slot(object)
    def _glided(self, share: float) -> None:
        eased = 1 - (1 - share) ** 3
        self._show(self._to if share >= 1 else self._from.between(self._to, eased))

    def _show(self, sight: Sight) -> None:
        self._sight = sight
        self.update()
        self.sight_changed.emit()


def _is_sharp(image: QImage) -> bool:
    return min(image.width(), image.height()) <= SHARP_LIMIT
