"""A row of a list in the panel: icon or picture, two lines, something at the right.

Not responsible for lists that are long or chosen from.
"""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ganstudio.desktop import icons, theme
from ganstudio.desktop.widgets.label import Label
from ganstudio.desktop.widgets.painting import SHARP_LIMIT, draw_picture, to_image

__all__ = ["ListRow"]

_PICTURE = 32


class _Mark(QWidget):
    """The icon or the small picture at the left."""

    def __init__(self, icon: str) -> None:
        super().__init__()
        self.icon, self.tone = icon, "text_quiet"
        self.image: QImage | None = None
        self.setFixedSize(16, _PICTURE)
        self.setVisible(bool(icon))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        box = QRectF(self.rect())
        if self.image is not None:
            draw_picture(painter, self.image, box, self.image.width() <= SHARP_LIMIT)
        elif self.width() > 16:
            painter.fillRect(box, theme.colour("raised"))
            icons.paint(painter, self.icon, box.adjusted(8, 8, -8, -8), self.tone)
        else:
            icons.paint(painter, self.icon, box, self.tone)


class ListRow(QWidget):
    """Two lines, 40 px high; rows after the first draw a line above themselves."""

    def __init__(
        self, title: str, line: str = "", icon: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._first = True
        self._mark = _Mark(icon)
        self._title = Label(title, "body")
        self._line = Label(line, "small", "text_quiet")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._line)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 2, 0, 3)
        self._row.setSpacing(10)
        self._row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addLayout(words, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_texts(title, line)

    def set_texts(self, title: str, line: str) -> None:
        """Say something else."""
        self._title.setText(title)
        self._line.setText(line)
        self._line.setVisible(bool(line))
        self.setAccessibleName(f"{title}. {line}" if line else title)

    def set_icon(self, icon: str, tone: str = "text_quiet", boxed: bool = False) -> None:
        """Another icon; `boxed` draws it on a tile as large as a picture."""
        self._mark.icon, self._mark.tone, self._mark.image = icon, tone, None
        self._mark.setFixedSize(_PICTURE if boxed else 16, _PICTURE)
        self._mark.setVisible(bool(icon))
        self._mark.update()

    def set_picture(self, picture: np.ndarray) -> None:
        """A small picture at the left: uint8 (H, W, 3|4)."""
        self._mark.image = to_image(picture)
        self._mark.setFixedSize(_PICTURE, _PICTURE)
        self._mark.setVisible(True)
        self._mark.update()

    def set_right(self, widget: QWidget) -> None:
        """Something at the right, such as a link."""
        self._row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def set_line_above(self, above: bool) -> None:
        """Whether a thin line parts it from the row above."""
        self._first = not above
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line above."""
        if not self._first:
            thin = 1 / self.devicePixelRatioF()
            QPainter(self).fillRect(QRectF(0, 0, self.width(), thin), theme.colour("line"))
