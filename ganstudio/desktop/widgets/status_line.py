"""The line at the foot of the window: device and why, rate, time left, memory, disk, saved.

Not responsible for measuring any of it.
"""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ganstudio.desktop import icons, theme
from ganstudio.desktop.tokens import Size
from ganstudio.desktop.widgets.writing import width_of, write

__all__ = ["StatusLine"]

_ICON = 14
_GAP = 7
_AFTER = 13


class _Item(QWidget):
    """An icon and some words. Its width only grows, so that numbers move nothing."""

    def __init__(self, separated: bool) -> None:
        super().__init__()
        self.text, self.icon, self.tone, self._tip = "", "", "text_quiet", ""
        self._separated = separated
        self._widest = 0.0
        policy = QSizePolicy.Policy.Maximum if separated else QSizePolicy.Policy.Preferred
        self.setSizePolicy(policy, QSizePolicy.Policy.Expanding)
        self.hide()

    def show_text(self, text: str, icon: str, tone: str, tip: str) -> None:
        if (text, icon, tone) != (self.text, self.icon, self.tone):
            shorter = len(text) < len(self.text) - 1
            self.text, self.icon, self.tone = text, icon, tone
            width = width_of(text, "small")
            grown = width if shorter else max(self._widest, width)
            if grown != self._widest:
                self._widest = grown
                self.updateGeometry()
            self.setAccessibleName(text)
            self.setVisible(bool(text))
            self.update()
        if (tip or text) != self._tip:
            self._tip = tip or text
            self.setToolTip(self._tip)

    def sizeHint(self) -> QSize:
        icon = _ICON + _GAP if self.icon else 0
        return QSize(
            round(self._widest + icon) + (_AFTER if self._separated else 1), Size.STATUS_LINE
        )

    def minimumSizeHint(self) -> QSize:
        return QSize(30, Size.STATUS_LINE)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        left = 0.0
        if self.icon:
            box = QRectF(0, (self.height() - _ICON) / 2, _ICON, _ICON)
            icons.paint(painter, self.icon, box, self.tone)
            left = _ICON + _GAP
        right = self.width() - (_AFTER if self._separated else 0)
        place = QRectF(left, 0, right - left, self.height())
        write(painter, place, self.text, "small", theme.colour(self.tone))
        if self._separated:
            thin = 1 / self.devicePixelRatioF()
            line = QRectF(self.width() - thin, (self.height() - 14) / 2, thin, 14)
            painter.fillRect(line, theme.colour("line"))


class StatusLine(QWidget):
    """Items from the left in the order of their first call, and one at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: dict[str, _Item] = {}
        self._tips: dict[str, str] = {}
        self._shown: frozenset[str] | None = None
        self._right = _Item(separated=False)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(Size.PANEL_PADDING, 1, Size.PANEL_PADDING, 0)
        self._row.setSpacing(12)
        self._row.addStretch(1)
        self._row.addWidget(self._right)
        self.setFixedHeight(Size.STATUS_LINE)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Status line"))

    def set_item(
        self, key: str, text: str, icon: str = "", tone: str = "text_quiet", tip: str = ""
    ) -> None:
        """Show an item; no text hides it."""
        item = self._items.get(key)
        if item is None:
            item = _Item(separated=True)
            self._items[key] = item
            self._row.insertWidget(len(self._items) - 1, item)
        item.show_text(text, icon, tone, tip)
        if self._shown is not None:
            self.set_narrow(self._shown)

    def set_right(self, text: str, icon: str = "", tone: str = "text_quiet", tip: str = "") -> None:
        """What stands at the right: when it was saved."""
        self._right.show_text(text, icon, tone, tip)

    def text(self, key: str) -> str:
        """The words of an item."""
        return self._items[key].text if key in self._items else ""

    def set_narrow(self, shown: Collection[str] | None) -> None:
        """Show only these items; the rest goes to the tooltip. None shows all of them."""
        self._shown = None if shown is None else frozenset(shown)
        rest = []
        for key, item in self._items.items():
            kept = shown is None or key in shown
            item.setVisible(bool(item.text) and kept)
            if not kept and item.text:
                rest.append(item.text)
        self.setToolTip("\n".join(rest))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground and the line above."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("window"))
        thin = 1 / self.devicePixelRatioF()
        painter.fillRect(QRectF(0, 0, self.width(), thin), theme.colour("line"))
