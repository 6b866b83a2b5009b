"""A line to type into, painted like everything else while nobody types.

Not responsible for what the words mean.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from ganstudio.desktop import theme
from ganstudio.desktop.tokens import Size
from ganstudio.desktop.widgets.painting import draw_box
from ganstudio.desktop.widgets.writing import Align, write

__all__ = ["Field"]


class Field(QLineEdit):
    """28 px high. With the keyboard it has an amber border instead of a ring."""

    def __init__(
        self, name: str, placeholder: str = "", tip: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setToolTip(tip or name)
        self.setProperty("focusRing", False)
        self.setFixedHeight(Size.FIELD)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Let Qt draw while somebody types; else draw the words ourselves."""
        if self.hasFocus() or self.actions():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        usable = self.isEnabled() and not self.isReadOnly()
        line = theme.colour("edge" if usable and self.underMouse() else "field_line")
        draw_box(painter, QRectF(self.rect()), Size.RADIUS_FIELD, theme.colour("field"), line)
        role = "small" if self.property("kind") == "value" else "body"
        align: Align = "right" if self.alignment() & Qt.AlignmentFlag.AlignRight else "left"
        ink = "text" if self.text() else "text_quiet"
        if not self.isEnabled():
            ink = "text_disabled"
        elif self.isReadOnly():
            ink = "text_locked"
        words = self.text() or self.placeholderText()
        room = QRectF(self.rect()).adjusted(9, 0, -9, 0)
        if self.property("kind") == "value":
            room = QRectF(self.rect()).adjusted(4, 0, -8, 0)
        write(painter, room, words, role, theme.colour(ink), align)
