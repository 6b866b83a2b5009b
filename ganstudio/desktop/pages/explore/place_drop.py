"""Places that are dropped on a widget: favourites, and whatever else carries a place.

Not responsible for what is done with them.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget

from ganstudio.desktop import theme
from ganstudio.desktop.focus_ring import FocusRing, ring_around
from ganstudio.desktop.point_mime import place_in
from ganstudio.studio.explorer import ExplorerService

__all__ = ["PlaceDrop"]


class PlaceDrop(QObject):
    """Lets a widget take places, with a ring around it while one hangs over it.

    What a place moves along is made known before it is handed on, so that the picture drawn there
    is the picture that was dragged.

    Args:
        widget: Where they are dropped.
        explorer: Who draws them.
        may_take: Whether the widget takes any right now; the pointer shows that it does not.

    Signals:
        entered: A place hangs over the widget (KeptPoint).
        left: It went elsewhere.
        dropped: A place was dropped (KeptPoint).
    """

    entered = Signal(object)
    left = Signal()
    dropped = Signal(object)

    def __init__(
        self,
        widget: QWidget,
        explorer: ExplorerService,
        may_take: Callable[[], bool] = lambda: True,
    ) -> None:
        super().__init__(widget)
        self._widget, self._explorer, self._may_take = widget, explorer, may_take
        self._ring: FocusRing | None = None
        widget.setAcceptDrops(True)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what is a place; everything else goes on to the window."""
        kind = event.type()
        if kind == QEvent.Type.DragLeave and self._ring is not None:
            self._show_ring(shown=False)
            self.left.emit()
            return True
        if kind == QEvent.Type.Resize and self._ring is not None:
            self._show_ring(shown=True)
        if not isinstance(event, QDropEvent):
            return False
        if kind == QEvent.Type.DragMove and self._ring is not None:
            event.acceptProposedAction()
            return True
        return self._take(event)

    def _take(self, event: QDropEvent) -> bool:
        """What enters or is dropped; whether it was a place."""
        place = place_in(event.mimeData())
        if place is None:
            return False
        dropped = event.type() == QEvent.Type.Drop
        taken = self._may_take() and event.source() is not self._widget
        self._show_ring(taken and not dropped)
        if not taken:
            event.ignore()
            return True
        event.acceptProposedAction()
        self._explorer.take(place)
        (self.dropped if dropped else self.entered).emit(place)
        return True

    def _show_ring(self, shown: bool) -> None:
        ring, self._ring = self._ring, None
        if ring is not None:
            ring.hide()
            ring.deleteLater()
        if shown:
            self._ring = ring_around(self._widget, lambda: theme.colour("accent_line"))
