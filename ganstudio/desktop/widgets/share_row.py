"""A measured share in one row: its name, a bar with how sure it is, and the number in words.

Not responsible for measuring, nor for what a share means.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ganstudio.desktop import theme
from ganstudio.desktop.widgets.label import Label
from ganstudio.desktop.widgets.painting import draw_box

__all__ = ["ShareRow"]

_ROW = 32
_NAME, _VALUE = 76, 84
_TRACK, _TICK, _SURE = 6, 14, 2


class ShareRow(QWidget):
    """Name, bar and value; without a value the bar is empty."""

    def __init__(
        self, name: str, tip: str, token: str = "text_quiet", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name, self._tip = name, tip
        self._bar = _Bar(token)
        self._words = Label("", "body")
        self._words.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._words.setFixedWidth(_VALUE)
        label = Label(name, "body")
        label.setFixedWidth(_NAME)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(label)
        layout.addWidget(self._bar, 1)
        layout.addWidget(self._words)
        self.setFixedHeight(_ROW)
        self.clear()

    def clear(self, words: str = "") -> None:
        """Nothing is known; say so in the value's place, or leave it empty."""
        self._bar.show_share(None, (0.0, 0.0), None)
        self._words.setText(words)
        said = words or self.tr("not measured yet")
        self.setAccessibleName(f"{self._name}, {said}")
        self.setAccessibleDescription("")
        self.setToolTip(self._tip)

    def set_share(
        self, value: float, sure: tuple[float, float], own: float | None, words: str
    ) -> None:
        """Show a share.

        Args:
            value: 0 to 1.
            sure: Within which it surely lies.
            own: Where one's own pictures lie against each other; None draws no tick.
            words: Such as "61 %".
        """
        self._bar.show_share(value, sure, own)
        self._words.setText(words)
        self.setAccessibleName(f"{self._name}, {words}")
        low, high = (round(100 * _inside(end)) for end in sure)
        more = self.tr("Between {low} and {high}\u00a0% (the thin line).").format(
            low=low, high=high
        )
        if own is not None:
            mine = self.tr("Your own pictures: {own}\u00a0%.").format(own=round(100 * own))
            more = f"{more} {mine}"
        self.setAccessibleDescription(more)
        self.setToolTip(f"{self._tip}\n\n{more}")


class _Bar(QWidget):
    """The share, a thin line for what is sure, and a tick for one's own pictures."""

    def __init__(self, token: str) -> None:
        super().__init__()
        self._token = token
        self._value: float | None = None
        self._sure = (0.0, 0.0)
        self._own: float | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(_TICK)

    def show_share(self, value: float | None, sure: tuple[float, float], own: float | None) -> None:
        if (value, sure, own) != (self._value, self._sure, self._own):
            self._value, self._sure, self._own = value, sure, own
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(96, _TICK)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        middle = self.height() / 2
        track = QRectF(0, middle - _TRACK / 2, self.width(), _TRACK)
        draw_box(painter, track, _TRACK / 2, theme.colour("control_hover"))
        if theme.current().surface_lines:
            draw_box(painter, track, _TRACK / 2, None, theme.colour("line"))
        if self._value is not None:
            filled = QRectF(track)
            filled.setWidth(max(_TRACK, track.width() * _inside(self._value)))
            draw_box(painter, filled, _TRACK / 2, theme.colour(self._token))
            low, high = (_inside(end) * self.width() for end in self._sure)
            painter.fillRect(
                QRectF(low, middle - _SURE / 2, max(1.0, high - low), _SURE), theme.colour("edge")
            )
        if self._own is not None:
            place = round(_inside(self._own) * (self.width() - 1))
            painter.fillRect(QRectF(place, middle - _TICK / 2, 1, _TICK), theme.colour("real"))


def _inside(share: float) -> float:
    return min(1.0, max(0.0, share))
