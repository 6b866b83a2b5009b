"""Something with its share in percent, which can be typed.

Not responsible for making shares add up.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ganstudio.desktop import theme
from ganstudio.desktop.tokens import Size
from ganstudio.desktop.widgets.field import Field
from ganstudio.desktop.widgets.label import Label

__all__ = ["PercentRow"]


class PercentRow(QWidget):
    """A name or a choice, and a field.

    Signals:
        typed: Another share was typed, 0 to 1.
    """

    typed = Signal(float)

    def __init__(
        self, name: str, tip: str, what: QWidget | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._share = 0.0
        self.field = Field(name, tip=tip)
        self.field.setFont(theme.font("small"))
        self.field.setFixedSize(Size.VALUE_FIELD, Size.FIELD)
        self.field.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.field.setProperty("kind", "value")
        self.field.installEventFilter(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(what if what is not None else Label(name), 1)
        row.addWidget(self.field)
        row.addWidget(Label("%", "small", "text_quiet"))
        self.setFixedHeight(Size.SLIDER_ROW)
        self.field.editingFinished.connect(self._finished)
        self.set_share(0.0)

    def share(self) -> float:
        """0 to 1."""
        return self._share

    def set_share(self, share: float) -> None:
        """Show another share, without a signal."""
        self._share = share
        self.field.setText(self._words())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc gives up what was typed."""
        escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if watched is self.field and event.type() == QEvent.Type.KeyPress and escape:
            self.field.setText(self._words())
            self.field.selectAll()
            return True
        return super().eventFilter(watched, event)

    def _words(self) -> str:
        return f"{100 * self._share:.0f}"

    @Slot()
    def _finished(self) -> None:
        """Take a number; anything else brings the old one back."""
        text = self.field.text().strip().rstrip("%").replace(",", ".")
        try:
            percent = float(text)
        except ValueError:
            percent = float("nan")
        if 0.0 <= percent <= 100.0 and text != self._words():
            self._share = percent / 100
            self.typed.emit(self._share)
        self.field.setText(self._words())
