"""Who is ahead: a band that is healthy, a tick in the middle, a knob.

Not responsible for the measure: 0.5 is even, above it the inspector is ahead.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ganstudio.desktop import theme
from ganstudio.desktop.widgets.label import Label
from ganstudio.desktop.widgets.painting import draw_box, draw_knob

__all__ = ["BalanceGauge"]

_BAND = (0.34, 0.66)
_GAUGE = 23
_TRACK = 6
_INSET = 10
_SIDEWAYS = 0.08


class BalanceGauge(QWidget):
    """A gauge nobody can drag. Its sentence stands below, in words."""

    def __init__(self, left_word: str, right_word: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value: float | None = None
        self._sentence = Label("", "small", "text_quiet", wrap=True)
        self._sentence.hide()
        ends = QHBoxLayout()
        ends.addWidget(Label(left_word, "small", "generator"))
        ends.addStretch(1)
        ends.addWidget(Label(right_word, "small", "inspector"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, _GAUGE, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(ends)
        layout.addWidget(self._sentence)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setToolTip(
            self.tr("Who wins more often. (Share of pairs where D puts the real picture first.)")
        )
        self._describe()

    def set_value(self, value: float | None) -> None:
        """The share of pairs that the inspector orders rightly, 0 to 1; None: not known yet."""
        self._value = None if value is None or value != value else min(1.0, max(0.0, value))
        self._describe()
        self.update(0, 0, self.width(), _GAUGE)

    def set_sentence(self, text: str) -> None:
        """One line below, such as "A real picture beats a generated one 62 times in 100."."""
        self._sentence.setText(text)
        self._sentence.setVisible(bool(text))
        self._describe()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw band, tick, knob and words."""
        painter = QPainter(self)
        middle = 11.0
        track = QRectF(_INSET, middle - _TRACK / 2, self.width() - 2 * _INSET, _TRACK)
        draw_box(painter, track, 2, theme.colour("control_hover"))
        if theme.current().surface_lines:
            draw_box(painter, track, 2, None, theme.colour("line"))
        left = track.left() + track.width() * _BAND[0]
        band = QRectF(
            round(left), track.top(), round(track.width() * (_BAND[1] - _BAND[0])), _TRACK
        )
        painter.fillRect(band, theme.colour("text_locked"))
        painter.fillRect(QRectF(round(track.center().x()), middle - 7, 1, 14), theme.colour("edge"))
        if self._value is not None:
            knob = QPointF(track.left() + track.width() * self._value, middle)
            draw_knob(painter, knob, "knob", "panel")

    def _describe(self) -> None:
        if self._value is None:
            state = self.tr("not known yet")
        elif abs(self._value - 0.5) < _SIDEWAYS / 2:
            state = self.tr("even")
        else:
            side = self.tr("the inspector") if self._value > 0.5 else self.tr("the generator")
            slight = abs(self._value - 0.5) < 0.16
            how = self.tr("slightly towards {}") if slight else self.tr("far towards {}")
            state = how.format(side)
        self.setAccessibleName(self.tr("Balance, {}").format(state))
        self.setAccessibleDescription(self._sentence.text())
