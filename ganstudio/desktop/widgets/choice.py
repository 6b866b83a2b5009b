"""Drop-down lists and tick boxes in the look of our fields.

Not responsible for what they offer.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QSizePolicy, QWidget

from ganstudio.desktop import icons, theme
from ganstudio.desktop.tokens import Size
from ganstudio.desktop.widgets.painting import draw_box
from ganstudio.desktop.widgets.writing import width_of, write

__all__ = ["CheckBox", "Choice"]

_BOX = 16


class Choice(QComboBox):
    """A drop-down list painted as a field. The wheel never changes it by accident."""

    def __init__(self, name: str, tip: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setToolTip(tip or name)
        self.setProperty("ringRadius", Size.RADIUS_FIELD)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def sizeHint(self) -> QSize:
        """Room for the longest entry."""
        widest = max((width_of(self.itemText(i), "body") for i in range(self.count())), default=40)
        return QSize(round(widest) + 44, Size.FIELD)

    def minimumSizeHint(self) -> QSize:
        """A few letters and the arrow."""
        return QSize(64, Size.FIELD)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw field, words and arrow."""
        painter = QPainter(self)
        usable = self.isEnabled()
        line = "edge" if usable and self.underMouse() else "field_line"
        fill = theme.colour("field") if usable else None
        draw_box(painter, QRectF(self.rect()), Size.RADIUS_FIELD, fill, theme.colour(line))
        ink = theme.colour("text" if usable else "text_disabled")
        place = QRectF(9, 0, self.width() - 35, self.height())
        write(painter, place, self.currentText(), "body", ink)
        arrow = QRectF(self.width() - 24, (self.height() - 16) / 2, 16, 16)
        icons.paint(painter, "chevron-down", arrow, "text_quiet" if usable else "text_disabled")

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the panel that scrolls."""
        event.ignore()


class CheckBox(QCheckBox):
    """A tick box; its words belong to what can be clicked."""

    def __init__(self, text: str, tip: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setToolTip(tip or text)
        self.setMinimumHeight(Size.FIELD)
        self.setProperty("ringRadius", Size.RADIUS_FIELD)

    def sizeHint(self) -> QSize:
        """Box, gap and words."""
        words = width_of(self.text(), "body")
        return QSize(_BOX + 8 + round(words) + 2, Size.FIELD)

    def hitButton(self, position: QPoint) -> bool:
        """The words belong to the box."""
        return self.rect().contains(position)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the box, the tick and the words."""
        painter = QPainter(self)
        usable = self.isEnabled()
        box = QRectF(0, (self.height() - _BOX) / 2, _BOX, _BOX)
        if self.isChecked():
            fill = theme.colour("accent" if usable else "text_disabled")
            draw_box(painter, box, 3, fill)
            icons.paint(painter, "check-bold", box.adjusted(1, 1, -1, -1), "on_accent")
        else:
            line = theme.colour("edge" if usable else "text_disabled")
            draw_box(painter, box, 3, theme.colour("field") if usable else None, line)
        words = QRectF(_BOX + 8, 0, self.width() - _BOX - 8, self.height())
        write(
            painter, words, self.text(), "body", theme.colour("text" if usable else "text_disabled")
        )
