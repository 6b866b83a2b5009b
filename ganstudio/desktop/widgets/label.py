"""Text with the exact line height of its role.

`QLabel` spaces lines as the font likes; the look asks for 20 px lines at 13 px and so on.
Not responsible for words in colour: `caption` does those.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QTextLayout
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ganstudio.desktop import theme
from ganstudio.desktop.widgets.tips import plain
from ganstudio.desktop.widgets.writing import Align, elided, width_of, write

__all__ = ["Label"]


class Label(QLabel):
    """One line that elides (its tooltip then says all of it), or a block that wraps."""

    def __init__(
        self,
        text: str = "",
        role: str = "body",
        tone: str = "text",
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._role = role
        self._tone = tone
        self._wrap = wrap
        self._own_tip = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(theme.font(role))
        policy = QSizePolicy(
            QSizePolicy.Policy.Preferred,
            QSizePolicy.Policy.Preferred if wrap else QSizePolicy.Policy.Fixed,
        )
        policy.setHeightForWidth(wrap)
        self.setSizePolicy(policy)
        # QLabel takes the wish for a height by width back where it does not wrap itself.
        self.setWordWrap(wrap)
        if wrap:
            self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setText(text)

    def set_role(self, role: str) -> None:
        """Change size and weight."""
        self._role = role
        self.setFont(theme.font(role))
        self.updateGeometry()

    def set_tone(self, token: str) -> None:
        """Change the colour to that of a token."""
        if token != self._tone:
            self._tone = token
            self.update()

    def setText(self, text: str) -> None:
        """Show other words; the widget asks for another size only if it needs one."""
        if text != self.text():
            super().setText(text)
            self._keep_whole()
            self._tell_rest()

    def setToolTip(self, text: str) -> None:
        """A tooltip of its own, shown even when all of the text fits."""
        self._own_tip = text
        super().setToolTip(text)

    def sizeHint(self) -> QSize:
        """The size of the text: all of it in one line, or wrapped at a readable width."""
        line = theme.line_height(self._role)
        width = max((width_of(part, self._role) for part in self._paragraphs()), default=0.0)
        margins = self.contentsMargins()
        frame = QSize(margins.left() + margins.right(), margins.top() + margins.bottom())
        if not self._wrap:
            return QSize(int(width) + 1, line * len(self._paragraphs())) + frame
        wide = min(int(width) + 1, 420)
        return QSize(wide + frame.width(), self.heightForWidth(wide + frame.width()))

    def minimumSizeHint(self) -> QSize:
        """Enough for a few letters, so that the label can give way."""
        hint = self.sizeHint()
        if self._wrap:
            return QSize(40, theme.line_height(self._role))
        return QSize(min(hint.width(), 24), hint.height())

    def heightForWidth(self, width: int) -> int:
        """Height of the wrapped text in logical pixels."""
        margins = self.contentsMargins()
        inner = width - margins.left() - margins.right()
        lines = self._line_count(inner) if self._wrap else len(self._paragraphs())
        return lines * theme.line_height(self._role) + margins.top() + margins.bottom()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the lines, each centred in its line height."""
        painter = QPainter(self)
        ink = theme.colour(self._tone if self.isEnabled() else "text_disabled")
        box = QRectF(self.contentsRect())
        line = theme.line_height(self._role)
        lines = self._broken(box.width())
        height = line * len(lines)
        top = box.top() + self._offset(box.height() - height)
        right = self.alignment() & Qt.AlignmentFlag.AlignRight
        centre = self.alignment() & Qt.AlignmentFlag.AlignHCenter
        align: Align = "right" if right else "centre" if centre else "left"
        for index, text in enumerate(lines):
            place = QRectF(box.left(), top + index * line, box.width(), line)
            write(painter, place, text, self._role, ink, align)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep height and tooltip in step with what fits into a line."""
        super().resizeEvent(event)
        self._keep_whole()
        self._tell_rest()

    def changeEvent(self, event: QEvent) -> None:
        """Another palette or language may change the size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self.updateGeometry()

    def _offset(self, rest: float) -> float:
        alignment = self.alignment()
        if alignment & Qt.AlignmentFlag.AlignVCenter:
            return round(rest / 2)
        return rest if alignment & Qt.AlignmentFlag.AlignBottom else 0.0

    def _paragraphs(self) -> list[str]:
        return self.text().split("\n")

    def _broken(self, width: float) -> list[str]:
        if self._wrap:
            return [
                text for part in self._paragraphs() for text in _wrapped(part, self._role, width)
            ]
        return [elided(part, self._role, width) for part in self._paragraphs()]

    def _line_count(self, width: float) -> int:
        return sum(len(_wrapped(part, self._role, width)) for part in self._paragraphs())

    def _keep_whole(self) -> None:
        """Insist on the height of a wrapped text: nested layouts ask for it only at first."""
        if self._wrap and self.testAttribute(Qt.WidgetAttribute.WA_Resized):
            self.setMinimumHeight(self.heightForWidth(self.width()))

    def _tell_rest(self) -> None:
        if self._wrap or self._own_tip:
            return
        whole = self.text()
        fits = self.width() >= self.sizeHint().width()
        super().setToolTip("" if fits else plain(whole))


def _wrapped(text: str, role: str, width: float) -> list[str]:
    """Break one paragraph into lines that fit `width` logical pixels."""
    layout = QTextLayout(text, theme.font(role))
    layout.beginLayout()
    lines = []
    while True:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(max(1.0, width))
        line.setPosition(QPointF(0, 0))
        start = line.textStart()
        lines.append(text[start : start + line.textLength()].rstrip())
    layout.endLayout()
    return lines or [""]
