"""Where pictures are dropped: a dashed place with a question and buttons.

Not responsible for reading what was dropped: it reports local paths.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ganstudio.desktop import icons, theme
from ganstudio.desktop.tokens import Size
from ganstudio.desktop.widgets.buttons import Button
from ganstudio.desktop.widgets.label import Label

__all__ = ["DropZone"]


class _Mark(QWidget):
    """The large icon."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self.setFixedSize(44, 44)

    def paintEvent(self, event: QPaintEvent) -> None:
        icons.paint(QPainter(self), self._name, QRectF(self.rect()), "text_quiet")


class DropZone(QWidget):
    """Takes folders, archives and pictures from the desktop."""

    dropped = Signal(list)

    def __init__(
        self, question: str, line: str, icon: str = "pictures", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._over = False
        self._mark = _Mark(icon)
        self._question = Label(question, "question")
        self._line = Label(line, "body", "text_quiet")
        for label in (self._question, self._line):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        self._buttons.addStretch(1)
        self._buttons.addStretch(1)
        middle = Qt.AlignmentFlag.AlignHCenter
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(0)
        layout.addStretch(1)
        layout.addWidget(self._mark, 0, middle)
        layout.addSpacing(18)
        layout.addWidget(self._question, 0, middle)
        layout.addSpacing(10)
        layout.addWidget(self._line, 0, middle)
        layout.addSpacing(18)
        layout.addLayout(self._buttons)
        layout.addStretch(1)
        self.setAcceptDrops(True)
        self.setAccessibleName(question)
        self.setAccessibleDescription(line)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def add_button(self, text: str, icon: str = "", tip: str = "") -> Button:
        """Another way than dropping."""
        button = Button(text, icon=icon, height=Size.BUTTON_LARGE, tip=tip or text)
        self._buttons.insertWidget(self._buttons.count() - 1, button)
        return button

    def set_texts(self, question: str, line: str) -> None:
        """Ask something else."""
        self._question.setText(question)
        self._line.setText(line)
        self.setAccessibleName(question)
        self.setAccessibleDescription(line)

    def set_compact(self, compact: bool) -> None:
        """Without the large icon, where there is little height."""
        self._mark.setVisible(not compact)

    def sizeHint(self) -> QSize:
        """A third of a window."""
        return QSize(600, 300)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground and the dashed border; amber while something hangs over it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(theme.colour("accent_line" if self._over else "edge"), 2 if self._over else 1)
        pen.setDashPattern([3, 3] if not self._over else [2, 2])
        painter.setPen(pen)
        painter.setBrush(theme.colour("accent_soft" if self._over else "window"))
        inset = pen.widthF() / 2
        box = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(box, Size.RADIUS_CARD, Size.RADIUS_CARD)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files only."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()
            self._set_over(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """They went elsewhere."""
        self._set_over(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Report what was dropped."""
        self._set_over(False)
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.dropped.emit(paths)

    def _set_over(self, over: bool) -> None:
        self._over = over
        self.update()
