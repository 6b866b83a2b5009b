"""The stages of a generator in a row: what comes in at the left, the picture at the right.

Not responsible for what is inside of a stage.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ganstudio.desktop import theme
from ganstudio.desktop.tokens import Size
from ganstudio.desktop.widgets.painting import draw_box
from ganstudio.desktop.widgets.writing import write
from ganstudio.project.inside import StageShape

__all__ = ["StageRow"]

_HIGH, _GAP, _WIDEST, _WORDS = 48, 8, 150, 84
_BACK = (Qt.Key.Key_Left, Qt.Key.Key_Up)
_ON = (Qt.Key.Key_Right, Qt.Key.Key_Down)


class StageRow(QWidget):
    """One tab stop; arrow keys and clicks choose.

    Signals:
        chosen: Another stage; the first is 0.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stages: tuple[StageShape, ...] = ()
        self._bent: frozenset[int] = frozenset()
        self._current, self._hovered = 0, -1
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ringRadius", Size.RADIUS_BUTTON)
        self.setFixedHeight(_HIGH)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._describe()

    def set_stages(self, stages: Sequence[StageShape]) -> None:
        """Another generator."""
        self._stages = tuple(stages)
        self._current = min(self._current, max(0, len(self._stages) - 1))
        self._describe()
        self.update()

    def set_bent(self, stages: frozenset[int]) -> None:
        """Where something is bent: these carry a dot."""
        if stages != self._bent:
            self._bent = stages
            self.update()

    def current(self) -> int:
        """The stage that is chosen."""
        return self._current

    def set_current(self, stage: int) -> None:
        """Choose another one, without a signal."""
        self._current = min(max(0, stage), max(0, len(self._stages) - 1))
        self._describe()
        self.update()

    def box(self, stage: int) -> QRectF:
        """The room of a stage."""
        count = max(1, len(self._stages))
        wide = min(_WIDEST, (self.width() - (count - 1) * _GAP) // count)
        return QRectF(stage * (wide + _GAP), 0, wide, self.height())

    def sizeHint(self) -> QSize:
        """Six stages."""
        return QSize(6 * 96, _HIGH)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the stages."""
        painter = QPainter(self)
        for index in range(len(self._stages)):
            self._draw_stage(painter, index)

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
        """Arrows choose the next one."""
        step = -1 if event.key() in _BACK else 1 if event.key() in _ON else 0
        if step:
            self._choose(self._current + step)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """The tooltip says all of a stage."""
        if event.type() == QEvent.Type.ToolTip:
            self.setToolTip(self._said(self._hovered) if self._hovered >= 0 else "")
        return super().event(event)

    def _choose(self, stage: int) -> None:
        if 0 <= stage < len(self._stages) and stage != self._current:
            self.set_current(stage)
            self.chosen.emit(stage)

    def _hover(self, stage: int) -> None:
        if stage != self._hovered:
            self._hovered = stage
            self.update()

    def _at(self, position: QPointF) -> int:
        found = (n for n in range(len(self._stages)) if self.box(n).contains(position))
        return next(found, -1)

    def _draw_stage(self, painter: QPainter, index: int) -> None:
        box, shape = self.box(index), self._stages[index]
        chosen = index == self._current
        fill = "chosen" if chosen else "control_hover" if index == self._hovered else "raised"
        line = theme.colour("accent_line" if chosen else "line")
        width = 3 if chosen and theme.current().surface_lines else 1
        draw_box(painter, box, Size.RADIUS_BUTTON, theme.colour(fill), line, width)
        ink = theme.colour("on_chosen" if chosen else "text")
        quiet = ink if chosen else theme.colour("text_quiet")
        inside = box.adjusted(4, 6, -4, -6)
        half = inside.height() / 2
        upper = QRectF(inside.left(), inside.top(), inside.width(), half)
        write(painter, upper, self._size(shape, index), "small-medium", ink, "centre")
        count = f"{shape.channels:,}"
        if box.width() >= _WORDS:
            count = self.tr("{n} channels").format(n=count)
        write(painter, upper.translated(0, half), count, "axis", quiet, "centre")
        if index in self._bent:
            dot = QPointF(box.right() - 8, box.top() + 8)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent"))
            painter.drawEllipse(dot, 3, 3)

    def _size(self, shape: StageShape, index: int) -> str:
        if not shape.has_places:
            return self.tr("Layer {n}").format(n=index + 1)
        return f"{shape.width} \u00d7 {shape.height}"

    def _said(self, index: int) -> str:
        shape = self._stages[index]
        words = self.tr("Stage {n} of {all}: {size}, {count} channels").format(
            n=index + 1,
            all=len(self._stages),
            size=self._size(shape, index),
            count=shape.channels,
        )
        return f"{words}. {self.tr('Something is bent here.')}" if index in self._bent else words

    def _describe(self) -> None:
        self.setAccessibleName(self._said(self._current) if self._stages else self.tr("Stages"))
