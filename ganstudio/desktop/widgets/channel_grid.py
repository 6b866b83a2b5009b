"""A grid of small heat pictures, one for each channel: bright where it is active.

Not responsible for which channels are shown, nor for what they do.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
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
from ganstudio.desktop.tokens import PALETTES
from ganstudio.desktop.widgets.grid_keys import tile_asked
from ganstudio.desktop.widgets.painting import draw_box, draw_ring, has_keyboard
from ganstudio.desktop.widgets.tile_layout import TileLayout, lay_out
from ganstudio.desktop.widgets.writing import width_of, write
from ganstudio.project.messages import Pictures

__all__ = ["ChannelGrid"]

_SMALLEST, _LARGEST, _GAP = 52, 120, 6
_SHARP = 8
_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_HEAT = 0.55


class ChannelGrid(QWidget):
    """One tab stop. A click chooses one, Ctrl adds or takes away, Shift chooses a row of them.

    Signals:
        chosen: Other channels are chosen.
        hovered: The place under the pointer, or where the keyboard is; -1 for none.
        room_changed: More or fewer fit.
        paged: A page on (1) or back (-1) is asked for.
    """

    chosen = Signal()
    hovered = Signal(int)
    room_changed = Signal()
    paged = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._channels: tuple[int, ...] = ()
        self._pictures: Pictures | None = None
        self._images: list[QImage] = []
        self._chosen: frozenset[int] = frozenset()
        self._bent: frozenset[int] = frozenset()
        self._cursor, self._anchor, self._pointed = -1, -1, -1
        self._room, self._total = 0, 0
        self._wheel = 0
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("focusRing", False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._describe()

    # -- what is shown ----------------------------------------------------------------------------

    def set_channels(self, channels: Sequence[int], pictures: Pictures) -> None:
        """Show these channels.

        Args:
            channels: Their numbers; the first is 0.
            pictures: (N, H, W) uint8, one for each of them, not written to later.
        """
        if tuple(channels) != self._channels:
            self._cursor = self._anchor = -1
        self._channels = tuple(channels)
        self._pictures = pictures
        self._images = [_indexed(picture) for picture in pictures]
        self._describe()
        self.update()

    def set_total(self, count: int) -> None:
        """How many channels there are in all: a few of them are shown larger."""
        self._total = count
        self._room = self.capacity()
        self.update()

    def clear(self) -> None:
        """Show none."""
        self._channels, self._pictures, self._images = (), None, []
        self._cursor = self._anchor = self._pointed = -1
        self._describe()
        self.update()

    def channels(self) -> tuple[int, ...]:
        """Those that are shown, in their order."""
        return self._channels

    def heat(self, place: int) -> Pictures | None:
        """Where the channel at a place is active: (H, W) uint8."""
        if self._pictures is None or not 0 <= place < len(self._pictures):
            return None
        picture: Pictures = self._pictures[place]
        return picture

    def set_bent(self, channels: Collection[int]) -> None:
        """Channels to which something is done: these carry a dot."""
        self._bent = frozenset(channels)
        self.update()

    def chosen_channels(self) -> tuple[int, ...]:
        """Those that are chosen, shown or not, in the order of their numbers."""
        return tuple(sorted(self._chosen))

    def set_chosen(self, channels: Collection[int]) -> None:
        """Choose others, without a signal."""
        self._chosen = frozenset(channels)
        self._describe()
        self.update()

    def capacity(self) -> int:
        """How many fit."""
        layout = self._layout()
        return max(1, layout.columns * max(1, layout.rows))

    def tile_box(self, place: int) -> QRectF:
        """The room of a tile."""
        return self._layout().box(place)

    def under_pointer(self) -> bool:
        """Whether the pointer is on one of them."""
        return self._pointed >= 0

    def sizeHint(self) -> QSize:
        """Eight by six."""
        return QSize(8 * (_SMALLEST + _GAP), 6 * (_SMALLEST + _GAP))

    def minimumSizeHint(self) -> QSize:
        """Four by two."""
        return QSize(4 * (_SMALLEST + _GAP), 2 * (_SMALLEST + _GAP))

    # -- painting ---------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the heat pictures, their numbers and rings."""
        painter = QPainter(self)
        layout = self._layout()
        for place in range(min(len(self._channels), self.capacity())):
            box = layout.box(place)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self._is_smooth())
            painter.drawImage(box, self._images[place])
            self._draw_marks(painter, box, place)

    def _is_smooth(self) -> bool:
        return (
            bool(self._images) and min(self._images[0].width(), self._images[0].height()) > _SHARP
        )

    def _draw_marks(self, painter: QPainter, box: QRectF, place: int) -> None:
        channel = self._channels[place]
        is_chosen = channel in self._chosen
        lined = theme.current().surface_lines
        strong = 3 if lined else 2
        if lined:  # most are black, and so is the ground
            draw_ring(painter, box, "line", -1, 1)
        if is_chosen or place == self._pointed:
            words = str(channel + 1)
            badge = QRectF(box.left(), box.bottom() - 16, width_of(words, "axis") + 8, 16)
            draw_box(painter, badge, 0, theme.colour("shade", 0.7))
            write(painter, badge, words, "axis", theme.colour("on_shade"), "centre")
        if channel in self._bent:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent"))
            painter.drawEllipse(QPointF(box.right() - 7, box.top() + 7), 3, 3)
        if is_chosen:
            draw_ring(painter, box, "accent_line", -strong, strong)
        elif place == self._cursor and has_keyboard(self):
            draw_ring(painter, box, "on_shade", -strong, strong)
        elif place == self._pointed:
            draw_ring(painter, box, "on_shade", -1, 1)

    def _layout(self) -> TileLayout:
        """Tiles as large as all channels allow; of many channels as many as fit."""
        shape = self._pictures.shape if self._pictures is not None and len(self._pictures) else None
        proportion = shape[1] / shape[2] if shape is not None else 1.0
        fewest = max(1, (self.width() + _GAP) // (_LARGEST + _GAP))
        most = max(fewest, (self.width() + _GAP) // (_SMALLEST + _GAP))
        for columns in range(fewest, most + 1):
            layout = lay_out(
                self.width(),
                self.height(),
                columns,
                _GAP,
                None,
                0,
                self.devicePixelRatioF(),
                proportion,
            )
            if layout.capacity >= self._total:
                break
        return layout

    # -- the hand ---------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose what is under the pointer."""
        place = self._at(event.position())
        if event.button() == Qt.MouseButton.LeftButton:
            self._choose(place, event.modifiers())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell what is under the pointer."""
        self._point(self._at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer."""
        self._point(-1)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A page for each notch."""
        self._wheel += event.angleDelta().y()
        if abs(self._wheel) >= 120:
            self.paged.emit(-1 if self._wheel > 0 else 1)
            self._wheel = 0

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell when more or fewer fit."""
        super().resizeEvent(event)
        if self.capacity() != self._room:
            self._room = self.capacity()
            self.room_changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go to a tile, Space and Return choose it; Esc chooses none; pages turn."""
        key, count = Qt.Key(event.key()), min(len(self._channels), self.capacity())
        pages = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
        wanted = tile_asked(event, self._cursor, self._layout().columns, count)
        if key in pages:
            self.paged.emit(pages[key])
        elif key == Qt.Key.Key_Escape and self._chosen:
            self._set_chosen(frozenset())
        elif key == Qt.Key.Key_A and event.modifiers() == _CTRL:
            self._set_chosen(frozenset(self._channels))
        elif key in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            keys = event.modifiers() | (_CTRL if key == Qt.Key.Key_Space else event.modifiers())
            self._choose(self._cursor, keys)
        elif wanted is not None:
            self._cursor = wanted
            self.hovered.emit(wanted)
            self._describe()
            self.update()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The keyboard is elsewhere."""
        super().focusOutEvent(event)
        self.hovered.emit(self._pointed)

    def event(self, event: QEvent) -> bool:
        """The tooltip names the channel under the pointer."""
        if event.type() == QEvent.Type.ToolTip:
            self.setToolTip(self._said(self._pointed) if self._pointed >= 0 else "")
        return super().event(event)

    def _at(self, position: QPointF) -> int:
        return self._layout().at(position, min(len(self._channels), self.capacity()))

    def _point(self, place: int) -> None:
        if place != self._pointed:
            self._pointed = place
            self.hovered.emit(place)
            self.update()

    def _choose(self, place: int, keys: Qt.KeyboardModifier) -> None:
        if not 0 <= place < len(self._channels):
            return
        channel = self._channels[place]
        if keys & _SHIFT and self._anchor >= 0:
            first, last = sorted((self._anchor, place))
            chosen = self._chosen | frozenset(self._channels[first : last + 1])
        elif keys & _CTRL:
            chosen = self._chosen ^ {channel}
            self._anchor = place
        else:
            chosen = frozenset() if self._chosen == {channel} else frozenset({channel})
            self._anchor = place
        self._cursor = place
        self._set_chosen(chosen)

    def _set_chosen(self, chosen: frozenset[int]) -> None:
        if chosen != self._chosen:
            self.set_chosen(chosen)
            self.chosen.emit()

    def _said(self, place: int) -> str:
        channel = self._channels[place]
        words = [self.tr("Channel {n}").format(n=channel + 1)]
        words += [self.tr("chosen")] if channel in self._chosen else []
        words += [self.tr("bent")] if channel in self._bent else []
        return ", ".join(words)

    def _describe(self) -> None:
        if 0 <= self._cursor < len(self._channels):
            self.setAccessibleName(self._said(self._cursor))
        else:
            words = self.tr("{n} channels, {m} chosen")
            self.setAccessibleName(words.format(n=len(self._channels), m=len(self._chosen)))


@lru_cache(maxsize=1)
def _heat_colours() -> list[int]:
    """256 colours from black over the generator's to white: pictures look alike in all palettes."""
    tokens = PALETTES["dark"]
    ends = [QColor(tokens.shade), QColor(tokens.generator), QColor(tokens.on_shade)]
    steps, at = np.linspace(0.0, 1.0, 256), [0.0, _HEAT, 1.0]
    red, green, blue = (
        np.interp(steps, at, [channel(end) for end in ends])
        for channel in (QColor.red, QColor.green, QColor.blue)
    )
    return [
        QColor(round(r), round(g), round(b)).rgb() for r, g, b in zip(red, green, blue, strict=True)
    ]


def _indexed(picture: Pictures) -> QImage:
    height, width = picture.shape
    kind = QImage.Format.Format_Indexed8
    image = QImage(picture.tobytes(), width, height, width, kind).copy()
    image.setColorTable(_heat_colours())
    return image
