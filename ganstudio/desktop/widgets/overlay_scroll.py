"""A place that scrolls up and down; its bar lies over the right margin of what is in it.

So nothing in it moves when the bar comes, and it stays in line with what stands below it.
Not responsible for what scrolls: it keeps a margin at its right that the bar may cover.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QScrollBar, QWidget

__all__ = ["OverlayScroll"]


class OverlayScroll(QScrollArea):
    """Its content is always exactly as wide as the place is."""

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # Without this a layout that remembers a wider state would be cut off at the right.
        content.setMinimumWidth(1)
        self.setWidget(content)
        self.setWidgetResizable(True)
        # The content fills itself; what Qt fills as well, it paints twice when a page is opened.
        for filled in (content, self.viewport()):
            filled.setAutoFillBackground(False)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.bar = QScrollBar(Qt.Orientation.Vertical, self)
        self.bar.hide()
        hidden = self.verticalScrollBar()
        hidden.rangeChanged.connect(self._follow_range)
        hidden.valueChanged.connect(self.bar.setValue)
        self.bar.valueChanged.connect(hidden.setValue)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The bar stays at the right edge."""
        super().resizeEvent(event)
        wide = self.bar.sizeHint().width()
        self.bar.setGeometry(self.width() - wide, 0, wide, self.height())
        self._follow_range()

    @Slot()
    def _follow_range(self, *_range: int) -> None:
        hidden = self.verticalScrollBar()
        self.bar.setRange(hidden.minimum(), hidden.maximum())
        self.bar.setPageStep(hidden.pageStep())
        self.bar.setSingleStep(hidden.singleStep())
        self.bar.setVisible(hidden.maximum() > hidden.minimum())
        self.bar.raise_()
