"""One direction in the panel: name or both ends as pictures, slider, value, reset, lock, menu.

Not responsible for which direction it is (`directions`), nor for what the menu does
(`direction_tools`).
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QContextMenuEvent,
    QCursor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from ganstudio.desktop import theme
from ganstudio.desktop.pages.explore.places import MOST
from ganstudio.desktop.tokens import Size
from ganstudio.desktop.widgets.buttons import IconButton
from ganstudio.desktop.widgets.painting import SHARP_LIMIT, draw_picture, fit_box, to_image
from ganstudio.desktop.widgets.slider_row import SliderRow
from ganstudio.desktop.widgets.tips import tip as wrapped
from ganstudio.desktop.widgets.writing import write
from ganstudio.project.messages import Pictures

__all__ = ["DirectionSlider"]

_END, _GAP, _NUMBER = 26, 3, 20
#: As far as a place can be moved at all.
_FARTHEST = 20.0


class _Ends(QWidget):
    """Both ends of a direction from the present place, and its number; over the label's place."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.images: tuple[QImage, ...] = ()
        self.number, self.number_shown = 0, True
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFixedSize(QSize(2 * _END + 2 * _GAP + _NUMBER, Size.SLIDER_ROW))
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("panel"))
        top, left = (self.height() - _END) / 2, 0.0
        for image in self.images:
            room = QRectF(left, top, _END, _END)
            sharp = image.width() <= SHARP_LIMIT
            box = fit_box(image.width(), image.height(), room, self.devicePixelRatioF(), False)
            draw_picture(painter, image, box, sharp)
            left += _END + _GAP
        if not self.number_shown or not self.number:
            return
        token = "text_quiet" if self.isEnabled() else "text_disabled"
        place = QRectF(left + 2, 0, _NUMBER, self.height())
        write(painter, place, str(self.number), "small", theme.colour(token))


class DirectionSlider(SliderRow):
    """A row of the panel.

    Signals:
        menu_asked: The menu of the row shall open, at this place of the screen (QPoint).
        rename_asked: It shall have another name.
    """

    menu_asked = Signal(object)
    rename_asked = Signal()

    def __init__(self, label: str) -> None:
        self._more: IconButton | None = None
        self._most = MOST
        super().__init__(label, -MOST, MOST, signed=True, lockable=True)
        self._ends = _Ends(self)
        self._more = IconButton("more", self.tr("What can be done with {}").format(label))
        self._more.setParent(self)
        self._more.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._more.clicked.connect(self._ask_menu)
        self._more.hide()

    def set_reach(self, low: float, high: float) -> None:
        """Suggest a range. Rest is in the middle of every track, and one can go on a little."""
        self._most = max(MOST, -low, high)
        self.set_suggested(low, high)
        self._make_room(self.value())

    def set_value(self, value: float) -> None:
        """Show another amount; the track is as long as it needs."""
        self._make_room(value)
        super().set_value(value)

    def _make_room(self, value: float) -> None:
        most = max(self._most, min(_FARTHEST, abs(value)))
        self.set_range(-most, most)

    def set_ends(self, pictures: Pictures | None, number: int = 0) -> None:
        """Show both ends instead of the name, (2, H, W, C) uint8; None shows the name.

        Args:
            pictures: Of the ends.
            number: Stands behind them; 0 for none.
        """
        self._ends.number = number
        self._ends.images = () if pictures is None else tuple(to_image(one) for one in pictures)
        self._ends.setVisible(bool(self._ends.images))
        self._ends.update()

    @property
    def shows_ends(self) -> bool:
        """Whether its ends stand instead of its name."""
        return bool(self._ends.images)

    def set_tip(self, tip: str) -> None:
        """Say something else of it."""
        for widget in (self, self._slider, self._field):
            widget.setToolTip(wrapped(tip))

    def set_lockable(self, lockable: bool) -> None:
        """Whether the lock is offered."""
        self._lockable = lockable
        self._lock.setEnabled(lockable)
        self._show_tools()

    def set_menu_offered(self, offered: bool) -> None:
        """Whether there is a menu."""
        assert self._more is not None
        self._more.setEnabled(offered)
        self._show_tools()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """As every slider; the menu key opens the menu, and F2 renames as in lists."""
        if event.key() == Qt.Key.Key_Menu:
            self._ask_menu()
        elif event.key() == Qt.Key.Key_F2:
            self._ask_name()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click on the name renames."""
        if event.position().x() < self._label.width():
            self._ask_name()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """A right click opens the menu too."""
        assert self._more is not None
        if self._more.isEnabled():
            self.menu_asked.emit(event.globalPos())

    @Slot()
    def menu_closed(self) -> None:
        """The pointer left while a menu had it, and nobody told the row."""
        if not self.rect().contains(self.mapFromGlobal(QCursor.pos())):
            self.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)
            self._show_tools()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The dots stand at the end of the name."""
        super().resizeEvent(event)
        self._place_more()

    def set_narrow(self, narrow: bool) -> None:
        """Less room for the name."""
        super().set_narrow(narrow)
        self._place_more()
        self._show_tools()

    def _place_more(self) -> None:
        if self._more is not None:
            left = self._label.maximumWidth() - Size.ICON_BUTTON + 4
            self._more.move(left, (self.height() - Size.ICON_BUTTON) // 2)
            self._more.raise_()

    def _ask_menu(self) -> None:
        assert self._more is not None
        if self._more.isEnabled():
            self.menu_asked.emit(self._more.mapToGlobal(QPoint(0, self._more.height())))

    def _ask_name(self) -> None:
        assert self._more is not None
        if self._more.isEnabled():
            self.rename_asked.emit()

    def _show_tools(self) -> None:
        super()._show_tools()
        if self._more is not None:
            near = self.underMouse() or self.hasFocus() or self.property("toolsShown") is True
            shown = near and self._more.isEnabled()
            self._more.setVisible(shown)
            self._label.setContentsMargins(0, 0, Size.ICON_BUTTON - 6 if shown else 0, 0)
            self._label.update()
            self._more.setAccessibleName(self.tr("What can be done with {}").format(self._name))
            self._ends.setEnabled(self.isEnabled())
            roomy = self._label.maximumWidth() > self._ends.width() + Size.ICON_BUTTON // 2
            self._ends.number_shown = roomy or not shown
            self._ends.update()
