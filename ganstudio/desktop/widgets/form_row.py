"""A label and its control, 36 px high; locked, it shows the value and says why.

Not responsible for the control's value.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ganstudio.desktop import icons, theme
from ganstudio.desktop.tokens import Size
from ganstudio.desktop.widgets.label import Label
from ganstudio.desktop.widgets.painting import draw_box
from ganstudio.desktop.widgets.writing import write

__all__ = ["FormRow"]

_LABEL_NARROW = 97


class _LockedField(QWidget):
    """A value that cannot change now, with a lock."""

    def __init__(self) -> None:
        super().__init__()
        self.words = ""
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty("ringRadius", Size.RADIUS_FIELD)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(120, Size.FIELD)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw_box(painter, QRectF(self.rect()), Size.RADIUS_FIELD, None, theme.colour("field_line"))
        room = QRectF(9, 0, self.width() - 37, self.height())
        write(painter, room, self.words, "body", theme.colour("text_locked"))
        lock = QRectF(self.width() - 23, (self.height() - 14) / 2, 14, 14)
        icons.paint(painter, "lock", lock, "text_quiet")


class FormRow(QWidget):
    """One setting: its name at the left, its control at the right."""

    def __init__(
        self, label: str, control: QWidget, tip: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._label = Label(label)
        self._label.setFixedWidth(Size.FORM_LABEL)
        self._control = control
        self._locked = _LockedField()
        if tip:
            self._label.setToolTip(tip)
            control.setToolTip(tip)
        if not control.accessibleName():
            control.setAccessibleName(label)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._label, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(control, 1, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self._locked, 1, Qt.AlignmentFlag.AlignVCenter)
        self._locked.hide()
        self.setFixedHeight(Size.FORM_ROW)

    def control(self) -> QWidget:
        """The control that was given."""
        return self._control

    def is_locked(self) -> bool:
        """Whether the value is shown with a lock instead of the control."""
        return not self._locked.isHidden()

    def set_locked(self, value: str, reason: str) -> None:
        """Show `value` with a lock; `reason` says why and when it can change."""
        self._locked.words = value
        self._locked.setToolTip(reason)
        self._locked.setAccessibleName(f"{self._label.text()}: {value}")
        self._locked.setAccessibleDescription(reason)
        self._locked.update()
        self._control.hide()
        self._locked.show()

    def set_unlocked(self) -> None:
        """Show the control again."""
        self._locked.hide()
        self._control.show()

    def set_narrow(self, narrow: bool) -> None:
        """Less room for the label, in a panel of 280."""
        self._label.setFixedWidth(_LABEL_NARROW if narrow else Size.FORM_LABEL)
