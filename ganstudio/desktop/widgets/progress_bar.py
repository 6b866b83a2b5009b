"""How far something is: a thin bar, and a row of words, Cancel and bar.

Not responsible for measuring; it only moves forward until it is restarted.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ganstudio.desktop import theme
from ganstudio.desktop.tokens import Size
from ganstudio.desktop.widgets.buttons import Button
from ganstudio.desktop.widgets.label import Label
from ganstudio.desktop.widgets.painting import draw_box

__all__ = ["ProgressBar", "ProgressRow"]

_HEIGHT = 6


class ProgressBar(QWidget):
    """A bar of 6 px. Neutral by default; amber only for a choice of the person."""

    def __init__(self, tone: str = "neutral", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._token = "accent_line" if tone == "accent" else "text_quiet"
        self._fraction: float | None = 0.0
        self._name = self.tr("Progress")
        self.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_fraction(0.0)

    def fraction(self) -> float | None:
        """What is shown, 0 to 1, or None while the length is unknown."""
        return self._fraction

    def set_fraction(self, fraction: float | None) -> None:
        """Move forward to a share from 0 to 1; None means that nobody knows the length."""
        if fraction is not None:
            fraction = max(self._fraction or 0.0, min(1.0, fraction))
        if fraction != self._fraction:
            self._fraction = fraction
            self.update()
        self._describe()

    def restart(self) -> None:
        """Begin anew."""
        self._fraction = 0.0
        self._describe()
        self.update()

    def set_name(self, name: str) -> None:
        """What is measured, for screen readers."""
        self._name = name
        self._describe()

    def sizeHint(self) -> QSize:
        """As wide as the panel."""
        return QSize(160, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the track and what is done."""
        painter = QPainter(self)
        box = QRectF(self.rect())
        radius = _HEIGHT / 2
        draw_box(painter, box, radius, theme.colour("control_hover"))
        if theme.current().surface_lines:
            draw_box(painter, box, radius, None, theme.colour("line"))
        if self._fraction:
            done = QRectF(0, 0, max(float(_HEIGHT), box.width() * self._fraction), _HEIGHT)
            draw_box(painter, done, radius, theme.colour(self._token))

    def _describe(self) -> None:
        known = f"{self._name}, {round(self._fraction * 100)} %" if self._fraction else self._name
        self.setAccessibleName(known)


class ProgressRow(QWidget):
    """Long work: what it is, how far it is, Cancel; `tip` says what Cancel leaves."""

    cancelled = Signal()

    def __init__(self, title: str, tip: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = Label(title, "medium")
        self._line = Label("", "small", "text_quiet")
        self._bar = ProgressBar()
        self._bar.set_name(title)
        self._cancel = Button(self.tr("Cancel"), height=Size.BUTTON_SMALL)
        self._cancel.setToolTip(tip or self.tr("Stop this. What is done so far stays."))
        self._cancel.clicked.connect(self.cancelled)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._line)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addLayout(words, 1)
        row.addWidget(self._cancel, 0, Qt.AlignmentFlag.AlignVCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(row)
        layout.addWidget(self._bar)

    def set_progress(self, done: int, total: int, line: str) -> None:
        """Show how far it is; a `total` of 0 means that nobody knows."""
        self._bar.set_fraction(done / total if total else None)
        self._line.setText(line)

    def restart(self, title: str) -> None:
        """Other work begins."""
        self._title.setText(title)
        self._bar.set_name(title)
        self._bar.restart()
        self._line.setText("")
