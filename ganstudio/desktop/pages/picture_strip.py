"""The chosen picture: how training sees it, its name, its size and kind, and whether it is in.

Not responsible for choosing it.
"""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ganstudio.desktop import icons, theme
from ganstudio.desktop.widgets.buttons import Button
from ganstudio.desktop.widgets.label import Label
from ganstudio.desktop.widgets.painting import SHARP_LIMIT, draw_picture, fit_box, to_image

__all__ = ["PictureStrip"]

_SIDE = 76


class _Picture(QWidget):
    """One picture in a square."""

    def __init__(self) -> None:
        super().__init__()
        self._image: QImage | None = None
        self.setFixedSize(_SIDE, _SIDE)

    def show_picture(self, picture: np.ndarray | None) -> None:
        self._image = to_image(picture) if picture is not None else None
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._image is None:
            painter.fillRect(self.rect(), theme.colour("raised"))
            box = QRectF(0, 0, 24, 24)
            box.moveCenter(QRectF(self.rect()).center())
            icons.paint(painter, "warning", box, "error")
            return
        wide, high = self._image.width(), self._image.height()
        sharp = min(wide, high) <= SHARP_LIMIT
        box = fit_box(wide, high, QRectF(self.rect()), self.devicePixelRatioF(), sharp)
        draw_picture(painter, self._image, box, sharp)


class PictureStrip(QWidget):
    """104 px high under the grid; upright in the panel of a narrow window."""

    def __init__(self) -> None:
        super().__init__()
        self._picture = _Picture()
        self._name = Label("", "head")
        self._facts = Label("", "small", "text_quiet")
        self._reason = Label("", "small", "text_quiet")
        self.turn_button = Button("", height=28)
        self._words = QVBoxLayout()
        self._words.setSpacing(2)
        self._words.addStretch(1)
        for label in (self._name, self._facts, self._reason):
            self._words.addWidget(label)
        self._words.addStretch(1)
        self._row = QHBoxLayout(self)
        self._row.setSpacing(16)
        self._row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addLayout(self._words, 1)
        self.set_narrow(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_narrow(self, narrow: bool) -> None:
        """In a narrow place the button stands under the words."""
        self._row.setContentsMargins(0, 0 if narrow else 14, 0, 0)
        self._row.removeWidget(self.turn_button)
        self._words.removeWidget(self.turn_button)
        if narrow:
            left = Qt.AlignmentFlag.AlignLeft
            self._words.insertWidget(self._words.count() - 1, self.turn_button, 0, left)
        else:
            corner = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            self._row.addWidget(self.turn_button, 0, corner)

    def show_picture(
        self, picture: np.ndarray | None, name: str, facts: str, reason: str, turn: str
    ) -> None:
        """Show another picture.

        Args:
            picture: As training sees it: (S, S, 3) uint8; None if it could not be read.
            name: Its file name.
            facts: Size, colour, weight.
            reason: Why it is left out; empty if it is in.
            turn: What the button says; empty hides it.
        """
        self._picture.show_picture(picture)
        self._name.setText(name)
        self._facts.setText(facts)
        self._reason.setText(reason)
        self._reason.setVisible(bool(reason))
        self.turn_button.setText(turn)
        self.turn_button.setToolTip(self.tr("Leave it out of the set, or bring it back. (Del)"))
        self.turn_button.setVisible(bool(turn))
        self.setAccessibleName(", ".join(part for part in (name, facts, reason) if part))
