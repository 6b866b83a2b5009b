"""The panel at the right: sections that scroll, and the foot with the next step.

Not responsible for which sections there are.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ganstudio.desktop import theme
from ganstudio.desktop.tokens import Size
from ganstudio.desktop.widgets.buttons import NextStepButton
from ganstudio.desktop.widgets.label import Label
from ganstudio.desktop.widgets.overlay_scroll import OverlayScroll
from ganstudio.desktop.widgets.surface import Divider, Surface

__all__ = ["Panel"]


class Panel(QWidget):
    """328 wide; the foot never stretches nor scrolls."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sections = QVBoxLayout()
        self._sections.setContentsMargins(0, 0, 0, 0)
        self._sections.setSpacing(0)
        self._sections.addStretch(1)
        content = Surface("panel")
        content.setLayout(self._sections)
        self._scroll = OverlayScroll(content)
        self._line = Label("", "small", "text_quiet")
        self._foot = QVBoxLayout()
        self._foot.setContentsMargins(Size.PANEL_PADDING, 12, Size.PANEL_PADDING, 0)
        self._foot.setSpacing(8)
        self._foot_row = QHBoxLayout()
        self._foot_row.setSpacing(8)
        self._button: NextStepButton | None = None
        self._beside: QWidget | None = None
        self._foot.addLayout(self._foot_row)
        self._foot.addWidget(self._line)
        self._foot.addStretch(1)
        holder = QWidget()
        holder.setFixedHeight(Size.PANEL_FOOT - 1)
        holder.setLayout(self._foot)
        self._foot_holder = holder
        self._divider = Divider()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._scroll, 1)
        layout.addWidget(self._divider)
        layout.addWidget(holder)
        self.setMinimumWidth(Size.PANEL_MIN)
        self.setMaximumWidth(Size.PANEL_MAX)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        holder.hide()
        self._divider.hide()

    def add(self, widget: QWidget) -> None:
        """Put a section below the others."""
        self._sections.insertWidget(self._sections.count() - 1, widget)

    def set_foot(
        self, button: NextStepButton, line: str = "", beside: QWidget | None = None
    ) -> None:
        """The amber button, one quiet line below it, and perhaps a button beside it."""
        self._button = button
        self._foot_row.insertWidget(0, button, 1)
        if beside is not None:
            self.set_beside(beside)
        self._foot_holder.show()
        self._divider.show()
        self.set_foot_line(line)

    def set_beside(self, widget: QWidget | None) -> None:
        """A button at the right of the amber one, or none."""
        if self._beside is not None and self._beside is not widget:
            self._foot_row.removeWidget(self._beside)
            self._beside.hide()
        self._beside = widget
        if widget is not None:
            self._foot_row.addWidget(widget)
            widget.show()

    def take_foot_button(self) -> None:
        """Let the amber button go to another place; `set_foot` takes it back."""
        if self._button is not None:
            self._foot_row.removeWidget(self._button)
            self._button = None

    def set_foot_line(self, line: str) -> None:
        """The quiet line below the amber button."""
        self._line.setText(line)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground and the line towards the stage."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("panel"))
        thin = 1 / self.devicePixelRatioF()
        painter.fillRect(QRectF(0, 0, thin, self.height()), theme.colour("line"))
