"""The film: one strip of small pictures over the time axis, a tick for each moment, and a knob.

Not responsible for loading the pictures: it says which ones it would show (`thumbs_wanted`); nor
for which moments carry a star: it says which one was clicked (`star_clicked`).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Sequence
from itertools import pairwise

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from ganstudio.desktop import theme
from ganstudio.desktop.tokens import Size
from ganstudio.desktop.widgets.buttons import IconButton
from ganstudio.desktop.widgets.film_stars import FilmStars
from ganstudio.desktop.widgets.film_strip import FilmStrip
from ganstudio.desktop.widgets.painting import draw_knob, snap
from ganstudio.desktop.widgets.writing import write

__all__ = ["FilmSlider"]

NOW = -1
_SLOT = 56


class FilmSlider(QWidget):
    """Drag the knob, click the film, wheel over it, or use the arrow keys.

    Sticks to Now until it is moved. On the line below the film a click stars the moment whose star
    shows under the pointer; the button at the right stars the one that is shown.

    Signals:
        moved: The index of the moment that is shown now, or `NOW`.
        star_clicked: The index of the moment whose star was clicked, or `NOW`.
        play_toggled: Whether the film shall run.
        thumbs_wanted: Indices of moments whose picture would show.
    """

    moved = Signal(int)
    star_clicked = Signal(int)
    play_toggled = Signal(bool)
    thumbs_wanted = Signal(list)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clocks: list[int] = []
        self._now = 0
        self._strip = FilmStrip()
        self._stars = FilmStars()
        self._position: int | None = None
        self._words = ("", "")
        self._note = ""
        self._right = Size.PLOT_RIGHT
        self._why_not = ""
        self._dragging = False
        self._asked: list[int] = []
        self._play = IconButton("play", self.tr("Play the film"), framed=True, parent=self)
        self._play.setCheckable(False)
        self._play.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._play.clicked.connect(self._toggle_play)
        self._playing = False
        self._star = IconButton("star", self.tr("Star this moment"), parent=self)
        self._star.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._star.clicked.connect(self._star_shown)
        self._narrow = False
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ringRadius", 0)
        self.setFixedHeight(Size.FILM + Size.FILM_TICKS)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._describe()
        self._show_star()

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
        self._show_star()
        self._ask_thumbs()
        self.update()

    def _renumber(self, clocks: list[int]) -> None:
        """Moments went, as they do where room is short.

        The others keep their pictures, and the knob its place, or the nearest one that is left.
        """
        place = {clock: index for index, clock in enumerate(clocks)}
        here = None if self._position is None else self._clocks[self._position]
        kept = {old: place[clock] for old, clock in enumerate(self._clocks) if clock in place}
        self._strip.renumber(kept)
        if here is not None:
            nearest = min(clocks, key=lambda clock: abs(clock - here), default=here)
            gone_back = not clocks or here > clocks[-1]
            self._position = None if gone_back else place[nearest]

    def set_thumb(self, index: int, picture: np.ndarray) -> None:
        """The small picture of one moment: uint8 (H, W, 3|4)."""
        self._strip.set_thumb(index, picture)
        self.update()

    def clear_thumbs(self) -> None:
        """Forget all pictures, because another place of the grid was chosen."""
        self._strip.forget()
        self._asked = []
        self._ask_thumbs()
        self.update()

    def wanted(self) -> list[int]:
        """Moments whose picture the strip would show now and does not have."""
        return [i for i in dict.fromkeys(self._slot_moments()) if i not in self._strip.thumbs]

    def set_stars(self, won: Collection[int], own: Collection[int] = ()) -> None:
        """Moments that carry a star: those that won the title, and those a person starred."""
        self._stars.won, self._stars.own = frozenset(won), frozenset(own)
        self._show_star()
        self.update()

    def set_starring(self, allowed: bool, why_not: str = "") -> None:
        """Whether moments can be starred here; `why_not` says why not."""
        self._stars.allowed = allowed
        self._why_not = why_not
        self._show_star()

    def position(self) -> int | None:
        """The index of the shown moment; None is Now."""
        return self._position

    def set_position(self, index: int | None) -> None:
        """Show another moment, without a signal."""
        self._position = index
        self._describe()
        self._show_star()
        self.update()

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

    def set_note(self, note: str) -> None:
        """What a person should know of the moment that is shown; stands in the tooltip."""
        self._note = note
        self.setAccessibleDescription(note)

    def set_narrow(self, narrow: bool) -> None:
        """A smaller gutter at the right."""
        self._right = Size.PLOT_RIGHT_NARROW if narrow else Size.PLOT_RIGHT
        self._narrow = narrow
        self._show_star()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as the stage."""
        return QSize(600, Size.FILM + Size.FILM_TICKS)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw strip, ticks, stars, knob and words."""
        painter = QPainter(self)
        self._strip.draw(painter, self._slots(), self._slot_moments())
        self._draw_ticks(painter)
        axis = self._axis()
        knob = QPointF(self._x(self._clock()), Size.FILM + 6.5)
        if self._position is not None:
            painter.fillRect(QRectF(round(knob.x()), 0, 1, Size.FILM), theme.colour("text"))
        if self._clocks:
            draw_knob(painter, knob, "knob", "stage")
        left = axis.right() + 12
        room = self.width() - left - (0 if self._star.isHidden() else self._star.width())
        title, line = self._words
        write(painter, QRectF(left, 6, room, 20), title, "medium", theme.colour("text"))
        write(painter, QRectF(left, 25, room, 16), line, "small", theme.colour("text_quiet"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other moments may show now."""
        self._play.move(0, (Size.FILM - self._play.height()) // 2)
        self._star.move(self.width() - self._star.width(), self._play.y())
        self._ask_thumbs()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the moment under the pointer, or press its star."""
        if event.button() != Qt.MouseButton.LeftButton or not self._clocks:
            return
        self._hover(event.position())
        if not self._stars.press(event.position()):
            self._dragging = True
            self._go(self._at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The knob follows the hand."""
        began = self._stars.moved_away(event.position())
        if began is not None:
            self._dragging = True
            self._go(self._at(began.x()))
        if self._dragging:
            self._go(self._at(event.position().x()))
        if not self._stars.is_pressed:
            self._hover(None if self._dragging else event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go, perhaps of a star."""
        self._dragging = False
        clock = self._stars.release()
        if clock is not None:
            self.star_clicked.emit(self._clocks.index(clock))

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer."""
        self._hover(None)

    def event(self, event: QEvent) -> bool:
        """The tooltip says what the star under the pointer is."""
        if event.type() == QEvent.Type.ToolTip:
            usual = self.tr("Go back to any moment. (Snapshots. Arrow keys, Home, End.)")
            self.setToolTip(self._stars.tip() or f"{self._note} {usual}".strip())
        return super().event(event)

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

    def _hover(self, place: QPointF | None) -> None:
        """Show the hollow star of the moment under the pointer, on the line and beside the knob."""
        found = None
        if place is not None and place.y() >= Size.FILM and self._stars.allowed and self._clocks:
            index = self._at(place.x())
            near_knob = abs(place.x() - self._x(self._clock())) <= Size.KNOB
            if index is not None and not near_knob:
                found = self._clocks[index]
        if found != self._stars.hovered:
            self._stars.hovered = found
            hand = Qt.CursorShape.PointingHandCursor
            self.setCursor(hand if found is not None else Qt.CursorShape.ArrowCursor)
            self.update()

    @Slot()
    def _star_shown(self) -> None:
        self.star_clicked.emit(NOW if self._position is None else self._position)

    def _show_star(self) -> None:
        """The button says whether the moment that is shown carries a star."""
        shown = self._clocks[-1] if self._clocks else None
        if self._position is not None:
            shown = self._clocks[self._position]
        starred = shown in self._stars.own
        self._star.setVisible(bool(self._clocks) and not self._narrow)
        self._star.setEnabled(self._stars.allowed)
        self._star.set_icon("star-full" if starred else "star")
        self._star.set_token("accent_line" if starred else "text_quiet")
        words = self.tr("Take the star away") if starred else self.tr("Star this moment")
        self._star.setAccessibleName(words)
        keys = self.tr("{words}: it is kept, whatever happens. (Ctrl+D)").format(words=words)
        self._star.setToolTip(self._why_not or (f"{words}. (Ctrl+D)" if starred else keys))

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

    def _describe(self) -> None:
        words = ", ".join(word for word in (self.tr("Film"), *self._words) if word)
        self.setAccessibleName(words)

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
        self._stars.draw(painter, self._clocks, self._x, middle)


def _nearest(clocks: Sequence[int], clock: float) -> int:
    index = bisect_left(clocks, clock)
    if index == 0:
        return 0
    if index == len(clocks):
        return len(clocks) - 1
    return index if clocks[index] - clock < clock - clocks[index - 1] else index - 1
