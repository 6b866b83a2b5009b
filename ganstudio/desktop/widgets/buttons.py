"""Buttons: the amber next step, plain ones, quiet ones, links and icon buttons.

Not responsible for what they do; the focus ring around them is `focus_ring`'s.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QPushButton, QSizePolicy, QToolButton, QWidget

from ganstudio.desktop import icons, theme
from ganstudio.desktop.tokens import Size
from ganstudio.desktop.widgets.painting import draw_box
from ganstudio.desktop.widgets.writing import width_of, write

__all__ = ["Button", "IconButton", "NextStepButton"]

_ICON = 16
_ICON_GAP = 8
_PADDING = {28: 10, 32: 12, 40: 16}
_FLAT = ("quiet", "link")


def _hovered(button: QAbstractButton) -> bool:
    return button.isEnabled() and bool(button.property("hovered"))


class _HoverMixin:
    """Repaints at enter and leave, and keeps in a property which it was.

    It stands before a button's class, which mypy cannot know: hence the marks below.
    """

    def event(self, event: QEvent) -> bool:
        """Note the pointer."""
        kind = event.type()
        if kind in (QEvent.Type.Enter, QEvent.Type.Leave):
            self.setProperty("hovered", kind == QEvent.Type.Enter)  # type: ignore[attr-defined]  # a widget's
            self.update()  # type: ignore[attr-defined]  # a widget's
        return super().event(event)  # type: ignore[misc]  # a widget's


class Button(_HoverMixin, QPushButton):
    """A button with an optional icon. `role`: plain, primary (the amber one), quiet or link."""

    def __init__(
        self,
        text: str,
        role: str = "plain",
        icon: str = "",
        height: int = Size.BUTTON,
        tip: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._icon = icon
        self._icon_right = False
        self._height = height
        self.setProperty("role", role)
        self.setProperty("ringRadius", Size.RADIUS_BUTTON)
        self.setToolTip(tip)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFont(theme.font(self._font_role()))

    def role(self) -> str:
        """Which of the four kinds it is."""
        return str(self.property("role"))

    def set_icon(self, name: str) -> None:
        """Show another icon; empty shows none."""
        self._icon = name
        self.updateGeometry()
        self.update()

    def set_icon_right(self, right: bool) -> None:
        """Put the icon behind the words, as an arrow wants it."""
        self._icon_right = right
        self.update()

    def sizeHint(self) -> QSize:
        """Words, icon and padding at the fixed height."""
        padding = 0 if self.role() == "link" else _PADDING.get(self._height, 12)
        return QSize(round(self._content_width()) + 2 * padding, self._height)

    def minimumSizeHint(self) -> QSize:
        """A button never cuts its own words."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground, icon and words."""
        painter = QPainter(self)
        fill, line = self._ground()
        if fill is not None or line is not None:
            draw_box(painter, QRectF(self.rect()), Size.RADIUS_BUTTON, fill, line)
        self._draw_content(painter)

    def _font_role(self) -> str:
        if self.role() == "primary":
            return "primary"
        if self.role() == "link" or self._height <= Size.BUTTON_SMALL:
            return "small-medium"
        return "button" if self._height >= Size.BUTTON_LARGE else "medium"

    def _content_width(self) -> float:
        words = width_of(self.text(), self._font_role())
        if not self._icon:
            return words
        return words + _ICON + (_ICON_GAP if self.text() else 0)

    def _ground(self) -> tuple[QColor | None, QColor | None]:
        hovered, pressed = _hovered(self), self.isDown()
        if self.role() == "primary":
            if not self.isEnabled():
                return None, theme.colour("line")
            return theme.colour("accent_hover" if hovered and not pressed else "accent"), None
        if self.role() in _FLAT:
            return (theme.colour("control_hover", 0.6) if hovered else None), None
        if not self.isEnabled():
            return None, theme.colour("line")
        token = "raised" if pressed else "control_hover" if hovered else "control"
        return theme.colour(token), theme.colour("control_line")

    def _ink(self) -> str:
        if not self.isEnabled():
            return "text_disabled"
        own = self.property("ink")
        return own or {"primary": "on_accent", "link": "accent_text"}.get(self.role(), "text")

    def _draw_content(self, painter: QPainter) -> None:
        ink = self._ink()
        left = (self.width() - self._content_width()) / 2
        words = self._content_width()
        if self._icon:
            words -= _ICON + (_ICON_GAP if self.text() else 0)
            icon_left = left + words + _ICON_GAP if self._icon_right else left
            box = QRectF(icon_left, (self.height() - _ICON) / 2, _ICON, _ICON)
            icons.paint(painter, self._icon, box, ink)
            left += 0 if self._icon_right else _ICON + _ICON_GAP
        place = QRectF(left, 0, words + 1, self.height())
        write(painter, place, self.text(), self._font_role(), theme.colour(ink))


class NextStepButton(Button):
    """The one filled amber button of a page: it names the next step."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, "primary", "arrow-right", Size.BUTTON_LARGE, parent=parent)
        self.set_icon_right(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_step(
        self, text: str, icon: str = "arrow-right", enabled: bool = True, tip: str = ""
    ) -> None:
        """Name another step. An arrow stands behind the words, other icons before them."""
        self.setText(text)
        self.set_icon(icon)
        self.set_icon_right(icon == "arrow-right")
        self.setEnabled(enabled)
        self.setToolTip(tip)

    def minimumSizeHint(self) -> QSize:
        """The panel may be narrow."""
        return QSize(120, self._height)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The first click did what was meant; the step after it is another one."""
        event.accept()


class IconButton(_HoverMixin, QToolButton):
    """A button of 28 x 28 that shows an icon only; its name is for tooltips and screen readers."""

    def __init__(
        self,
        icon: str,
        name: str,
        tip: str = "",
        framed: bool = False,
        checkable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon = icon
        self._token = "text_quiet"
        self._framed = framed
        self.setCheckable(checkable)
        self.setAccessibleName(name)
        self.setToolTip(tip or name)
        self.setProperty("ringRadius", Size.RADIUS_BUTTON)
        self.setFixedSize(Size.ICON_BUTTON, Size.ICON_BUTTON)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def set_icon(self, name: str) -> None:
        """Show another icon."""
        if name != self._icon:
            self._icon = name
            self.update()

    def set_token(self, token: str) -> None:
        """Tint the icon with another token."""
        self._token = token
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground where there is one, and the icon."""
        painter = QPainter(self)
        box = QRectF(self.rect())
        hovered = _hovered(self)
        if self.isChecked():
            draw_box(painter, box, Size.RADIUS_BUTTON, theme.colour("chosen"), self._line())
        elif self._framed and not self.isEnabled():
            draw_box(painter, box, Size.RADIUS_BUTTON, None, theme.colour("line"))
        elif self._framed or (hovered and not self.isDown()):
            token = "control_hover" if hovered else "control"
            draw_box(painter, box, Size.RADIUS_BUTTON, theme.colour(token), self._line())
        icons.paint(painter, self._icon, box.adjusted(6, 6, -6, -6), self._ink(hovered))

    def _line(self) -> QColor | None:
        return (
            theme.colour("control_line") if self._framed or theme.current().surface_lines else None
        )

    def _ink(self, hovered: bool) -> str:
        if not self.isEnabled():
            return "text_disabled"
        if self.isChecked():
            return "on_chosen"
        return "text" if (hovered or self._framed) and self._token == "text_quiet" else self._token
