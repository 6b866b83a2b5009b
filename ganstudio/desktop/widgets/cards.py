"""Findings and errors: cards in the panel, never a window.

Not responsible for the words nor for when a card goes away.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ganstudio.desktop import icons, theme
from ganstudio.desktop.tokens import Size
from ganstudio.desktop.widgets.buttons import Button
from ganstudio.desktop.widgets.label import Label
from ganstudio.desktop.widgets.painting import draw_box

__all__ = ["ErrorCard", "FindingCard", "NoteCard"]

_BAR = 3


class _Card(QWidget):
    """A ground, a bar at the left, an icon, a headline, words and buttons."""

    ground = "raised"
    bar = "error"
    icon = "warning"
    ink = "error"

    def __init__(self, headline: str, text: str, term: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._headline = Label(headline, "finding", wrap=True)
        self._term = Label(term, "small", "text_quiet", wrap=True)
        self._text = Label(text, "body", "text", wrap=True)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        self._buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(44, 12, 16, 12)
        layout.setSpacing(4)
        for label in (self._headline, self._term, self._text):
            layout.addWidget(label)
        layout.addLayout(self._buttons)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._term.setVisible(bool(term))
        self.set_texts(headline, text)

    def set_texts(self, headline: str, text: str) -> None:
        """Say something else."""
        self._headline.setText(headline)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self.setAccessibleName(headline)
        self.setAccessibleDescription(text)
        self.updateGeometry()

    def set_term(self, term: str) -> None:
        """The technical name, small under the headline."""
        self._term.setText(term)
        self._term.setVisible(bool(term))

    def add_button(self, text: str, role: str = "plain", tip: str = "") -> Button:
        """Offer something to do."""
        self._buttons.setContentsMargins(0, 8, 0, 0)
        button = Button(text, role, height=Size.BUTTON_SMALL, tip=tip or text)
        self._buttons.insertWidget(self._buttons.count() - 1, button)
        return button

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground, bar and icon."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour(self.ground))
        painter.fillRect(QRectF(0, 0, _BAR, self.height()), theme.colour(self.bar))
        if theme.current().surface_lines:
            draw_box(painter, QRectF(self.rect()), 0, None, theme.colour("line"))
            painter.fillRect(QRectF(0, 0, _BAR + 1, self.height()), theme.colour(self.bar))
        icons.paint(painter, self.icon, QRectF(18, 14, 18, 18), self.ink)


class FindingCard(_Card):
    """Something the doctor found; amber."""

    ground = "accent_soft"
    bar = "accent_line"
    icon = "stethoscope"
    ink = "accent_text"

    def __init__(
        self, headline: str, text: str, term: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(headline, text, term, parent)


class ErrorCard(_Card):
    """What went wrong, what is safe, what to do; a red bar on a plain card."""

    def __init__(self, headline: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(headline, text, "", parent)


class NoteCard(_Card):
    """Something to know and perhaps to do, where nothing went wrong; a grey bar."""

    bar = "edge"
    icon = "help"
    ink = "text_quiet"

    def __init__(self, headline: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(headline, text, "", parent)
