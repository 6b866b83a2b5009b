"""The head of a page: title, one sentence, tools at the right.

Not responsible for what the tools do.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ganstudio.desktop import theme
from ganstudio.desktop.tokens import Size
from ganstudio.desktop.widgets.writing import baseline_of, width_of, write

__all__ = ["PageHead"]

_GAP = 12


class _Words(QWidget):
    """Title and sentence on one baseline; the sentence gives way first."""

    def __init__(self) -> None:
        super().__init__()
        self.title, self.sentence, self.short = "", "", ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(round(self._title_width()) + 200, Size.PAGE_HEAD)

    def minimumSizeHint(self) -> QSize:
        return QSize(round(self._title_width()) + 2, Size.PAGE_HEAD_NARROW)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        box = QRectF(self.rect())
        write(painter, box, self.title, "title", theme.colour("text"))
        left = self._title_width() + _GAP
        if not self.sentence or self.width() - left < 60:
            return
        ground = baseline_of(box, "title") - 1
        place = box.adjusted(left, 0, 0, 0)
        fits = width_of(self.sentence, "body") <= place.width()
        words = self.sentence if fits else self.short or self.sentence
        write(painter, place, words, "body", theme.colour("text_quiet"), baseline=ground)

    def _title_width(self) -> float:
        return width_of(self.title, "title")


class PageHead(QWidget):
    """56 px high, 48 when narrow; then the sentence is in the title's tooltip."""

    def __init__(self, title: str, sentence: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = _Words()
        self._sentence, self._short = sentence, ""
        self._narrow = False
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(12)
        self._row.addWidget(self._words, 1)
        self.setFixedHeight(Size.PAGE_HEAD)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_title(title)

    def set_title(self, title: str) -> None:
        """Another title."""
        self._words.title = title
        self._say()

    def set_sentence(self, sentence: str, short: str = "") -> None:
        """What is happening, in one line; what of it is said where that would be cut off."""
        if (sentence, short) != (self._sentence, self._short):
            self._sentence, self._short = sentence, short
            self._say()

    def sentence(self) -> str:
        """The sentence as it was given."""
        return self._sentence

    def add_tool(self, widget: QWidget) -> None:
        """Something at the right."""
        self._row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def set_narrow(self, narrow: bool) -> None:
        """Less height and no sentence, for small windows."""
        self._narrow = narrow
        self.setFixedHeight(Size.PAGE_HEAD_NARROW if narrow else Size.PAGE_HEAD)
        self._say()

    def _say(self) -> None:
        self._words.sentence = "" if self._narrow else self._sentence
        self._words.short = self._short
        self._words.setToolTip(self._sentence)
        self._words.setAccessibleName(f"{self._words.title}. {self._sentence}".strip())
        self._words.updateGeometry()
        self._words.update()
