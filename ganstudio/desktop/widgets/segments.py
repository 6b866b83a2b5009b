"""A row of choices of which one holds: views, filters, small settings.

Not responsible for what a choice shows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from ganstudio.desktop import theme
from ganstudio.desktop.tokens import Size
from ganstudio.desktop.widgets.painting import draw_box, snap
from ganstudio.desktop.widgets.writing import width_of, write

__all__ = ["SegmentControl"]

_PADDING = 12.5
_ROLE = "small-medium"
_BACK = (Qt.Key.Key_Left, Qt.Key.Key_Up)
_ON = (Qt.Key.Key_Right, Qt.Key.Key_Down)


@dataclass(slots=True)
class _Segment:
    key: str
    text: str
    tip: str
    enabled: bool = True


class SegmentControl(QWidget):
    """One tab stop; arrow keys and clicks choose. Emits `chosen(key)` when a person chooses."""

    chosen = Signal(str)

    def __init__(
        self,
        items: Sequence[tuple[str, ...]],
        name: str,
        small: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._segments = [_Segment(i[0], i[1], i[2] if len(i) > 2 else "") for i in items]
        self._name = name
        self._height = Size.BUTTON_SMALL if small else 30
        self._current = 0
        self._hovered = -1
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty("ringRadius", Size.RADIUS_BUTTON)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._describe()

    def current(self) -> str:
        """The key of the choice that holds."""
        return self._segments[self._current].key if self._segments else ""

    def set_current(self, key: str) -> None:
        """Let another choice hold, without a signal."""
        self._current = self._index(key)
        self._describe()
        self.update()

    def set_text(self, key: str, text: str) -> None:
        """Other words for one choice, such as a new count."""
        segment = self._segments[self._index(key)]
        if segment.text != text:
            segment.text = text
            self._describe()
            self.updateGeometry()
            self.update()

    def set_item_enabled(self, key: str, enabled: bool, tip: str = "") -> None:
        """Let a choice be chosen or not; `tip` says why not."""
        segment = self._segments[self._index(key)]
        segment.enabled = enabled
        segment.tip = tip or segment.tip
        self.update()

    def sizeHint(self) -> QSize:
        """Room for all words."""
        return QSize(round(sum(self._natural())), self._height)

    def minimumSizeHint(self) -> QSize:
        """Words are never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the frame, the chosen ground and the words."""
        painter = QPainter(self)
        box = QRectF(self.rect())
        draw_box(
            painter, box, Size.RADIUS_BUTTON, theme.colour("field"), theme.colour("control_line")
        )
        outline = QPainterPath()
        outline.addRoundedRect(box.adjusted(1, 1, -1, -1), Size.RADIUS_BUTTON - 1, 5)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for index, (left, width) in enumerate(self._places()):
            self._draw_segment(painter, index, QRectF(left, 0, width, self.height()), outline)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose what is under the pointer."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._choose(self._at(event.position()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light what is under the pointer."""
        self._hover(self._at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer."""
        self._hover(-1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows choose the next one that can be chosen."""
        step = -1 if event.key() in _BACK else 1 if event.key() in _ON else 0
        if not step:
            super().keyPressEvent(event)
            return
        index = self._current + step
        while 0 <= index < len(self._segments) and not self._segments[index].enabled:
            index += step
        self._choose(index)

    def event(self, event: QEvent) -> bool:
        """Show the tooltip of the choice under the pointer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            index = self._at(QPointF(event.pos()))
            tip = self._segments[index].tip if index >= 0 else ""
            QToolTip.showText(event.globalPos() + QPoint(0, 8), tip or self._name, self)
            return True
        return super().event(event)

    def _index(self, key: str) -> int:
        return next(i for i, segment in enumerate(self._segments) if segment.key == key)

    def _choose(self, index: int) -> None:
        if not 0 <= index < len(self._segments) or not self._segments[index].enabled:
            return
        if index != self._current:
            self._current = index
            self._describe()
            self.update()
            self.chosen.emit(self._segments[index].key)

    def _hover(self, index: int) -> None:
        if index != self._hovered:
            self._hovered = index
            self.update()

    def _describe(self) -> None:
        if self._segments:
            self.setAccessibleName(f"{self._name}: {self._segments[self._current].text}")

    def _natural(self) -> list[float]:
        return [width_of(segment.text, _ROLE) + 2 * _PADDING for segment in self._segments]

    def _places(self) -> list[tuple[float, float]]:
        """Left edge and width of each segment; a wider control shares out the rest."""
        widths = self._natural()
        extra = (self.width() - sum(widths)) / max(1, len(widths))
        places, left = [], 0.0
        for width in widths:
            right = snap(left + width + extra, self.devicePixelRatioF())
            places.append((left, right - left))
            left = right
        return places

    def _at(self, position: QPointF) -> int:
        for index, (left, width) in enumerate(self._places()):
            if left <= position.x() < left + width:
                return index
        return -1

    def _draw_segment(
        self, painter: QPainter, index: int, box: QRectF, outline: QPainterPath
    ) -> None:
        segment = self._segments[index]
        current = index == self._current
        chosen = current and self.isEnabled()
        if current or (index == self._hovered and segment.enabled):
            painter.save()
            painter.setClipPath(outline)
            painter.fillRect(box, theme.colour("chosen" if chosen else "control"))
            if chosen and theme.current().surface_lines:
                draw_box(painter, box, 0, None, theme.colour("accent_line"), 3)
            painter.restore()
        if index:
            line = QRectF(box.left(), 1, 1 / self.devicePixelRatioF(), box.height() - 2)
            painter.fillRect(line, theme.colour("control_line"))
        usable = segment.enabled and self.isEnabled()
        lit = "on_chosen" if chosen else "text" if index == self._hovered else "text_quiet"
        ink = theme.colour(lit if usable else "text_disabled")
        write(painter, box, segment.text, _ROLE, ink, "centre")
