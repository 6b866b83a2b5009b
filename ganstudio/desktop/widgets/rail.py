"""The rail at the left: one row a page, help and settings at the foot.

Not responsible for which pages exist or what they show.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from ganstudio.desktop import icons, theme
from ganstudio.desktop.tokens import Size
from ganstudio.desktop.widgets.painting import has_keyboard
from ganstudio.desktop.widgets.writing import write

__all__ = ["Rail"]

_MARK = 3
_FOOT_ROW = 52


class _Row(QAbstractButton):
    """Icon and word; the chosen one is raised and carries the amber mark."""

    def __init__(self, key: str, word: str, icon: str, foot: bool) -> None:
        super().__init__()
        self.key = key
        self._icon = icon
        self._foot = foot
        self.dim = False
        self.dot = ""
        self.narrow = False
        self.setText(word)
        self.setAccessibleName(word)
        self.setToolTip(word)
        self.setCheckable(not foot)
        self.setProperty("focusRing", False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        high = _FOOT_ROW if self._foot else Size.RAIL_NARROW if self.narrow else Size.RAIL_ROW
        return QSize(Size.RAIL_NARROW if self.narrow else Size.RAIL, high)

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Enter, QEvent.Type.Leave):
            self.update()
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        chosen = self.isChecked()
        if chosen:
            painter.fillRect(self.rect(), theme.colour("raised"))
            high = self.height() - 16
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent_line"))
            painter.drawRoundedRect(QRectF(-_MARK, 8, 2 * _MARK, high), 2, 2)
            painter.setBrush(Qt.BrushStyle.NoBrush)
        elif self.underMouse():
            painter.fillRect(self.rect(), theme.colour("control_hover", 0.3))
        self._draw_words(painter, chosen)
        if self.dot:
            self._draw_dot(painter)
        if has_keyboard(self):
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.colour("accent_line"), Size.RING))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(4, 3, -4, -3), 6, 6)

    def _draw_words(self, painter: QPainter, chosen: bool) -> None:
        side = 20 if self._foot else 24
        face = "axis" if self._foot or self.narrow else "small-medium" if chosen else "small"
        line = 16
        gap = 5 if self._foot else 6
        top = round((self.height() - side - gap - line) / 2) + 1
        ink = "accent_line" if chosen else "dim" if self.dim else "text_quiet"
        box = QRectF(round((self.width() - side) / 2), top, side, side)
        icons.paint(painter, self._icon, box, ink)
        tone = theme.colour("text" if chosen else "dim" if self.dim else "text_quiet")
        words = QRectF(0, top + side + gap, self.width(), line)
        write(painter, words, self.text(), face, tone, "centre")

    def _draw_dot(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = theme.colour("text")
        painter.setPen(QPen(ink, 1.4))
        painter.setBrush(ink if self.dot == "full" else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QPointF(self.width() - 14, 13), 2.4, 2.4)


class Rail(QWidget):
    """Up and Down move between rows; Space or Return opens."""

    page_chosen = Signal(str)
    foot_chosen = Signal(str)

    def __init__(
        self,
        items: Sequence[tuple[str, str, str]],
        foot: Sequence[tuple[str, str, str]] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._rows: dict[str, _Row] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 1, 8)
        layout.setSpacing(0)
        for key, word, icon in items:
            row = _Row(key, word, icon, foot=False)
            row.setAutoExclusive(True)
            row.clicked.connect(self._chosen)
            self._rows[key] = row
            layout.addWidget(row)
        layout.addStretch(1)
        for key, word, icon in foot:
            row = _Row(key, word, icon, foot=True)
            row.clicked.connect(self._foot_chosen)
            self._rows[key] = row
            layout.addWidget(row)
        self.setFixedWidth(Size.RAIL)

    def current(self) -> str:
        """The key of the open page."""
        return next((row.key for row in self._rows.values() if row.isChecked()), "")

    def set_current(self, key: str) -> None:
        """Mark a page as open, without a signal."""
        self._rows[key].setChecked(True)

    def set_dim(self, key: str, dim: bool, tip: str = "") -> None:
        """A page with nothing to show yet is dim but opens; `tip` says what to do first."""
        row = self._rows[key]
        row.dim = dim
        row.setToolTip(tip or row.text())
        row.update()

    def set_dot(self, key: str, dot: str) -> None:
        """`full` while something runs there, `hollow` while it is paused, empty for none."""
        row = self._rows[key]
        if dot != row.dot:
            row.dot = dot
            words = {"full": self.tr("running"), "hollow": self.tr("paused")}.get(dot, "")
            row.setAccessibleName(f"{row.text()}, {words}" if words else row.text())
            row.update()

    def set_narrow(self, narrow: bool) -> None:
        """56 wide, for small windows."""
        for row in self._rows.values():
            row.narrow = narrow
            row.updateGeometry()
        self.setFixedWidth(Size.RAIL_NARROW if narrow else Size.RAIL)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground and the line towards the stage."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("window"))
        thin = 1 / self.devicePixelRatioF()
        line = QRectF(self.width() - thin, 0, thin, self.height())
        painter.fillRect(line, theme.colour("line"))

    def _chosen(self) -> None:
        row = self.sender()
        if isinstance(row, _Row):
            self.page_chosen.emit(row.key)

    def _foot_chosen(self) -> None:
        row = self.sender()
        if isinstance(row, _Row):
            self.foot_chosen.emit(row.key)
