"""The film: one strip of small pictures over the time axis, a tick for each moment, and a knob.

Not responsible for loading the pictures: it says which ones it would show (`thumbs_wanted`).
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from ganstudio.desktop import icons, theme
from ganstudio.desktop.tokens import Size
from ganstudio.desktop.widgets.buttons import IconButton
from ganstudio.desktop.widgets.painting import draw_knob, draw_picture, snap, to_image
from ganstudio.desktop.widgets.writing import write

__all__ = ["FilmSlider"]

NOW = -1
_SLOT = 56


class FilmSlider(QWidget):
    """Drag the knob, click the film, wheel over it, or use the arrow keys.

    Sticks to Now until it is moved.
    """

    moved = Signal(int)
    play_toggled = Signal(bool)
    thumbs_wanted = Signal(list)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clocks: list[int] = []
        self._now = 0
        self._thumbs: dict[int, QImage] = {}
        self._fits: dict[int, QImage] = {}
        self._strip: QPixmap | None = None
        self._strip_look: object = None
        self._stars: set[int] = set()
        self._position: int | None = None
        self._words = ("", "")
        self._right = Size.PLOT_RIGHT
        self._dragging = False
        self._asked: list[int] = []
        self._play = IconButton("play", self.tr("Play the film"), framed=True, parent=self)
        self._play.setCheckable(False)
        self._play.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._play.clicked.connect(self._toggle_play)
        self._playing = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ringRadius", 0)
        self.setFixedHeight(Size.FILM + Size.FILM_TICKS)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip(self.tr("Go back to any moment. (Snapshots. Arrow keys, Home, End.)"))
        self._describe()

    def set_moments(self, clocks: Sequence[int], now: int) -> None:
        """The moments that were kept, in pictures seen, rising; and the clock of now."""
        clocks = list(clocks)
        if clocks[: len(self._clocks)] != self._clocks:
            self._renumber(clocks)
        self._clocks, self._now = clocks, max(now, clocks[-1] if clocks else 0)
        if self._position is not None and self._position >= len(clocks):
            self._position = None
        self._play.setEnabled(len(clocks) > 1)
        self._describe()
        self._ask_thumbs()
        self.update()

    def _renumber(self, clocks: list[int]) -> None:
        """Moments went, as they do where room is short.

        The others keep their pictures, and the knob its place, or the nearest one that is left.
        """
        place = {clock: index for index, clock in enumerate(clocks)}
        thumbs = {self._clocks[index]: image for index, image in self._thumbs.items()}
        here = None if self._position is None else self._clocks[self._position]
        self._forget_thumbs()
        self._thumbs = {place[c]: image for c, image in thumbs.items() if c in place}
        if here is not None:
            nearest = min(clocks, key=lambda clock: abs(clock - here), default=here)
            gone_back = not clocks or here > clocks[-1]
            self._position = None if gone_back else place[nearest]

    def set_thumb(self, index: int, picture: np.ndarray) -> None:
        """The small picture of one moment: uint8 (H, W, 3|4)."""
        self._thumbs[index] = to_image(picture)
        self._fits.pop(index, None)
        self._strip = None
        self.update()

    def clear_thumbs(self) -> None:
        """Forget all pictures, because another place of the grid was chosen."""
        self._forget_thumbs()
        self._asked = []
        self._ask_thumbs()
        self.update()

    def wanted(self) -> list[int]:
        """Moments whose picture the strip would show now and does not have."""
        return [i for i in dict.fromkeys(self._slot_moments()) if i not in self._thumbs]

    def set_stars(self, clocks: set[int]) -> None:
        """Moments that carry a star."""
        self._stars = set(clocks)
        self.update()

    def position(self) -> int | None:
        """The index of the shown moment; None is Now."""
        return self._position

    def set_position(self, index: int | None) -> None:
        """Show another moment, without a signal."""
        self._position = index
        self._describe()
        self.update()

    def set_playable(self, playable: bool) -> None:
        """Whether there is a play button."""
        self._play.setVisible(playable)

    def set_playing(self, playing: bool) -> None:
        """Show that the film runs, without a signal."""
        self._playing = playing
        self._play.set_icon("pause" if playing else "play")
        words = self.tr("Stop the film") if playing else self.tr("Play the film")
        self._play.setAccessibleName(words)
        self._play.setToolTip(words)

    def set_words(self, title: str, line: str) -> None:
        """What stands right of the film, such as "Now" and "412 k seen"."""
        if (title, line) != self._words:
            self._words = (title, line)
            self._describe()
            self.update()

    def set_narrow(self, narrow: bool) -> None:
        """A smaller gutter at the right."""
        self._right = Size.PLOT_RIGHT_NARROW if narrow else Size.PLOT_RIGHT
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as the stage."""
        return QSize(600, Size.FILM + Size.FILM_TICKS)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw strip, ticks, stars, knob and words."""
        painter = QPainter(self)
        self._draw_strip(painter)
        self._draw_ticks(painter)
        axis = self._axis()
        knob = QPointF(self._x(self._clock()), Size.FILM + 6.5)
        if self._position is not None:
            painter.fillRect(QRectF(round(knob.x()), 0, 1, Size.FILM), theme.colour("text"))
        if self._clocks:
            draw_knob(painter, knob, "knob", "stage")
        left = axis.right() + 12
        room = self.width() - left
        title, line = self._words
        write(painter, QRectF(left, 6, room, 20), title, "medium", theme.colour("text"))
        write(painter, QRectF(left, 25, room, 16), line, "small", theme.colour("text_quiet"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other moments may show now."""
        self._play.move(0, (Size.FILM - self._play.height()) // 2)
        self._ask_thumbs()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the moment under the pointer."""
        if event.button() == Qt.MouseButton.LeftButton and self._clocks:
            self._dragging = True
            self._go(self._at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The knob follows the hand."""
        if self._dragging:
            self._go(self._at(event.position().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._dragging = False

    def wheelEvent(self, event: QWheelEvent) -> None:
        """One moment a step."""
        self._step(-1 if event.angleDelta().y() > 0 else 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right a moment, Home the first, End now, Space plays."""
        key = event.key()
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._step(-1 if key == Qt.Key.Key_Left else 1)
        elif key == Qt.Key.Key_Home and self._clocks:
            self._go(0)
        elif key == Qt.Key.Key_End:
            self._go(None)
        elif key == Qt.Key.Key_Space and self._play.isEnabled() and not self._play.isHidden():
            self._toggle_play()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keyboard is."""
        super().focusInEvent(event)
        self.update()

    @Slot()
    def _toggle_play(self) -> None:
        self.set_playing(not self._playing)
        self.play_toggled.emit(self._playing)

    def _step(self, step: int) -> None:
        if not self._clocks:
            return
        here = len(self._clocks) if self._position is None else self._position
        wanted = max(0, here + step)
        self._go(None if wanted >= len(self._clocks) else wanted)

    def _go(self, index: int | None) -> None:
        if index != self._position:
            self.set_position(index)
            self.moved.emit(NOW if index is None else index)

    def _clock(self) -> int:
        return self._now if self._position is None else self._clocks[self._position]

    def _axis(self) -> QRectF:
        left = Size.PLOT_LEFT
        return QRectF(left, 0, max(1, self.width() - left - self._right), Size.FILM)

    def _x(self, clock: float) -> float:
        axis = self._axis()
        return axis.left() + axis.width() * (clock / self._now if self._now else 1.0)

    def _at(self, x: float) -> int | None:
        """The moment nearest to a place on the axis; at the right end it is Now."""
        axis = self._axis()
        if x >= axis.right() - 3:
            return None
        clock = max(0.0, (x - axis.left()) / axis.width()) * self._now
        return _nearest(self._clocks, clock)

    def _slots(self) -> list[QRectF]:
        axis = self._axis()
        count = max(1, round(axis.width() / _SLOT))
        ratio = self.devicePixelRatioF()
        edges = [snap(axis.left() + axis.width() * i / count, ratio) for i in range(count + 1)]
        thin = 1 / ratio
        return [
            QRectF(a, 0, b - a - (thin if i < count - 1 else 0), Size.FILM)
            for i, (a, b) in enumerate(pairwise(edges))
        ]

    def _slot_moments(self) -> list[int]:
        """For each slot of the strip, the moment nearest to its right end, as time is read."""
        if not self._clocks or not self._now:
            return []
        axis = self._axis()
        places = [(box.center().x() - axis.left()) / axis.width() for box in self._slots()]
        found = [_nearest(self._clocks, share * self._now) for share in places]
        found[0], found[-1] = 0, len(self._clocks) - 1
        return found

    def _ask_thumbs(self) -> None:
        wanted = self.wanted()
        if wanted and wanted != self._asked:
            self._asked = wanted
            self.thumbs_wanted.emit(wanted)

    def _forget_thumbs(self) -> None:
        self._thumbs.clear()
        self._fits.clear()
        self._strip = None

    def _describe(self) -> None:
        words = ", ".join(word for word in (self.tr("Film"), *self._words) if word)
        self.setAccessibleName(words)

    def _draw_strip(self, painter: QPainter) -> None:
        """The pictures change far more seldom than the clock, so they are kept as one."""
        moments = self._slot_moments()
        look = (tuple(moments), self.width(), self.devicePixelRatioF(), theme.current())
        if self._strip is None or self._strip_look != look:
            self._strip, self._strip_look = self._made_strip(moments), look
        painter.drawPixmap(QPointF(0, 0), self._strip)

    def _made_strip(self, moments: list[int]) -> QPixmap:
        ratio = self.devicePixelRatioF()
        strip = QPixmap(math.ceil(self.width() * ratio), math.ceil(Size.FILM * ratio))
        strip.setDevicePixelRatio(ratio)
        strip.fill(Qt.GlobalColor.transparent)
        painter = QPainter(strip)
        for index, box in enumerate(self._slots()):
            if not moments or moments[index] not in self._thumbs:
                painter.fillRect(box, theme.colour("raised"))
                continue
            painter.setClipRect(box)
            draw_picture(painter, *self._fitted(moments[index], box), False)
            painter.setClipping(False)
        painter.end()
        return strip

    def _fitted(self, index: int, box: QRectF) -> tuple[QImage, QRectF]:
        """A thumb at the size at which it fills a slot, and where it lies: its sides are cut off.

        It is kept at that size: scaling smoothly is what takes time.
        """
        thumb = self._thumbs[index]
        factor = max(box.width() / thumb.width(), box.height() / thumb.height())
        whole = QRectF(0, 0, factor * thumb.width(), factor * thumb.height())
        whole.moveCenter(box.center())
        ratio = self.devicePixelRatioF()
        pixels = QSize(math.ceil(whole.width() * ratio), math.ceil(whole.height() * ratio))
        known = self._fits.get(index)
        if known is None or known.size() != pixels:
            known = thumb.scaled(
                pixels,
                Qt.AspectRatioMode.IgnoreAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            self._fits[index] = known
        return known, whole

    def _draw_ticks(self, painter: QPainter) -> None:
        axis = self._axis()
        thin = 1 / self.devicePixelRatioF()
        middle = Size.FILM + 6
        painter.fillRect(QRectF(axis.left(), middle, axis.width(), thin), theme.colour("edge"))
        ratio = self.devicePixelRatioF()
        places = {snap(self._x(clock), ratio): None for clock in self._clocks}
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("edge"))
        painter.drawRects([QRectF(x, middle - 3, thin, 7) for x in places])
        for clock in sorted(self._stars.intersection(self._clocks)):
            x = snap(self._x(clock), ratio)
            star = QRectF(x - 5, middle - 5, 10, 10)
            painter.fillRect(star, theme.colour("stage"))
            icons.paint(painter, "star-full", star, "accent_line")


def _nearest(clocks: Sequence[int], clock: float) -> int:
    index = bisect_left(clocks, clock)
    if index == 0:
        return 0
    if index == len(clocks):
        return len(clocks) - 1
    return index if clocks[index] - clock < clock - clocks[index - 1] else index - 1
