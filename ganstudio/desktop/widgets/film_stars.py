"""The stars on the line of the film: filled where a moment has one, hollow under the pointer.

Small ones are titles, large ones a person's own; a click on the hollow one stars its moment.

Not responsible for what a star means, nor for the film.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from PySide6.QtCore import QCoreApplication, QPointF, QRectF
from PySide6.QtGui import QPainter

from ganstudio.desktop import icons, theme
from ganstudio.desktop.widgets.painting import snap
from ganstudio.project.numbers import say_count

__all__ = ["FilmStars"]

_TITLE, _OWN = 10, 14
#: A press that moves further is a drag.
_CLICK = 3.0


class FilmStars:
    """What is drawn on the line, and what the pointer does there.

    Attributes:
        won: Clocks that won the title.
        own: Clocks that a person starred.
        allowed: Whether a click may star a moment.
        hovered: The clock whose hollow star is shown, None for none.
    """

    def __init__(self) -> None:
        self.won: frozenset[int] = frozenset()
        self.own: frozenset[int] = frozenset()
        self.allowed = False
        self.hovered: int | None = None
        self._pressed: QPointF | None = None

    def press(self, place: QPointF) -> bool:
        """The button went down; whether a star is under it."""
        self._pressed = place if self.hovered is not None else None
        return self._pressed is not None

    def moved_away(self, place: QPointF) -> QPointF | None:
        """Where a press began that has become a drag, once; None if it is none."""
        pressed = self._pressed
        if pressed is None or (place - pressed).manhattanLength() < _CLICK:
            return None
        self._pressed = None
        return pressed

    @property
    def is_pressed(self) -> bool:
        """Whether the button is down on a star and has not moved."""
        return self._pressed is not None

    def release(self) -> int | None:
        """The button came up; the clock of the star that was clicked."""
        pressed, self._pressed = self._pressed, None
        return self.hovered if pressed is not None else None

    def draw(
        self,
        painter: QPainter,
        clocks: Sequence[int],
        x_of: Callable[[float], float],
        middle: float,
    ) -> None:
        """Draw them.

        Args:
            painter: Of the film.
            clocks: The moments there are; no other has a star.
            x_of: Where a clock is.
            middle: The height of the line.
        """
        there = set(clocks)
        marks = [
            (clock, _TITLE, "star-full") for clock in _apart(self.won & there - self.own, x_of)
        ]
        marks += [(clock, _OWN, "star-full") for clock in sorted(self.own & there)]
        if self.hovered in there and self.hovered not in self.own:
            marks.append((int(self.hovered or 0), _OWN, "star"))
        ratio = painter.device().devicePixelRatioF()
        for clock, side, icon in marks:
            x = snap(x_of(clock), ratio)
            star = QRectF(x - side / 2, middle - side / 2, side, side)
            painter.fillRect(star, theme.colour("stage"))
            icons.paint(painter, icon, star, "accent_line")

    def tip(self) -> str:
        """What the star under the pointer is or would be; empty if there is none."""
        if self.hovered is None:
            return ""
        clock = say_count(self.hovered)
        if self.hovered in self.own:
            text = _tr("You starred {clock}. Click to take the star away. (Ctrl+D)")
        elif self.hovered in self.won:
            text = _tr("{clock} won the title. Click to star it yourself. (Ctrl+D)")
        else:
            text = _tr("Star {clock}: it is kept, whatever happens. (Ctrl+D)")
        return text.format(clock=clock)


def _apart(clocks: Collection[int], x_of: Callable[[float], float]) -> list[int]:
    """Those that can be told apart on the line: of stars that would touch only the last is drawn.

    While a run begins, every moment is better than the one before.
    """
    found: list[int] = []
    for clock in sorted(clocks, reverse=True):
        if not found or x_of(found[-1]) - x_of(clock) > _TITLE:
            found.append(clock)
    return found


def _tr(words: str) -> str:
    return QCoreApplication.translate("FilmStars", words)
