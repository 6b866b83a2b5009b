"""Sentences whose underlined words light up what they mean.

`[inspector|inspector]` in the text is a word and the token of its signal colour.
Not responsible for what lights up elsewhere: pages listen to `word_clicked`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QTextLayout,
    QTextLine,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from ganstudio.desktop import theme
from ganstudio.desktop.widgets.painting import has_keyboard
from ganstudio.desktop.widgets.writing import width_of, write

__all__ = ["Caption", "plain_text"]

_WORD = re.compile(r"\[([^|\]]+)\|(\w+)\]")


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    token: str


def plain_text(marked: str) -> str:
    """The text without its marks."""
    return _WORD.sub(r"\1", marked)


def _parse(marked: str) -> tuple[str, list[_Word]]:
    words, plain, last = [], "", 0
    for match in _WORD.finditer(marked):
        plain += marked[last : match.start()]
        words.append(_Word(len(plain), len(plain) + len(match[1]), match[2]))
        plain += match[1]
        last = match.end()
    return plain + marked[last:], words


class Caption(QWidget):
    """Wraps. Click or Return on a word lights it and emits its token; again puts it out."""

    word_clicked = Signal(str)

    def __init__(
        self, role: str = "body", tone: str = "text_quiet", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._role, self._tone = role, tone
        self._marked, self._text = "", ""
        self._words: list[_Word] = []
        self._lit = ""
        self._key_word = -1
        self._active = True
        self.setMouseTracking(True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setProperty("focusRing", False)

    def set_text(self, marked: str) -> None:
        """Say something else."""
        if marked == self._marked:
            return
        self._marked = marked
        self._text, self._words = _parse(marked)
        self._key_word = -1
        self._update_focus()
        self.setAccessibleName(self._text)
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """The sentence without marks."""
        return self._text

    def set_active(self, active: bool) -> None:
        """Whether words can be clicked; else they are only coloured."""
        self._active = active
        self._update_focus()

    def lit(self) -> str:
        """The token of the lit word, or nothing."""
        return self._lit

    def set_lit(self, token: str) -> None:
        """Light a word, without a signal; empty lights none."""
        if token != self._lit:
            self._lit = token
            self.update()

    def sizeHint(self) -> QSize:
        """One line, or as many as a readable width needs."""
        width = width_of(self._text, self._role)
        wide = min(int(width) + 2, 860)
        return QSize(wide, self.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:
        """Gives way; the text wraps."""
        return QSize(80, theme.line_height(self._role))

    def heightForWidth(self, width: int) -> int:
        """Height of the wrapped sentence in logical pixels."""
        return max(1, len(self._lines(width)[1])) * self._line_height()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the grounds of lit words, the text and the dotted lines."""
        painter = QPainter(self)
        layout, lines = self._lines(self.width())
        for number, line in enumerate(lines):
            for index, word in enumerate(self._words):
                self._draw_ground(painter, line, number, word, index)
            self._draw_line(painter, line, number)
        del layout

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Light the word under the pointer."""
        index = self._word_at(event.position())
        if self._active and index >= 0:
            self._click(index)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A hand over words."""
        over = self._active and self._word_at(event.position()) >= 0
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right go from word to word, Return lights it."""
        key = event.key()
        if not self._words:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            step = -1 if key == Qt.Key.Key_Left else 1
            self._key_word = (max(self._key_word, 0) + step) % len(self._words)
            self.update()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._click(max(0, self._key_word))
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The first word has the keyboard."""
        super().focusInEvent(event)
        self._key_word = max(0, self._key_word)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """No word has the keyboard."""
        super().focusOutEvent(event)
        self._key_word = -1
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """Another font means other lines."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()

    def _update_focus(self) -> None:
        usable = self._active and bool(self._words)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if usable else Qt.FocusPolicy.NoFocus)

    def _click(self, index: int) -> None:
        token = self._words[index].token
        self.set_lit("" if token == self._lit else token)
        self.word_clicked.emit(self._lit)

    def _line_height(self) -> int:
        return theme.line_height(self._role)

    def _lines(self, width: int) -> tuple[QTextLayout, list[QTextLine]]:
        """Lay the text out. The lines live only as long as the layout."""
        layout = QTextLayout(self._text, theme.font(self._role))
        layout.beginLayout()
        lines = []
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(1.0, float(width)))
            lines.append(line)
        layout.endLayout()
        return layout, lines

    def _span(self, line: QTextLine, word: _Word) -> tuple[int, int] | None:
        start = max(word.start, line.textStart())
        end = min(word.end, line.textStart() + line.textLength())
        return (start, end) if start < end else None

    def _x(self, line: QTextLine, position: int) -> float:
        # The stubs promise the place alone; Qt answers with the position it took as well.
        found: Any = line.cursorToX(position)
        return float(found[0] if isinstance(found, tuple) else found)

    def _word_at(self, place: QPointF) -> int:
        layout, lines = self._lines(self.width())
        number = int(place.y() // self._line_height())
        if not 0 <= number < len(lines):
            return -1
        for index, word in enumerate(self._words):
            span = self._span(lines[number], word)
            if span and self._x(lines[number], span[0]) <= place.x() < self._x(
                lines[number], span[1]
            ):
                return index
        del layout
        return -1

    def _draw_ground(
        self, painter: QPainter, line: QTextLine, number: int, word: _Word, index: int
    ) -> None:
        span = self._span(line, word)
        if span is None:
            return
        left, right = self._x(line, span[0]), self._x(line, span[1])
        box = QRectF(left, number * self._line_height() + 1, right - left, self._line_height() - 2)
        soft = f"{word.token}_soft"
        if word.token == self._lit and hasattr(theme.current(), soft):
            painter.fillRect(box, theme.colour(soft))
        if index == self._key_word and has_keyboard(self):
            painter.setPen(QPen(theme.colour("accent_line"), 2))
            painter.drawRect(box.adjusted(0, 0, 0, 0))

    def _draw_line(self, painter: QPainter, line: QTextLine, number: int) -> None:
        """Draw one line in runs of one colour, the words with a dotted line below."""
        start, end = line.textStart(), line.textStart() + line.textLength()
        marks = sorted((s, w.token) for w in self._words if (s := self._span(line, w)))
        place = start
        for (begin, stop), token in marks:
            self._draw_run(painter, line, number, (place, begin), "")
            self._draw_run(painter, line, number, (begin, stop), token)
            place = stop
        self._draw_run(painter, line, number, (place, end), "")

    def _draw_run(
        self, painter: QPainter, line: QTextLine, number: int, run: tuple[int, int], token: str
    ) -> None:
        if run[0] >= run[1]:
            return
        left, right = self._x(line, run[0]), self._x(line, run[1])
        height = self._line_height()
        room = QRectF(left, number * height, right - left + 8, height)
        ink = theme.colour(token or self._tone)
        write(painter, room, self._text[run[0] : run[1]], self._role, ink)
        if token:
            below = number * height + height / 2 + 7.5
            dots = QPen(ink, 1)
            dots.setDashPattern([1, 1])
            dots.setCapStyle(Qt.PenCapStyle.FlatCap)
            painter.setPen(dots)
            painter.drawLine(QPointF(round(left), below), QPointF(round(right), below))
