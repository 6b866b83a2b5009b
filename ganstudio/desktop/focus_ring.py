"""The ring around whatever has the keyboard: 2 px, 2 px outside the control, keyboard focus only.

One transparent widget follows the focus, so a control needs no room or code of its own for it.
A widget says `setProperty("focusRing", False)` when it paints its focus itself (text fields,
grids); `setProperty("ringRadius", r)` rounds the ring like the control.

Not responsible for who gets the focus: tab order is the pages' matter.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from ganstudio.desktop.tokens import Size

__all__ = ["FocusRing", "install", "ring_around"]

_OUTSIDE = Size.RING + Size.RING_GAP
_MOVES = {
    QEvent.Type.Move,
    QEvent.Type.Resize,
    QEvent.Type.Show,
    QEvent.Type.Hide,
    QEvent.Type.ParentChange,
}


class FocusRing(QWidget):
    """The painted ring. Takes no mouse, no focus and no part in accessibility."""

    def __init__(self, colour: Callable[[], QColor]) -> None:
        super().__init__()
        self._colour = colour
        self.radius = Size.RADIUS_BUTTON
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ring along the widget's own border."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._colour(), Size.RING))
        half = Size.RING / 2
        box = QRectF(self.rect()).adjusted(half, half, -half, -half)
        round_by = self.radius + _OUTSIDE - half if self.radius else 0
        painter.drawRoundedRect(box, round_by, round_by)


class _Follower(QObject):
    """Moves the ring to the widget with the focus and keeps it there."""

    def __init__(self, app: QApplication, colour: Callable[[], QColor]) -> None:
        super().__init__(app)
        self._ring: FocusRing | None = None
        self._colour = colour
        self._target: QWidget | None = None
        self._watched: list[QWidget] = []
        app.focusChanged.connect(self._focus_changed)

    @Slot(QWidget, QWidget)
    def _focus_changed(self, _old: QWidget | None, new: QWidget | None) -> None:
        self._forget()
        if new is None or new.property("focusRing") is False:
            return
        if not new.window().testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange):
            return
        self._follow(new)

    def _follow(self, target: QWidget) -> None:
        self._target = target
        self._ring = ring_around(target, self._colour)
        host = self._ring.parentWidget()
        step: QWidget | None = target
        while step is not None:
            step.installEventFilter(self)
            self._watched.append(step)
            if step is host:
                break
            step = step.parentWidget()
        target.destroyed.connect(self._forget)
        self._place()

    @Slot()
    def _forget(self) -> None:
        watched, self._watched = self._watched, []
        ring, self._ring = self._ring, None
        target, self._target = self._target, None
        for widget in watched:
            _quietly(widget.removeEventFilter, self)
        if target is not None:
            _quietly(target.destroyed.disconnect, self._forget)
        if ring is not None:
            _quietly(ring.hide)
            _quietly(ring.setParent, None)
            _quietly(ring.deleteLater)

    def _place(self) -> None:
        if self._ring is None or self._target is None:
            return
        host = self._ring.parentWidget()
        if host is None or not self._target.isVisibleTo(host):
            self._ring.hide()
            return
        self._ring.setGeometry(_ring_box(self._target, host))
        self._ring.raise_()
        self._ring.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow every move of the control and of what it lies in."""
        if event.type() in _MOVES:
            self._place()
        elif event.type() == QEvent.Type.MouseButtonPress and watched is self._target:
            self._forget()
        return False


def install(app: QApplication, colour: Callable[[], QColor]) -> None:
    """Give the application its focus ring, once. `colour` is asked at every paint."""
    if app.property("ganstudioFocusRing") is None:
        app.setProperty("ganstudioFocusRing", True)
        _Follower(app, colour)


def ring_around(target: QWidget, colour: Callable[[], QColor]) -> FocusRing:
    """A ring around a widget; it lies in the nearest ancestor that has room for it."""
    ring = FocusRing(colour)
    radius = target.property("ringRadius")
    ring.radius = Size.RADIUS_BUTTON if radius is None else int(radius)
    host = _host(target)
    ring.setParent(host)
    ring.setGeometry(_ring_box(target, host))
    ring.raise_()
    ring.show()
    return ring


def _quietly(call: Callable[..., object], *arguments: object) -> None:
    """Call on a widget that Qt may already have deleted with its window."""
    try:
        call(*arguments)
    except RuntimeError:
        return


def _ring_box(target: QWidget, host: QWidget) -> QRect:
    corner = target.mapTo(host, target.rect().topLeft())
    box = QRect(corner, target.size())
    return box.adjusted(-_OUTSIDE, -_OUTSIDE, _OUTSIDE, _OUTSIDE)


def _host(target: QWidget) -> QWidget:
    """The nearest ancestor with room for the ring, or what a scroll area scrolls."""
    host = target.parentWidget()
    if host is None:
        return target
    while True:
        above = host.parentWidget()
        area = above.parentWidget() if above is not None else None
        scrolled = isinstance(area, QScrollArea) and area.widget() is host
        if host.isWindow() or above is None or scrolled:
            return host
        if host.rect().contains(_ring_box(target, host)):
            return host
        host = above
